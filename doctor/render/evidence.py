"""What the servers said, in their own words, from the exchanges behind a finding."""

import json
from collections.abc import Iterable, Iterator

from doctor.model.facts.reply import REQUEST_IDS
from doctor.model.report import Exchange, FindingReport, TargetReport
from doctor.render.harmless import cut, harmless

_FIRST_NOT_OK = 300


def server_words(finding: FindingReport, exchanges: Iterable[Exchange]) -> Iterator[tuple[int, str]]:
    """Number and answer of each exchange behind a finding, unless the finding has quoted what it says."""
    for exchange in exchanges:
        said = answer_words(exchange)
        if exchange.n in finding.exchanges and _is_refusal(exchange) and not _quoted(exchange, finding.observed):
            yield exchange.n, said


def cited(target: TargetReport) -> frozenset[int]:
    """The numbers of the exchanges that findings rest on."""
    return frozenset(n for check in target.checks for finding in check.findings for n in finding.exchanges)


def answer_words(exchange: Exchange) -> str:
    """``401 unauthorized_client: Invalid client credentials``; the failure's phase and words where nobody answered."""
    if exchange.response is None:
        return f"{exchange.failure.phase}: {exchange.failure.detail}" if exchange.failure else ""
    said = ": ".join(_body_words(exchange.response.body))
    return " ".join(part for part in (str(exchange.response.status), said) if part)


def evidence_headers(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The challenge and the request ids: what a server's own log is searched by."""
    for name, value in exchange.response.headers if exchange.response else ():
        if name.lower() in ("www-authenticate", *REQUEST_IDS):
            yield name, value


def _is_refusal(exchange: Exchange) -> bool:
    """True for what is news: an answer with 200 only confirms."""
    return exchange.response is None or exchange.response.status >= _FIRST_NOT_OK


def _quoted(exchange: Exchange, observed: str) -> bool:
    if exchange.response is None:
        return exchange.failure is None or exchange.failure.detail in observed
    *_, last = answer_words(exchange).rstrip("."), *_body_words(exchange.response.body)
    return last.rstrip(".") in observed


def _body_words(body: str) -> tuple[str, ...]:
    """``error`` and ``error_description`` of a JSON object, or what else it says (RFC 6749 section 5.2).

    Made harmless here, because parsing turns JSON escapes into the characters that they stand for.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(said, dict):
        return ()
    names = ("error", "error_description") if "error" in said else ("message", "detail", "title")
    return tuple(harmless(cut(said[name])) for name in names if isinstance(said.get(name), str) and said[name])
