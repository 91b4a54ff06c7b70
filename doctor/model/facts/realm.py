"""The realm: whether it is there, under which name and path, and what it says of itself."""

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import Reply
from doctor.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Discovery:
    """The answer of ``{issuer}/.well-known/openid-configuration`` (OpenID Connect Discovery 1.0 section 4)."""

    result: Reply | TransportFailure
    issuer: str | None = None
    token_endpoint: str | None = None
    authorization_endpoint: str | None = None
    jwks_uri: str | None = None
    grant_types: tuple[str, ...] | None = None
    """``grant_types_supported``, None when absent."""

    @property
    def usable(self) -> bool:
        """True for a provider's document: it names issuer and token endpoint."""
        return bool(self.issuer and self.token_endpoint)


@dataclass(frozen=True, slots=True)
class RealmPage:
    """The answer of ``{base}/realms/{realm}``, asked when discovery did not settle the matter."""

    result: Reply | TransportFailure
    realm: str | None = None
    """The stored spelling of the realm's name."""


@dataclass(frozen=True, slots=True)
class TokenDoor:
    """The token endpoint's answer to a form without ``grant_type`` and without credentials."""

    result: Reply | TransportFailure
    keycloak: bool = False
    """True when it answered as a token endpoint does."""


@dataclass(frozen=True, slots=True)
class RealmTried:
    """One other spelling or path that was asked for."""

    realm: str
    base_path: str
    how: str
    """``cleaned``, ``case``, ``path``, ``inside the value``, ``in another URL given``, or another source's variant."""
    found: bool
    exchange: int


@dataclass(frozen=True, slots=True)
class RealmSearch:
    """Where the realm is, when it is not where the settings say."""

    tried: tuple[RealmTried, ...]
    document: Discovery | None = None
    """Of the realm that was found."""
    keycloak_at: str | None = None
    """A base path at which a Keycloak router answered."""

    @property
    def found(self) -> RealmTried | None:
        return next((t for t in self.tried if t.found), None)


@dataclass(frozen=True, slots=True)
class Realm:
    """The realm in force: as given, or as a proved correction has it. What follows reads this."""

    name: str
    base_path: str
    issuer: str
    """What the realm calls itself; its URL where it was not asked or did not say."""
    token_endpoint: str
    authorization_endpoint: str
    jwks_uri: str
    url: str
    """Where it answers."""
    confirmed: bool
    """True when the realm itself, or its token endpoint, answered."""
    corrected: str | None = None
    """How it differs from the settings: the ``how`` of ``RealmTried``."""
    token_url_mended: bool = False
    """True when no token endpoint answers at the token URL given, and the realm's own is used."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """That the secret may be sent to the token endpoint, and what that rests on."""

    rests_on: str
    before_realm: bool = False
    """True on the vendor's own domain: the token request need not wait for the realm's answer."""
