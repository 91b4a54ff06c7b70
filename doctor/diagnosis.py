"""From the checks' findings to a verdict and the one cause to mend first: a small walk, no weights.

The diagnosis is the first finding that no other finding explains: failures before what could not be asked, then by
stage, confidence and report order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from doctor.checking import CheckResult
from doctor.model.cause import Finding
from doctor.model.facts.api import Conclusion
from doctor.model.facts.settings import RunOptions
from doctor.model.frozen import dataclass
from doctor.model.terms import EXAMINED, Outcome, Severity, Stage, Verdict


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """The findings in their final severity, the verdict, and the first cause."""

    results: tuple[CheckResult, ...]
    verdict: Verdict
    first: tuple[CheckResult, Finding] | None
    """The check that found it, and the finding; None when nothing is broken."""
    explained: tuple[Finding, ...] = ()
    """Consequences of the first, and theirs."""


def diagnose_run(results: Sequence[CheckResult], facts: Mapping[type[Any], Any], *, selected: bool) -> Diagnosed:
    """The diagnosis of a run, live or replayed, with what its facts say beside the findings."""
    conclusion, options = facts.get(Conclusion), facts.get(RunOptions)
    return diagnose(
        results,
        conclusion if isinstance(conclusion, Conclusion) else None,
        deep=isinstance(options, RunOptions) and options.deep,
        selected=selected,
    )


def diagnose(
    results: Sequence[CheckResult], conclusion: Conclusion | None, *, deep: bool = False, selected: bool = False
) -> Diagnosed:
    """Settle severities and outcomes, then name the first cause.

    ``selected``: ``--only`` or ``--skip`` was given, so what was selected is what is required.
    """
    works = conclusion is not None and conclusion.works and not deep
    settled = tuple(_settled(result, works) for result in _hindered(results))
    suspects = [(r, f) for r, f in _all(settled) if f.severity is Severity.FAIL or f.hinders]
    # What only warns explains no failure away, and two that explain each other do not both vanish.
    culprits = [(r, f) for r, f in suspects if not _explained(f, suspects)] or suspects
    verdict = _verdict(settled, conclusion, selected)
    if verdict in (Verdict.HEALTHY, Verdict.WARNINGS) or not culprits:
        return Diagnosed(settled, verdict, None)
    result, first = min(culprits, key=lambda pair: _rank(pair, settled))
    return Diagnosed(settled, verdict, (result, first), _consequences(first, [f for _, f in _all(settled)]))


def _hindered(results: Sequence[CheckResult]) -> list[CheckResult]:
    """A failure that only follows from a question that could not be asked is no failure of its own."""
    obstacles = [f for _, f in _all(results) if f.hinders]
    return [_without_consequences(result, obstacles) for result in results]


def _without_consequences(result: CheckResult, obstacles: Sequence[Finding]) -> CheckResult:
    follows = [f for f in result.findings if any(f.explained_by(obstacle) for obstacle in obstacles)]
    if not follows:
        return result
    findings = tuple(_softened(f) if f in follows else f for f in result.findings)
    failed = any(f.severity is Severity.FAIL for f in findings)
    return replace(result, findings=findings, outcome=result.outcome if failed else Outcome.INCONCLUSIVE)


def _settled(result: CheckResult, works: bool) -> CheckResult:
    """What works is not broken: then nothing but a verdict on what the person gave to examine is above a warning."""
    findings = tuple(_softened(f) if works and f.setting not in EXAMINED else f for f in result.findings)
    return replace(result, findings=findings, outcome=_outcome(result.outcome, findings))


def _softened(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARN) if finding.severity is Severity.FAIL else finding


def _outcome(outcome: Outcome, findings: Iterable[Finding]) -> Outcome:
    if outcome is not Outcome.PASS:
        return outcome
    found = list(findings)
    if any(f.severity is Severity.FAIL for f in found):
        return Outcome.FAIL
    if any(f.hinders for f in found):
        return Outcome.INCONCLUSIVE
    return Outcome.WARN if any(f.severity is Severity.WARN for f in found) else Outcome.PASS


def _verdict(results: Sequence[CheckResult], conclusion: Conclusion | None, selected: bool) -> Verdict:
    outcomes = {r.outcome for r in results}
    if Outcome.ERROR in outcomes:
        return Verdict.ERROR
    if Outcome.FAIL in outcomes:
        return Verdict.FAILED
    if selected:
        asked = all(r.decided for r in results) and not outcomes & {Outcome.INCONCLUSIVE} and outcomes != {Outcome.SKIP}
    else:
        asked = conclusion is not None and conclusion.token and conclusion.decided
    if not asked:
        return Verdict.INCONCLUSIVE
    return Verdict.WARNINGS if outcomes & {Outcome.WARN} else Verdict.HEALTHY


def _all(results: Iterable[CheckResult]) -> Iterable[tuple[CheckResult, Finding]]:
    return [(result, finding) for result in results for finding in result.findings]


def _explained(finding: Finding, suspects: Iterable[tuple[CheckResult, Finding]]) -> bool:
    return any(finding.explained_by(other) for _, other in suspects if other is not finding)


def _consequences(first: Finding, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the first explains, and what that explains in turn, in report order."""
    explaining = [first]
    for each in explaining:
        explaining += [f for f in findings if f.explained_by(each) and not any(f is known for known in explaining)]
    return tuple(f for f in findings if f is not first and any(f is known for known in explaining))


def _rank(pair: tuple[CheckResult, Finding], results: Sequence[CheckResult]) -> tuple[int, int, int, int]:
    result, finding = pair
    stage: Stage = finding.cause.stage
    return (
        finding.severity is not Severity.FAIL,
        stage.position,
        finding.confidence.position,
        results.index(result),
    )
