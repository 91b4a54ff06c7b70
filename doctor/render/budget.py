"""What of the evidence a file of limited size carries, and the words for what it does not."""

import json
from dataclasses import replace

from doctor.model.codec import encode
from doctor.model.report import Exchange, FactReport, Report, RequestReport, ResponseReport, TargetReport
from doctor.render.evidence import cited
from doctor.render.words import number

LEFT_OUT = "left out of this file for its size"


def with_evidence(report: Report, limit: int) -> Report:
    """The report with at most ``limit`` bytes of headers and bodies for each environment, those of findings first."""
    targets = tuple(replace(target, exchanges=_kept(target, limit)) for target in report.targets)
    dropped = sum(_changed(before, after) for before, after in zip(report.targets, targets, strict=True))
    if not dropped:
        return report
    note = f"Headers and bodies of {number(dropped, 'exchange')} were {LEFT_OUT}; the JSON report has them."
    return replace(report, targets=targets, notes=(*report.notes, note))


def with_facts(report: Report, limit: int) -> Report:
    """The report with at most ``limit`` bytes of facts for each environment, the largest left out first."""
    targets = tuple(replace(target, facts=_smallest(target.facts, limit)) for target in report.targets)
    if targets == report.targets:
        return report
    note = f"Facts were {LEFT_OUT}: to replay this run, use its JSON report."
    return replace(report, targets=targets, notes=(*report.notes, note))


def _kept(target: TargetReport, limit: int) -> tuple[Exchange, ...]:
    kept, first = dict[int, Exchange](), cited(target)
    for exchange in sorted(target.exchanges, key=lambda e: (e.n not in first, e.n)):
        size = _size(exchange)
        kept[exchange.n] = exchange if size <= limit else _bare(exchange)
        limit -= size if size <= limit else 0
    return tuple(kept[exchange.n] for exchange in target.exchanges)


def _size(exchange: Exchange) -> int:
    parts = (exchange.request, exchange.response) if exchange.response else (exchange.request,)
    text = [part.body or "" for part in parts] + [name + value for part in parts for name, value in part.headers]
    return sum(len(item.encode("utf-8", "surrogatepass")) for item in text)


def _bare(exchange: Exchange) -> Exchange:
    request, response = exchange.request, exchange.response
    return replace(
        exchange,
        request=RequestReport(request.method, request.url, (), None),
        response=response and ResponseReport(response.status, (), "", truncated=True),
    )


def _changed(before: TargetReport, after: TargetReport) -> int:
    return sum(a != b for a, b in zip(before.exchanges, after.exchanges, strict=True))


def _smallest(facts: tuple[FactReport, ...], limit: int) -> tuple[FactReport, ...]:
    left_out: set[int] = set()
    for n in sorted(range(len(facts)), key=lambda n: len(json.dumps(encode(facts[n])))):
        limit -= len(json.dumps(encode(facts[n])))
        if limit < 0:
            left_out.add(n)
    missing = {"reason": LEFT_OUT, "why": "blocked"}
    return tuple(
        FactReport(fact.type, fact.version, missing=missing) if n in left_out else fact for n, fact in enumerate(facts)
    )
