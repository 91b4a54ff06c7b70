"""Puts the facts to a check and takes its answer."""

from collections.abc import Callable

from doctor.known_facts import KnownFacts
from doctor.model.cause import Finding
from doctor.model.check import Check
from doctor.model.facts.missing import Missing, Why
from doctor.model.frozen import dataclass
from doctor.model.terms import Outcome

_OUTCOME = {
    Why.UNANSWERED: Outcome.INCONCLUSIVE,
    Why.OUT_OF_TIME: Outcome.INCONCLUSIVE,
    Why.INTERRUPTED: Outcome.INCONCLUSIVE,
    Why.CRASHED: Outcome.ERROR,
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check's answer."""

    check: Check
    outcome: Outcome
    findings: tuple[Finding, ...]
    reason: str | None
    """Why it was skipped, could not be asked, or what broke."""
    finished_ms: float
    decided: bool = True
    """False when what it rests on, or its answer, could not be had."""


def answer_of(check: Check, known: KnownFacts, elapsed: Callable[[], float]) -> CheckResult:
    """Run the check on what is known; ``elapsed`` gives the milliseconds since the run began."""
    lacking = known.lacking(check.needs)
    if lacking is not None:
        return _undecided(check, lacking, elapsed())
    arguments = {need.name: known.argument(need, known.shown) for need in check.needs}
    try:
        given: tuple[object, ...] = tuple(check.run(**arguments))
    except (Exception, SystemExit) as problem:  # noqa: BLE001 - a check's fault is a sentence in the report
        return CheckResult(check, Outcome.ERROR, (), f"the check broke ({type(problem).__name__})", elapsed())
    return _read(check, given, elapsed())


def _read(check: Check, given: tuple[object, ...], finished: float) -> CheckResult:
    if wrong := next(filter(None, (_wrong(item, check) for item in given)), None):
        return CheckResult(check, Outcome.ERROR, (), f"the check gave {wrong}", finished)
    findings = tuple(item for item in given if isinstance(item, Finding))
    missing = next((item for item in given if isinstance(item, Missing)), None)
    if missing is not None and not findings:
        return _undecided(check, missing, finished)
    return CheckResult(check, Outcome.PASS, findings, None, finished)


def _undecided(check: Check, missing: Missing, finished: float) -> CheckResult:
    outcome = _OUTCOME.get(missing.why, Outcome.SKIP)
    return CheckResult(check, outcome, (), missing.reason, finished, decided=missing.why is Why.NOT_NEEDED)


def _wrong(item: object, check: Check) -> str | None:
    """What keeps a check's answer from being used."""
    if isinstance(item, Missing):
        return None
    if not isinstance(item, Finding):
        return f"{type(item).__name__}, not findings"
    return None if item.cause in check.causes else f"the cause {item.cause.id}, which it does not declare"
