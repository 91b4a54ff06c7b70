"""Every state of a client and a realm, in Keycloak's three eras: the answers are those recorded from real servers.

The worlds are the live suite's own realms, and ``tests/recordings`` holds the embedded Keycloak to the recordings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from doctor.sandbox.message import Answer
from doctor.sandbox.world import Edge, Era, Rule
from tests.behaviour.environment import CASE_REALM, DISABLED_REALM
from tests.live.realms import secrets
from tests.sandbox import twin
from tests.worlds.edges import AUTHORIZATION, BLOCKED, TOKEN
from tests.worlds.world import Case, Typed

A, B, C = Era
PLAIN = Edge()
EVERY = (A, B, C)
WRONG = "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"
_REALM, _OIDC = "/auth/realms/doctor", "/auth/realms/doctor/protocol/openid-connect"
BODY_LOST = Edge(rules=(Rule(Answer(500), TOKEN, drops_body=True),))
NO_PAGES = Edge(rules=(Rule(BLOCKED, AUTHORIZATION),))
"""Programs do not get to the authorization endpoint."""


@dataclass(frozen=True)
class State:
    """What is wrong, in the words of a case, and the eras in which the answer is this."""

    name: str
    client: str
    cause: str | None = None
    setting: str | None = None
    confidence: str | None = "certain"
    eras: tuple[Era, ...] = EVERY
    settings: Mapping[str, Typed] = field(default_factory=dict)
    edge: Edge = PLAIN
    also: tuple[str, ...] = ()
    resembles: str | None = None
    fact: str = "keycloak.md 3"

    def case(self, era: Era) -> Case:
        """This state under that era."""
        own = {"client_id": self.client, "client_secret": secrets().get(self.client) or WRONG}
        return Case(
            f"Keycloak {era}: {self.name}",
            lambda _: twin.world(edge=self.edge, era=era),
            {**own, **self.settings},
            cause=self.cause,
            setting=self.setting,
            confidence=self.confidence if self.cause else None,
            also=self.also,
            resembles=self.resembles,
            fact=self.fact,
        )


def ended(client: str, end: str) -> Mapping[str, Typed]:
    """The client's secret with something behind it."""
    return {"client_secret": secrets()[client] + end}


def token_url(path: str) -> Mapping[str, Typed]:
    """A token URL with this path."""
    return {"token_url": lambda env: f"{env.url}{path}"}


SECRET, ID = "client_secret", "client_id"
SPACE, ODD, MISMATCH = "edge-whitespace", "invisible-character", "client-secret-mismatch"
NOT_USABLE, BOUND = "client-not-usable", "proof-of-possession-required"
OTHER = {SECRET: WRONG}

CREDENTIALS = (
    State("a wrong secret", "reader", MISMATCH, SECRET, settings=OTHER),
    State("a line feed ends the secret", "reader", SPACE, SECRET, settings=ended("reader", "\n")),
    State("a line end of Windows ends the secret", "reader", SPACE, SECRET, settings=ended("reader", "\r\n")),
    State("a space ends the secret", "reader", SPACE, SECRET, settings=ended("reader", " ")),
    State("a byte order mark ends the secret", "reader", ODD, SECRET, settings=ended("reader", "\ufeff")),
    State("a line feed ends a wrong secret", "reader", SPACE, SECRET, "likely", settings={SECRET: f"{WRONG}\n"},
          also=(MISMATCH,)),
    State("an unknown client", "nobody", "client-not-found", ID),
    State("an unknown client, the page is blocked", "nobody", NOT_USABLE, ID, "likely", edge=NO_PAGES),
    State("an ID in capitals", "READER", "client-not-found", ID),
    State("a space ends the ID", "reader ", SPACE, ID, settings={SECRET: secrets()["reader"]}),
    State("ID and secret are swapped", secrets()["reader"], "swapped-values", None, settings={SECRET: "reader"}),
    State("a disabled client", "disabled", "client-disabled"),
    State("a disabled client, a wrong secret", "disabled", "client-disabled", settings=OTHER),
    State("a disabled client, the page is blocked", "disabled", "client-disabled", eras=(A,), edge=NO_PAGES),
    State("a disabled client, the page is blocked", "disabled", NOT_USABLE, ID, "likely", (B, C), edge=NO_PAGES),
)  # fmt: skip

KINDS = (
    State("a public client", "public", "client-public"),
    State("a bearer-only client", "bearer-only", "client-bearer-only"),
    State("a SAML client", "saml", "client-not-oidc"),
    State("a client by signed JWT", "signed-jwt", "signed-jwt-required"),
    State("a client by JWT signed with its secret", "secret-jwt", "signed-jwt-required"),
    State("a client by certificate", "x509", NOT_USABLE, None, "likely"),
    State("a client by certificate, the page is blocked", "x509", NOT_USABLE, ID, "likely", edge=NO_PAGES),
    State("its service account is off", "no-service-account", "service-account-off"),
    State("its service account is off, a wrong secret", "no-service-account", MISMATCH, SECRET, settings=OTHER),
    State("its service account is off, a line feed ends the secret", "no-service-account", SPACE, SECRET,
          settings=ended("no-service-account", "\n"), also=("service-account-off",)),
    State("its service account's user is disabled", "user-disabled", "service-account-user-disabled"),
    State("it takes only Basic", "basic-only", "client-auth-method-differs", eras=(C,)),
    State("it takes only Basic, a wrong secret", "basic-only", "client-auth-method-differs", eras=(C,), settings=OTHER,
          also=(MISMATCH,)),
    State("it takes only Basic, a line feed ends the secret", "basic-only", SPACE, SECRET, eras=(C,),
          settings=ended("basic-only", "\n"), also=("client-auth-method-differs",)),
    State("it takes only Basic, a wrong secret", "basic-only", MISMATCH, SECRET, eras=(A, B), settings=OTHER),
    State("DPoP binds its tokens", "dpop", BOUND, eras=(C,)),
    State("a certificate binds its tokens", "hok", BOUND),
    State("a scope that does not exist", "reader", "scope-refused", "scope", settings={"scope": "nope"}),
    State("a scope that is not the client's", "optional-scopes", "scope-refused", "scope", settings={"scope": "email"},
          also=("permission-missing",)),
    State("a scope that does not exist, a wrong secret", "reader", MISMATCH, SECRET,
          settings={"scope": "nope", **OTHER}),
)  # fmt: skip

REALMS = (
    State("a misspelt realm", "reader", "realm-not-found", "realm", settings={"realm": "docter"}),
    State("a realm in the wrong case", "reader", "realm-case-differs", "realm", settings={"realm": CASE_REALM.lower()}),
    State("a space ends the realm", "reader", SPACE, "realm", settings={"realm": "doctor "}),
    State("a disabled realm", "reader", "realm-disabled", settings={"realm": DISABLED_REALM}),
    State("a disabled realm, a wrong secret", "reader", "realm-disabled", settings={"realm": DISABLED_REALM, **OTHER}),
    State("the scheme is lost", "reader", "https-not-forwarded", edge=Edge(forwards_scheme=False)),
    State("the base path twice as token URL", "reader", "auth-path-differs", settings=token_url(f"/auth{_OIDC}/token")),
    State("the form is lost on the way", "reader", "request-body-lost", edge=BODY_LOST),
    State("no base path there", "reader", "auth-path-differs", edge=Edge(base_path="")),
    State("no base path there, a wrong secret", "reader", "auth-path-differs", edge=Edge(base_path=""), settings=OTHER,
          also=(MISMATCH,)),
)  # fmt: skip

_WRONG_URLS = {
    "a misspelt token endpoint": f"{_OIDC}/tokens",
    "a misspelt protocol": f"{_REALM}/protocol/openidconnect/token",
    "a misspelt word before the realm": "/auth/realm/doctor/protocol/openid-connect/token",
    "two slashes": "/auth//realms/doctor/protocol/openid-connect/token",
    "the authorization endpoint": f"{_OIDC}/auth",
    "the realm's page": _REALM,
}
TOKEN_URLS = tuple(
    State(f"{name} as token URL", "reader", "token-url-wrong", "token_url", settings=token_url(path),
          fact="keycloak.md 2")
    for name, path in _WRONG_URLS.items()
)  # fmt: skip

UNBROKEN = (
    State("all is well", "reader", resembles=MISMATCH),
    State("every special character is in the secret", "odd-secret", resembles="secret-needs-encoding"),
    State("a plus is in the secret", "plus-secret", resembles="secret-needs-encoding"),
    State("a percent sign is in the secret", "percent-secret", resembles="secret-needs-encoding"),
    State("the page is blocked", "reader", edge=NO_PAGES, resembles=NOT_USABLE),
    State("an optional scope", "reader", settings={"scope": "phone"}, resembles="scope-refused"),
    State("capitals in the realm", "reader", settings={"realm": CASE_REALM}, resembles="realm-case-differs"),
    State("it takes only the form", "post-only", resembles="client-auth-method-differs"),
    State("it takes only Basic, which was not there yet", "basic-only", eras=(A, B),
          resembles="client-auth-method-differs"),
    State("DPoP, which was not there yet", "dpop", eras=(A, B), resembles=BOUND),
    State("the token URL is given", "reader", settings=token_url(f"{_OIDC}/token"), resembles="token-url-wrong"),
    State("no base path there, the token URL says so", "reader", edge=Edge(base_path=""),
          settings=token_url("/realms/doctor/protocol/openid-connect/token"), resembles="auth-path-differs"),
)  # fmt: skip

STATES = (*CREDENTIALS, *KINDS, *REALMS, *TOKEN_URLS, *UNBROKEN)
CASES = tuple(state.case(era) for state in STATES for era in state.eras)
