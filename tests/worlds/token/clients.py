"""What a client can be in Keycloak, each also where the realm's login page tells nothing (keycloak.md 3 and 3c)."""

from dataclasses import replace

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import Answer, html_answer, redirect
from doctor.sandbox.world import Client, Rule
from tests.worlds.edges import AUTHORIZATION
from tests.worlds.world import Case, Change, Typed, client, combined, realm, rules, unchanged

WRONG: dict[str, Typed] = {"client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"}
UNKNOWN: dict[str, Typed] = {"client_id": "demo-klient"}


def authorization(answer: Answer) -> Change:
    return rules(Rule(answer, AUTHORIZATION))


_LOGIN = '<form id="kc-form-login" action="https://localhost/auth/realms/demo/login-actions/authenticate?x=1"></form>'
SILENT: dict[str, Change] = {
    "the login page is forbidden": authorization(nginx_page(403, "Forbidden")),
    "the login page is hidden": authorization(nginx_page(404, "Not Found")),
    "the login page speaks another language": authorization(
        html_answer(400, '<html><body><p id="kc-error-message">Klient nenalezen.</p></body></html>')
    ),
    "the login page is rate-limited": authorization(Answer(429, (("Retry-After", "5"),))),
    "single sign-on stands before the login page": authorization(redirect("https://sso.example/login?returnUrl=x")),
    "the login page is the theme's own, without words": authorization(html_answer(400, "<html><body></body></html>")),
    "the login page answers 503": authorization(nginx_page(503, "Service Unavailable")),
    "the login page answers with the web application": authorization(html_answer(200, "<title>Ataccama ONE</title>")),
}
"""Ways in which the authorization endpoint does not tell."""
_UNUSABLE: dict[str, tuple[str, Change, dict[str, Typed]]] = {
    "unknown": ("client-not-found", unchanged, UNKNOWN),
    "disabled": ("client-disabled", client(enabled=False), {}),
    "authenticating by certificate": ("client-not-usable", client(authenticator="client-x509"), {}),
}


def _hidden(state: str, how: str) -> Case:
    _, change, settings = _UNUSABLE[state]
    return Case(
        f"the client is {state}, and {how}",
        combined(change, SILENT[how]),
        settings,
        cause="client-not-usable",
        confidence="likely",
        fact="keycloak.md 3 and 3c",
    )


def _state(
    name: str, cause: str, change: Change, settings: dict[str, Typed] | None = None, confidence: str | None = "certain"
) -> Case:
    return Case(name, change, settings or {}, cause=cause, confidence=confidence, fact="keycloak.md 3")


_TELLING = {
    "a client that is public": ("client-public", client(public=True)),
    "a client of SAML": ("client-not-oidc", client(protocol="saml")),
    "a bearer-only client": ("client-bearer-only", client(bearer_only=True)),
    "a client without service account": ("service-account-off", client(service_account=False)),
    "a client whose user is disabled": ("service-account-user-disabled", client(service_account_enabled=False)),
    "a client whose user is gone": ("service-account-user-disabled", client(service_account_enabled=None)),
    "a client that signs a JWT": ("signed-jwt-required", client(authenticator="client-jwt")),
    "a client that signs a JWT by its secret": ("signed-jwt-required", client(authenticator="client-secret-jwt")),
    "a client that must prove possession by DPoP": ("proof-of-possession-required", client(dpop=True)),
    "a client whose tokens are bound to a certificate": (
        "proof-of-possession-required",
        client(certificate_bound=True),
    ),
    "a client that takes Basic only": ("client-auth-method-differs", client(allowed_method="client_secret_basic")),
    "a client that a policy refuses": (
        "token-request-refused",
        client(policy=("access_denied", "Not from this network")),
    ),
    "a client that a policy refuses by another code": (
        "token-request-refused",
        client(policy=("policy_violation", "No")),
    ),
}
"""What the token endpoint's own words tell."""
_NO_SECRET_CHECK = ("a client that is public", "a client that signs a JWT", "a client that signs a JWT by its secret")


def _pinned(name: str, method: str, settings: dict[str, Typed], cause: str, *also: str) -> Case:
    case = Case(name, client(allowed_method=method), settings, cause=cause, fact="keycloak.md 3", also=also)
    return replace(case, setting=None)


FAULTS = (
    *(_hidden(state, how) for state in _UNUSABLE for how in SILENT),
    *(_state(name, cause, change) for name, (cause, change) in _TELLING.items()),
    *(
        _state(f"{name}, and the login page is hidden", cause, combined(change, SILENT["the login page is hidden"]))
        for name, (cause, change) in _TELLING.items()
    ),
    *(_state(f"{name}, and a wrong secret", _TELLING[name][0], _TELLING[name][1], WRONG) for name in _NO_SECRET_CHECK),
    *(_state(f"a wrong secret, and {how}", "client-secret-mismatch", change, WRONG) for how, change in SILENT.items()),
    _state("a wrong secret for a disabled client", "client-disabled", client(enabled=False), WRONG),
    _state("a client without stored secret", "client-secret-mismatch", client(secret=None), WRONG),
    _state(
        "a wrong secret of a client without service account",
        "client-secret-mismatch",
        client(service_account=False),
        WRONG,
    ),
    _state("a wrong secret of a bearer-only client", "client-secret-mismatch", client(bearer_only=True), WRONG, None),
    _state("the client ID is in the wrong case", "client-not-found", unchanged, {"client_id": "Demo-Client"}),
    _state("the client ID is that of the person's login", "client-not-found", unchanged, {"client_id": "jane.doe"}),
    _state(
        "the client ID is a UUID, misspelt",
        "client-not-found",
        client(client_id="0b7e1c52-6a0f-4a55-9d1b-3f0f6f1f2a77"),
        {"client_id": "0b7e1c52-6a0f-4a55-9d1b-3f0f6f1f2a78"},
    ),
    _state("an unknown client and a wrong secret", "client-not-found", unchanged, UNKNOWN | WRONG),
    _state(
        "the client is of another realm",
        "client-not-found",
        lambda world: replace(
            world, realms=(replace(world.realm, clients=(Client("another", "x"),)), replace(world.realm, name="other"))
        ),
        {"client_id": "demo-client", **WRONG},
    ),
    _state(
        "the secret is too short for what it was",
        "client-secret-mismatch",
        unchanged,
        {"client_secret": lambda env: env.client_secret[:-1]},
    ),
    _state(
        "the secret is in the wrong case",
        "client-secret-mismatch",
        unchanged,
        {"client_secret": lambda env: env.client_secret.swapcase()},
    ),
    _state(
        "the server tells nothing, the login page knows no such client",
        "client-not-found",
        realm(discreet=True),
        UNKNOWN,
    ),
    _state(
        "the server tells nothing, the login page knows the client as disabled",
        "client-disabled",
        combined(realm(discreet=True), client(enabled=False)),
    ),
    _state(
        "the server tells nothing, the login page knows the client",
        "client-secret-mismatch",
        realm(discreet=True),
        WRONG,
        "likely",
    ),
    *(
        _state(
            f"the server tells nothing, and {how}",
            "credentials-rejected",
            combined(realm(discreet=True), change),
            WRONG,
            "likely",
        )
        for how, change in SILENT.items()
    ),
    *(
        _state(
            f"an unknown client, the server tells nothing, and {how}",
            "credentials-rejected",
            combined(realm(discreet=True), change),
            UNKNOWN,
            "likely",
        )
        for how, change in SILENT.items()
    ),
    _pinned(
        "a client that takes Basic only, and a wrong secret",
        "client_secret_basic",
        WRONG,
        "client-auth-method-differs",
        "client-secret-mismatch",
    ),
    _pinned(
        "a client that takes the form only, and a wrong secret", "client_secret_post", WRONG, "client-secret-mismatch"
    ),
    _pinned(
        "a client that takes Basic only, and a line end after the secret",
        "client_secret_basic",
        {"client_secret": lambda env: f"{env.client_secret}\n"},
        "edge-whitespace",
        "client-auth-method-differs",
    ),
    Case(
        "a client that takes Basic only, with a secret that needs encoding",
        client(allowed_method="client_secret_basic", secret="a+b%c:d&e=f g/1"),
        {"client_secret": "a+b%c:d&e=f g/1"},
        cause="client-auth-method-differs",
        confidence="certain",
        fact="keycloak.md 3a",
    ),
    Case(
        "a disabled client whose login page would redirect",
        combined(
            client(enabled=False), authorization(redirect("https://localhost/callback?error=unauthorized_client"))
        ),
        cause="client-not-usable",
        confidence="likely",
        fact="keycloak.md 3c",
    ),
    Case(
        "a client by certificate, whose login page is a login page",
        combined(client(authenticator="client-x509"), authorization(html_answer(200, _LOGIN))),
        cause="client-not-usable",
        confidence="likely",
        fact="keycloak.md 3c",
    ),
)

_SECRETS = (
    "a+b",
    "100%",
    "%41%2B",
    "a&client_id=x",
    "p=q&r=s",
    "caf\u00e9",
    "\U0001f511-key",
    "a:b",
    "tab\tinside",
    "k" * 256,
)
HEALTHY = (
    Case(
        "the login page is hidden",
        SILENT["the login page is forbidden"],
        resembles="client-not-usable",
        fact="keycloak.md 3c",
    ),
    Case(
        "the login page speaks another language",
        SILENT["the login page speaks another language"],
        resembles="client-not-usable",
    ),
    *(
        Case(
            f"the secret is {text[:20]!a}",
            client(secret=text),
            {"client_secret": text},
            resembles="client-auth-method-differs",
            fact="keycloak.md 3a",
        )
        for text in _SECRETS
    ),
    *(
        Case(
            f"the client ID is {text!a}",
            client(client_id=text),
            {"client_id": text},
            resembles="client-not-found",
            fact="keycloak.md 3a",
        )
        for text in ("acme:reader", "R\u00e9ader", "a b", "UPPER", "x/y", "%41", "a+b")
    ),
    Case(
        "the client takes the form only",
        client(allowed_method="client_secret_post"),
        resembles="client-auth-method-differs",
    ),
    Case(
        "a secret that only another client has",
        client(secret="Wn4Kd8Rz2Tq6Yb1Vm5Xc9Lp3Hs7Jf0Ga"),
        {"client_secret": "Wn4Kd8Rz2Tq6Yb1Vm5Xc9Lp3Hs7Jf0Ga"},
        resembles="client-secret-mismatch",
    ),
    Case(
        "the service account is of a client in upper case",
        client(client_id="DEMO"),
        {"client_id": "DEMO"},
        resembles="service-account-user-disabled",
    ),
)
