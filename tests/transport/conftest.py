"""One certification authority for all servers of these tests."""

import ssl
from pathlib import Path

import pytest

from doctor.sandbox import pki
from doctor.sandbox.world import Tls


@pytest.fixture(scope="session")
def authority() -> pki.Authority:
    return pki.Authority.new("A test CA")


@pytest.fixture(scope="session")
def ca(authority: pki.Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    path.write_bytes(authority.pem)
    return path


@pytest.fixture(scope="session")
def tls(authority: pki.Authority, tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server context with a certificate for localhost."""
    files = pki.identity(Tls(), authority, tmp_path_factory.mktemp("tls"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.chain, files.key)
    return context
