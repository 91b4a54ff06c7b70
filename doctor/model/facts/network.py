"""Connections: how far each one came, and what the certificates say."""

from enum import StrEnum
from typing import ClassVar

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.frozen import dataclass
from doctor.model.terms import Endpoint


@dataclass(frozen=True, slots=True)
class TransportFailure:
    """No answer, and how far the attempt came."""

    kind: FailureKind
    phase: Phase
    detail: str
    """What the system said, in its own words."""
    exchange: int
    verify_code: int | None = None
    """OpenSSL's X509_V_ERR code of a certificate that was not verified."""


@dataclass(frozen=True, slots=True)
class Line:
    """One connection to one endpoint, kept open for what is asked next."""

    endpoint: Endpoint
    origin: str
    failure: TransportFailure | None = None
    address: str | None = None
    """The IP address that answered, or of the proxy."""
    proxy: str | None = None
    """``host:port`` of the proxy in use."""
    proxy_source: str | None = None
    """The variable or option it came from."""
    tls: str | None = None
    """``TLSv1.3``; None on plain HTTP."""
    ca_source: str = ""
    """Which trust store judged the certificate."""


@dataclass(frozen=True, slots=True)
class RealmLine(Line):
    """To the origin of the realm."""


@dataclass(frozen=True, slots=True)
class TokenLine(Line):
    """To the origin of the token endpoint."""


@dataclass(frozen=True, slots=True)
class ApiLine(Line):
    """To the origin of the API."""


@dataclass(frozen=True, slots=True)
class Proxied:
    """The connections that go through a proxy."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StoreVerdict:
    """What another trust store than the one in use says of a certificate."""

    source: str
    """The variable that names it, ``system``, or ``certifi``."""
    trusts: bool
    path: str = ""
    """Where it is kept; empty for a store that is kept in no file."""

    SYSTEM: ClassVar = "system"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The leaf that a server showed and that was refused, read in a handshake that sent no application byte."""

    endpoint: Endpoint
    origin: str
    subject: str
    issuer: str
    names: tuple[str, ...]
    """DNS names and IP addresses it covers."""
    not_before: float
    not_after: float
    """Seconds since the epoch."""
    self_signed: bool
    chain_length: int | None
    """How many certificates the server sent, None when that cannot be read."""
    verify_code: int | None
    now: float
    """This machine's clock when it was read."""
    covers_host: bool
    issuer_url: bool = False
    """True when it says where its issuer's certificate can be fetched, as public authorities' do."""
    not_before_now: float = 0.0
    """The true time is not before this: when this software was released, seconds since the epoch."""
    judged_by: str = ""
    """The trust store that refused it, by the setting that names it."""
    stores: tuple[StoreVerdict, ...] = ()
    """What this machine's other trust stores say of it."""


@dataclass(frozen=True, slots=True)
class RefusedCertificates:
    """One entry for each origin whose certificate was refused."""

    certificates: tuple[Certificate, ...]


class Differs(StrEnum):
    """In what curl goes another way than a program with requests."""

    PROXY = "proxy"
    TRUST = "trust"
    LOGIN = "login"


@dataclass(frozen=True, slots=True)
class CurlDifference:
    kind: Differs
    place: str
    """The origin or host that it is about; empty for all."""
    ours: str
    """What a program with requests takes: ``the proxy in HTTP_PROXY``; of a login, the file that has it."""
    curls: str
    """What curl takes."""


@dataclass(frozen=True, slots=True)
class CurlWay:
    """Where curl would go another way, by this machine's variables and files."""

    differences: tuple[CurlDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Another clock than this machine's."""

    endpoint: Endpoint
    source: str
    """``Date header`` or ``exp - expires_in``."""
    offset: float
    """This machine's clock minus that one, seconds."""
    bound: float
    """How far off the measurement can be, seconds."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of the time: this machine's and the servers'."""

    now: float
    """This machine's clock, seconds since the epoch."""
    readings: tuple[ClockReading, ...] = ()
    leeway: float = 30.0
    """Differences up to this many seconds do no harm."""

    def reading(self, endpoint: Endpoint) -> ClockReading | None:
        return next((r for r in self.readings if r.endpoint is endpoint), None)

    @property
    def true_now(self) -> float:
        """The best clock known: a server's where one was read, else this machine's."""
        return self.now - self.readings[0].offset if self.readings else self.now

    @property
    def confirmed(self) -> bool:
        """True when another clock was read."""
        return bool(self.readings)
