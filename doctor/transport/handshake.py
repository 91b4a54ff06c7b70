"""A second look at a certificate that was refused: without verification, and by other trust stores."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from doctor.model.request import Handshake
from doctor.transport.dial import DialFailed, Dialled, Origin
from doctor.transport.trust import Trust

Dial = Callable[[Origin, ssl.SSLContext], Dialled]
_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def second_look(origin: Origin, environ: Mapping[str, str], in_use: Trust, dial: Dial) -> Handshake | None:
    """The leaf, the length of the chain, and who else would trust it; None when no handshake succeeds."""
    unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    try:
        sock = dial(origin, unverified).sock
    except DialFailed:
        return None
    with sock:
        assert isinstance(sock, ssl.SSLSocket)
        leaf, length = sock.getpeercert(binary_form=True), _chain_length(sock)
    return Handshake(leaf, length, _trusted_by(origin, environ, in_use, dial)) if leaf else None


def _trusted_by(origin: Origin, environ: Mapping[str, str], in_use: Trust, dial: Dial) -> str | None:
    for name, context in _other_stores(environ, in_use):
        try:
            dial(origin, context).sock.close()
        except DialFailed:
            continue
        return name
    return None


def _other_stores(environ: Mapping[str, str], in_use: Trust) -> Iterator[tuple[str, ssl.SSLContext]]:
    for variable in _VARIABLES:
        path = environ.get(variable)
        if path and path != in_use.path and Path(path).is_file():
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
    chain = getattr(sock, "get_unverified_chain", None)  # public from Python 3.13 on
    return len(chain()) if chain is not None else None
