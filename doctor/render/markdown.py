"""The report for a ticket: Markdown that GitHub renders, and that Jira and a plain-text field show as it reads.

Headings are underlined and everything else is a list, so that it reads without being rendered. No table, no HTML.
"""

from collections.abc import Iterator
from itertools import chain, groupby

from doctor.model.report import CheckReport, Diagnosis, Report, TargetReport
from doctor.model.style import Style
from doctor.render.budget import with_evidence
from doctor.render.evidence import answer_words, cited, evidence_headers
from doctor.render.harmless import bounded, cut, tame
from doctor.render.markdown_text import block, code, prose
from doctor.render.problems import labelled, why
from doctor.render.words import (
    CONFIDENCE,
    PROBLEMS,
    STAGES,
    cause_words,
    counts,
    duration,
    finding_of,
    number,
    sign,
    total,
    verdict_outcome,
    verdict_words,
)

MOST = 60_000
"""Characters; GitHub takes 65,536 in a comment."""
_EVIDENCE = (24_000, 8_000, 0)
"""Bytes of headers and bodies, tried in turn."""
_WORDS = (300, 100)
"""Characters of one string, when a server has filled everything with its words."""
_BODY = 1_500
_TOLD = ("Cause", "Observed", "Do", "More")
"""Of the diagnosis' own finding: they stand at the top."""
_CUT = "The rest was left out for its size; the JSON report has it."


def render(report: Report, style: Style) -> str:
    """Write the report, with as much of the evidence as its size allows."""
    text = ""
    for smaller in _ever_smaller(report):
        text = _document(tame(smaller))
        if len(text) < MOST:
            return text
    return f"{text[: MOST - len(_CUT) - 10].rpartition(chr(10))[0]}\n\n{_CUT}\n"


def _ever_smaller(report: Report) -> Iterator[Report]:
    yield from (with_evidence(report, limit) for limit in _EVIDENCE)
    bare = with_evidence(report, 0)
    yield from (bounded(bare, limit) for limit in _WORDS)


def _document(report: Report) -> str:
    parts = chain(*(_target(report, target) for target in report.targets), _about(report))
    return "\n".join(parts).strip("\n") + "\n"


def _target(report: Report, target: TargetReport) -> Iterator[str]:
    verdict = verdict_words(target.verdict, report.summary.deselected)
    yield from _heading(f"{sign(verdict_outcome(target.verdict))} {target.name}: {verdict}", "=")
    if target.diagnosis:
        yield from (f"- {label}: {words}" for label, words in _diagnosis(target.diagnosis))
    yield f"- Checks: {counts(target.checks)}; exit code {report.exit_code}"
    yield from _heading("Checks", "-")
    for stage, checks in groupby(target.checks, lambda check: check.stage):
        yield from _stage(STAGES[stage], tuple(checks), target)
    yield from _settings(target)
    yield from _exchanges(target)


def _heading(text: str, line: str) -> tuple[str, str, str]:
    shown = prose(text)
    return "", shown, line * max(4, min(len(shown), 72)) + "\n"


def _diagnosis(found: Diagnosis) -> Iterator[tuple[str, str]]:
    yield "Diagnosis", f"**{prose(found.title)}**"
    yield "Cause", prose(cause_words(found))
    yield "Sure", f"{found.confidence}: {CONFIDENCE[found.confidence]}"
    yield "Observed", prose(found.observed)
    yield "Do", f"**{prose(found.fix)}**"
    if found.explains:
        yield "Explains", prose(", ".join(cause_words(cause) for cause in found.explains))
    for other in found.alternatives:
        yield "Or", prose(f"{cause_words(other)}, {other.confidence}")
    yield "More", code(f"ataccama-doctor explain {found.cause}")


def _stage(title: str, checks: tuple[CheckReport, ...], target: TargetReport) -> Iterator[str]:
    yield f"- {title}: {counts(checks).removeprefix('0 passed, ')}"
    for check in checks:
        if check.outcome in PROBLEMS or check.findings:
            yield f"  - {sign(check.outcome)} {prose(check.title)} ({code(check.id)})"
            yield from (f"    - {line}" for line in _details(check, target))


def _details(check: CheckReport, target: TargetReport) -> Iterator[str]:
    """What the top of the report does not say already."""
    if check.skip_reason:
        yield prose(why(check))
    for finding in check.findings:
        told = _TOLD if finding is finding_of(target) else ()
        yield f"Found: {prose(finding.title)}"
        yield from (f"{label}: {prose(words)}" for label, words in labelled(finding, target) if label not in told)


def _settings(target: TargetReport) -> Iterator[str]:
    yield from _heading("Settings", "-")
    for setting in target.settings:
        secret = f"not shown, fingerprint {setting.fingerprint}" if setting.fingerprint else "not shown"
        value = prose(secret) if setting.value is None else code(setting.value) or "empty"
        shadowed = f"; not used: {', '.join(setting.shadowed)}" if setting.shadowed else ""
        yield f"- {code(setting.name)}: {value} {prose(f'(from {setting.source}{shadowed})')}"


def _exchanges(target: TargetReport) -> Iterator[str]:
    yield from _heading("What was asked and answered", "-")
    for exchange in target.exchanges:
        request, took = exchange.request, duration(exchange.phases_ms.total)
        yield f"- Exchange {exchange.n}: {prose(exchange.purpose)}: {prose(request.method)} {code(request.url)}"
        yield f"  - Answer: {prose(answer_words(exchange)) or 'none'} (after {took})"
        for name, value in evidence_headers(exchange):
            yield f"  - Header: {code(f'{name}: {value}')}"
    shown = cited(target)
    for exchange in target.exchanges:
        if exchange.n in shown and exchange.response and exchange.response.body:
            yield f"\nThe body of answer {exchange.n}:\n\n{block(cut(exchange.response.body, _BODY))}"


def _about(report: Report) -> Iterator[str]:
    yield from _heading("About this report", "-")
    tool, took = f"{report.tool.name} {report.tool.version}", duration(report.duration_ms)
    yield f"- Written by {prose(tool)}, {prose(report.started_at)}, took {took}"
    for redaction in report.redactions:
        yield f"- Removed: {prose(f'{redaction.what}, {redaction.form}')}, {number(redaction.count, 'time')}"
    yield from (f"- Note: {prose(note)}" for note in report.notes)
    verdict = verdict_words(report.verdict, report.summary.deselected)
    yield f"- {verdict}: {total(report)}. Exit code {report.exit_code}."
