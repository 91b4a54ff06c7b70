"""A tunnel through a forward proxy: ``CONNECT`` (RFC 9110 section 9.3.6). Imported where a proxy is in the way."""

import socket
from urllib.parse import urlsplit

from doctor.model.facts.failure import FailureKind, Phase
from doctor.transport.dial import DialFailed, Origin, Proxy, seconds_left
from doctor.transport.failure_words import in_words

_HEAD_LIMIT = 65_536


def place_of(proxy: Proxy) -> tuple[str, int]:
    """Host and port of a proxy that can be spoken to; its login is not sent in clear where TLS was asked for."""
    try:
        scheme, host, port = urlsplit(proxy.url).scheme, proxy.host, proxy.port
    except ValueError:
        scheme, host, port = "", "", 0
    if not host:
        raise _unreachable("the address of the proxy is no URL")
    if scheme != "http":
        raise _unreachable(f"the proxy is given as {scheme}://, and only http:// is spoken to proxies")
    return host, port


def unreached(failed: DialFailed, proxy: Proxy) -> DialFailed:
    """What kept the proxy itself from being reached."""
    return _unreachable(f"{proxy.place}: {failed.detail}")


def open_tunnel(sock: socket.socket, origin: Origin, proxy: Proxy, ends: float) -> None:
    """Have the proxy lead the connection on to the origin; raises ``DialFailed``."""
    lines = [f"CONNECT {origin.authority} HTTP/1.1", f"Host: {origin.authority}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    try:
        sock.settimeout(seconds_left(ends))
        sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        status, reason = _status_line(_head(sock, ends))
    except (OSError, ValueError) as problem:
        raise _unreachable(in_words(problem)) from None
    if status == 407:
        raise DialFailed(FailureKind.PROXY_AUTHENTICATION, Phase.PROXY, f"{status} {reason}")
    if not 200 <= status < 300:
        raise DialFailed(FailureKind.PROXY_REFUSED, Phase.PROXY, f"{status} {reason}")


def _unreachable(detail: str) -> DialFailed:
    return DialFailed(FailureKind.PROXY_UNREACHABLE, Phase.PROXY, detail)


def _head(sock: socket.socket, ends: float) -> bytes:
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        sock.settimeout(seconds_left(ends))
        byte = sock.recv(1)  # one at a time: what follows the head belongs to TLS
        if not byte or len(head) > _HEAD_LIMIT:
            raise ValueError("the proxy closed the connection or sent no HTTP head")
        head += byte
    return bytes(head)


def _status_line(head: bytes) -> tuple[int, str]:
    line = head.split(b"\r\n", 1)[0].decode("latin-1")
    version, status, *reason = line.split(" ", 2)
    if not version.startswith("HTTP/"):
        raise ValueError("the proxy did not answer in HTTP")
    return int(status), reason[0] if reason else ""
