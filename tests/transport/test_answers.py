"""Whatever answers, well or badly, is a value within the time allowed, and the next request is not harmed by it."""

import gzip
import ssl
import zlib
from pathlib import Path

import pytest

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.facts.network import TransportFailure
from doctor.model.request import Response
from doctor.transport.http import BODY_LIMIT
from tests.transport.loopback import Peer, Script, Server, always, answer, endless, once, seam, silent, within

GZIP = "Content-Encoding: gzip"


def said(data: bytes, script: Script | None = None, timeout: float = 5.0) -> Response | TransportFailure:
    with Server(script or once(data)) as server, within(timeout + 1.0):
        result = seam(server.url, timeout=timeout).get(server.url + "/x")
        assert isinstance(result, Response | TransportFailure)
        return result


WHOLE = {
    "with a length": answer(b'{"a": 1}'),
    "in HTTP/1.0, until the connection ends": b'HTTP/1.0 200 OK\r\n\r\n{"a": 1}',
    "in chunks": b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n5\r\n": 1}\r\n0\r\n\r\n',
    "in chunks with a trailer": (
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"a": 1}\r\n0\r\nX-Sum: 1\r\n\r\n'
    ),
    "in gzip": answer(gzip.compress(b'{"a": 1}'), GZIP),
    "in deflate": answer(zlib.compress(b'{"a": 1}'), "Content-Encoding: deflate"),
    "in deflate without its frame": answer(zlib.compress(b'{"a": 1}', wbits=-15), "Content-Encoding: deflate"),
    "in a coding of another name": answer(b'{"a": 1}', "Content-Encoding: none"),
    "after 100 Continue": b"HTTP/1.1 100 Continue\r\n\r\n" + answer(b'{"a": 1}'),
    "until the connection ends": b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"a": 1}',
    "with bare line feeds": b'HTTP/1.1 200 OK\nContent-Length: 8\n\n{"a": 1}',
    "with a status of no meaning": answer(b'{"a": 1}', status="299 Hm"),
    "without a reason": b'HTTP/1.1 200\r\nContent-Length: 8\r\n\r\n{"a": 1}',
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_whole_answer_is_read(data: bytes) -> None:
    result = said(data)
    assert isinstance(result, Response), result
    assert (result.status // 100, result.document, result.truncated) == (2, {"a": 1}, False)


def test_an_empty_body_is_no_document() -> None:
    result = said(answer(b""))
    assert isinstance(result, Response)
    assert (result.text, result.document) == ("", None)


def test_a_body_that_is_not_utf_8_is_text_all_the_same() -> None:
    result = said(answer(b"\xff\xfecaf\xe9", "Content-Type: text/plain"))
    assert isinstance(result, Response)
    assert result.text.endswith("caf\N{REPLACEMENT CHARACTER}")


def test_the_charset_that_is_announced_is_used() -> None:
    result = said(answer("café".encode("latin-1"), 'Content-Type: text/plain; charset="ISO-8859-1"'))
    assert isinstance(result, Response)
    assert result.text == "café"


@pytest.mark.parametrize("charset", ["utf-7", "no-such-thing", "idna", "zlib", "punycode", ""])
def test_a_charset_of_no_use_does_no_harm(charset: str) -> None:
    result = said(answer(b"+AGEAYg-", f"Content-Type: text/plain; charset={charset}"))
    assert isinstance(result, Response)
    assert result.text == "+AGEAYg-"


@pytest.mark.parametrize("body", [b"[" * 100_000, b"9" * 10_000, b'{"a": NaN', b"\xef\xbb\xbf{}"])
def test_a_document_that_cannot_be_read_leaves_the_text(body: bytes) -> None:
    result = said(answer(body))
    assert isinstance(result, Response)
    assert len(result.text) >= len(body) - 2


MALFORMED = {
    "is not HTTP": b"\x00\x01not HTTP at all\r\n\r\n",
    "is the greeting of another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "has a status that is no number": b"HTTP/1.1 abc OK\r\n\r\n",
    "has a header line of 100 kB": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "has more headers than anybody sends": b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 5000 + b"\r\n",
    "has chunks that are none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    "says gzip and is not": answer(b"not gzip", GZIP),
    "has two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5, 9\r\n\r\nabc",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_an_answer_is_malformed_that(data: bytes) -> None:
    result = said(data)
    assert isinstance(result, TransportFailure), result
    assert result.kind is FailureKind.RESPONSE_MALFORMED
    assert result.detail


CUT = {
    "before the first byte": b"",
    "inside the status line": b"HTTP/1.1 2",
    "inside the body": b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf",
    "inside a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nabc",
}


@pytest.mark.parametrize("data", CUT.values(), ids=CUT)
def test_a_connection_that_ends_early_is_no_answer(data: bytes) -> None:
    result = said(data)
    assert isinstance(result, TransportFailure), result
    assert result.kind in (FailureKind.RESET, FailureKind.RESPONSE_MALFORMED)


def test_gzip_that_is_cut_is_no_whole_answer() -> None:
    result = said(answer(gzip.compress(bytes(range(32, 127)) * 40)[:60], GZIP))
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.RESPONSE_MALFORMED


def test_a_coding_that_was_not_asked_for_cannot_be_read() -> None:
    result = said(answer(b"??", "Content-Encoding: br"))
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.RESPONSE_MALFORMED


def test_nothing_is_read_beyond_the_announced_length() -> None:
    with Server(always(answer(b"{}") + b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad")) as server:
        asking = seam(server.url)
        assert [asking.get(server.url).text for _ in range(3)] == ["{}", "{}", "{}"]


def test_an_interim_answer_is_passed_over() -> None:
    """RFC 9110 section 15.2: a client must be able to read one that it did not ask for."""
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    bodies = iter([b'"first"', b'"second"', b'"third"'])

    def script(peer: Peer) -> None:
        while peer.read():
            peer.say(early + answer(next(bodies)))

    with Server(script) as server:
        asking = seam(server.url)
        results = [asking.get(server.url) for _ in range(2)]
    documents = [r.document if isinstance(r, Response) else r.kind for r in results]
    assert documents == ["first", "second"]


BOMB = gzip.compress(b" " * (64 << 20), 9)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
TOO_LARGE = {
    "a gzip bomb": always(answer(BOMB, GZIP)),
    "an endless body": endless(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536, 0),
    "endless chunks": endless(CHUNKED, b"100\r\n" + b"x" * 256 + b"\r\n", 0),
    "a body over the limit": always(answer(b" " * (BODY_LIMIT + 1))),
}


@pytest.mark.parametrize("script", TOO_LARGE.values(), ids=TOO_LARGE)
def test_too_large_is(script: Script) -> None:
    result = said(b"", script)
    assert isinstance(result, TransportFailure)
    assert (result.kind, result.phase) == (FailureKind.RESPONSE_TOO_LARGE, Phase.BODY)


def test_a_body_at_the_limit_is_read() -> None:
    result = said(answer(b" " * BODY_LIMIT))
    assert isinstance(result, Response)
    assert len(result.text) == BODY_LIMIT


def test_after_an_answer_that_was_too_large_the_lane_still_works() -> None:
    assert_the_lane_works_after(answer(b" " * (BODY_LIMIT + 1)))


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_the_lane_still_works_after_an_answer_that(data: bytes) -> None:
    assert_the_lane_works_after(data)


def assert_the_lane_works_after(data: bytes) -> None:
    answers = iter([data, answer()])

    def script(peer: Peer) -> None:
        while peer.read():
            peer.say(next(answers))

    with Server(script) as server, within(2.0):
        asking = seam(server.url, timeout=1.5)
        first, second = asking.get(server.url), asking.get(server.url)
    assert isinstance(first, TransportFailure)
    assert isinstance(second, Response)
    assert second.status == 200


SLOW = {
    "says nothing": silent,
    "drips its head": endless(b"", b"H"),
    "drips its headers": endless(b"HTTP/1.1 200 OK\r\n", b"X"),
    "drips its body": endless(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b" "),
    "drips a body that ends with the connection": endless(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b" "),
    "drips a body in HTTP/1.0": endless(b"HTTP/1.0 200 OK\r\n\r\n", b" "),
    "drips chunks": endless(CHUNKED, b"1\r\nx\r\n"),
    "sends interim answers without end": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
}


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW)
def test_the_wall_clock_cuts_a_server_that(script: Script) -> None:
    result = said(b"", script, timeout=0.4)
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.RESPONSE_TIMED_OUT
    assert result.detail.endswith("in time")


@pytest.mark.parametrize("ending", ["Content-Length: 9999", "Connection: close"])
def test_the_wall_clock_cuts_a_dripping_server_over_tls(ending: str, tls: ssl.SSLContext, ca: Path) -> None:
    script = endless(f"HTTP/1.1 200 OK\r\n{ending}\r\n\r\n".encode(), b" ")
    with Server(script, context=tls) as server, within(1.5):
        result = seam(server.url, ca=ca, timeout=0.4).get(server.url)
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.RESPONSE_TIMED_OUT


def test_the_runs_deadline_comes_before_the_timeout() -> None:
    with Server(silent) as server, within(1.5):
        asking = seam(server.url, timeout=10, deadline=0.4)
        first, second = asking.get(server.url), asking.get(server.url)
    assert first.kind is FailureKind.RESPONSE_TIMED_OUT
    assert second.kind is FailureKind.DEADLINE
