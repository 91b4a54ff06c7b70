"""The report for GitHub Actions: annotations as workflow commands, then the checks in a group that folds.

Where GitHub gives a file for the step's summary, ``doctor.publish`` writes the Markdown report there too.
"""

from collections.abc import Iterator

from doctor.model.report import Diagnosis, FindingReport, Report, TargetReport
from doctor.model.style import Style
from doctor.model.terms import Severity
from doctor.render.harmless import tame
from doctor.render.problems import other_findings, why, without_finding
from doctor.render.words import cause_words, counts, sign, total, verdict_words


def render(report: Report, style: Style) -> str:
    """Write one command a line; the gravest first, because a step shows ten annotations of a kind at most."""
    report = tame(report)
    lines = [line for target in report.targets for line in (*_annotations(report, target), *_checks(target))]
    verdict = verdict_words(report.verdict, report.summary.deselected)
    notes = (f"Note: {note}" for note in report.notes)
    return "\n".join([*lines, *notes, f"{verdict}: {total(report)}. Exit code {report.exit_code}."]) + "\n"


def _annotations(report: Report, target: TargetReport) -> Iterator[str]:
    if target.diagnosis:
        yield _annotation("error", target, target.diagnosis)
    for finding in sorted(other_findings(target), key=_is_warning):
        yield _annotation("warning" if _is_warning(finding) else "error", target, finding)
    for check in without_finding(target):
        yield _command("error", f"{target.name}: {check.title}", f"{check.id}: {why(check)}")
    if report.exit_code == 0:
        words = (verdict_words(target.verdict, report.summary.deselected), counts(target.checks))
        yield _command("notice", target.name, ": ".join(words))


def _is_warning(finding: FindingReport) -> bool:
    return finding.severity is not Severity.FAIL


def _annotation(level: str, target: TargetReport, found: Diagnosis | FindingReport) -> str:
    lines = (f"{cause_words(found)}, {found.confidence}", found.observed, f"Do: {found.fix}")
    return _command(level, f"{target.name}: {found.title}", *lines, f"More: ataccama-doctor explain {found.cause}")


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
