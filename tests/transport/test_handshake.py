"""A certificate that was refused is judged by every other store of the machine, which sends no application byte."""

import ssl
import sys
from collections.abc import Mapping
from pathlib import Path

import certifi
import pytest

from doctor.model.facts.network import StoreVerdict
from doctor.model.request import Handshake
from doctor.sandbox import pki
from tests.transport.loopback import Server, always, answer, seam

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture
def other_ca(tmp_path: Path) -> Path:
    path = tmp_path / "other.pem"
    path.write_bytes(pki.Authority.new("Another CA").pem)
    return path


def look(server: Server, in_use: Path, environ: Mapping[str, str]) -> Handshake:
    handshake = seam(server.url, ca=in_use, environ=environ).transport.handshake(server.url)
    assert handshake is not None
    return handshake


def test_every_variable_the_system_and_the_shipped_list_are_asked(
    tls: ssl.SSLContext, ca: Path, other_ca: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pem"
    copy.write_bytes(ca.read_bytes())
    environ = {"REQUESTS_CA_BUNDLE": str(other_ca), "CURL_CA_BUNDLE": str(ca), "SSL_CERT_FILE": str(copy)}
    with Server(always(answer()), tls) as server:
        handshake = look(server, other_ca, environ)
        assert server.requests == []

    said = {verdict.source: (verdict.trusts, verdict.path) for verdict in handshake.stores}
    system = said.pop(StoreVerdict.SYSTEM)
    assert said == {
        "CURL_CA_BUNDLE": (True, str(ca)),
        "SSL_CERT_FILE": (True, str(copy)),
        "certifi": (False, certifi.where()),
    }
    assert system[0] is False
    assert handshake.judged_by == "a test"


def test_a_bundle_that_cannot_be_used_says_nothing(tls: ssl.SSLContext, other_ca: Path, tmp_path: Path) -> None:
    environ = {"CURL_CA_BUNDLE": str(tmp_path / "absent.pem"), "SSL_CERT_DIR": "/nowhere:/there", "SSL_CERT_FILE": ""}
    with Server(always(answer()), tls) as server:
        stores = look(server, other_ca, environ).stores

    assert {verdict.source for verdict in stores} == {StoreVerdict.SYSTEM, "certifi"}


@pytest.mark.skipif(sys.platform != "linux", reason="there, OpenSSL's variables stand in for the system's store")
def test_a_system_that_keeps_its_store_in_no_file_is_asked_through_truststore(
    tls: ssl.SSLContext, ca: Path, other_ca: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.transport.handshake._SYSTEM_BUNDLES", ())
    with Server(always(answer()), tls) as server:
        for path, trusts in ((ca, True), (other_ca, False)):
            monkeypatch.setenv("SSL_CERT_FILE", str(path))
            assert StoreVerdict(StoreVerdict.SYSTEM, trusts) in look(server, other_ca, {}).stores


def test_a_server_that_is_gone_is_no_verdict(tls: ssl.SSLContext, other_ca: Path) -> None:
    with Server(always(answer()), tls) as server:
        asking = seam(server.url, ca=other_ca)
    assert asking.transport.handshake(server.url) is None
