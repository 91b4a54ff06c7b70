"""The scope of the request (RFC 6749 section 3.3)."""

from tests.worlds.world import Case, client, combined

FAULTS = (
    *(
        Case(
            f"the scope {scope!r} is not the client's",
            settings={"scope": scope},
            cause="scope-refused",
            setting="scope",
            confidence="certain",
            fact="keycloak.md 3",
        )
        for scope in (
            "reference-data",
            "profile nope",
            "nope profile",
            "Profile",
            "openid,profile",
            "api.read",
            "roles*",
        )
    ),
    Case(
        "a scope that is not the client's, and a client whose tokens are bound to a certificate",
        client(certificate_bound=True),
        {"scope": "nope"},
        cause="scope-refused",
        setting="scope",
        also=("proof-of-possession-required",),
    ),
    Case(
        "a scope that is not the client's, and a line end after the secret",
        settings={"scope": "nope", "client_secret": lambda env: f"{env.client_secret}\n"},
        cause="edge-whitespace",
        setting="client_secret",
        confidence="certain",
        also=("scope-refused",),
    ),
    Case(
        "a scope that is not the client's, and a client that takes Basic only",
        client(allowed_method="client_secret_basic"),
        {"scope": "nope"},
        cause="client-auth-method-differs",
        also=("scope-refused",),
    ),
    Case(
        "a scope that is not the client's, and no service account",
        client(service_account=False),
        {"scope": "nope"},
        cause="service-account-off",
        confidence="certain",
        fact="keycloak.md 1: the scope is looked at later",
    ),
)
HEALTHY = (
    Case("the scope is a default one", settings={"scope": "email"}, resembles="scope-refused"),
    Case("the scope is an optional one", settings={"scope": "offline_access"}, resembles="scope-refused"),
    Case("the scope is openid, and an ID token comes along", settings={"scope": "openid"}, resembles="scope-refused"),
    Case("the scope is three", settings={"scope": "openid profile address"}, resembles="scope-refused"),
    Case("the scope stands there twice", settings={"scope": "profile profile"}, resembles="scope-refused"),
    Case(
        "the client has a scope of its own, with a colon and a slash",
        combined(client(scopes=("https://acme.example/api:read",))),
        {"scope": "https://acme.example/api:read"},
        resembles="scope-refused",
    ),
)
