"""Two faults at once: the one that must be mended first comes first, and the other is not lost."""

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.world import Rule
from tests.worlds.pairs_beyond import PAIRS
from tests.worlds.world import Case

FAULTS = (
    *PAIRS,
    Case(
        "a newline after the secret and a realm in the wrong case",
        settings={"client_secret": lambda env: f"{env.client_secret}\n", "realm": "Demo"},
        cause="edge-whitespace",
        setting="client_secret",
        confidence="certain",
        also=("realm-case-differs",),
    ),
    Case(
        "a wrong secret whose trimmed form is wrong too",
        settings={"client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe\n"},
        cause="edge-whitespace",
        setting="client_secret",
        confidence="likely",
        also=("client-secret-mismatch",),
    ),
    Case(
        "white space after the client ID and after the secret",
        settings={"client_id": "demo-client ", "client_secret": lambda env: f"{env.client_secret}\n"},
        cause="edge-whitespace",
        confidence="certain",
        also=("edge-whitespace",),
    ),
    Case(
        "a newline after the secret of a client without service account",
        lambda world: world.with_client(service_account=False),
        {"client_secret": lambda env: f"{env.client_secret}\n"},
        cause="edge-whitespace",
        setting="client_secret",
        confidence="certain",
        also=("service-account-off",),
    ),
    Case(
        "a scope that is not allowed and a missing permission",
        lambda world: world.with_client(permitted=False),
        {"scope": "nope"},
        cause="scope-refused",
        setting="scope",
        confidence="certain",
        also=("permission-missing",),
    ),
    Case(
        "the realm is misspelt and the client does not exist either",
        settings={"realm": "demmo", "client_id": "nobody"},
        cause="realm-not-found",
        setting="realm",
        confidence="certain",
    ),
    Case(
        "quotes round the secret and a wrong API path",
        settings={"client_secret": lambda env: f'"{env.client_secret}"'},
        cause="quotes-kept",
        setting="client_secret",
        confidence="certain",
        also=("api-not-found",),
        get=("/api/nope",),
    ),
    Case(
        "a deep link as URL and a wrong secret",
        settings={
            "url": lambda env: f"{env.url}/catalog/items?page=2",
            "client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe",
        },
        cause="client-secret-mismatch",
        setting="client_secret",
        confidence="certain",
        also=("url-extra-parts",),
    ),
    Case(
        "the token endpoint is down and the API wants no token",
        lambda world: world.with_api(protected=False).with_edge(
            rules=(Rule(nginx_page(502, "Bad Gateway"), "{realm}/protocol/openid-connect/token"),)
        ),
        cause="gateway-error",
        also=("api-not-protected",),
    ),
)
