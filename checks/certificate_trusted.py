"""The certificate is in date, covers the host, and leads to a root that this machine trusts (RFC 5280, RFC 9525).

Dates are judged by another clock where one was read; without one, the certificate and this machine's clock cannot be
told apart, and both are named.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from checks import causes
from checks.reached import not_reached, unencrypted
from checks.trust_stores import disagreement, in_use, one_store
from doctor.api import (
    Alternative,
    ApiLine,
    Cause,
    Certificate,
    Clock,
    Confidence,
    FailureKind,
    Finding,
    Line,
    Missing,
    Phase,
    RealmLine,
    RefusedCertificates,
    SettingName,
    Stage,
    TokenLine,
    check,
)

_NO_ISSUER = (2, 20, 21)
"""The issuer's certificate was not found, locally or in what the server sent."""
_NOT_THE_CHAIN = (9, 10, 62, 64)
"""Dates and names: the chain itself was fine."""
_IN_DATE = "Today, between the certificate's dates."
_TRUSTED = "A certificate whose root this machine trusts."


@check(
    id="certificate-trusted",
    title="The certificate is valid for this host and trusted here",
    stage=Stage.NETWORK,
    causes=(
        causes.CERTIFICATE_EXPIRED,
        causes.CERTIFICATE_NOT_YET_VALID,
        causes.CERTIFICATE_DATES_OR_CLOCK,
        causes.CERTIFICATE_WRONG_HOST,
        causes.CERTIFICATE_TRUSTED_ELSEWHERE,
        causes.CERTIFICATE_CHAIN_INCOMPLETE,
        causes.CERTIFICATE_UNTRUSTED,
    ),
)
def run(
    realm: RealmLine, token: TokenLine, api: ApiLine, refused: RefusedCertificates | None, clock: Clock | None
) -> Iterator[Finding | Missing]:
    read = {c.origin: c for c in (refused.certificates if refused else ())}
    for line in {line.origin: line for line in (api, token, realm)}.values():
        if line.failure is None or line.failure.kind is not FailureKind.CERTIFICATE:
            continue
        certificate = read.get(line.origin)
        if certificate is None:
            yield _unread(line)
        else:
            yield from _judge(certificate, line, clock)
    yield from unencrypted(realm, token, api)
    yield from not_reached(Phase.SEND, "no certificate was seen", realm, token, api)


def _judge(certificate: Certificate, line: Line, clock: Clock | None) -> Iterator[Finding]:
    outside = not certificate.not_before <= certificate.now <= certificate.not_after
    if outside:
        yield _dates(certificate, line, clock)
    if not certificate.covers_host:
        yield _wrong_host(certificate, line)
    if certificate.verify_code not in _NOT_THE_CHAIN:
        yield _chain(certificate, line)


def _dates(certificate: Certificate, line: Line, clock: Clock | None) -> Finding:
    offset = clock.readings[0].offset if clock is not None and clock.confirmed else None
    now = certificate.now - (offset or 0.0)
    past = certificate.now > certificate.not_after
    edge = f"ended on {_day(certificate.not_after)}" if past else f"begins on {_day(certificate.not_before)}"
    observed = f"The certificate of {line.origin} {edge}; this machine's clock says {_day(certificate.now)}."
    cause = causes.CERTIFICATE_EXPIRED if past else causes.CERTIFICATE_NOT_YET_VALID
    if certificate.not_after < certificate.not_before_now:
        cause = causes.CERTIFICATE_EXPIRED
        observed += " Its end is before this program was released, so no clock is to blame."
    elif offset is None:
        return _or_the_clock(line, observed + " No other clock could be read.", (cause, causes.CLOCK_WRONG))
    elif certificate.not_before <= now <= certificate.not_after:
        other = f" Another server's clock says {_day(now)}, which is within its dates."
        return _or_the_clock(line, observed + other, (causes.CLOCK_WRONG, cause))
    else:
        observed += f" Another server's clock says {_day(now)}."
    return cause.found(observed=observed, expected=_IN_DATE, endpoint=line.endpoint, exchanges=_exchanges(line))


def _or_the_clock(line: Line, observed: str, suspects: tuple[Cause, Cause]) -> Finding:
    """``suspects``: the likelier one first."""
    likely, possible = suspects
    return causes.CERTIFICATE_DATES_OR_CLOCK.found(
        observed=observed,
        expected=_IN_DATE,
        fix="Compare this machine's clock with another one; if it is right, have the certificate renewed.",
        confidence=Confidence.LIKELY,
        alternatives=(Alternative(likely.id, Confidence.LIKELY), Alternative(possible.id, Confidence.POSSIBLE)),
        endpoint=line.endpoint,
        exchanges=_exchanges(line),
    )


def _wrong_host(certificate: Certificate, line: Line) -> Finding:
    names = ", ".join(certificate.names[:5]) or f"no host, only for the subject {certificate.subject}"
    return causes.CERTIFICATE_WRONG_HOST.found(
        observed=f"{line.origin} shows a certificate for {names}.",
        expected="A certificate that names the host that was asked.",
        endpoint=line.endpoint,
        exchanges=_exchanges(line),
    )


def _chain(certificate: Certificate, line: Line) -> Finding:
    issuer = f"{line.origin} shows a certificate that {certificate.issuer} issued"
    trusting = [verdict for verdict in certificate.stores if verdict.trusts]
    if trusting:
        return causes.CERTIFICATE_TRUSTED_ELSEWHERE.found(
            observed=f"{issuer}. {disagreement(certificate, trusting)}",
            expected="The same trust store for every program on this machine.",
            fix=one_store(certificate.judged_by, trusting),
            setting=SettingName.CA_BUNDLE,
            endpoint=line.endpoint,
            exchanges=_exchanges(line),
        )
    if not certificate.self_signed and certificate.verify_code in _NO_ISSUER and _looks_intermediate(certificate):
        return causes.CERTIFICATE_CHAIN_INCOMPLETE.found(
            observed=f"{issuer}, and not the issuer's own certificate.",
            expected="The server sends the intermediate certificates with its own (RFC 8446 section 4.4.2).",
            confidence=Confidence.LIKELY,
            alternatives=(Alternative(causes.CERTIFICATE_UNTRUSTED.id, Confidence.POSSIBLE),),
            endpoint=line.endpoint,
            exchanges=_exchanges(line),
        )
    return _untrusted(certificate, line, issuer)


def _untrusted(certificate: Certificate, line: Line, issuer: str) -> Finding:
    unknown = f"{in_use(certificate)} does not know that issuer."
    whole = certificate.verify_code not in _NO_ISSUER or (certificate.chain_length or 0) > 1
    certain = certificate.self_signed or whole
    return causes.CERTIFICATE_UNTRUSTED.found(
        observed=f"{issuer}. {'The certificate signs itself.' if certificate.self_signed else unknown}",
        expected=_TRUSTED,
        confidence=Confidence.CERTAIN if certain else Confidence.LIKELY,
        alternatives=() if certain else (Alternative(causes.CERTIFICATE_CHAIN_INCOMPLETE.id, Confidence.POSSIBLE),),
        endpoint=line.endpoint,
        exchanges=_exchanges(line),
    )


def _looks_intermediate(certificate: Certificate) -> bool:
    """Only the leaf was sent, and its issuer does not look like a root of one's own."""
    if (certificate.chain_length or 1) > 1:
        return False
    name = certificate.issuer.lower()
    return certificate.issuer_url or any(word in name for word in ("intermediate", "issuing", "sub ca", "subordinate"))


def _unread(line: Line) -> Finding:
    failure = line.failure
    detail = failure.detail if failure else ""
    return causes.CERTIFICATE_UNTRUSTED.found(
        observed=f"The certificate of {line.origin} was refused, and a second handshake could not read it: {detail}.",
        expected=_TRUSTED,
        confidence=Confidence.POSSIBLE,
        endpoint=line.endpoint,
        exchanges=_exchanges(line),
    )


def _exchanges(line: Line) -> tuple[int, ...]:
    return (line.failure.exchange,) if line.failure else ()


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
