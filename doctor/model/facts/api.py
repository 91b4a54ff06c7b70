"""The protected GET, and the same GET asked otherwise."""

from enum import StrEnum

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import Reply
from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName


class ApiSaid(StrEnum):
    """What the API's answer says."""

    NOTHING = "no answer"
    DOCUMENTED = "the documented answer"
    OTHER_JSON = "JSON of another shape"
    OTHER_BODY = "a success that is no JSON"
    PAGE = "a page"
    REDIRECT = "a redirect"
    ELSEWHERE = "something in front of the API answered"
    TOKEN_MISSING = "it saw no token"
    TOKEN_MALFORMED = "the token or header is malformed"
    EXPIRED = "the token is expired"
    EARLY = "the token is not valid yet"
    ISSUER = "the issuer is not trusted"
    AUDIENCE = "the audience is not right"
    SIGNATURE = "the signature is not right"
    KEY_UNKNOWN = "no key for the token"
    KEYS_UNREACHABLE = "the keys cannot be fetched"
    TOKEN_REFUSED = "the token is refused"
    PERMISSION = "the token has not the permission"
    FORBIDDEN = "forbidden, without reason"
    NOT_FOUND = "not found"
    HEADER_TOO_LARGE = "the header is too large"
    REFUSED = "another refusal"
    SERVER_ERROR = "an error of the server"

    @property
    def refuses_token(self) -> bool:
        """True for 401 in all its reasons."""
        return self in _TOKEN_REFUSALS

    @property
    def success(self) -> bool:
        return self in (ApiSaid.DOCUMENTED, ApiSaid.OTHER_JSON)


_TOKEN_REFUSALS = frozenset(
    {
        ApiSaid.TOKEN_MISSING,
        ApiSaid.TOKEN_MALFORMED,
        ApiSaid.EXPIRED,
        ApiSaid.EARLY,
        ApiSaid.ISSUER,
        ApiSaid.AUDIENCE,
        ApiSaid.SIGNATURE,
        ApiSaid.KEY_UNKNOWN,
        ApiSaid.KEYS_UNREACHABLE,
        ApiSaid.TOKEN_REFUSED,
    }
)


@dataclass(frozen=True, slots=True)
class Call:
    """One GET on the API."""

    path: str
    result: Reply | TransportFailure
    said: ApiSaid
    given_as: SettingName | None = None
    """The setting whose token or header was sent, None for the issued one or none at all."""

    @property
    def reply(self) -> Reply | None:
        return self.result if isinstance(self.result, Reply) else None

    @property
    def status(self) -> int | None:
        return self.result.status if isinstance(self.result, Reply) else None


@dataclass(frozen=True, slots=True)
class AnonymousCall:
    """The first GET without any token."""

    call: Call


@dataclass(frozen=True, slots=True)
class AuthorizedCall:
    """The first GET with the token of this run (issued, or else the given one)."""

    call: Call


@dataclass(frozen=True, slots=True)
class GivenCalls:
    """The first GET with the header or token that the person gave, exactly as given."""

    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class OtherCalls:
    """Other paths, with the token and without: pairs, asked when the first path answers 403 or 404."""

    authorized: tuple[Call, ...]
    anonymous: tuple[Call, ...]

    @property
    def working(self) -> Call | None:
        return next((c for c in self.authorized if c.said.success), None)


@dataclass(frozen=True, slots=True)
class GarbageCall:
    """The first GET with a token that is none: tells whether the header arrives."""

    call: Call


@dataclass(frozen=True, slots=True)
class PrefixedCall:
    """The first GET with ``/api`` put before its path."""

    call: Call


@dataclass(frozen=True, slots=True)
class FollowedCall:
    """The GET at the redirect's target on the same origin, with the token."""

    call: Call


@dataclass(frozen=True, slots=True)
class GraphqlSeen:
    """Whether the host has the GraphQL API of self-managed ONE."""

    result: Reply | TransportFailure
    present: bool


@dataclass(frozen=True, slots=True)
class AlteredCall:
    """``--deep``: the GET with the token's signature altered."""

    call: Call


@dataclass(frozen=True, slots=True)
class ExpiredCall:
    """``--deep``: the GET with the same token after it expired."""

    call: Call
    waited: float
    """Seconds past ``exp`` by the best clock known."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """``--deep``: a second token request."""

    result: Reply | TransportFailure
    renewed: bool


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the run proves, whatever the checks remark."""

    token: bool
    """A token was obtained, or given."""
    decided: bool
    """The protected GET was answered by the API, with yes or no."""
    works: bool
    """It was answered as documented with the token, refused without, and no value had to be corrected."""
