"""What is said of curl, curl itself does; what is said of requests, requests does."""

import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from doctor.model.facts.network import CurlDifference, Differs
from doctor.transport.curl import curl_way, curls_proxy
from doctor.transport.dial import Origin
from doctor.transport.trust import Trust, trust_store
from tests.transport.loopback import Server, always, answer

SHIPPED = Trust("/shipped.pem", "certifi")
PROXY = "PROXY"
"""Stands for the address of a proxy that a test starts."""

PROXIES: list[tuple[str, dict[str, str], str | None]] = [
    ("https://a.example", {"HTTPS_PROXY": PROXY}, "HTTPS_PROXY"),
    ("https://a.example", {"https_proxy": PROXY, "HTTPS_PROXY": "http://127.0.0.1:1"}, "https_proxy"),
    ("https://a.example", {"HTTP_PROXY": PROXY}, None),
    ("http://a.example", {"http_proxy": PROXY}, "http_proxy"),
    ("http://a.example", {"HTTP_PROXY": PROXY}, None),
    ("https://a.example", {"ALL_PROXY": PROXY}, "ALL_PROXY"),
    ("https://a.example", {"HTTPS_PROXY": ""}, None),
    ("https://a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "*"}, None),
    ("https://a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "b.example,a.example"}, None),
    ("https://a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "b.example a.example"}, None),
    ("https://a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": ".a.example"}, None),
    ("https://x.a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "a.example"}, None),
    ("https://xa.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "a.example"}, "HTTPS_PROXY"),
    ("https://a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "*.example"}, "HTTPS_PROXY"),
    ("https://a.example:8443", {"HTTPS_PROXY": PROXY, "NO_PROXY": "a.example:8443"}, "HTTPS_PROXY"),
    ("https://127.0.0.1", {"HTTPS_PROXY": PROXY, "NO_PROXY": "127.0.0.0/8"}, None),
    ("https://127.0.0.1", {"HTTPS_PROXY": PROXY, "NO_PROXY": "127.0.0.1"}, None),
    ("https://a.example", {"HTTPS_PROXY": PROXY, "NO_PROXY": "a.example", "no_proxy": "b.example"}, "HTTPS_PROXY"),
]


@pytest.mark.skipif(shutil.which("curl") is None, reason="this machine lacks curl (apt-get install curl)")
@pytest.mark.parametrize(("url", "environ", "source"), PROXIES)
def test_curl_takes_this_proxy(url: str, environ: dict[str, str], source: str | None, tmp_path: Path) -> None:
    with Server(always(answer(status="403 Forbidden"))) as proxy:
        given = {name: value.replace(PROXY, f"http://127.0.0.1:{proxy.port}") for name, value in environ.items()}
        origin = Origin.of(url)
        resolve = f"{origin.host}:{origin.port}:127.0.0.1"
        command = ("curl", "-s", "-k", "--max-time", "5", "--resolve", resolve, "-o", str(tmp_path / "out"), url)
        subprocess.run(command, env={"PATH": "/usr/bin:/bin", **given}, check=False, timeout=20)

        found = curls_proxy(origin, given)
        assert (found.source if found else None) == source
        assert bool(proxy.requests) == (source is not None)


def proxy_differences(url: str, environ: dict[str, str]) -> list[tuple[str, str]]:
    return [(d.ours, d.curls) for d in curl_way([url], environ, SHIPPED, proxy_given=False).differences]


@pytest.mark.parametrize(
    ("url", "environ", "expected"),
    [
        ("https://a.example", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "b.example"}, None),
        ("http://a.example", {"HTTP_PROXY": "http://p:1"}, ("the proxy in HTTP_PROXY", "no proxy")),
        (
            "https://a.example:8443",
            {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.example:8443"},
            ("no proxy", "the proxy in HTTPS_PROXY"),
        ),
        (
            "https://a.example",
            {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "b.example a.example"},
            ("the proxy in HTTPS_PROXY", "no proxy"),
        ),
    ],
)
def test_proxies_differ(url: str, environ: dict[str, str], expected: tuple[str, str] | None) -> None:
    assert proxy_differences(url, environ) == ([expected] if expected else [])
    assert curl_way([url], environ, SHIPPED, proxy_given=True).differences == ()


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({"CURL_CA_BUNDLE": "/c"}, None),
        ({"REQUESTS_CA_BUNDLE": "/r", "CURL_CA_BUNDLE": "/r"}, None),
        (
            {"REQUESTS_CA_BUNDLE": "/r", "CURL_CA_BUNDLE": "/c"},
            ("the bundle in REQUESTS_CA_BUNDLE", "the bundle in CURL_CA_BUNDLE"),
        ),
        ({"REQUESTS_CA_BUNDLE": "/r"}, ("the bundle in REQUESTS_CA_BUNDLE", "the operating system's store")),
        ({"SSL_CERT_FILE": "/s"}, ("the list that requests ships", "the bundle in SSL_CERT_FILE")),
    ],
)
def test_trust_differs(environ: dict[str, str], expected: tuple[str, str] | None) -> None:
    trust = trust_store(None, "", environ)
    found = curl_way(["https://a.example"], environ, trust, proxy_given=False).differences
    assert [(d.kind, d.ours, d.curls) for d in found] == ([(Differs.TRUST, *expected)] if expected else [])
    assert curl_way(["http://localhost"], environ, trust, proxy_given=False).differences == ()


def test_a_bundle_that_was_given_to_this_program_alone_is_no_difference() -> None:
    given = Trust("/x", "--ca-bundle")
    assert curl_way(["https://a.example"], {"CURL_CA_BUNDLE": "/c"}, given, proxy_given=False).differences == ()


def test_a_login_in_a_netrc_file_is_found_and_replaces_a_header_in_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine localhost login person password Login-5f2Qz81x\n")
    (tmp_path / ".netrc").chmod(0o600)
    environ = {"HOME": str(tmp_path)}
    (found,) = curl_way(["https://localhost", "https://a.example"], environ, SHIPPED, proxy_given=False).differences
    assert found == CurlDifference(Differs.LOGIN, "localhost", "~/.netrc", "")

    monkeypatch.setenv("HOME", str(tmp_path))
    with Server(always(answer())) as server:
        requests.get(server.url, headers={"Authorization": "Bearer by-hand"}, timeout=10)
        assert b"Authorization: Basic " in server.requests[0]


@pytest.mark.parametrize("content", [None, "machine other login a password b\n", "\0"])
def test_no_login_no_file_or_one_that_cannot_be_read_is_no_difference(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "netrc").write_text(content)
    environ = {"NETRC": str(tmp_path / "netrc")}
    assert curl_way(["https://localhost"], environ, SHIPPED, proxy_given=False).differences == ()
