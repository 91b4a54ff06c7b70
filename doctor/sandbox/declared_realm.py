"""The realm's part of a declared world: clients as Keycloak's settings describe them, and how their tokens deviate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from doctor.sandbox.message import Answer

Authenticator = Literal["client-secret", "client-jwt", "client-secret-jwt", "client-x509"]
AuthMethod = Literal["client_secret_basic", "client_secret_post"]
SslRequired = Literal["none", "external", "all"]
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS512", "ES256", "EdDSA"]
UnsafeAlgorithm = Literal["none", "HS256"]


@dataclass(frozen=True)
class Minting:
    """How the tokens of a client deviate from what the realm would issue."""

    algorithm: UnsafeAlgorithm | None = None
    """None: as the client's settings say."""
    kid: str | None = None
    """None: the key's own."""
    header: Mapping[str, Any] = field(default_factory=dict)
    """Set last; None removes the member."""
    claims: Mapping[str, Any] = field(default_factory=dict)
    """Set last, over what the realm would say; None removes the claim."""
    mangle: Literal["", "signature", "cut", "opaque", "encrypted", "line-break"] = ""
    """What happens to the finished token."""


@dataclass(frozen=True)
class TokenAnswer:
    """How the token endpoint's 200 deviates (RFC 6749 section 5.1)."""

    members: Mapping[str, Any] = field(default_factory=dict)
    """Set over the right ones; None removes a member."""
    instead: Answer | None = None
    """Another answer in place of it, after every check has passed."""
    reframed: Callable[[bytes], Answer] | None = None
    """The right body in another form on the wire."""


@dataclass(frozen=True)
class Client:
    """A client of the realm, in the words of Keycloak's client settings."""

    client_id: str
    secret: str | None
    """None: none is stored."""
    enabled: bool = True
    public: bool = False
    bearer_only: bool = False
    service_account: bool = True
    """The grant is switched on for it."""
    service_account_enabled: bool | None = True
    """Its user: True enabled, False disabled, None deleted."""
    authenticator: Authenticator = "client-secret"
    algorithm: Algorithm | None = None
    """Signs its access tokens; None: the realm's."""
    allowed_method: AuthMethod | None = None
    """Pins the way in which the secret must come; None takes both."""
    scopes: tuple[str, ...] = ("profile", "email")
    """Default client scopes."""
    optional_scopes: tuple[str, ...] = ("address", "phone", "offline_access", "microprofile-jwt")
    permitted: bool = True
    """The API lets it make the protected calls."""
    lifespan: int = 300
    """Seconds from ``iat`` to ``exp``."""
    dpop: bool = False
    certificate_bound: bool = False
    protocol: Literal["openid-connect", "saml"] = "openid-connect"
    lightweight: bool = False
    policy: tuple[str, str] | None = None
    """``error`` and ``error_description`` with which a client policy refuses it."""
    extra_claims: Mapping[str, Any] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    """Realm roles of its service account, beside those that every account has."""
    client_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Roles on other clients, beside ``account``; the clients are the token's audience."""
    tokens: int | None = None
    """How many tokens the environment gives before this client is disabled; None: no end."""
    minting: Minting = Minting()
    token_answer: TokenAnswer = TokenAnswer()


@dataclass(frozen=True)
class Realm:
    """A realm of the Keycloak."""

    name: str
    enabled: bool = True
    clients: tuple[Client, ...] = ()
    issuer: str | None = None
    """What the realm calls itself; None: the environment's own URL."""
    algorithm: Algorithm = "RS256"
    ssl_required: SslRequired = "external"
    grant_types: tuple[str, ...] = (
        "authorization_code", "client_credentials", "implicit", "password", "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code", "urn:openid:params:grant-type:ciba",
    )  # fmt: skip
    discreet: bool = False
    """Every failed client authentication gets the same ``invalid_client``, as no Keycloak does by itself."""

    def client(self, client_id: str | None) -> Client | None:
        return next((client for client in self.clients if client.client_id == client_id), None)
