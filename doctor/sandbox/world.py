"""The declared world: a realm, its clients, an API, the edge before them and TLS, each with its deviations.

The defaults are healthy. A fault is a world in which one value differs.
"""

import secrets
import string
from dataclasses import dataclass, replace
from typing import Any, Literal

from doctor.sandbox.declared_realm import Client, Minting, Realm, TokenAnswer
from doctor.sandbox.era import Era
from doctor.sandbox.flavours import Flavour
from doctor.sandbox.message import USUAL, Answer, Framing, Misbehaviour

__all__ = [
    "Api", "Client", "Edge", "Era", "Framing", "Minting", "Proxy", "Realm", "Rule", "Tls", "TlsKind", "TokenAnswer",
    "Trust", "World", "healthy", "new_secret",
]  # fmt: skip

TlsKind = Literal[
    "valid",
    "expired",
    "long-expired",
    "not-yet-valid",
    "wrong-host",
    "self-signed",
    "untrusted",
    "chain-incomplete",
    "intermediate-sent",
    "root-sent",
]
Spoken = Literal["tls", "plain", "old-tls", "nothing", "reset", "reset-handshake", "garbage"]


@dataclass(frozen=True)
class Trust:
    """A realm whose tokens the API takes."""

    realm: str
    leeway: float = 60
    """Seconds that a token may be past its end or before its beginning."""


@dataclass(frozen=True)
class Api:
    """The protected API."""

    flavour: Flavour = "spring"
    """Whose words it has, and whose reading of the header."""
    protected: bool = True
    trusts: tuple[Trust, ...] = ()
    """Empty: the first realm, with Spring's own leeway."""
    trusted_issuer: str | None = None
    """None: what the realms trusted call themselves."""
    audience: str | None = None
    """None: audiences are not looked at."""
    required_role: str | None = None
    """A realm role that must stand in the token itself."""
    base: str = "/api"
    paths: tuple[str, ...] = ("/reference-data/v1/tables", "/catalog/v1/catalog-items")
    """Below ``base``; what is absent answers 404."""
    open_paths: tuple[str, ...] = ("/status",)
    """Those that want no token."""
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")
    """Those whose signatures it can verify; a Spring resource server has no EdDSA by itself."""
    keys_known: bool = True
    """False: its copy of the realm's keys lacks the one in use."""
    broken_keys: bool = False
    """It cannot reach the realm's keys: 500 for every well-formed token."""
    clock_offset: float = 0
    """Seconds by which its clock is ahead."""
    own_date: bool = False
    """Its answers carry its own clock's ``Date``, in place of the edge's."""
    checks_signature: bool = True
    checks_expiry: bool = True
    strips_authorization: bool = False
    """Something on the way removes the header."""
    tells_why: bool = True
    """False: 401 and 403 for a token come without ``WWW-Authenticate``."""
    max_header: int | None = None
    """Bytes of ``Authorization`` from which on it refuses the request."""
    refuses: Answer | None = None
    """The answer to an accepted token, in place of data."""
    html: bool = False
    """The web application's page answers, with 200."""
    document: Any = None
    """JSON in place of the documented envelope."""
    graphql_only: bool = False
    """A self-managed ONE without REST API: ``/graphql`` is all there is."""


@dataclass(frozen=True)
class Rule:
    """The edge takes a request for itself."""

    reply: Answer | Misbehaviour
    prefix: str = "/"
    """Start of the path; ``{realm}`` stands for the first realm's path with the base path."""
    methods: tuple[str, ...] = ()
    """Empty: all."""
    authorized: bool | None = None
    """Only requests with, or without, an ``Authorization`` header."""
    with_parameter: str | None = None
    """Only requests whose form has this parameter."""
    before: int | None = None
    """Only requests that arrive before the one of this number, as while an environment starts."""
    drops_body: bool = False
    """Lets the request through after losing its body; ``reply`` is not used."""


@dataclass(frozen=True)
class Edge:
    """What stands before both: ingress, gateway, firewall."""

    base_path: str = "/auth"
    rules: tuple[Rule, ...] = ()
    """The first that matches answers."""
    forwards_scheme: bool = True
    """False: Keycloak sees http, from a public address."""
    sends_date: bool = True
    default: Answer | None = None
    """For paths that lead nowhere; None: the ingress's own 404 page."""
    framing: Framing = USUAL


@dataclass(frozen=True)
class Tls:
    """How the port answers a ClientHello."""

    kind: TlsKind = "valid"
    spoken: Spoken = "tls"
    client_certificate: bool = False
    """A client certificate is required in the handshake."""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    """The names and addresses that the certificate is for. Empty: it has a common name only."""
    newest: Literal["1.2", "1.3"] = "1.3"
    """The newest version that it knows."""
    issuer_url: bool = False
    """The certificate says where its issuer's can be fetched (RFC 5280 section 4.2.2.1)."""
    needs_name: bool = False
    """A handshake without the right server name (RFC 6066 section 3) is refused."""


@dataclass(frozen=True)
class Proxy:
    """A forward proxy beside the environment."""

    status: int = 200
    """Its answer to CONNECT; 200 opens the tunnel."""


@dataclass(frozen=True)
class World:
    """Everything that answers."""

    realms: tuple[Realm, ...]
    api: Api = Api()
    edge: Edge = Edge()
    tls: Tls = Tls()
    api_tls: Tls | None = None
    """How a second port speaks TLS, on which the same world answers; None: there is none."""
    proxy: Proxy | None = None
    clock_offset: float = 0
    """Seconds by which every clock there is ahead of this machine's, ``Date`` included."""
    keycloak_clock_offset: float = 0
    """Seconds by which Keycloak's alone is ahead, on top of it."""
    era: Era = Era.REACTIVE
    """Whose words Keycloak uses."""

    @property
    def realm(self) -> Realm:
        """The realm that the settings name."""
        return self.realms[0]

    @property
    def client(self) -> Client:
        """The client that the settings name."""
        return self.realm.clients[0]

    def find_realm(self, name: str) -> Realm | None:
        return next((realm for realm in self.realms if realm.name == name), None)

    @property
    def trusted(self) -> tuple[tuple[Realm, Trust], ...]:
        """The realms whose tokens the API takes."""
        trusts = self.api.trusts or (Trust(self.realm.name),)
        return tuple((realm, trust) for trust in trusts for realm in self.realms if realm.name == trust.realm)

    def with_realm(self, **changes: Any) -> "World":
        return replace(self, realms=(replace(self.realm, **changes), *self.realms[1:]))

    def with_client(self, **changes: Any) -> "World":
        return self.with_realm(clients=(replace(self.client, **changes), *self.realm.clients[1:]))

    def with_api(self, **changes: Any) -> "World":
        return replace(self, api=replace(self.api, **changes))

    def with_edge(self, **changes: Any) -> "World":
        return replace(self, edge=replace(self.edge, **changes))

    def with_tls(self, **changes: Any) -> "World":
        return replace(self, tls=replace(self.tls, **changes))


def new_secret() -> str:
    """32 random letters and digits, the form of Keycloak's own."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(32))


def healthy() -> World:
    """The world in which everything works, with a secret of its own."""
    return World(realms=(Realm("demo", clients=(Client("demo-client", new_secret()),)),))
