"""Whose word about a certificate counts: the setting, then the variables that requests reads, then its own list."""

import ssl
from pathlib import Path

import certifi
import pytest

from doctor.model.errors import UsageProblem
from doctor.transport.trust import Trust, trust_store


@pytest.mark.parametrize(
    ("setting", "environ", "expected"),
    [
        ("/x.pem", {"REQUESTS_CA_BUNDLE": "/y.pem"}, Trust("/x.pem", "--ca-bundle")),
        (None, {"REQUESTS_CA_BUNDLE": "/y.pem", "CURL_CA_BUNDLE": "/z.pem"}, Trust("/y.pem", "REQUESTS_CA_BUNDLE")),
        (None, {"CURL_CA_BUNDLE": "/z.pem"}, Trust("/z.pem", "CURL_CA_BUNDLE")),
        (None, {"REQUESTS_CA_BUNDLE": ""}, Trust(certifi.where(), "certifi")),
        (None, {"SSL_CERT_FILE": "/s.pem"}, Trust(certifi.where(), "certifi")),
    ],
)
def test_the_store_in_force(setting: str | None, environ: dict[str, str], expected: Trust) -> None:
    assert trust_store(setting, "--ca-bundle", environ) == expected


def test_a_context_verifies_and_speaks_nothing_older_than_tls_1_2(ca: Path) -> None:
    context = Trust(str(ca), "a test").context()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_folder_of_certificates_is_taken(tmp_path: Path) -> None:
    assert Trust(str(tmp_path), "a test").context().verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    "content",
    [None, b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
)
def test_a_bundle_that_cannot_be_used_is_one_sentence(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageProblem) as caught:
        Trust(str(path), "REQUESTS_CA_BUNDLE").context()
    assert str(path) in str(caught.value)
    assert "REQUESTS_CA_BUNDLE" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["\0", "a\0b", "\udce9", "x" * 5000])
def test_a_path_that_is_none_is_one_sentence(path: str) -> None:
    with pytest.raises(UsageProblem):
        Trust(path, "--ca-bundle").context()
