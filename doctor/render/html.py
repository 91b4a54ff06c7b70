"""The report as one page: no script, no remote asset, and the JSON inside it for ``replay`` and ``diff``."""

import json
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, partial
from itertools import groupby
from urllib.parse import urlsplit

from doctor.evidence_file import JSON_ID, to_json
from doctor.model.frozen import dataclass
from doctor.model.report import CheckReport, FindingReport, Report, TargetReport
from doctor.model.style import Style
from doctor.model.terms import Outcome, Severity, Verdict
from doctor.render import evidence, words
from doctor.render.budget import with_evidence, with_facts
from doctor.render.harmless import bounded, json_escaped, tame
from doctor.render.templating import escaped_text, style_sheet, template
from doctor.render.timeline import Timeline, timeline

_TEMPLATE = template("report.html")
"""Compiled when this module is imported, which happens while the servers are being asked."""
MOST_BYTES = 150_000
"""Of a page, for each environment in it."""
_EVIDENCE = (32_768, 16_384, 4_096, 0)
"""Bytes of headers and bodies, tried in turn; each stands twice in the page, shown and in the JSON."""
_FACTS = (40_000, 10_000, 0)
_WORDS = (300, 100)
"""Characters of one string, when a server has filled everything with its words."""


@dataclass(frozen=True, slots=True)
class StageView:
    title: str
    outcome: Outcome
    counts: str
    checks: tuple[CheckReport, ...]

    @property
    def open(self) -> bool:
        """True when something in it wants to be read."""
        return self.outcome in words.PROBLEMS


@dataclass(frozen=True, slots=True)
class TargetView:
    target: TargetReport
    prefix: str
    """Stands before each id of an environment but the first: ``e2-``."""
    headline: str
    remarks: tuple[tuple[CheckReport, FindingReport], ...]
    """Warnings, and the check that has each."""
    stages: tuple[StageView, ...]
    timeline: Timeline


def render(report: Report, style: Style) -> str:
    """Write the page, with as much of the evidence as its size allows."""
    most = MOST_BYTES * max(1, len(report.targets))
    smaller = _ever_smaller(bounded(report))
    page = cache(lambda n: _page(smaller[n]()))

    def fits(n: int) -> bool:
        return len(page(n).encode()) < most

    if fits(0):
        return page(0)
    # Each is smaller than the one before: the first that fits is found without writing them all.
    first = 1 + bisect_left(range(1, len(smaller)), True, key=fits)
    return page(min(first, len(smaller) - 1))


def _ever_smaller(report: Report) -> list[Callable[[], Report]]:
    """The report, and with ever less in it."""
    bare = partial(with_evidence, report, 0)
    return [
        *(partial(with_evidence, report, limit) for limit in _EVIDENCE),
        *((lambda limit=limit: with_facts(bare(), limit)) for limit in _FACTS),
        *((lambda limit=limit: bounded(with_facts(bare(), 0), limit)) for limit in _WORDS),
    ]


def _page(report: Report) -> str:
    tamed = tame(report)
    page = _TEMPLATE.render(
        report=tamed,
        views=[_view(target, n) for n, target in enumerate(tamed.targets, 1)],
        started=words.moment(tamed.started_at),
        style=style_sheet("style.css"),
        json_id=JSON_ID,
        json=escaped_text(_json(report)),
        words=words,
        evidence=evidence,
        path_of=_path_of,
        is_link=_is_link,
    )
    return f"{page}\n"


def _json(report: Report) -> str:
    text = json.dumps(to_json(report), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return json_escaped(text)


def _view(target: TargetReport, n: int) -> TargetView:
    stages = tuple(
        _stage(words.STAGES[stage], tuple(checks))
        for stage, checks in groupby(target.checks, lambda check: check.stage)
    )
    prefix = "" if n == 1 else f"e{n}-"
    remarks = tuple((c, f) for c in target.checks for f in c.findings if f.severity is Severity.WARN)
    return TargetView(target, prefix, _headline(target, remarks), remarks, stages, timeline(target.exchanges))


def _stage(title: str, checks: tuple[CheckReport, ...]) -> StageView:
    return StageView(title, words.gravest(checks), words.stage_counts(checks), checks)


def _headline(target: TargetReport, remarks: tuple[object, ...]) -> str:
    """What is to be known first: the cause, or that there is none."""
    if target.diagnosis:
        return target.diagnosis.title
    if remarks and target.verdict is Verdict.WARNINGS:
        return (
            f"It works; {words.number(len(remarks), 'thing')} {'deserves' if len(remarks) == 1 else 'deserve'} a look"
        )
    broken = [check for check in target.checks if check.outcome is Outcome.ERROR]
    if broken:
        return f"{words.number(len(broken), 'check')} broke; everything else is below"
    return "Everything that was asked is in order"


def _path_of(url: str) -> str:
    """The part of a URL that differs between exchanges."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path + (f"?{parts.query}" if parts.query else "")) or url


def _is_link(finding: FindingReport) -> bool:
    return finding.reference.startswith("https://") and " " not in finding.reference
