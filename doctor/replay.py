"""Re-runs today's checks on the facts inside a report: nobody is asked, and the same facts give the same bytes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from doctor.diagnosis import diagnose_run
from doctor.model.check import Check
from doctor.model.codec import CodecError, decode
from doctor.model.deadline import Deadline
from doctor.model.errors import INTERRUPTED
from doctor.model.facts.missing import Missing
from doctor.model.report import CheckReport, FactReport, Report, TargetReport
from doctor.model.terms import Severity, Verdict
from doctor.plugins import Plugins, crashed, load
from doctor.reporting import GIVEN_FACTS, THIS_TOOL, Judgement, exit_code, judgement, summary
from doctor.runner import Runner

_GRAVEST = (Verdict.ERROR, Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.WARNINGS, Verdict.HEALTHY)


def replay(report: Report, plugins: Plugins | None = None) -> Report:
    """The report with the checks, the diagnosis and the verdict that its facts give today."""
    plugins = plugins or load()
    targets = tuple(_replayed(target, plugins, report.summary.deselected) for target in report.targets)
    verdict = next(verdict for verdict in _GRAVEST if verdict in {target.verdict for target in targets})
    return replace(
        report,
        tool=THIS_TOOL,
        verdict=verdict,
        exit_code=_exit_code(report, verdict),
        targets=targets,
        summary=summary([check for target in targets for check in target.checks], report.summary.deselected),
        notes=(*report.notes, *_notes(report)),
    )


def _facts_of(target: TargetReport, plugins: Plugins) -> dict[type[Any], Any]:
    """Every fact that the checks can read, by its type; ``Missing`` where the report has none that can be read."""
    reported = {fact.type: fact for fact in target.facts}
    kinds = {**dict.fromkeys(GIVEN_FACTS, 1), **{probe.gives: probe.version for probe in plugins.probes}}
    return {kind: _fact(kind, version, reported.get(kind.__name__)) for kind, version in kinds.items()}


def _replayed(target: TargetReport, plugins: Plugins, deselected: int) -> TargetReport:
    facts = _facts_of(target, plugins)
    checks = _chosen(target, plugins, deselected)
    results, _ = Runner((), checks, given=facts, resources={}, deadline=Deadline(0.0)).run()
    diagnosed = diagnose_run(results, facts, selected=deselected > 0)
    found = _at_its_time(judgement(diagnosed, (*plugins.refusals, *crashed(facts, plugins))), target.checks)
    return replace(target, verdict=found.verdict, diagnosis=found.diagnosis, checks=found.checks)


def _chosen(target: TargetReport, plugins: Plugins, deselected: int) -> Sequence[Check]:
    """All of today's checks; of a run that left some out, those that it ran."""
    then = {check.id for check in target.checks}
    return [check for check in plugins.checks if not deselected or check.id in then]


def _at_its_time(found: Judgement, then: tuple[CheckReport, ...]) -> Judgement:
    """With the time at which each check's answer stood in the run itself."""
    times: Mapping[str, float] = {check.id: check.duration_ms for check in then}
    return replace(found, checks=tuple(replace(c, duration_ms=times.get(c.id, 0.0)) for c in found.checks))


def _fact(kind: type[Any], version: int, reported: FactReport | None) -> Any:
    if reported is None:
        return Missing("the report does not have it")
    if reported.missing is None and reported.version != version:
        return Missing(f"the report has version {reported.version} of it, and today's checks read version {version}")
    try:
        if reported.missing is not None:
            return decode(Missing, reported.missing, strict=False)
        return decode(kind, reported.value, strict=False)
    except CodecError:
        return Missing("the report has it in a form that cannot be read")


def _notes(report: Report) -> Iterator[str]:
    if report.tool != THIS_TOOL:
        yield (
            f"Replayed: the facts are of {report.tool.name} {report.tool.version}, "
            f"the checks of {THIS_TOOL.name} {THIS_TOOL.version}."
        )


def _exit_code(report: Report, verdict: Verdict) -> int:
    """Of a run that was interrupted, or in which warnings failed, that still holds."""
    if report.exit_code == INTERRUPTED:
        return INTERRUPTED
    warnings_failed = report.verdict is Verdict.WARNINGS and report.exit_code != exit_code(
        report.verdict, Severity.FAIL
    )
    return exit_code(verdict, Severity.WARN if warnings_failed else Severity.FAIL)
