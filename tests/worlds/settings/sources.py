"""A setting that several sources gave."""

from doctor.sandbox.declared_realm import Client
from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import html_answer
from doctor.sandbox.world import Rule
from tests.worlds.edges import WELL_KNOWN
from tests.worlds.settings.typed import RIGHT
from tests.worlds.world import Case, Change, Typed, edge, realm, rules, unchanged

_SOURCE = "ATACCAMA_CLIENT_SECRET in .env"
_WRONG = "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"
_OTHER = "Wn4Kd8Rz2Tq6Yb1Vm5Xc9Lp3Hs7Jf0Ga"


def _shadowed(
    name: str, setting: str, in_force: Typed, other: Typed, cause: str = "setting-shadowed",
    confidence: str | None = "certain", change: Change = unchanged,
) -> Case:  # fmt: skip
    return Case(
        name,
        change,
        {setting: in_force},
        cause=cause,
        setting=setting,
        confidence=confidence,
        shadowed={setting: ((_SOURCE, other),)},
        fact="causes.md, settings",
    )


FAULTS = (
    _shadowed("another source has the right secret", "client_secret", _WRONG, lambda env: env.client_secret),
    _shadowed("another source has the right client ID", "client_id", "demo-clint", lambda env: env.client_id),
    _shadowed("another source has the right realm", "realm", "other", lambda env: env.realm),
    _shadowed("another source has an allowed scope", "scope", "reference-data", "profile"),
    _shadowed(
        "another source has the right token URL",
        "token_url",
        lambda env: f"{env.token_endpoint}s",
        lambda env: env.token_endpoint,
        confidence=None,
        cause="setting-shadowed",
    ),
    _shadowed("another source has a wrong secret too", "client_secret", _WRONG, _OTHER, "client-secret-mismatch"),
    _shadowed("another source has a wrong client ID too", "client_id", "demo-clint", "demo-klient", "client-not-found"),
    _shadowed("another source has a wrong realm too", "realm", "other", "another", "realm-not-found"),
    Case(
        "the secret in force has a line end, another source has another secret",
        settings={"client_secret": lambda env: f"{env.client_secret}\n"},
        cause="edge-whitespace",
        setting="client_secret",
        confidence="certain",
        shadowed={"client_secret": ((_SOURCE, _OTHER),)},
    ),
    Case(
        "the URL in force is that of a shop, another source has another URL",
        edge(base_path="/nowhere", default=html_answer(200, "<html><title>Our shop</title>Welcome</html>")),
        cause="setting-shadowed",
        setting="url",
        shadowed={"url": ((_SOURCE, "https://acme.ataccama.one"),)},
        also=("not-keycloak",),
        fact="causes.md, settings",
    ),
    Case(
        "another source has another URL, discovery is hidden, and the secret is wrong",
        rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN)),
        {"client_secret": _WRONG},
        cause="client-secret-mismatch",
        setting="client_secret",
        shadowed={"url": ((_SOURCE, "https://acme.ataccama.one"),)},
    ),
    Case(
        "three sources, the third is right",
        settings={"client_secret": _WRONG},
        cause="setting-shadowed",
        setting="client_secret",
        confidence="certain",
        shadowed={"client_secret": ((_SOURCE, _OTHER), ("profile prod", lambda env: env.client_secret))},
    ),
    Case(
        "client ID and secret in force are of another client, the other source has the right pair",
        settings={"client_id": "demo-other", "client_secret": _WRONG},
        cause="setting-shadowed",
        also=("client-secret-mismatch",),
        shadowed={
            "client_id": ((_SOURCE, lambda env: env.client_id),),
            "client_secret": ((_SOURCE, lambda env: env.client_secret),),
        },
    ),
)

HEALTHY = (
    Case(
        "another source has another secret, and the one in force works",
        shadowed={"client_secret": ((_SOURCE, _OTHER),)},
        resembles="setting-shadowed",
    ),
    Case(
        "another source has the same values",
        resembles="setting-shadowed",
        shadowed={name: ((_SOURCE, RIGHT[name]),) for name in ("realm", "client_id", "client_secret")},
    ),
    Case(
        "another source has another realm, and the one in force works",
        realm(),
        shadowed={"realm": ((_SOURCE, "staging"),)},
        resembles="setting-shadowed",
    ),
    Case(
        "another source has the secret of another client",
        lambda world: world.with_realm(clients=(*world.realm.clients, Client("other", _OTHER))),
        shadowed={"client_secret": ((_SOURCE, _OTHER),), "client_id": ((_SOURCE, "other"),)},
        resembles="setting-shadowed",
    ),
)
