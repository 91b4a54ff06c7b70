"""A second look at a certificate that was refused: without verification, and by the machine's other trust stores."""

import os
import ssl
import sys
from collections.abc import Iterator
from functools import partial

from doctor.model.errors import UsageProblem
from doctor.model.facts.failure import FailureKind
from doctor.model.facts.network import StoreVerdict
from doctor.model.request import Handshake
from doctor.transport.connections import Connections
from doctor.transport.dial import DialFailed, Origin, Timings
from doctor.transport.failures import answer_failure
from doctor.transport.trust import CA_VARIABLES, Trust, certifi_list

_VARIABLES = (*CA_VARIABLES, "SSL_CERT_FILE", "SSL_CERT_DIR")
_SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where the distributions of Linux keep the system's store as one file."""


def second_look(origin: Origin, connections: Connections) -> Handshake | None:
    """The leaf, the length of the chain, and what other stores say of it; None when no handshake succeeds."""
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
    verdicts = map(partial(_verdict, origin, connections), _other_stores(connections))
    return Handshake(leaf, length, connections.trust.source, tuple(v for v in verdicts if v)) if leaf else None


def wants_client_certificate(origin: Origin, connections: Connections) -> bool:
    """True when the server says so on a connection on which nothing is sent.

    Under TLS 1.3 it speaks after the client's side of the handshake (RFC 8446 section 4.4.2.4); where a request is on
    its way already, the connection's reset can swallow the alert.
    """
    try:
        with connections.dial(origin, Timings()).sock as sock:
            sock.settimeout(_PATIENCE)
            sock.recv(1)
    except DialFailed as failed:
        return failed.kind is FailureKind.CLIENT_CERTIFICATE
    except OSError as problem:
        return answer_failure(problem) is FailureKind.CLIENT_CERTIFICATE
    return False


_PATIENCE = 0.5
"""Seconds for an alert that is sent at once."""


def _verdict(origin: Origin, connections: Connections, trust: Trust) -> StoreVerdict | None:
    """What a store says; None where it cannot be used or the server could not be reached again."""
    try:
        connections.dial(origin, Timings(), _context(trust)).sock.close()
    except UsageProblem:
        return None
    except DialFailed as failed:
        return StoreVerdict(trust.source, False, trust.path) if failed.kind is FailureKind.CERTIFICATE else None
    return StoreVerdict(trust.source, True, trust.path)


def _other_stores(connections: Connections) -> Iterator[Trust]:
    """The bundles in other variables, the operating system's store, and the list that requests ships."""
    stores = [Trust(connections.environ.get(variable, ""), variable) for variable in _VARIABLES]
    system = "" if sys.platform in ("win32", "darwin") else next(filter(os.path.exists, _SYSTEM_BUNDLES), "")
    seen = {connections.trust.path}
    for store in (*filter(lambda store: store.path, stores), Trust(system, StoreVerdict.SYSTEM), certifi_list()):
        if store.path not in seen:
            seen.add(store.path)
            yield store


def _context(trust: Trust) -> ssl.SSLContext:
    if trust.path:
        return trust.context()
    import truststore  # macOS and Windows keep their store in no file; most runs refuse no certificate at all

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _chain_length(sock: ssl.SSLSocket) -> int | None:
    inner = getattr(sock, "_sslobj", None)  # the public call came with Python 3.13; this one has been there since 3.10
    chain = getattr(sock, "get_unverified_chain", None) or getattr(inner, "get_unverified_chain", None)
    return len(chain() or ()) if chain is not None else None
