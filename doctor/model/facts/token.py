"""The token request (RFC 6749 section 4.4) and the questions that tell its refusals apart."""

from enum import StrEnum

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import Reply
from doctor.model.frozen import dataclass
from doctor.model.secret import AS_GIVEN


class AuthMethod(StrEnum):
    """RFC 7591 section 2, ``token_endpoint_auth_method``."""

    POST = "client_secret_post"
    BASIC = "client_secret_basic"
    NONE = "none"


class Said(StrEnum):
    """What a token endpoint's answer says, in the order in which Keycloak checks."""

    NOTHING = "no answer"
    ELSEWHERE = "something else answered"
    REDIRECT = "a redirect"
    NOT_JSON = "200 without a JSON object"
    REALM_UNKNOWN = "no such realm"
    NO_ENDPOINT = "no token endpoint here"
    HTTPS_REQUIRED = "HTTPS required"
    REALM_DISABLED = "realm disabled"
    BODY_LOST = "a parameter is missing that was sent"
    GRANT_UNSUPPORTED = "grant not supported"
    CLIENT_UNUSABLE = "client not usable"
    CLIENT_UNKNOWN = "no such client"
    CLIENT_DISABLED = "client disabled"
    ASSERTION_WANTED = "a signed JWT is wanted"
    METHOD_WANTED = "another authentication method is wanted"
    BASIC_UNREADABLE = "the Basic header could not be read"
    SECRET_WRONG = "secret not accepted"
    UNCLEAR_REFUSAL = "credentials refused, not said which"
    BEARER_ONLY = "bearer-only client"
    NOT_OIDC = "client of another protocol"
    PUBLIC = "public client"
    SERVICE_ACCOUNT_OFF = "service account off"
    SERVICE_USER = "service account's user disabled or gone"
    SCOPE = "scope refused"
    DPOP = "DPoP proof wanted"
    HOLDER_OF_KEY = "client certificate wanted"
    OTHER_REFUSAL = "another refusal"
    INCOMPLETE = "200 without a usable token"
    TOKEN = "a token"

    @property
    def past_realm(self) -> bool:
        """True when the realm itself was no obstacle: it is enabled, and content with the scheme."""
        said = list(Said)
        return said.index(self) > said.index(Said.REALM_DISABLED)

    @property
    def authenticated(self) -> bool:
        """True when the answer can only be given after the id and the secret were accepted."""
        return self in _AUTHENTICATED

    @property
    def doubts_id(self) -> bool:
        """True when it can be the client id that was refused."""
        return self in _ID_IN_DOUBT

    @property
    def refused(self) -> bool:
        """True when client authentication itself failed."""
        return self in _REFUSED


_AUTHENTICATED = frozenset(
    {
        Said.BEARER_ONLY,
        Said.SERVICE_ACCOUNT_OFF,
        Said.SERVICE_USER,
        Said.SCOPE,
        Said.DPOP,
        Said.HOLDER_OF_KEY,
        Said.INCOMPLETE,
        Said.TOKEN,
    }
)
_ID_IN_DOUBT = frozenset({Said.CLIENT_UNUSABLE, Said.CLIENT_UNKNOWN, Said.UNCLEAR_REFUSAL})
_REFUSED = _ID_IN_DOUBT | {Said.CLIENT_DISABLED, Said.SECRET_WRONG}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One token request: which values went how, and what came back."""

    result: Reply | TransportFailure
    said: Said
    realm: str
    client_id: str = AS_GIVEN
    """Variant of the client id in the vault."""
    client_secret: str | None = AS_GIVEN
    """Variant of the secret, None when none was sent."""
    method: AuthMethod = AuthMethod.POST
    scope: str | None = None
    """Variant of the scope, None when none was sent."""
    method_wanted: AuthMethod | None = None
    """The method that the answer asks for."""

    @property
    def as_given(self) -> bool:
        """True when both values went as they were given, by whichever method."""
        return self.client_id == self.client_secret == AS_GIVEN


@dataclass(frozen=True, slots=True)
class TokenResponse:
    """A 200 of the token endpoint (RFC 6749 section 5.1), without the token."""

    access_token: bool
    """True when ``access_token`` is a non-empty string."""
    token_type: str | None
    expires_in: float | None
    """Seconds; None when absent or not a number."""
    expires_in_given: str | None
    """``expires_in`` as it stood, for the report."""
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class FirstAttempt:
    """The token request with every value as given."""

    attempt: Attempt
    response: TokenResponse | None = None


@dataclass(frozen=True, slots=True)
class ClientKind:
    """What the token endpoint says of the client id alone, sent without a secret."""

    as_given: Attempt
    cleaned: Attempt | None = None
    """The same question about the cleaned client id, when it differs."""
    swapped: Attempt | None = None


class Presence(StrEnum):
    """What the realm's authorization endpoint says of a client id."""

    UNKNOWN = "not found"
    DISABLED = "disabled"
    BEARER_ONLY = "bearer-only"
    NOT_OIDC = "of another protocol"
    ENABLED = "found and enabled"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class ClientSeen:
    """The authorization endpoint's page for the client id, asked without redirect URI."""

    result: Reply | TransportFailure
    presence: Presence
    said: str | None = None
    """The page's own message."""
    client_id: str = AS_GIVEN
    """Variant of the client id that it is about: a corrected one, where only that is known there."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A follow-up question that was not put, and why."""

    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trials:
    """Token requests with corrected values, in order; each differs from the refused one in a named part."""

    attempts: tuple[Attempt, ...]
    responses: tuple[TokenResponse | None, ...] = ()
    """One for each attempt, None where it was refused."""
    not_asked: tuple[NotAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """How the token request stands in the end."""

    first: Attempt
    attempts: tuple[Attempt, ...]
    """All of them, the first included."""
    final: Attempt
    """The one that came furthest."""
    response: TokenResponse | None
    """Of the final one, when it is a 200."""
    not_asked: tuple[NotAsked, ...] = ()

    @property
    def obtained(self) -> bool:
        return self.final.said is Said.TOKEN

    @property
    def corrected(self) -> bool:
        """True when a token, or a proof of the credentials, needed another value than the one given."""
        return self.final != self.first and self.final.said.authenticated


@dataclass(frozen=True, slots=True)
class TokenSuccess:
    """The token endpoint's answer that is a success by its status."""

    reply: Reply
    said: Said
    response: TokenResponse | None


class Standing(StrEnum):
    """How the servers took a value as it was given."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class SettingStanding:
    setting: str
    standing: Standing
    proved: str | None = None
    """The variant that was accepted instead."""
    tried: tuple[str, ...] = ()
    """The variants that the servers were asked about."""
    exchanges: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reception:
    """How each setting was taken. Settings that nobody was asked about are absent."""

    settings: tuple[SettingStanding, ...]

    def of(self, setting: str) -> SettingStanding:
        return next((s for s in self.settings if s.setting == setting), SettingStanding(setting, Standing.UNASKED))
