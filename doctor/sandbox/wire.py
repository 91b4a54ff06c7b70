"""HTTP/1.1 on a socket (RFC 9112): reads requests, writes replies as well or as badly as declared."""

import contextlib
import gzip
import socket
import struct
import threading
import zlib
from dataclasses import replace
from email.utils import formatdate
from http import HTTPStatus
from io import BufferedReader

from doctor.sandbox.message import (
    USUAL,
    Answer,
    Cached,
    Delayed,
    Drip,
    Endless,
    Framing,
    Hang,
    Headers,
    Misbehaviour,
    Raw,
    Reply,
    Request,
    Reset,
    Truncated,
)

_LINE = 1 << 20
_BODY = 1 << 24
_NOTHING = Answer(200)


class NotHttp(Exception):
    """What arrived is no HTTP request."""


def read_request(stream: BufferedReader) -> Request | None:
    """The next request on the connection, or None at its end."""
    if not _looks_like_http(stream):
        raise NotHttp
    line = stream.readline(_LINE)
    if not line.strip():
        return None
    method, target = _request_line(line)
    headers = _headers(stream)
    path, _, query = target.partition("?")
    request = Request(method, path, query, headers)
    length = request.header("Content-Length") or "0"
    if not length.isdigit() or int(length) > _BODY or request.header("Transfer-Encoding"):
        raise NotHttp
    return Request(method, path, query, headers, stream.read(int(length)))


def _looks_like_http(stream: BufferedReader) -> bool:
    # A ClientHello may hold no line end at all: waiting for one would hang.
    return stream.peek(1)[:1].isalpha() or stream.peek(1)[:1] in b"\r\n"


def _request_line(line: bytes) -> tuple[str, str]:
    match line.decode("latin-1").split():
        case [method, target, version] if version.startswith("HTTP/1."):
            return method, target
        case _:
            raise NotHttp


def _headers(stream: BufferedReader) -> Headers:
    found = []
    while (line := stream.readline(_LINE)).strip():
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            raise NotHttp
        found.append((name.strip(), value.strip()))
    return tuple(found)


def write_reply(
    connection: socket.socket,
    request: Request,
    reply: Reply,
    date: float | None,
    closing: threading.Event,
    framing: Framing = USUAL,
) -> bool:
    """Sends the reply; True when the connection can carry another request."""
    if isinstance(reply, Delayed):
        closing.wait(reply.seconds)
        reply = reply.answer or _NOTHING
    if isinstance(reply, Answer):
        last = (request.header("Connection") or "").lower() == "close" or framing.closes
        reply = reply.with_headers(("Connection", "close")) if last else reply
        head, body = rendered(_coded(reply, request, framing), date, request.method == "HEAD", framing)
        connection.sendall(_interim(framing) + head + body)
        return not last and framing.version == "1.1"
    _misbehave(connection, reply, date, closing)
    return False


def _interim(framing: Framing) -> bytes:
    return f"HTTP/1.1 {framing.interim} {_reason(framing.interim)}\r\n\r\n".encode() if framing.interim else b""


def _coded(answer: Answer, request: Request, framing: Framing) -> Answer:
    """The answer in the content coding that the request takes (RFC 9110 section 8.4)."""
    if not framing.coding or framing.coding not in (request.header("Accept-Encoding") or "") or not answer.body:
        return answer
    body = gzip.compress(answer.body) if framing.coding == "gzip" else zlib.compress(answer.body)
    coded = replace(answer, body=body)
    return coded.with_headers(("Content-Encoding", framing.coding), ("Vary", "Accept-Encoding"))


def _misbehave(connection: socket.socket, reply: Misbehaviour, date: float | None, closing: threading.Event) -> None:
    match reply:
        case Hang():
            closing.wait()
        case Reset():
            reset(connection)
        case Raw():
            connection.sendall(reply.data)
        case Truncated():
            head, body = rendered(reply.answer or _NOTHING, date)
            connection.sendall(head + body[: int(len(body) * reply.keep)])
        case Drip():
            head, body = rendered(reply.answer or _NOTHING, date)
            _drip(connection, head, body, reply.pause, closing)
        case Endless():
            _endless(connection, reply, closing)
        case Delayed() | Cached():
            raise AssertionError("write_reply and the edge make answers of these")


def rendered(
    answer: Answer, date: float | None, bodiless: bool = False, framing: Framing = USUAL
) -> tuple[bytes, bytes]:
    """Status line with header section, and body; framed as declared unless the answer has its own framing."""
    names = {name.lower() for name, _ in answer.headers}
    headers = list(answer.headers)
    if date is not None and "date" not in names:
        headers.insert(0, ("Date", formatdate(date, usegmt=True)))
    body = answer.body
    if not names & {"content-length", "transfer-encoding"} and answer.status not in (204, 304):
        body = _framed(headers, body, framing)
    headers += [(f"X-Filler-{n}", "of no use") for n in range(framing.flood)]
    status = f"HTTP/{framing.version} {answer.status} {_reason(answer.status)}"
    lines = [status, *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace"), b"" if bodiless else body


def _framed(headers: list[tuple[str, str]], body: bytes, framing: Framing) -> bytes:
    if framing.version == "1.0":
        return body
    if not framing.chunked:
        headers.append(("Content-Length", str(len(body))))
        return body
    headers.append(("Transfer-Encoding", "chunked"))
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:]) if part) + b"0\r\n\r\n"


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def reset(connection: socket.socket) -> None:
    """Closes with RST in place of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def linger(connection: socket.socket) -> None:
    """Ends the sending side and takes what is still coming, so that the close does not eat the last words."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(0.5)
        while connection.recv(65536):
            pass


def _drip(connection: socket.socket, head: bytes, body: bytes, pause: float, closing: threading.Event) -> None:
    connection.sendall(head)
    for position in range(len(body)):
        if closing.wait(pause):
            return
        connection.sendall(body[position : position + 1])


def _endless(connection: socket.socket, reply: Endless, closing: threading.Event) -> None:
    connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {reply.content_type}\r\n\r\n".encode())
    while not closing.is_set():
        connection.sendall(reply.chunk)
