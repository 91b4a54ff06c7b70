"""The certificate is in date, covers the host, and leads to a root that this machine trusts (RFC 5280, RFC 9525).

Dates are judged by another clock where one was read; without one, the certificate and this machine's clock cannot be
told apart, and both are named.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from checks import causes
from checks.reached import not_reached, unencrypted
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
    StoreVerdict,
    TokenLine,
    check,
)

_NO_ISSUER = (2, 20, 21)
"""The issuer's certificate was not found, locally or in what the server sent."""
_NOT_THE_CHAIN = (9, 10, 62, 64)
"""Dates and names: the chain itself was fine."""
_SHIPPED = "certifi"
_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Those that requests reads."""
_PROGRAMS = {
    _SHIPPED: "Python programs with requests",
    "REQUESTS_CA_BUNDLE": "Python programs with requests",
    "CURL_CA_BUNDLE": "curl",
    "SSL_CERT_FILE": "programs with OpenSSL's own settings (Python's urllib, curl)",
    "SSL_CERT_DIR": "programs with OpenSSL's own settings (Python's urllib, curl)",
    StoreVerdict.SYSTEM: "browsers and other programs with the operating system's store",
}
"""Who reads which store."""
_IN_DATE = "Today, between the certificate's dates."


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
            observed=f"{issuer}. {_disagreement(certificate, trusting)}",
            expected="The same trust store for every program on this machine.",
            fix=_one_store(certificate.judged_by, trusting),
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
    own = (
        "The certificate signs itself."
        if certificate.self_signed
        else f"{_store(certificate)} does not know that issuer."
    )
    return causes.CERTIFICATE_UNTRUSTED.found(
        observed=f"{issuer}. {own}",
        expected="A certificate whose root this machine trusts.",
        confidence=Confidence.CERTAIN
        if certificate.self_signed or certificate.verify_code not in _NO_ISSUER or (certificate.chain_length or 0) > 1
        else Confidence.LIKELY,
        alternatives=()
        if certificate.self_signed
        else (Alternative(causes.CERTIFICATE_CHAIN_INCOMPLETE.id, Confidence.POSSIBLE),),
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
        expected="A certificate whose root this machine trusts.",
        confidence=Confidence.POSSIBLE,
        endpoint=line.endpoint,
        exchanges=_exchanges(line),
    )


def _disagreement(certificate: Certificate, trusting: Sequence[StoreVerdict]) -> str:
    """Which stores trust it and which do not, and what that means for the programs of this machine."""
    refusing = [verdict.source for verdict in certificate.stores if not verdict.trusts]
    others = f", and neither does {_listed(map(_named, refusing))}" if refusing else ""
    connect = _listed(_programs(verdict.source) for verdict in trusting)
    fail = _listed(dict.fromkeys(map(_programs, [certificate.judged_by, *refusing])))
    return (
        f"{_store(certificate)} does not trust it{others}; {_listed(_named(v.source) for v in trusting)} "
        f"{'does' if len(trusting) == 1 else 'do'}. So {connect} will connect, and {fail} will not."
    )


def _one_store(in_use: str, trusting: Sequence[StoreVerdict]) -> str:
    """The one setting that mends it, for all programs that read the same where there is such a setting."""
    shipped = next((v for v in trusting if v.source == _SHIPPED), None)
    if shipped is not None and in_use != _SHIPPED:
        return f"Take {in_use} away: the list that requests ships trusts this certificate."
    path = next((v.path for v in trusting if v.path), None)
    if path is None:
        return "Export the root from the operating system's store as PEM, and name that file in REQUESTS_CA_BUNDLE."
    if in_use in (_SHIPPED, *_VARIABLES):
        return f"Set REQUESTS_CA_BUNDLE to {path}, for this and every other program with requests."
    return f"Give {path} as the CA bundle, in place of what {in_use} gives."


def _named(source: str) -> str:
    if source == StoreVerdict.SYSTEM:
        return "the operating system's store"
    return "the list that requests ships" if source == _SHIPPED else f"the bundle in {source}"


def _programs(source: str) -> str:
    return _PROGRAMS.get(source, "what is given the same bundle")


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _store(certificate: Certificate) -> str:
    return (
        f"The trust store in use (from {certificate.judged_by})" if certificate.judged_by else "The trust store in use"
    )


def _exchanges(line: Line) -> tuple[int, ...]:
    return (line.failure.exchange,) if line.failure else ()


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
