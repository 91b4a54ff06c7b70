"""Puts together the report: the public JSON's values from what a run found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from doctor import __version__
from doctor.checking import CheckResult
from doctor.diagnosis import Diagnosed
from doctor.model.cause import Finding
from doctor.model.codec import CodecError, encode
from doctor.model.errors import INTERRUPTED
from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import CurlWay
from doctor.model.facts.settings import RunOptions, Setting, SettingsSeen, Target, UrlsRead
from doctor.model.frozen import dataclass
from doctor.model.inputs import Inputs
from doctor.model.probe import Probe
from doctor.model.report import (
    SCHEMA_VERSION,
    AlternativeReport,
    CauseReport,
    CheckReport,
    Diagnosis,
    Exchange,
    FactReport,
    FindingReport,
    Report,
    SettingReport,
    Summary,
    TargetReport,
    ToolInfo,
)
from doctor.model.terms import Outcome, Severity, Stage, Verdict
from doctor.plugins import Refusal
from doctor.redaction import Redactor

EXIT_CODES = {
    Verdict.HEALTHY: 0,
    Verdict.WARNINGS: 0,
    Verdict.FAILED: 1,
    Verdict.INCONCLUSIVE: 3,
    Verdict.ERROR: 4,
}
GIVEN_FACTS = (SettingsSeen, UrlsRead, Target, RunOptions, CurlWay)
"""What is known before anybody is asked."""
THIS_TOOL = ToolInfo("ataccama-doctor", __version__)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks made of the facts."""

    checks: tuple[CheckReport, ...]
    verdict: Verdict
    diagnosis: Diagnosis | None


def assemble(
    *,
    inputs: Inputs,
    name: str,
    settings: SettingsSeen,
    diagnosed: Diagnosed,
    facts: Mapping[type[Any], Any],
    probes: Iterable[Probe],
    refusals: Sequence[Refusal],
    exchanges: tuple[Exchange, ...],
    redactor: Redactor,
    started_at: datetime,
    duration_ms: float,
    deselected: int,
    interrupted: bool,
) -> Report:
    """The report of one run; its exit code is the one that the process ends with."""
    found = judgement(diagnosed, refusals)
    target = TargetReport(
        name=redactor.clean(name),
        settings=tuple(map(setting_report, settings.settings)),
        verdict=found.verdict,
        diagnosis=found.diagnosis,
        checks=found.checks,
        facts=tuple(_facts(facts, probes)),
        exchanges=redactor.clean_value(exchanges),
    )
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=THIS_TOOL,
        started_at=started_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        duration_ms=round(duration_ms, 1),
        verdict=found.verdict,
        exit_code=INTERRUPTED if interrupted else exit_code(found.verdict, inputs.fail_on),
        targets=(target,),
        summary=summary(found.checks, deselected),
        redactions=redactor.tally(),
        notes=(*redactor.clean_value(provenance_notes(inputs)), *_notes(redactor, interrupted, deselected)),
    )


def judgement(diagnosed: Diagnosed, refusals: Sequence[Refusal]) -> Judgement:
    """What a report says of the checks; a plug-in that could not be used is an error in it."""
    checks = (*map(_check, diagnosed.results), *map(_refused, refusals))
    return Judgement(checks, Verdict.ERROR if refusals else diagnosed.verdict, _diagnosis(diagnosed))


def exit_code(verdict: Verdict, fail_on: Severity) -> int:
    """The contract's table; ``--fail-on warn`` makes warnings fail."""
    if verdict is Verdict.WARNINGS and fail_on is Severity.WARN:
        return EXIT_CODES[Verdict.FAILED]
    return EXIT_CODES[verdict]


def _check(result: CheckResult) -> CheckReport:
    check = result.check
    return CheckReport(
        id=check.id,
        title=check.title,
        stage=check.stage,
        outcome=result.outcome,
        duration_ms=result.finished_ms,
        findings=tuple(map(_finding, result.findings)),
        skip_reason=result.reason,
    )


def _refused(refusal: Refusal) -> CheckReport:
    """A plug-in that could not be used stands among the checks, as an error with its sentence."""
    return CheckReport(
        id=f"plugin:{refusal.name}",
        title=f"The plug-in {refusal.name} can be used",
        stage=Stage.SETTINGS,
        outcome=Outcome.ERROR,
        duration_ms=0.0,
        findings=(),
        skip_reason=refusal.sentence,
    )


def _finding(finding: Finding) -> FindingReport:
    return FindingReport(
        cause=finding.cause.id,
        title=finding.title,
        severity=finding.severity,
        confidence=finding.confidence,
        observed=finding.observed,
        expected=finding.expected,
        fix=finding.fix,
        reference=finding.cause.reference,
        exchanges=tuple(n for n in dict.fromkeys(finding.exchanges) if n),
        setting=finding.setting,
        endpoint=finding.endpoint,
    )


def _diagnosis(diagnosed: Diagnosed) -> Diagnosis | None:
    if diagnosed.first is None:
        return None
    result, first = diagnosed.first
    return Diagnosis(
        cause=first.cause.id,
        title=first.title,
        confidence=first.confidence,
        observed=first.observed,
        fix=first.fix,
        check=result.check.id,
        explains=tuple(dict.fromkeys(CauseReport(f.cause.id, f.setting) for f in diagnosed.explained)),
        alternatives=tuple(AlternativeReport(a.cause, a.confidence, a.setting) for a in first.alternatives),
        setting=first.setting,
        endpoint=first.endpoint,
    )


def provenance_notes(inputs: Inputs) -> tuple[str, ...]:
    """What was set in vain, and what else a reader must know about where values came from."""
    return (*inputs.notes, *(f"{each.words}." for each in inputs.unused))


def setting_report(setting: Setting) -> SettingReport:
    return SettingReport(
        name=setting.name.value,
        value=setting.value,
        source=setting.source,
        shadowed=tuple(s.source for s in setting.shadowed),
        fingerprint=setting.fingerprint,
    )


def _facts(facts: Mapping[type[Any], Any], probes: Iterable[Probe]) -> Iterable[FactReport]:
    """What was given, then what each probe found, in protocol order."""
    for kind in GIVEN_FACTS:
        yield _fact(kind, 1, facts[kind])
    for probe in probes:
        yield _fact(probe.gives, probe.version, facts[probe.gives])


def _fact(kind: type[Any], version: int, fact: Any) -> FactReport:
    if isinstance(fact, Missing):
        return FactReport(kind.__name__, version, missing={"reason": fact.reason, "why": fact.why.value})
    try:
        return FactReport(kind.__name__, version, value=encode(fact))
    except CodecError:
        return FactReport(kind.__name__, version, missing={"reason": "it has no JSON form", "why": Why.CRASHED.value})


def summary(checks: Sequence[CheckReport], deselected: int) -> Summary:
    """How many of the checks ended how."""
    count = Counter(check.outcome for check in checks)
    return Summary(
        passed=count[Outcome.PASS],
        warned=count[Outcome.WARN],
        failed=count[Outcome.FAIL],
        inconclusive=count[Outcome.INCONCLUSIVE],
        skipped=count[Outcome.SKIP],
        errors=count[Outcome.ERROR],
        deselected=deselected,
    )


def _notes(redactor: Redactor, interrupted: bool, deselected: int) -> Iterable[str]:
    if interrupted:
        yield "The run was interrupted; this is what was known by then."
    if deselected:
        yield f"The verdict holds as far as asked ({deselected} checks deselected)."
    if redactor.withhold:
        yield "The client secret is shorter than 8 characters, so the servers' own words are withheld."
