"""Worlds in which the program must be right, whatever the environment: settings in, diagnosis and exit code out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.behaviour.environment import CASE_REALM, DISABLED_REALM, SHORT_REALM, Environment

Settings = Callable[[Environment], dict[str, str]]


@dataclass(frozen=True, slots=True)
class World:
    """One row: what is given, and what the program must say."""

    name: str
    settings: Settings
    """Setting name to value, exactly as given."""
    causes: tuple[str, ...] = ()
    """The diagnosis names one of these; with exit code 0 there is none, and these are among the warnings."""
    setting: str | None = None
    """None: any, or none at all."""
    confidence: str | None = None
    """None: any."""
    exit_code: int = 1
    endpoints: tuple[str, ...] = ()
    """Empty: any, or none at all."""
    verdict: str | None = None
    """None: any that belongs to the exit code."""
    options: tuple[str, ...] = ()
    """Further options of ``check``."""
    seconds: float = 60
    """The run ends within this."""
    since: int = 0
    """The major version of Keycloak that began to refuse this; with an earlier one all is well."""

    def under(self, major: int) -> "World":
        """The same world with that version."""
        return self if major >= self.since else replace(self, causes=(), setting=None, confidence=None, exit_code=0)


def given(client: str = "reader", end: str = "", **settings: str) -> Settings:
    """The environment, its realm, a client and its secret, with what is set otherwise."""

    def settle(environment: Environment) -> dict[str, str]:
        own = {
            "url": environment.url,
            "realm": environment.realm,
            "client_id": client,
            "client_secret": environment.clients.get(client) or "A-Secret-0123456789abcdef",
        }
        own["client_secret"] += end
        return {**own, **settings}

    return settle


def at(door: Callable[[Environment], str]) -> Settings:
    """The healthy settings with another of the environment's URLs."""
    return lambda environment: {**given()(environment), "url": door(environment)}


def _with_expired_token(environment: Environment) -> dict[str, str]:
    return {"url": environment.url, "realm": environment.realm, "access_token": environment.expired_token()}


HEALTHY = [
    World("healthy", given(), exit_code=0, verdict="healthy"),
    World("a secret of every special character is healthy", given("odd-secret"), exit_code=0),
    World("an optional scope is healthy", given(scope="phone"), exit_code=0),
    World("a token signed with ES256 is healthy", given("es256"), exit_code=0),
    World("a client that takes only the form is healthy", given("post-only"), exit_code=0),
    World("a realm in its own spelling is healthy", given(realm=CASE_REALM), exit_code=0),
    World(
        "an API that refuses the expired token is healthy",
        given(realm=SHORT_REALM),
        exit_code=0,
        options=("--deep",),
        seconds=150,
    ),
]

SETTINGS = [
    World("a line feed ends the secret", given(end="\n"), ("edge-whitespace",), "client_secret", "certain"),
    World("a space ends the secret", given(end=" "), ("edge-whitespace",), "client_secret", "certain"),
    World(
        "a byte order mark ends the secret", given(end="\ufeff"), ("invisible-character",), "client_secret", "certain"
    ),
    World("plain HTTP to the HTTPS port", at(lambda e: e.url_plain_http_to_tls), ("url-not-https",)),
]

NETWORK = [
    World("an untrusted certificate", at(lambda e: e.url_untrusted), ("certificate-untrusted",)),
    World(
        "an expired certificate",
        at(lambda e: e.url_expired),
        ("certificate-expired", "certificate-dates-or-clock"),
    ),
    World("a certificate for another host", at(lambda e: e.url_wrong_host), ("certificate-wrong-host",)),
    World(
        "Keycloak is down behind the ingress",
        at(lambda e: e.url_gateway_down),
        ("gateway-error",),
        exit_code=3,
        endpoints=("realm", "token"),
        verdict="inconclusive",
    ),
]

REALM = [
    World("a misspelt realm", given(realm="docter"), ("realm-not-found",)),
    World("a realm in the wrong case", given(realm=CASE_REALM.lower()), ("realm-case-differs",)),
    World("a disabled realm", given(realm=DISABLED_REALM), ("realm-disabled",)),
    World("the ingress loses the scheme", at(lambda e: e.url_scheme_lost), ("https-not-forwarded",)),
]

TOKEN = [
    World("a wrong secret", given(client_secret="Wrong-Secret-0123456789abcdef"), ("client-secret-mismatch",)),
    World("an unknown client", given("nobody"), ("client-not-found",)),
    World("a disabled client", given("disabled"), ("client-disabled",)),
    World("a public client", given("public"), ("client-public",)),
    World("a client whose service account is off", given("no-service-account"), ("service-account-off",)),
    World("a disabled service account user", given("user-disabled"), ("service-account-user-disabled",)),
    World("a client by signed JWT", given("signed-jwt"), ("signed-jwt-required",)),
    World("a client by certificate", given("x509"), ("client-not-usable",), confidence="likely"),
    World("a client by JWT signed with its secret", given("secret-jwt"), ("signed-jwt-required",)),
    World("a bearer-only client", given("bearer-only"), ("client-bearer-only",)),
    World("a SAML client", given("saml"), ("client-not-oidc",)),
    World("a client that takes only Basic", given("basic-only"), ("client-auth-method-differs",), since=26),
    World("a client that binds tokens by DPoP", given("dpop"), ("proof-of-possession-required",), since=23),
    World("a client that binds tokens by certificate", given("hok"), ("proof-of-possession-required",)),
    World("a scope that is not allowed", given(scope="nope"), ("scope-refused",), "scope"),
]

API = [
    World("a client without permission", given("no-role"), ("permission-missing",)),
    World("a wrong API path", given(), ("api-not-found",), options=("--get", "/api/nope")),
    World(
        "an API path that is not protected",
        given(),
        ("api-not-protected",),
        exit_code=0,
        verdict="warnings",
        options=("--get", "/api/status"),
    ),
    World("an expired access token", _with_expired_token, ("token-expired",), seconds=90),
]

WORLDS = (*HEALTHY, *SETTINGS, *NETWORK, *REALM, *TOKEN, *API)
