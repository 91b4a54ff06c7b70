"""Access tokens: the one that was issued, and those that the person gave."""

from enum import StrEnum

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import Reply
from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName


class TokenForm(StrEnum):
    JWS = "a signed JWT"
    JWE = "an encrypted JWT"
    OPAQUE = "no JWT"
    MALFORMED = "a damaged JWT"


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """What a token says of itself (RFC 7519 section 4.1, RFC 9068); nothing of its signature."""

    given_as: SettingName | None
    """The setting it came in, None for the one that was issued in this run."""
    form: TokenForm
    damage: str | None = None
    """What is wrong with its form."""
    size: int = 0
    """Bytes."""
    algorithm: str | None = None
    key_id: str | None = None
    media_type: str | None = None
    """``typ`` of the header."""
    issuer: str | None = None
    subject: str | None = None
    audience: tuple[str, ...] | None = None
    """None when absent."""
    client: str | None = None
    """``azp``, else ``client_id``, else ``clientId``."""
    kind: str | None = None
    """Keycloak's ``typ`` claim: ``Bearer``, ``ID``, ``Refresh`` …"""
    issued_at: float | None = None
    expires_at: float | None = None
    not_before: float | None = None
    """Seconds since the epoch."""
    roles: tuple[str, ...] | None = None
    """Realm and client roles (``client:role``), None when it carries no role claim."""
    scope: str | None = None
    bound: str | None = None
    """The confirmation method in ``cnf`` (RFC 7800)."""
    username: str | None = None
    """``preferred_username``."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The issued token first, then the given ones."""

    tokens: tuple[TokenSeen, ...]

    @property
    def issued(self) -> TokenSeen | None:
        return next((t for t in self.tokens if t.given_as is None), None)


@dataclass(frozen=True, slots=True)
class KeySet:
    """The realm's signing keys (RFC 7517 section 5), encryption keys left out."""

    result: Reply | TransportFailure
    keys: tuple[dict[str, str], ...]
    """The members that verification needs; certificates left out."""

    @property
    def key_ids(self) -> tuple[str, ...]:
        return tuple(key["kid"] for key in self.keys if "kid" in key)


class SignatureState(StrEnum):
    VERIFIED = "verified"
    INVALID = "invalid"
    KEY_UNKNOWN = "key unknown"
    UNSUPPORTED = "not checkable here"


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    given_as: SettingName | None
    state: SignatureState
    key_id: str | None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    signatures: tuple[SignatureSeen, ...]
    keys: tuple[str, ...]
    """Key ids that the realm publishes (RFC 7517)."""


class HeaderFault(StrEnum):
    """What is wrong with an Authorization header; each value is the cause's id."""

    PREFIX_MISSING = "bearer-prefix-missing"
    PREFIX_DOUBLED = "bearer-prefix-doubled"
    SCHEME_DIFFERS = "bearer-scheme-differs"
    WHITESPACE = "bearer-whitespace"
    QUOTED = "bearer-token-quoted"
    WRAPPED = "quotes-kept"
    LABELLED = "label-pasted"
    EMPTY = "value-empty"


@dataclass(frozen=True, slots=True)
class HeaderFaultSeen:
    fault: HeaderFault
    observed: str
    harmless: bool = False
    """True for what servers accept though it is unusual: lower-case ``bearer``."""


@dataclass(frozen=True, slots=True)
class GivenHeader:
    """The form of the Authorization header that the person's application sends."""

    scheme: str | None
    faults: tuple[HeaderFaultSeen, ...]
    token: bool
    """True when a token could be read out of it; a user's name and password are none."""
    sendable: bool
    """False when it holds what no HTTP client may send (line break, control character)."""
