"""Two faults at once: the one that must be mended first comes first, and the other is not lost."""

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.world import Rule, TokenAnswer
from tests.worlds.pairs_beyond import PAIRS
from tests.worlds.world import Case, Change, Typed, api, client, unchanged

WRONG = "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"
_BEHIND: tuple[tuple[str, Change, dict[str, Typed], str], ...] = (
    ("no service account", client(service_account=False), {}, "service-account-off"),
    ("a disabled service account", client(service_account_enabled=False), {}, "service-account-user-disabled"),
    ("a client that takes Basic only", client(allowed_method="client_secret_basic"), {}, "client-auth-method-differs"),
    ("a client that needs DPoP", client(dpop=True), {}, "proof-of-possession-required"),
    ("a scope that is not the client's", unchanged, {"scope": "nope"}, "scope-refused"),
    ("a wrong secret", unchanged, {"client_secret": WRONG}, "client-secret-mismatch"),
    ("a missing permission", client(permitted=False), {}, "permission-missing"),
    ("an API that is not there", api(paths=()), {}, "api-not-found"),
    (
        "a response without token",
        client(token_answer=TokenAnswer({"access_token": None})),
        {},
        "token-response-incomplete",
    ),
    ("a policy that refuses", client(policy=("invalid_request", "Not from here")), {}, "token-request-refused"),
)
"""Faults that only a request with the right values meets: ``(what, change, settings, cause)``."""

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
    Case(
        "a misspelt realm, and Keycloak serves without /auth",
        lambda world: world.with_edge(base_path=""),
        {"realm": "demmo"},
        cause="auth-path-differs",
        also=("realm-not-found",),
    ),
    Case(
        "the realm is in the wrong case, and the token URL names the right one",
        settings={"realm": "Demo", "token_url": lambda env: env.token_endpoint, "client_secret": WRONG},
        cause="realm-case-differs",
        setting="realm",
        also=("client-secret-mismatch",),
    ),
    Case(
        "the realm is not there, and the token URL names one that is",
        settings={"realm": "globex", "token_url": lambda env: env.token_endpoint, "client_secret": WRONG},
        cause="realm-not-found",
        setting="realm",
        also=("client-secret-mismatch",),
    ),
    Case(
        "a space after the client ID and a wrong secret",
        settings={"client_id": "demo-client ", "client_secret": WRONG},
        cause="edge-whitespace",
        setting="client_id",
        confidence="certain",
        also=("client-secret-mismatch",),
    ),
    Case(
        "a dash in the client ID and quotes round the secret",
        settings={"client_id": "demo\u2013client", "client_secret": lambda env: f"'{env.client_secret}'"},
        cause="lookalike-character",
        setting="client_id",
        confidence="certain",
        also=("quotes-kept",),
    ),
    Case(
        "the realm is a path and the secret has a line end",
        settings={"realm": "/auth/realms/demo", "client_secret": lambda env: f"{env.client_secret}\n"},
        cause="realm-not-a-name",
        setting="realm",
        confidence="certain",
        also=("edge-whitespace",),
    ),
    Case(
        "a placeholder as secret and a misspelt realm",
        settings={"client_secret": "<client-secret>", "realm": "demmo"},
        cause="placeholder-left",
        setting="client_secret",
        confidence="certain",
        also=("realm-not-found",),
    ),
    Case(
        "a variable as client ID and an empty secret",
        settings={"client_id": "$CLIENT_ID", "client_secret": ""},
        cause="variable-not-expanded",
        setting="client_id",
        also=("value-empty",),
    ),
    *(
        Case(
            f"a misspelt token URL, and {what}",
            change,
            {"token_url": lambda env: f"{env.token_endpoint}s", **settings},
            cause="token-url-wrong",
            setting="token_url",
            confidence="certain",
            also=(other,),
        )
        for what, change, settings, other in _BEHIND
    ),
    *(
        Case(
            f"a line end after the secret, and {what}",
            change,
            {"client_secret": lambda env: f"{env.client_secret}\n", **settings},
            cause="edge-whitespace",
            setting="client_secret",
            confidence="certain",
            also=(other,),
        )
        for what, change, settings, other in _BEHIND
        if "client_secret" not in settings
    ),
    *(
        Case(
            f"the URL has a line end, and {what}",
            change,
            {"url": lambda env: f"{env.url}\n", **settings},
            cause="edge-whitespace",
            setting="url",
            confidence="certain",
            also=(other,),
        )
        for what, change, settings, other in _BEHIND
    ),
    *(
        Case(
            f"the realm is in the wrong case, and {what}",
            change,
            {"realm": "DEMO", **settings},
            cause="realm-case-differs",
            setting="realm",
            confidence="certain",
            also=(other,),
        )
        for what, change, settings, other in _BEHIND
    ),
    *(
        Case(
            f"white space after the client ID of a client that is {what}",
            change,
            {"client_id": "demo-client\n"},
            cause="edge-whitespace",
            setting="client_id",
            confidence="certain",
            also=(cause,),
        )
        for what, change, cause in (
            ("disabled", client(enabled=False), "client-disabled"),
            ("public", client(public=True), "client-public"),
            ("of SAML", client(protocol="saml"), "client-not-oidc"),
        )
    ),
)
