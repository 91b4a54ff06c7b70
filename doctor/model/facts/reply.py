"""One answer of a server, reduced to what checks read; every string in it is redacted and untrusted."""

from enum import StrEnum

from doctor.model.frozen import dataclass

REQUEST_IDS = (
    "x-request-id",
    "x-correlation-id",
    "request-id",
    "traceparent",
    "cf-ray",
    "x-amz-request-id",
    "x-amzn-requestid",
    "apigw-requestid",
    "x-azure-ref",
    "x-amz-cf-id",
)
"""Headers that a server's own log is searched by, the most telling first."""


class BodyKind(StrEnum):
    OBJECT = "JSON object"
    JSON = "other JSON"
    HTML = "HTML"
    TEXT = "text"
    EMPTY = "empty"


class Speaker(StrEnum):
    """Who answered, as far as headers and words tell."""

    KEYCLOAK = "Keycloak"
    SPRING = "Spring Security"
    ENVOY = "Envoy"
    KONG = "Kong"
    NGINX = "nginx"
    AWS = "AWS"
    CLOUDFLARE = "Cloudflare"
    AZURE = "Azure Front Door"
    INSPECTION = "a TLS inspection gateway"
    UNKNOWN = "the server"


class PageKind(StrEnum):
    """What a page that is no API answer wants, or is."""

    SIGN_IN = "sign-in page"
    CHALLENGE = "bot challenge"
    BLOCK = "block page"
    DEFAULT = "default page of an edge"
    TLS_EXPECTED = "notice that the port speaks TLS"
    CLIENT_CERTIFICATE = "demand for a client certificate"
    HEADER_TOO_LARGE = "refusal of a large header"
    PLAIN = "page"


class Obstacle(StrEnum):
    """What stood before the service and answered in its place, or kept it from answering."""

    LIMIT = "a rate limit"
    GATEWAY = "a gateway without a service behind it"
    BLOCK = "a wall"
    SIGN_IN = "a sign-in for people"
    CLIENT_CERTIFICATE = "a demand for a client certificate"
    PLAIN_HTTP = "a port that wants TLS"
    PROXY_LOGIN = "a proxy's login"


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge of ``WWW-Authenticate`` (RFC 9110 section 11.6.1, RFC 6750 section 3)."""

    scheme: str
    realm: str | None = None
    error: str | None = None
    error_description: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    exchange: int
    """Number of the exchange that carried it."""
    status: int
    url: str
    body: BodyKind
    speaker: Speaker
    page: PageKind | None = None
    """Set when the body is HTML, or text of a known edge, or the answer a redirect to a sign-in."""
    title: str | None = None
    """``<title>`` of a page, else its first heading."""
    media_type: str = ""
    location: str | None = None
    """``Location``, absolute."""
    challenges: tuple[Challenge, ...] = ()
    error: str | None = None
    """``error`` of a JSON object (RFC 6749 section 5.2)."""
    error_description: str | None = None
    message: str | None = None
    """What else a JSON object or short text says: ``message``, ``detail``, ``title``."""
    retry_after: float | None = None
    """Seconds."""
    date: float | None = None
    """``Date`` header, seconds since the epoch."""
    local_time: float = 0.0
    """This machine's clock when the answer began to arrive, seconds since the epoch."""
    round_trip: float = 0.0
    """Seconds between the request's end and the answer's first byte: the bound on clock measurements."""
    request_id: str | None = None
    """What the server's own log knows this request by: ``x-request-id`` and its kin, with the header's name."""
    verified: bool = False
    """True when it came over TLS whose certificate was verified."""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def redirect(self) -> bool:
        return self.status in (301, 302, 303, 307, 308)

    @property
    def bearer(self) -> Challenge | None:
        """The Bearer challenge, if any."""
        return next((c for c in self.challenges if c.scheme.lower() == "bearer"), None)

    @property
    def obstacle(self) -> Obstacle | None:
        """What answered in the service's place; a challenge page can have any status, then the status decides."""
        if self.page is PageKind.CHALLENGE:
            return Obstacle.BLOCK
        if self.status in _BY_STATUS:
            return _BY_STATUS[self.status]
        if self.page in _OBSTACLES and not self.out_of_order:
            return _OBSTACLES[self.page]
        if self._wants_a_person:
            return Obstacle.SIGN_IN
        if self.out_of_order:
            return Obstacle.GATEWAY
        return Obstacle.BLOCK if self.speaker is Speaker.INSPECTION and self.status >= 400 else None

    @property
    def out_of_order(self) -> bool:
        """True for a gateway's report that what is behind it does not answer; 520 to 530 are Cloudflare's."""
        return self.status in (502, 503, 504) or 520 <= self.status <= 530

    @property
    def _wants_a_person(self) -> bool:
        """A login that no program has is asked for, and a bearer token is not (RFC 9110 section 11.6.1)."""
        asked = {c.scheme.lower() for c in self.challenges}
        return self.status == 401 and bool(asked & _FOR_PEOPLE) and "bearer" not in asked

    @property
    def words(self) -> str:
        """The server's own words, shortest form, to stand in a sentence: ``401 unauthorized_client: Invalid …``."""
        bearer = self.bearer
        error = self.error or (bearer and bearer.error)
        said = self.error_description or (bearer and bearer.error_description) or self.message or self.title
        if said and said.startswith(str(self.status)):
            said = said.removeprefix(str(self.status)).strip() or None
        if error or said:
            return f"{self.status} {': '.join(part for part in (error, said) if part)}".rstrip(".")
        if self.challenges:
            return f"{self.status} with the challenge {self.challenges[0].scheme} and no reason"
        return f"{self.status} with {'no body' if self.body is BodyKind.EMPTY else f'a body of {self.body.value}'}"


_FOR_PEOPLE = frozenset({"basic", "digest", "negotiate", "ntlm", "kerberos"})
_BY_STATUS = {407: Obstacle.PROXY_LOGIN, 429: Obstacle.LIMIT, 511: Obstacle.SIGN_IN}
_OBSTACLES = {
    PageKind.BLOCK: Obstacle.BLOCK,
    PageKind.SIGN_IN: Obstacle.SIGN_IN,
    PageKind.CLIENT_CERTIFICATE: Obstacle.CLIENT_CERTIFICATE,
    PageKind.TLS_EXPECTED: Obstacle.PLAIN_HTTP,
}
