"""The report in a chat: one line for each problem with its one thing to do, and one summary line."""

import re
from collections.abc import Iterator

from doctor.model.report import Diagnosis, FindingReport, Report, TargetReport
from doctor.model.style import Style
from doctor.model.terms import Severity
from doctor.render.harmless import ascii_only, tame
from doctor.render.words import (
    OUTCOMES,
    PROBLEMS,
    cause_words,
    finding_of,
    is_consequence,
    sign,
    total,
    verdict_outcome,
    verdict_words,
)

_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)")
"""What a chat would make a call to a person or to everybody of; an e-mail address is none."""


def render(report: Report, style: Style) -> str:
    """Write the report as unwrapped lines: chats wrap by themselves."""
    report = tame(report)
    lines = [line for target in report.targets for line in _target(target, style)]
    text = _MENTION.sub(r"\\x40", "\n".join([*lines, _summary(report)])) + "\n"
    return text if style.unicode else ascii_only(text)


def _summary(report: Report) -> str:
    verdict = verdict_words(report.verdict, report.summary.deselected)
    return f"{verdict}: {total(report)}. Exit code {report.exit_code} ({report.tool.name} {report.tool.version})."


def _target(target: TargetReport, style: Style) -> Iterator[str]:
    lead = f"{sign(verdict_outcome(target.verdict), style.unicode)} {target.name}:"
    problems = list(_problems(target))
    if target.diagnosis:
        yield f"{lead} {_named(target.diagnosis)}"
        yield f"  Observed: {target.diagnosis.observed}"
        yield f"  Do: {target.diagnosis.fix}"
    for problem in problems:
        yield f"{lead} {problem}"
    if not target.diagnosis and not problems:
        yield f"{lead} {verdict_words(target.verdict, 0)}"


def _problems(target: TargetReport) -> Iterator[str]:
    for finding in _others(target, finding_of(target)):
        yield f"{_named(finding)} Do: {finding.fix}"
    for check in target.checks:
        if check.outcome in PROBLEMS and not check.findings:
            yield f"{check.title}: {OUTCOMES[check.outcome]}, {check.skip_reason or 'no reason given'}"


def _named(found: Diagnosis | FindingReport) -> str:
    return f"{found.title} [{cause_words(found)}, {found.confidence}]."


def _others(target: TargetReport, first: FindingReport | None) -> Iterator[FindingReport]:
    """Problems beside the diagnosis that it does not explain."""
    for finding in (f for check in target.checks for f in check.findings):
        if finding is not first and finding.severity is not Severity.NOTE and not is_consequence(finding, target):
            yield finding
