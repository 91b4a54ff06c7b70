"""Client ID and client secret in each other's place, before every kind of server; and odd pairs that are right."""

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import html_answer
from doctor.sandbox.world import Rule
from tests.worlds.edges import AUTHORIZATION
from tests.worlds.world import Case, Change, Typed, client, combined, realm, rules, unchanged

_SWAPPED: dict[str, Typed] = {
    "client_id": lambda env: env.client_secret,
    "client_secret": lambda env: env.client_id,
}
_UUID, _OTHER = "0b7e1c52-6a0f-4a55-9d1b-3f0f6f1f2a77", "5f0d9f0e-1f3b-4c39-8a55-52b6d8c1a9ce"
_HIDDEN = rules(Rule(nginx_page(403, "Forbidden"), AUTHORIZATION))
_FOREIGN = rules(Rule(html_answer(400, '<p id="kc-error-message">Klient nenalezen.</p>'), AUTHORIZATION))


def _swap(name: str, change: Change = unchanged, confidence: str = "certain", **more: Typed) -> Case:
    return Case(
        name, change, {**_SWAPPED, **more}, cause="swapped-values", confidence=confidence, fact="ataccama.md G14"
    )


FAULTS = (
    _swap("swapped, the login page is hidden", _HIDDEN),
    _swap("swapped, the login page speaks another language", _FOREIGN),
    _swap("swapped, the server tells nobody what was wrong", realm(discreet=True)),
    _swap("swapped, the server tells nothing and hides the login page", combined(realm(discreet=True), _HIDDEN)),
    _swap("swapped, the secret is a UUID", client(secret=_UUID)),
    _swap("swapped, both are UUIDs", client(client_id=_OTHER, secret=_UUID)),
    _swap("swapped, the client ID is a UUID", client(client_id=_OTHER)),
    _swap("swapped, the secret was made by hand", client(secret="Sunny-Meadow-42!")),
    _swap("swapped, the client ID has upper case and dots", client(client_id="Acme.Reader.Prod")),
    _swap("swapped, the client ID is one short word", client(client_id="etl")),
    _swap("swapped, and the discovery document is hidden", rules(Rule(nginx_page(404, "Not Found"), "{realm}/.well"))),
    Case(
        "swapped, each with a line end",
        settings={
            "client_id": lambda env: f"{env.client_secret}\n",
            "client_secret": lambda env: f"{env.client_id}\n",
        },
        cause="edge-whitespace",
        also=("swapped-values",),
    ),
    Case(
        "swapped, and the client has no service account",
        client(service_account=False),
        _SWAPPED,
        cause="swapped-values",
        confidence="certain",
        also=("service-account-off",),
    ),
)


def _pair(name: str, client_id: str, secret: str) -> Case:
    return Case(
        name,
        client(client_id=client_id, secret=secret),
        {"client_id": client_id, "client_secret": secret},
        resembles="swapped-values",
    )


HEALTHY = (
    _pair(
        "the client ID looks like a secret and the secret like a name",
        "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe",
        "demo-reader",
    ),
    _pair("both look like names", "demo-client", "demo-client-secret-phrase"),
    _pair("both are the same", "demo-client", "demo-client"),
    _pair("both are UUIDs", _OTHER, _UUID),
)
