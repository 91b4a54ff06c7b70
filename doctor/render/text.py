"""The report on a terminal: green stages in one line each, problems in full, then the diagnosis and the verdict."""

from itertools import groupby

from doctor.model.report import CheckReport, Diagnosis, FindingReport, Report, TargetReport
from doctor.model.style import Style
from doctor.render.evidence import answer_words, evidence_headers, server_words
from doctor.render.harmless import tame
from doctor.render.paper import Paper
from doctor.render.provenance import write_settings
from doctor.render.timeline import Row, timeline
from doctor.render.words import (
    CONFIDENCE,
    OUTCOMES,
    PROBLEMS,
    STAGES,
    about,
    cause_words,
    counts,
    duration,
    gravest,
    is_consequence,
    number,
    stage_counts,
    titles,
    total,
    verdict_outcome,
    verdict_words,
)


def render(report: Report, style: Style) -> str:
    """Write the report for a terminal or a pipe."""
    paper, report = Paper(style), tame(report)
    for target in report.targets:
        _target(paper, target, report)
    _closing(paper, report)
    return paper.text()


def _target(paper: Paper, target: TargetReport, report: Report) -> None:
    if paper.style.verbosity >= 0:
        paper.line(f"{target.name}", mark="strong")
        paper.line(about(target), mark="faint")
        paper.gap()
        for stage, checks in groupby(target.checks, key=lambda check: check.stage):
            _stage(paper, STAGES[stage], tuple(checks), target)
        paper.gap()
        if paper.style.verbosity > 0:
            paper.line("Settings", mark="strong")
            write_settings(paper, target.settings)
            paper.gap()
        if paper.style.verbosity > 1:
            _exchanges(paper, target)
    elif len(report.targets) > 1:
        paper.line(target.name, mark="strong")
    if target.diagnosis:
        _diagnosis(paper, target.diagnosis, target)
    if len(report.targets) > 1:
        paper.line(f"{verdict_words(target.verdict, 0)}: {counts(target.checks)}.")
        paper.gap()


def _stage(paper: Paper, title: str, checks: tuple[CheckReport, ...], target: TargetReport) -> None:
    outcome = gravest(checks)
    paper.signed(outcome, f"{title}: {stage_counts(checks)}")
    for check in checks:
        if check.outcome in PROBLEMS or paper.style.verbosity > 0:
            _check(paper, check, target)


def _check(paper: Paper, check: CheckReport, target: TargetReport) -> None:
    paper.signed(check.outcome, check.title, indent=2, mark="strong" if check.outcome in PROBLEMS else None)
    if check.skip_reason:
        paper.labelled(OUTCOMES[check.outcome], check.skip_reason, indent=4)
    for finding in check.findings:
        _finding(paper, finding, target)


def _finding(paper: Paper, finding: FindingReport, target: TargetReport) -> None:
    paper.labelled("expected", finding.expected, indent=4)
    for n, words in server_words(finding, target.exchanges):
        paper.labelled("answer", f"{words} (exchange {n})", indent=4)
    paper.labelled("observed", finding.observed, indent=4)
    if target.diagnosis and is_consequence(finding, target):
        paper.labelled("because", f"{target.diagnosis.title} [{cause_words(target.diagnosis)}]", indent=4)
        return
    paper.labelled("found", f"{finding.title} [{cause_words(finding)}, {finding.confidence}]", indent=4)
    paper.labelled("do", finding.fix, indent=4)
    if paper.style.verbosity > 0:
        paper.labelled("see", finding.reference, indent=4)


def _diagnosis(paper: Paper, diagnosis: Diagnosis, target: TargetReport) -> None:
    known = titles(target)
    paper.line("Diagnosis", mark="strong")
    paper.line(diagnosis.title, indent=2, mark=verdict_outcome(target.verdict))
    paper.labelled("Cause", cause_words(diagnosis))
    paper.labelled("Sure", f"{diagnosis.confidence}: {CONFIDENCE[diagnosis.confidence]}")
    paper.labelled("Observed", diagnosis.observed)
    paper.labelled("Do", diagnosis.fix, mark="strong")
    for other in diagnosis.explains:
        paper.labelled("Explains", _with_title(known, other.cause, cause_words(other)))
    for alternative in diagnosis.alternatives:
        words = f"{cause_words(alternative)}, {alternative.confidence}"
        paper.labelled("Or", _with_title(known, alternative.cause, words))
    paper.labelled("More", f"ataccama-doctor explain {diagnosis.cause}")
    paper.gap()


def _with_title(known: dict[str, str], cause: str, words: str) -> str:
    return f"{known[cause]} [{words}]" if cause in known else words


def _exchanges(paper: Paper, target: TargetReport) -> None:
    paper.line("Exchanges", mark="strong")
    for row in timeline(target.exchanges).rows:
        exchange, request = row.exchange, row.exchange.request
        paper.line(f"{exchange.n}. {request.method} {request.url}", indent=2, hang=2)
        paper.labelled("asked", f"{exchange.purpose}, on connection {exchange.connection}", indent=4)
        paper.labelled("answer", answer_words(exchange), indent=4)
        for name, value in evidence_headers(exchange):
            paper.labelled("header", f"{name}: {value}", indent=4)
        paper.labelled("time", _times(row), indent=4)
    paper.gap()


def _times(row: Row) -> str:
    return ", ".join(part for part in (f"at {row.start} ms", row.words, f"total {row.total} ms") if part)


def _closing(paper: Paper, report: Report) -> None:
    for note in report.notes:
        paper.labelled("Note", note, indent=0)
    if paper.style.verbosity > 0:
        for redaction in report.redactions:
            times = number(redaction.count, "time")
            paper.labelled("Removed", f"{redaction.what}, {redaction.form}, {times}", indent=0)
        paper.labelled("Took", duration(report.duration_ms), indent=0)
    paper.gap()
    verdict = verdict_words(report.verdict, report.summary.deselected)
    outcome = verdict_outcome(report.verdict)
    paper.signed(outcome, f"{verdict}: {total(report)}. Exit code {report.exit_code}.", mark=outcome)
