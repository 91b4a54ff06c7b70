"""The report in a chat: one line for each problem with its one thing to do, and one summary line."""

import re
from collections.abc import Iterator

from doctor.model.report import Report, TargetReport
from doctor.model.style import Style
from doctor.render.harmless import ascii_only, tame
from doctor.render.problems import named, other_findings, why, without_finding
from doctor.render.words import sign, total, verdict_outcome, verdict_words

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
        yield f"{lead} {named(target.diagnosis)}."
        yield f"  Observed: {target.diagnosis.observed}"
        yield f"  Do: {target.diagnosis.fix}"
    for problem in problems:
        yield f"{lead} {problem}"
    if not target.diagnosis and not problems:
        yield f"{lead} {verdict_words(target.verdict, 0)}"


def _problems(target: TargetReport) -> Iterator[str]:
    for finding in other_findings(target):
        yield f"{named(finding)}. Do: {finding.fix}"
    for check in without_finding(target):
        yield f"{check.title}: {why(check)}"
