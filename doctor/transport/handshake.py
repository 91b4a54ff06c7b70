"""A second look at a certificate that was refused: without verification, and by other trust stores."""

import ssl
from collections.abc import Iterator
from pathlib import Path

from doctor.model.request import Handshake
from doctor.transport.connections import Connections
from doctor.transport.dial import DialFailed, Origin, Timings

_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def second_look(origin: Origin, connections: Connections) -> Handshake | None:
    """The leaf, the length of the chain, and who else would trust it; None when no handshake succeeds."""
    unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    try:
        sock = connections.dial(origin, Timings(), unverified).sock
    except DialFailed:
        return None
    with sock:
        assert isinstance(sock, ssl.SSLSocket)
        leaf, length = sock.getpeercert(binary_form=True), _chain_length(sock)
    return Handshake(leaf, length, connections.trust.source, _trusted_by(origin, connections)) if leaf else None


def _trusted_by(origin: Origin, connections: Connections) -> str | None:
    for name, context in _other_stores(connections):
        try:
            connections.dial(origin, Timings(), context).sock.close()
        except DialFailed:
            continue
        return name
    return None


def _other_stores(connections: Connections) -> Iterator[tuple[str, ssl.SSLContext]]:
    for variable in _VARIABLES:
        path = connections.environ.get(variable)
        if path and path != connections.trust.path and Path(path).is_file():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            try:
                context.load_verify_locations(cafile=path)
            except OSError:
                continue
            yield f"the bundle in {variable}", context
    system = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    system.set_default_verify_paths()
    yield "the operating system's trust store", system


def _chain_length(sock: ssl.SSLSocket) -> int | None:
    inner = getattr(sock, "_sslobj", None)  # the public call came with Python 3.13; this one has been there since 3.10
    chain = getattr(sock, "get_unverified_chain", None) or getattr(inner, "get_unverified_chain", None)
    return len(chain() or ()) if chain is not None else None
