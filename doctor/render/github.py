"""The report for GitHub Actions: annotations as workflow commands, then the checks in a group that folds.

Where GitHub gives a file for the step's summary, ``doctor.publish`` writes the Markdown report there too.
"""

from collections.abc import Iterator

from doctor.model.report import FindingReport, Report, TargetReport
from doctor.model.style import Style
from doctor.model.terms import Severity
from doctor.render.harmless import tame
from doctor.render.problems import named, other_findings, why, without_finding
from doctor.render.words import cause_words, sign, total, verdict_words


def render(report: Report, style: Style) -> str:
    """Write one command a line; the gravest first, because a step shows ten annotations of a kind at most."""
    report = tame(report)
    lines = [line for target in report.targets for line in (*_annotations(report, target), *_checks(target))]
    verdict = verdict_words(report.verdict, report.summary.deselected)
    return "\n".join([*lines, *report.notes, f"{verdict}: {total(report)}. Exit code {report.exit_code}."]) + "\n"


def _annotations(report: Report, target: TargetReport) -> Iterator[str]:
    found = target.diagnosis
    if found:
        words = (found.observed, f"Do: {found.fix}", f"More: ataccama-doctor explain {found.cause}")
        yield _command("error", f"{target.name}: {found.title}", named(found), *words)
    for finding in sorted(other_findings(target), key=lambda f: f.severity is not Severity.FAIL):
        yield _finding(target, finding)
    for check in without_finding(target):
        yield _command("error", f"{target.name}: {check.title}", f"{check.id} {why(check)}")
    if report.exit_code == 0:
        words = (verdict_words(target.verdict, report.summary.deselected), total(report))
        yield _command("notice", target.name, ": ".join(words))


def _finding(target: TargetReport, finding: FindingReport) -> str:
    level = "error" if finding.severity is Severity.FAIL else "warning"
    return _command(
        level, f"{target.name}: {finding.title}", cause_words(finding), finding.observed, f"Do: {finding.fix}"
    )


def _checks(target: TargetReport) -> Iterator[str]:
    yield f"::group::{_data(f'Checks of {target.name}')}"
    for check in target.checks:
        reason = f" ({check.skip_reason})" if check.skip_reason else ""
        causes = ", ".join(cause_words(finding) for finding in check.findings)
        yield f"{sign(check.outcome)} {check.id}: {check.title}{reason}{causes and f' [{causes}]'}"
    yield "::endgroup::"


def _command(level: str, title: str, *lines: str) -> str:
    return f"::{level} title={_property(title)}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    """The text as a command carries it: percent-encoded where its lines would end it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
