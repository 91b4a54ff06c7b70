"""The same faults before Keycloak 19, 22 and 26, whose words differ (keycloak.md, the table of eras)."""

from collections.abc import Iterator
from dataclasses import replace

from doctor.sandbox.world import Era, World
from tests.worlds.token.clients import SILENT, UNKNOWN, WRONG
from tests.worlds.world import Case, Change, Typed, client, combined, realm, unchanged

_HIDDEN = SILENT["the login page is hidden"]
_BROKEN: dict[str, tuple[str, Change, dict[str, Typed]]] = {
    "a wrong secret": ("client-secret-mismatch", unchanged, WRONG),
    "an unknown client": ("client-not-found", unchanged, UNKNOWN),
    "a disabled client": ("client-disabled", client(enabled=False), {}),
    "a public client": ("client-public", client(public=True), {}),
    "a bearer-only client": ("client-bearer-only", client(bearer_only=True), {}),
    "a SAML client": ("client-not-oidc", client(protocol="saml"), {}),
    "no service account": ("service-account-off", client(service_account=False), {}),
    "a disabled service account": ("service-account-user-disabled", client(service_account_enabled=False), {}),
    "a signed JWT wanted": ("signed-jwt-required", client(authenticator="client-jwt"), {}),
    "a certificate wanted": ("client-not-usable", client(authenticator="client-x509"), {}),
    "tokens bound to a certificate": ("proof-of-possession-required", client(certificate_bound=True), {}),
    "a refused scope": ("scope-refused", unchanged, {"scope": "nope"}),
    "a disabled realm": ("realm-disabled", realm(enabled=False), {}),
    "a misspelt realm": ("realm-not-found", unchanged, {"realm": "demmo"}),
    "a realm in the wrong case": ("realm-case-differs", unchanged, {"realm": "Demo"}),
    "a line end after the secret": (
        "edge-whitespace",
        unchanged,
        {"client_secret": lambda env: f"{env.client_secret}\n"},
    ),
    "a line end after the client ID": ("edge-whitespace", unchanged, {"client_id": lambda env: f"{env.client_id}\n"}),
    "swapped values": (
        "swapped-values",
        unchanged,
        {"client_id": lambda env: env.client_secret, "client_secret": lambda env: env.client_id},
    ),
    "a misspelt token URL": ("token-url-wrong", unchanged, {"token_url": lambda env: f"{env.token_endpoint}s"}),
    "a token URL with another protocol": (
        "token-url-wrong",
        unchanged,
        {"token_url": lambda env: env.token_endpoint.replace("openid-connect", "oidc")},
    ),
    "Keycloak without /auth": ("auth-path-differs", lambda world: world.with_edge(base_path=""), {}),
    "no client credentials": ("grant-unsupported", realm(grant_types=("password",)), {}),
}
_TOLD_WITHOUT_PAGE = {
    Era.TALKATIVE: ("a wrong secret", "a disabled client", "swapped values", "a line end after the client ID"),
    Era.CLASSIC: ("a wrong secret", "swapped values", "a line end after the client ID"),
}


def _in(era: Era) -> Change:
    def change(world: World) -> World:
        return replace(world, era=era)

    return change


def _worlds(era: Era) -> Iterator[Case]:
    for name, (cause, change, settings) in _BROKEN.items():
        confidence = "likely" if cause == "client-not-usable" else "certain"
        yield Case(f"Keycloak {era}: {name}", combined(_in(era), change), settings, cause=cause, confidence=confidence)
    for name in _TOLD_WITHOUT_PAGE[era]:
        cause, change, settings = _BROKEN[name]
        yield Case(
            f"Keycloak {era}, without login page: {name}",
            combined(_in(era), change, _HIDDEN),
            settings,
            cause=cause,
            confidence="certain",
        )
    for name in ("an unknown client", "a certificate wanted"):
        _, change, settings = _BROKEN[name]
        yield Case(
            f"Keycloak {era}, without login page: {name}",
            combined(_in(era), change, _HIDDEN),
            settings,
            cause="client-not-usable",
            confidence="likely",
        )


FAULTS = tuple(case for era in (Era.TALKATIVE, Era.CLASSIC) for case in _worlds(era))
HEALTHY = tuple(
    Case(
        f"Keycloak {era}: the secret is {secret!a}",
        combined(_in(era), client(secret=secret)),
        {"client_secret": secret},
        resembles="client-auth-method-differs",
        fact="keycloak.md 3a",
    )
    for era in (Era.TALKATIVE, Era.CLASSIC)
    for secret in ("a+b%c&d=e", "100%", "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe")
)
