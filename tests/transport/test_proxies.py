"""A proxy in the way is used as requests uses it, told apart from the host behind it, and gives no login away."""

import base64
import contextlib
import json
import socket
import ssl
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import pytest

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.facts.network import TransportFailure
from doctor.model.request import Response
from doctor.model.terms import Endpoint
from doctor.sandbox.listener import SilentPorts
from doctor.transport.dial import Origin, Proxy
from doctor.transport.trust import proxy_for
from tests.transport.loopback import Peer, Script, Server, always, answer, blunt, endless, seam, within

# A run leaves its connections to the end of the process.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


def tunnel(peer: Peer) -> None:
    """Open the tunnel to whatever was asked for."""
    peer.read()
    host, _, port = peer.server.requests[-1].split()[1].decode().rpartition(":")
    with socket.create_connection((host, int(port))) as onward:
        peer.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
        threading.Thread(target=pump, args=(onward, peer.sock), daemon=True).start()
        pump(peer.sock, onward)


def pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)


def failed(proxy: str, timeout: float = 3.0) -> TransportFailure:
    with within(timeout + 1.0):
        url = "https://localhost:1"
        line = seam(url, proxy=proxy, timeout=timeout).transport.connect(Endpoint.REALM, url)
    assert line.failure is not None
    assert line.failure.phase is Phase.PROXY
    assert line.proxy_source == "--proxy"
    return line.failure


def test_a_tunnel_leads_to_the_host_with_tls_of_the_hosts_own(tls: ssl.SSLContext, ca: Path) -> None:
    with Server(always(answer()), tls) as server, Server(tunnel) as proxy:
        asking = seam(server.url, ca=ca, proxy=f"http://localhost:{proxy.port}")
        line = asking.transport.connect(Endpoint.API, server.url)
        assert isinstance(asking.get(server.url), Response)
        assert proxy.requests[0].startswith(f"CONNECT localhost:{server.port} HTTP/1.1\r\n".encode())
        assert len(proxy.requests) == 1
    assert (line.proxy, line.proxy_source, line.tls) == (f"localhost:{proxy.port}", "--proxy", "TLSv1.3")


ANSWERS: dict[str, tuple[Script, FailureKind]] = {
    "407": (always(answer(status="407 Proxy Authentication Required")), FailureKind.PROXY_AUTHENTICATION),
    "403": (always(answer(status="403 Forbidden")), FailureKind.PROXY_REFUSED),
    "502": (always(answer(status="502 Bad Gateway")), FailureKind.PROXY_REFUSED),
    "no HTTP": (always(b"hello\r\n\r\n"), FailureKind.PROXY_UNREACHABLE),
    "no number": (always(b"HTTP/1.1 ok\r\n\r\n"), FailureKind.PROXY_UNREACHABLE),
    "a status line only": (always(b"HTTP/1.1\r\n\r\n"), FailureKind.PROXY_UNREACHABLE),
    "nothing": (blunt(b""), FailureKind.PROXY_UNREACHABLE),
    "a reset": (Peer.reset, FailureKind.PROXY_UNREACHABLE),
    "headers without end": (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 2000, 0), FailureKind.PROXY_UNREACHABLE),
}


@pytest.mark.parametrize(("script", "kind"), ANSWERS.values(), ids=ANSWERS)
def test_a_proxy_that_answers(script: Script, kind: FailureKind) -> None:
    with Server(script) as proxy:
        assert failed(f"http://localhost:{proxy.port}").kind is kind


def test_a_proxy_that_drips_is_cut_by_the_wall_clock() -> None:
    with Server(endless(b"", b"H")) as proxy:
        assert failed(f"http://localhost:{proxy.port}", timeout=0.4).kind is FailureKind.PROXY_UNREACHABLE


def test_a_proxy_that_nobody_serves_is_not_the_host() -> None:
    ports = SilentPorts()
    failure = failed(f"http://127.0.0.1:{ports.refusing}")
    ports.close()
    assert failure.kind is FailureKind.PROXY_UNREACHABLE
    assert failure.detail.startswith("127.0.0.1:")


@pytest.mark.parametrize(
    "proxy", ["http://[::1", "http://proxy:99999", "http://", "socks5://localhost:1080", "nonsense://x"]
)
def test_a_proxy_that_cannot_be_one_is_the_proxys_fault(proxy: str) -> None:
    assert failed(proxy).kind is FailureKind.PROXY_UNREACHABLE


def test_the_login_goes_to_no_proxy_in_clear_that_was_named_with_tls() -> None:
    with Server(always(answer(status="407 No"))) as proxy:
        failure = failed(f"https://person:Login-5f2Qz81x@localhost:{proxy.port}")
        assert proxy.requests == []
    assert failure.kind is FailureKind.PROXY_UNREACHABLE
    assert "https" in failure.detail


def test_a_login_is_sent_and_never_shown() -> None:
    encoded = base64.b64encode(b"person:Login-5f2Qz81x").decode()

    def echo(peer: Peer) -> None:
        peer.read()
        peer.say(answer(status=f"407 Login-5f2Qz81x {encoded}"))

    variables = {"HTTPS_PROXY": "http://person:Login-5f2Qz81x@localhost:{}"}
    with Server(echo) as proxy:
        for given in ({"proxy": True}, {"proxy": False}):
            url = variables["HTTPS_PROXY"].format(proxy.port)
            asking = seam(
                "https://localhost:1",
                proxy=url if given["proxy"] else None,
                environ={} if given["proxy"] else {"HTTPS_PROXY": url},
            )
            failure = asking.transport.connect(Endpoint.API, "https://localhost:1").failure
            assert failure is not None
            shown = json.dumps([asdict(e) for e in asking.transport.exchanges()])
            shown += asking.redactor.clean(failure.detail)
            assert "Login-5f2Qz81x" not in shown
            assert encoded not in shown
        assert f"Proxy-Authorization: Basic {encoded}".encode() in proxy.requests[0]


def test_percent_encoded_logins_are_decoded() -> None:
    proxy = Proxy("http://us%40er:p%3Aw@proxy:3128", "a test")
    assert proxy.authorization == "Basic " + base64.b64encode(b"us@er:p:w").decode()
    assert (proxy.place, Proxy("http://proxy", "").port, Proxy("http://proxy", "").authorization) == (
        "proxy:3128", 80, None,
    )  # fmt: skip


VARIABLES: list[tuple[str, dict[str, str], str | None]] = [
    ("https://a.example", {}, None),
    ("https://a.example", {"HTTPS_PROXY": "http://p:1"}, "HTTPS_PROXY"),
    ("https://a.example", {"https_proxy": "http://p:1", "HTTPS_PROXY": "http://q:1"}, "https_proxy"),
    ("http://a.example", {"HTTPS_PROXY": "http://p:1"}, None),
    ("http://a.example", {"http_proxy": "http://p:1"}, "http_proxy"),
    ("https://a.example", {"ALL_PROXY": "p:1"}, "ALL_PROXY"),
    ("https://a.example", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.example"}, None),
    ("https://a.example", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": ".example"}, None),
    ("https://a.example", {"HTTPS_PROXY": "http://p:1", "no_proxy": "other.example"}, "HTTPS_PROXY"),
    ("https://a.example", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, None),
    ("https://a.example:8443", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.example:8443"}, None),
    ("https://10.1.2.3", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, None),
    ("https://a.example", {"HTTPS_PROXY": ""}, None),
]


@pytest.mark.parametrize(("url", "environ", "source"), VARIABLES)
def test_variables_work_as_in_requests(url: str, environ: dict[str, str], source: str | None) -> None:
    found = proxy_for(Origin.of(url), None, "", environ)
    assert (found.source if found else None) == source
    assert found is None or found.url.startswith("http://")


def test_the_setting_goes_before_every_variable() -> None:
    environ = {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}
    origin = Origin.of("https://a.example")
    assert proxy_for(origin, "q:2", "--proxy", environ) == Proxy("http://q:2", "--proxy")
    assert proxy_for(origin, "", "--proxy", environ) is None


def test_threads_that_ask_at_once_get_the_same_answer_about_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    environ, origin = {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.example"}, Origin.of("https://a.example")
    found: list[object] = []

    def ask() -> None:
        try:
            found.extend(proxy_for(origin, None, "", environ) for _ in range(300))
        except Exception as problem:  # noqa: BLE001 - what a thread raises is lost otherwise
            found.append(problem)

    monkeypatch.delenv("no_proxy", raising=False)
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(0.005)
    assert found == [None] * 2400
