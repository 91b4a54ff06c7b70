"""What an exception of the system says, as a kind of failure. The only place that knows exceptions by name."""

import errno
import socket
from collections.abc import Iterator

from doctor.model.facts.failure import FailureKind

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EHOSTDOWN}
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_NOT_TLS = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "UNKNOWN_PROTOCOL",
)
_VERSION = (
    "PROTOCOL_VERSION",
    "UNSUPPORTED_PROTOCOL",
    "NO_PROTOCOLS_AVAILABLE",
    "HANDSHAKE_FAILURE",
    "NO_SHARED_CIPHER",
    "INSUFFICIENT_SECURITY",
    "DH_KEY_TOO_SMALL",
    "NO_APPLICATION_PROTOCOL",
)
_CLIENT_CERTIFICATE = ("CERTIFICATE_REQUIRED", "ALERT_BAD_CERTIFICATE", "ALERT_UNKNOWN_CA", "ALERT_ACCESS_DENIED")


def name_failure(problem: OSError) -> FailureKind:
    """The name does not exist, or nobody could say."""
    if isinstance(problem, socket.gaierror) and problem.errno in _NO_SUCH_NAME:
        return FailureKind.HOST_NOT_FOUND
    return FailureKind.RESOLVER_UNAVAILABLE


def connect_failure(problem: OSError) -> FailureKind:
    """Why TCP did not connect."""
    if isinstance(problem, ConnectionRefusedError):
        return FailureKind.REFUSED
    if isinstance(problem, TimeoutError) or problem.errno == errno.ETIMEDOUT:
        return FailureKind.CONNECT_TIMED_OUT
    if problem.errno in _UNREACHABLE:
        return FailureKind.UNREACHABLE
    return FailureKind.RESET


def tls_failure(problem: Exception, *, agreed: bool = False) -> FailureKind:
    """Why the handshake failed (RFC 8446 section 6.2 for the alerts).

    ``agreed``: version and cipher were agreed before. What a server then still refuses is the client's certificate,
    whose absence TLS 1.2 knows no alert of its own for (RFC 5246 section 7.4.6).
    """
    import ssl  # by now it is loaded: connecting begins without it

    if isinstance(problem, (ssl.SSLCertVerificationError, ssl.CertificateError)):
        return FailureKind.CERTIFICATE
    if isinstance(problem, TimeoutError):
        return FailureKind.CONNECT_TIMED_OUT
    # Python has no mnemonic for every alert; OpenSSL's words are the same.
    reason = str(getattr(problem, "reason", None) or problem).upper().replace(" ", "_")
    if agreed and "ALERT_HANDSHAKE_FAILURE" in reason:
        return FailureKind.CLIENT_CERTIFICATE
    for words, kind in (
        (_CLIENT_CERTIFICATE, FailureKind.CLIENT_CERTIFICATE),
        (("UNRECOGNIZED_NAME",), FailureKind.NAME_UNKNOWN),
        (_NOT_TLS, FailureKind.TLS_NOT_SPOKEN),
        (_VERSION, FailureKind.TLS_VERSION),
    ):
        if any(word in reason for word in words):
            return kind
    return FailureKind.RESET


def answer_failure(problem: BaseException) -> FailureKind:
    """Why no whole answer came after the request was sent."""
    import ssl

    for cause in _chain(problem):
        if isinstance(cause, ssl.SSLError) and any(w in str(cause.reason or "") for w in _CLIENT_CERTIFICATE):
            return FailureKind.CLIENT_CERTIFICATE
        if isinstance(cause, TimeoutError):
            return FailureKind.RESPONSE_TIMED_OUT
        if isinstance(cause, ConnectionResetError | BrokenPipeError | ssl.SSLEOFError):
            return FailureKind.RESET
    return FailureKind.RESPONSE_MALFORMED


def root(problem: BaseException) -> BaseException:
    """The innermost exception: the one whose words say most."""
    return list(_chain(problem))[-1]


def _chain(problem: BaseException) -> Iterator[BaseException]:
    """The exception and all that it wraps, as causes or among its arguments."""
    seen: list[BaseException] = []
    pending = [problem]
    while pending:
        current = pending.pop(0)
        if any(current is s for s in seen):
            continue
        seen.append(current)
        yield current
        inner = [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
        pending += [i for i in inner if isinstance(i, BaseException)]
