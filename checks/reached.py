"""What the network checks share: every attempt that got no answer, by endpoint, each failure told once."""

from collections.abc import Iterator

from checks import causes
from doctor.api import (
    AnonymousCall,
    AuthorizedCall,
    Cause,
    Confidence,
    Discovery,
    Endpoint,
    FailureKind,
    Finding,
    FirstAttempt,
    Line,
    Missing,
    Phase,
    Reply,
    TransportFailure,
    Why,
)

CAUSE_OF: dict[FailureKind, Cause] = {
    FailureKind.HOST_NOT_FOUND: causes.HOST_NOT_FOUND,
    FailureKind.RESOLVER_UNAVAILABLE: causes.NAME_RESOLUTION_UNAVAILABLE,
    FailureKind.REFUSED: causes.CONNECTION_REFUSED,
    FailureKind.CONNECT_TIMED_OUT: causes.CONNECTION_TIMED_OUT,
    FailureKind.RESET: causes.CONNECTION_RESET,
    FailureKind.UNREACHABLE: causes.NETWORK_UNREACHABLE,
    FailureKind.PROXY_UNREACHABLE: causes.PROXY_UNREACHABLE,
    FailureKind.PROXY_AUTHENTICATION: causes.PROXY_AUTHENTICATION_REQUIRED,
    FailureKind.PROXY_REFUSED: causes.PROXY_REFUSED,
    FailureKind.TLS_NOT_SPOKEN: causes.TLS_NOT_SPOKEN,
    FailureKind.TLS_VERSION: causes.TLS_VERSION_REFUSED,
    FailureKind.CLIENT_CERTIFICATE: causes.CLIENT_CERTIFICATE_REQUIRED,
    FailureKind.NAME_UNKNOWN: causes.ENVIRONMENT_NOT_THERE,
    FailureKind.RESPONSE_TIMED_OUT: causes.RESPONSE_TIMED_OUT,
    FailureKind.RESPONSE_MALFORMED: causes.RESPONSE_MALFORMED,
    FailureKind.RESPONSE_TOO_LARGE: causes.RESPONSE_TOO_LARGE,
}
"""Certificates have a check of their own; a request that the tool held back is no cause."""


def by_line(kinds: tuple[FailureKind, ...], *lines: Line | None) -> Iterator[Finding]:
    """A finding for each line that failed in one of these ways; the same failure of the same origin once."""
    told: set[tuple[FailureKind, str]] = set()
    for line in lines:
        if line is None or line.failure is None or line.failure.kind not in kinds:
            continue
        if (line.failure.kind, line.origin) not in told:
            told.add((line.failure.kind, line.origin))
            yield _finding(line, line.failure)


def not_reached(phase: Phase, reason: str, *lines: Line | None) -> Iterator[Missing]:
    """Said where no connection came as far as that: what was never reached is neither right nor wrong."""
    if not any(_came_to(phase, line) for line in lines if line is not None):
        yield Missing(reason)


def unencrypted(*lines: Line) -> Iterator[Missing]:
    """Said where plain HTTP is in use, which is so on this machine alone."""
    if any(line.failure is None for line in lines) and not any(line.tls for line in lines):
        yield Missing("plain HTTP is in use, to this machine itself", Why.NOT_NEEDED)


def unanswered(found: list[tuple[Endpoint, Reply | TransportFailure]]) -> Iterator[Missing]:
    """Said where no server gave any answer."""
    if not any(isinstance(result, Reply) for _, result in found):
        yield Missing("no server was reached")


def _came_to(phase: Phase, line: Line) -> bool:
    order = list(Phase)
    return line.failure is None or order.index(line.failure.phase) >= order.index(phase)


def answers(
    discovery: Discovery | None,
    first: FirstAttempt | None,
    anonymous: AnonymousCall | None,
    authorized: AuthorizedCall | None,
) -> list[tuple[Endpoint, Reply | TransportFailure]]:
    """The first answer of each endpoint, the one that counts most."""
    found: list[tuple[Endpoint, Reply | TransportFailure]] = []
    if discovery is not None:
        found.append((Endpoint.REALM, discovery.result))
    if first is not None:
        found.append((Endpoint.TOKEN, first.attempt.result))
    call = authorized or anonymous
    if call is not None:
        found.append((Endpoint.API, call.call.result))
    return found


def answered(result: Reply | TransportFailure) -> str:
    """``Keycloak answered 401 unauthorized_client (x-request-id: 7f)``, to stand in a sentence."""
    if not isinstance(result, Reply):
        return "nobody answered"
    tag = f" ({result.request_id})" if result.request_id else ""
    return f"{result.speaker.value} answered {result.words}{tag}"


def by_answer(
    kinds: tuple[FailureKind, ...], found: list[tuple[Endpoint, Reply | TransportFailure]]
) -> Iterator[Finding]:
    """A finding for each endpoint that was reached and then failed in one of these ways."""
    for endpoint, result in found:
        if isinstance(result, TransportFailure) and result.kind in kinds:
            yield CAUSE_OF[result.kind].found(
                observed=f"Asked at the {endpoint.words}, measured here: {result.detail}.",
                expected="A whole HTTP answer in time.",
                endpoint=endpoint,
                exchanges=(result.exchange,),
            )


def _finding(line: Line, failure: TransportFailure) -> Finding:
    through = f" through the proxy {line.proxy} (from {line.proxy_source})" if line.proxy else ""
    cause = CAUSE_OF[failure.kind]
    return cause.found(
        observed=f"Connecting to {line.origin}{through} failed{_WHEN.get(failure.phase, '')}, "
        f"measured here: {failure.detail}.",
        expected="A connection to the environment.",
        confidence=Confidence.LIKELY if cause.joint else Confidence.CERTAIN,
        endpoint=line.endpoint,
        exchanges=(failure.exchange,),
    )


_WHEN = {Phase.DNS: " when its name was looked up", Phase.TLS: " in the TLS handshake"}
