"""The report for a pipeline's test pane: JUnit XML by the strict schema of Jenkins, one suite for each environment.

A check is a test case. What failed is a failure, what broke is an error, what was not run or could not be asked is
skipped, with its reason; a warning or note stands in the output of its case.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from doctor.model.report import CheckReport, FindingReport, Report, TargetReport
from doctor.model.style import Style
from doctor.model.terms import Outcome, Severity
from doctor.render.harmless import tame
from doctor.render.problems import labelled, named, why
from doctor.render.words import counts, is_consequence, verdict_words


def render(report: Report, style: Style) -> str:
    """Write the report as one XML document."""
    report = tame(report)
    root = Element("testsuites", {"name": report.tool.name, "time": _seconds(report.duration_ms)})
    root.attrib |= _counted(chain.from_iterable(target.checks for target in report.targets))
    root.extend(_suite(report, target, n) for n, target in enumerate(report.targets))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(report: Report, target: TargetReport, n: int) -> Element:
    checks = target.checks
    skipped = sum(check.outcome in (Outcome.SKIP, Outcome.INCONCLUSIVE) for check in checks)
    suite = Element("testsuite", {"name": target.name, "id": str(n), "timestamp": report.started_at})
    suite.attrib |= {**_counted(checks), "skipped": str(skipped), "time": _seconds(report.duration_ms)}
    properties = SubElement(suite, "properties")
    for name, value in _properties(report, target):
        SubElement(properties, "property", {"name": name, "value": value})
    ended = 0.0
    for check in checks:
        suite.append(_case(check, target, max(check.duration_ms - ended, 0.0)))
        ended = max(ended, check.duration_ms)
    SubElement(suite, "system-out").text = "\n".join(_summary(report, target))
    return suite


def _properties(report: Report, target: TargetReport) -> Iterator[tuple[str, str]]:
    yield "version", report.tool.version
    yield "verdict", target.verdict
    yield "exit_code", str(report.exit_code)
    for name in ("cause", "setting", "endpoint", "confidence"):
        value = getattr(target.diagnosis, name, None)
        if value:
            yield name, value


def _case(check: CheckReport, target: TargetReport, took_ms: float) -> Element:
    case = Element("testcase", {"name": f"{check.id}: {check.title}", "classname": f"ataccama-doctor.{check.stage}"})
    case.set("time", _seconds(took_ms))
    text = "\n\n".join(_block(finding, target) for finding in check.findings)
    match check.outcome:
        case Outcome.FAIL:
            first = next((f for f in check.findings if f.severity is Severity.FAIL), check.findings[0])
            _add(case, "failure", text, message=_message(first, target), type=first.cause)
        case Outcome.ERROR:
            _add(case, "error", text, message=why(check), type="broken")
        case Outcome.SKIP | Outcome.INCONCLUSIVE:
            first_words = [_message(finding, target) for finding in check.findings[:1]]
            _add(case, "skipped", text, message=first_words[0] if first_words else why(check))
        case Outcome.PASS | Outcome.WARN if text:
            _add(case, "system-out", text)
        case Outcome.PASS | Outcome.WARN:
            pass
    return case


def _add(case: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(case, tag, attributes).text = text or None


def _message(finding: FindingReport, target: TargetReport) -> str:
    """What a pane shows before anybody opens the case: what is wrong, what was seen, what to do."""
    if target.diagnosis and is_consequence(finding, target):
        return f"{finding.title}. Follows from: {named(target.diagnosis)}."
    return f"{finding.title}. Observed: {finding.observed} Do: {finding.fix}"


def _block(finding: FindingReport, target: TargetReport) -> str:
    return "\n".join([f"Found: {finding.title}", *(f"{label}: {words}" for label, words in labelled(finding, target))])


def _summary(report: Report, target: TargetReport) -> Iterator[str]:
    verdict = verdict_words(target.verdict, report.summary.deselected)
    yield f"{verdict}: {counts(target.checks)}. Exit code {report.exit_code}."
    if target.diagnosis:
        yield f"Diagnosis: {named(target.diagnosis)}. Do: {target.diagnosis.fix}"
    yield from (f"Note: {note}" for note in report.notes)


def _counted(checks: Iterable[CheckReport]) -> dict[str, str]:
    seen = Counter(check.outcome for check in checks)
    return {"tests": str(seen.total()), "failures": str(seen[Outcome.FAIL]), "errors": str(seen[Outcome.ERROR])}


def _seconds(milliseconds: float) -> str:
    """The strict schema takes three decimals at most."""
    return f"{milliseconds / 1000:.3f}"
