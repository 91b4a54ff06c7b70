"""How far a connection came is told by phase and kind, whatever the server or the network does."""

import contextlib
import socket
import ssl
import threading
import time
from pathlib import Path
from typing import Literal

import pytest

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.facts.network import Line, TransportFailure
from doctor.model.request import Response
from doctor.model.terms import Endpoint
from doctor.sandbox import pki
from doctor.sandbox.listener import SilentPorts
from doctor.sandbox.tls import server_context
from doctor.sandbox.world import Tls, TlsKind
from doctor.transport.dial import Origin
from tests.transport.loopback import Peer, Script, Server, always, answer, blunt, seam, within

# A run leaves its connections to the end of the process.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


def connected(url: str, ca: Path | None = None, timeout: float = 3.0) -> Line:
    with within(timeout + 1.0):
        return seam(url, ca=ca, timeout=timeout).transport.connect(Endpoint.TOKEN, url)


def failed(url: str, ca: Path | None = None, timeout: float = 3.0) -> TransportFailure:
    failure = connected(url, ca, timeout).failure
    assert failure is not None
    assert failure.detail
    return failure


def test_a_verified_connection_says_address_tls_and_whose_word_it_took(tls: ssl.SSLContext, ca: Path) -> None:
    with Server(always(answer()), tls) as server:
        line = connected(server.url, ca)
    assert line == Line(Endpoint.TOKEN, server.url, address="127.0.0.1", tls="TLSv1.3", ca_source="a test")


def test_a_port_that_nobody_serves_refuses() -> None:
    ports = SilentPorts()
    failure = failed(f"https://localhost:{ports.refusing}")
    ports.close()
    assert (failure.kind, failure.phase) == (FailureKind.REFUSED, Phase.CONNECT)


def test_a_port_that_never_answers_times_out() -> None:
    ports = SilentPorts()
    failure = failed(f"https://127.0.0.1:{ports.silent()}", timeout=0.4)
    ports.close()
    assert (failure.kind, failure.phase) == (FailureKind.CONNECT_TIMED_OUT, Phase.CONNECT)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 64 + ".invalid", ".", "a" * 300])
def test_a_name_that_does_not_exist_is_not_found(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(name: str, *args: object, **more: object) -> object:
        if name == "no-such-host.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(name, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    failure = failed(f"https://{host}")
    assert (failure.kind, failure.phase) == (FailureKind.HOST_NOT_FOUND, Phase.DNS)


def test_a_resolver_that_never_answers_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()

    def never(*_: object, **__: object) -> list[object]:
        asked.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    failure = failed("https://slow.example", timeout=0.3)
    asked.set()
    assert (failure.kind, failure.phase) == (FailureKind.RESOLVER_UNAVAILABLE, Phase.DNS)


def test_a_resolver_out_of_reach_is_not_a_name_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unable)
    assert failed("https://some.example").kind is FailureKind.RESOLVER_UNAVAILABLE


def test_the_second_address_is_used_when_the_first_refuses(
    tls: ssl.SSLContext, ca: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(always(answer()), tls) as server:

        def two(*_: object, **__: object) -> object:
            family = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
            return [(*family, ("127.0.0.2", server.port)), (*family, ("127.0.0.1", server.port))]

        monkeypatch.setattr(socket, "getaddrinfo", two)
        line = connected(server.url, ca)
    assert isinstance(line, Line)
    assert line.address == "127.0.0.1"


def reset_inside(peer: Peer) -> None:
    peer.sock.recv(100)
    peer.reset()


BEFORE_TLS: dict[str, tuple[Script, FailureKind]] = {
    "is reset before TLS": (Peer.reset, FailureKind.RESET),
    "is reset inside TLS": (reset_inside, FailureKind.RESET),
    "is closed inside TLS": (blunt(b""), FailureKind.RESET),
    "speaks plain HTTP": (blunt(answer(status="400 Bad Request")), FailureKind.TLS_NOT_SPOKEN),
    "speaks another protocol": (blunt(b"220 mail.example ESMTP\r\n"), FailureKind.TLS_NOT_SPOKEN),
    "refuses the version": (blunt(b"\x15\x03\x01\x00\x02\x02\x46"), FailureKind.TLS_VERSION),
    "speaks HTTP/2 only": (blunt(b"\x15\x03\x03\x00\x02\x02\x78"), FailureKind.TLS_VERSION),
    "knows no such name": (blunt(b"\x15\x03\x03\x00\x02\x02\x70"), FailureKind.NAME_UNKNOWN),
    "refuses the ciphers": (blunt(b"\x15\x03\x03\x00\x02\x02\x28"), FailureKind.TLS_VERSION),
}


@pytest.mark.parametrize(("script", "kind"), BEFORE_TLS.values(), ids=BEFORE_TLS)
def test_a_connection_is_told_apart_that(script: Script, kind: FailureKind) -> None:
    with Server(script) as server:
        failure = failed(f"https://localhost:{server.port}")
    assert failure.kind is kind
    # A reset that comes at once may be there before this end has noticed that it is connected.
    assert failure.phase is Phase.TLS or (script is Peer.reset and failure.phase is Phase.CONNECT)


def unanswered(peer: Peer) -> None:
    peer.server.closing.wait()


def test_a_handshake_that_is_never_answered_times_out() -> None:
    with Server(unanswered) as server:
        failure = failed(f"https://localhost:{server.port}", timeout=0.4)
    assert (failure.kind, failure.phase) == (FailureKind.CONNECT_TIMED_OUT, Phase.TLS)


def test_a_handshake_that_drips_is_cut_by_the_wall_clock() -> None:
    with Server(blunt(b"\x16\x03\x03\x40\x00\x02", again=b"\x00")) as server:
        failure = failed(f"https://localhost:{server.port}", timeout=0.5)
    assert failure.phase is Phase.TLS


def test_a_server_of_an_old_version_is_told(authority: pki.Authority, ca: Path, tmp_path: Path) -> None:
    with Server(always(answer()), server_context(Tls(spoken="old-tls"), authority, tmp_path)) as server:
        assert failed(server.url, ca).kind is FailureKind.TLS_VERSION


@pytest.mark.parametrize("newest", ["1.2", "1.3"])
def test_a_server_that_demands_a_certificate_is_told(
    newest: Literal["1.2", "1.3"], authority: pki.Authority, ca: Path, tmp_path: Path
) -> None:
    """TLS 1.2 has no alert for it, and 1.3 says so after the handshake only (RFC 8446 section 4.4.2.4)."""
    context = server_context(Tls(client_certificate=True, newest=newest), authority, tmp_path)
    with Server(always(answer()), context) as server:
        result = seam(server.url, ca=ca).get(server.url)
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.CLIENT_CERTIFICATE


def test_a_common_name_alone_is_no_name(authority: pki.Authority, ca: Path, tmp_path: Path) -> None:
    """RFC 9525 section 6.3."""
    with Server(always(answer()), server_context(Tls(hosts=()), authority, tmp_path)) as server:
        assert failed(server.url, ca).kind is FailureKind.CERTIFICATE


def test_no_word_of_a_library_stands_in_a_failure(authority: pki.Authority, ca: Path, tmp_path: Path) -> None:
    with Server(always(answer()), server_context(Tls("untrusted"), authority, tmp_path)) as server:
        detail = failed(server.url, ca).detail
    assert detail.startswith("certificate verify failed")
    assert "_ssl.c" not in detail


REFUSED: dict[TlsKind, int] = {
    "expired": 10, "long-expired": 10, "not-yet-valid": 9, "wrong-host": 62, "self-signed": 18, "untrusted": 20,
    "chain-incomplete": 20,
}  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), REFUSED.items())
def test_a_certificate_is_refused_with_openssls_own_code(
    kind: TlsKind, code: int, authority: pki.Authority, ca: Path, tmp_path: Path
) -> None:
    with Server(always(answer()), server_context(Tls(kind), authority, tmp_path)) as server:
        failure = failed(server.url, ca)
        asking = seam(server.url, ca=ca)
        shown = asking.transport.handshake(server.url)
        assert server.requests == []
    assert failure.kind is FailureKind.CERTIFICATE
    assert failure.verify_code == code or (kind == "untrusted" and failure.verify_code in (20, 21))
    assert shown is not None
    assert shown.leaf.startswith(b"\x30")


def test_a_handshake_with_a_port_that_does_not_speak_tls_shows_nothing() -> None:
    with Server(blunt(answer())) as server:
        assert seam(server.url).transport.handshake(f"https://localhost:{server.port}") is None


def test_plain_http_to_a_port_that_speaks_tls_is_an_answer_or_a_failure(tls: ssl.SSLContext) -> None:
    with Server(always(answer()), tls) as server, within(3.0):
        url = f"http://localhost:{server.port}"
        result = seam(url).get(url)
    assert isinstance(result, TransportFailure)
    assert result.kind in (FailureKind.RESPONSE_MALFORMED, FailureKind.RESET)


def test_ipv6_is_spoken() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listener:
        line = connected(f"http://[::1]:{listener.getsockname()[1]}")
    assert isinstance(line, Line)
    assert (line.address, line.tls) == ("::1", None)


def test_phases_are_measured(tls: ssl.SSLContext, ca: Path) -> None:
    def slow(peer: Peer) -> None:
        while peer.read():
            time.sleep(0.1)
            peer.say(answer())

    with Server(slow, tls) as server:
        asking = seam(server.url, ca=ca)
        assert isinstance(asking.get(server.url), Response)
        assert isinstance(asking.get(server.url), Response)
    first, second = (e.phases_ms for e in asking.transport.exchanges())
    assert None not in (first.dns, first.connect, first.tls)
    assert (second.dns, second.connect, second.tls) == (None, None, None)
    for phases in (first, second):
        assert phases.first_byte is not None
        assert 100 <= phases.first_byte < 400
        assert phases.body is not None
        assert phases.held is not None
        assert phases.total >= phases.first_byte + phases.body + phases.held


def test_a_request_that_goes_out_late_on_an_open_connection_was_held_back(tls: ssl.SSLContext, ca: Path) -> None:
    with Server(always(answer()), tls) as server:
        asking = seam(server.url, ca=ca)
        asking.transport.connect(Endpoint.TOKEN, server.url)
        time.sleep(0.2)
        assert isinstance(asking.get(server.url, lane=Endpoint.TOKEN.value), Response)
    [only] = (e.phases_ms for e in asking.transport.exchanges())
    assert only.held is not None
    assert 200 <= only.held <= only.total


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:8080", True),
        ("http://LOCALHOST", True),
        ("http://dev.localhost", True),
        ("http://127.0.0.1", True),
        ("http://127.8.9.1:1", True),
        ("http://[::1]:1", True),
        ("http://127.0.0.1.nip.example", False),
        ("http://127.example.com", False),
        ("http://localhost.example.com", False),
        ("http://notlocalhost", False),
        ("http://10.0.0.1", False),
        ("http://[2001:db8::1]", False),
    ],
)
def test_loopback_is_what_cannot_leave_this_machine(url: str, loopback: bool) -> None:
    assert Origin.of(url).loopback is loopback


@pytest.mark.parametrize(
    "url", ["", "localhost", "ftp://localhost", "https://", "https:///x", "https://h:99999", "https://[::1"]
)
def test_what_has_no_origin_is_no_origin(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Origin.of(url)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://Host.Example:443/a", "https://host.example"),
        ("http://h:80", "http://h"),
        ("https://h:8443/", "https://h:8443"),
        ("https://[2001:DB8::1]/", "https://[2001:db8::1]"),
    ],
)
def test_an_origin_is_written_without_its_default_port(url: str, text: str) -> None:
    assert str(Origin.of(url)) == text


def test_a_client_certificate_that_is_wanted_is_heard_of_although_a_reset_came_first(
    authority: pki.Authority, ca: Path, tmp_path: Path
) -> None:
    """RFC 8446 section 4.4.2.4: the alert follows the handshake, and a request that is on its way can drown it."""
    contexts = [server_context(Tls(client_certificate=strict), authority, tmp_path) for strict in (False, True)]

    def script(peer: Peer) -> None:
        first = peer.number == 1
        with contextlib.suppress(ssl.SSLError):
            peer.sock = contexts[0 if first else 1].wrap_socket(peer.sock, server_side=True)
            peer.read()
        if first:
            peer.reset()

    with Server(script) as server:
        url = server.url.replace("http:", "https:")
        result = seam(url, ca=ca).get(url)
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.CLIENT_CERTIFICATE
    assert "client certificate" in result.detail


def test_a_reset_after_the_handshake_stays_one_where_no_client_certificate_is_wanted(
    tls: ssl.SSLContext, ca: Path
) -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.reset()

    with Server(script, tls) as server:
        result = seam(server.url, ca=ca).get(server.url)
    assert isinstance(result, TransportFailure)
    assert result.kind is FailureKind.RESET
