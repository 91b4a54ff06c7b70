"""Opens one connection: name, TCP, proxy, TLS; says how far it came and how long each phase took.

Standard library only, so that connecting can begin while the HTTP library is still being imported.
"""

import base64
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.frozen import dataclass
from doctor.transport.failures import connect_failure, name_failure, tls_failure
from doctor.transport.names import Names

if TYPE_CHECKING:
    import ssl

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port (RFC 6454 section 4), the host in ASCII."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> "Origin":
        """The origin of an absolute URL; ``ValueError`` when it has none."""
        parts = urlsplit(url)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise ValueError(f"no origin in {url!r}")
        return cls(parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))

    @property
    def loopback(self) -> bool:
        """True for a name or address that cannot leave this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:  # a name, if it begins with 127 all the same
            return False

    @property
    def authority(self) -> str:
        """``host:port``, as ``CONNECT`` and ``Host`` have it."""
        return f"{self._bracketed}:{self.port}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        default = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{self._bracketed if self.port == default else self.authority}"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A forward proxy, and where its setting came from."""

    url: str
    source: str

    @property
    def place(self) -> str:
        """``host:port``, without credentials."""
        try:
            return f"{self.host}:{self.port}"
        except ValueError:
            return "an address that is no URL"

    @property
    def shown(self) -> str:
        """The URL without credentials."""
        return f"{self.url.partition('://')[0]}://{self.place}"

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def authorization(self) -> str | None:
        """``Basic …`` when the URL holds credentials (RFC 7617)."""
        parts = urlsplit(self.url)
        if parts.username is None:
            return None
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return "Basic " + base64.b64encode(pair.encode()).decode()


class Timings:
    """How far a connection or a request has come, and when."""

    def __init__(self) -> None:
        self.spent: dict[Phase, float] = {}
        """Milliseconds in each phase so far."""
        self.connecting = threading.Event()
        """Set when the name is known and the first packet leaves."""
        self.sent_at: float | None = None
        """``time.perf_counter()`` when the request began to go out."""

    def time(self, phase: Phase, work: Callable[[], T]) -> T:
        begun = time.perf_counter()
        try:
            return work()
        finally:
            self.spent[phase] = self.spent.get(phase, 0.0) + (time.perf_counter() - begun) * 1000


@dataclass(frozen=True, slots=True)
class Dialled:
    """An open connection, ready for HTTP."""

    sock: socket.socket
    address: str
    proxy: Proxy | None
    tls: str | None


class DialFailed(Exception):
    """The connection did not come about. Carried to ``TransportFailure`` by the transport, never further."""

    def __init__(self, kind: FailureKind, phase: Phase, detail: str, verify_code: int | None = None) -> None:
        super().__init__(detail)
        self.kind, self.phase, self.detail, self.verify_code = kind, phase, detail, verify_code


def dial(
    origin: Origin,
    *,
    names: Names,
    context: "Callable[[], ssl.SSLContext]",
    proxy: Proxy | None,
    within: float,
    timings: Timings,
) -> Dialled:
    """Connect to the origin within so many seconds; raises ``DialFailed``.

    ``context`` is called once TCP is connected: a CA bundle is loaded while the first packets are on their way.
    """
    ends = time.monotonic() + within
    reach = partial(_to_proxy, proxy, origin) if proxy else partial(_tcp, origin.host, origin.port)
    sock, address = reach(names, ends, timings)
    try:
        if origin.scheme == "http":
            return Dialled(sock, address, proxy, None)
        secure = context()
        wrapped = timings.time(Phase.TLS, lambda: _tls(sock, origin, secure, ends))
    except BaseException:
        sock.close()
        raise
    return Dialled(wrapped, address, proxy, wrapped.version())


def _to_proxy(proxy: Proxy, origin: Origin, names: Names, ends: float, timings: Timings) -> tuple[socket.socket, str]:
    """A connection that the proxy leads on to the origin, and the proxy's own address."""
    from doctor.transport.tunnel import open_tunnel, place_of, unreached  # most runs have no proxy

    host, port = place_of(proxy)
    try:
        sock, address = _tcp(host, port, names, ends, timings)
    except DialFailed as failed:
        raise unreached(failed, proxy) from None
    try:
        timings.time(Phase.PROXY, lambda: open_tunnel(sock, origin, proxy, ends))
    except BaseException:
        sock.close()
        raise
    return sock, address


def _tcp(host: str, port: int, names: Names, ends: float, timings: Timings) -> tuple[socket.socket, str]:
    try:
        addresses = timings.time(Phase.DNS, lambda: names.resolve(host, port, seconds_left(ends)))
    except OSError as problem:
        raise DialFailed(name_failure(problem), Phase.DNS, _text(problem)) from None
    timings.connecting.set()
    last: OSError = OSError("no address")
    for index, (family, address) in enumerate(addresses):
        share = seconds_left(ends) / (len(addresses) - index)
        try:
            return timings.time(Phase.CONNECT, partial(_open, family, address, share)), str(address[0])
        except OSError as problem:
            last = problem
    raise DialFailed(connect_failure(last), Phase.CONNECT, _text(last))


def _open(family: int, address: tuple[str, int], within: float) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(within)
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    return sock


def _tls(sock: socket.socket, origin: Origin, context: "ssl.SSLContext", ends: float) -> "ssl.SSLSocket":
    sock.settimeout(seconds_left(ends))
    wrapped = None
    try:
        wrapped = context.wrap_socket(sock, server_hostname=origin.host, do_handshake_on_connect=False)
        wrapped.do_handshake()
    except (OSError, ValueError) as problem:
        agreed = wrapped is not None and wrapped.cipher() is not None
        code = getattr(problem, "verify_code", None)  # of a certificate that was not verified
        if wrapped is not None:
            wrapped.close()
        detail = _text(problem) + (", after version and cipher were agreed" if agreed and code is None else "")
        raise DialFailed(tls_failure(problem, agreed=agreed), Phase.TLS, detail, code) from None
    return wrapped


def seconds_left(ends: float) -> float:
    """Never none: a time limit of zero would mean that nothing blocks."""
    return max(ends - time.monotonic(), 0.001)


def _text(problem: BaseException) -> str:
    from doctor.transport.failure_words import in_words  # not before something went wrong

    return in_words(problem)
