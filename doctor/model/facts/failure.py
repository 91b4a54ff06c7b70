"""How far an exchange came, and why no answer came."""

from enum import StrEnum


class Phase(StrEnum):
    DNS = "dns"
    CONNECT = "connect"
    PROXY = "proxy"
    TLS = "tls"
    SEND = "send"
    WAIT = "wait"
    BODY = "body"


class FailureKind(StrEnum):
    """Why no answer came. Each value but the last three is the id of the cause."""

    HOST_NOT_FOUND = "host-not-found"
    RESOLVER_UNAVAILABLE = "name-resolution-unavailable"
    REFUSED = "connection-refused"
    CONNECT_TIMED_OUT = "connection-timed-out"
    RESET = "connection-reset"
    UNREACHABLE = "network-unreachable"
    PROXY_UNREACHABLE = "proxy-unreachable"
    PROXY_AUTHENTICATION = "proxy-authentication-required"
    PROXY_REFUSED = "proxy-refused"
    TLS_NOT_SPOKEN = "tls-not-spoken"
    TLS_VERSION = "tls-version-refused"
    CLIENT_CERTIFICATE = "client-certificate-required"
    NAME_UNKNOWN = "environment-not-there"
    """The server shows no certificate for this name (RFC 6066 section 3, ``unrecognized_name``)."""
    RESPONSE_TIMED_OUT = "response-timed-out"
    RESPONSE_MALFORMED = "response-malformed"
    RESPONSE_TOO_LARGE = "response-too-large"
    CERTIFICATE = "certificate"
    """Not verified; ``Certificate`` and ``verify_code`` say why."""
    DEADLINE = "deadline"
    """The run's own time was up."""
    NOT_SENT = "not sent"
    """The tool's own rules forbade it: budget, origin, no TLS."""
