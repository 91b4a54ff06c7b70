"""The words that all formats share: signs, counts, confidence."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from doctor.model.report import (
    AlternativeReport,
    CauseReport,
    CheckReport,
    Diagnosis,
    FindingReport,
    Report,
    TargetReport,
)
from doctor.model.terms import Confidence, Outcome, Severity, Stage, Verdict

STAGES = {
    Stage.SETTINGS: "Settings",
    Stage.NETWORK: "Network",
    Stage.REALM: "Realm",
    Stage.TOKEN: "Token",
    Stage.ACCESS_TOKEN: "Access token",
    Stage.API: "API",
}
VERDICTS = {
    Verdict.HEALTHY: "Healthy",
    Verdict.WARNINGS: "Works, with warnings",
    Verdict.FAILED: "Failed",
    Verdict.INCONCLUSIVE: "Inconclusive",
    Verdict.ERROR: "Error",
}
CONFIDENCE = {
    Confidence.CERTAIN: "the evidence excludes every other cause in the catalogue",
    Confidence.LIKELY: "the evidence points here and does not exclude everything else",
    Confidence.POSSIBLE: "the evidence allows this, and other causes too",
}
OUTCOMES = {
    Outcome.PASS: "passed",
    Outcome.WARN: "warned",
    Outcome.FAIL: "failed",
    Outcome.INCONCLUSIVE: "could not be asked",
    Outcome.SKIP: "not run",
    Outcome.ERROR: "broke",
}
PROBLEMS = frozenset({Outcome.WARN, Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.ERROR})
_SIGNS = {
    Outcome.PASS: ("✓", "+"),
    Outcome.WARN: ("!", "!"),
    Outcome.FAIL: ("✗", "x"),
    Outcome.SKIP: ("–", "-"),
    Outcome.INCONCLUSIVE: ("?", "?"),
    Outcome.ERROR: ("E", "E"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_GRAVEST = (Outcome.ERROR, Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.WARN, Outcome.PASS, Outcome.SKIP)


def sign(outcome: Outcome, unicode: bool = True) -> str:
    """One character that goes with, never instead of, the outcome's word."""
    return _SIGNS[outcome][0 if unicode else 1]


def gravest(checks: Iterable[CheckReport]) -> Outcome:
    """The outcome that stands for a group of checks."""
    seen = {check.outcome for check in checks}
    return next(outcome for outcome in _GRAVEST if outcome in seen)


def verdict_outcome(verdict: Verdict) -> Outcome:
    """The outcome whose sign and colour stand for a verdict."""
    return {
        Verdict.HEALTHY: Outcome.PASS,
        Verdict.WARNINGS: Outcome.WARN,
        Verdict.FAILED: Outcome.FAIL,
        Verdict.INCONCLUSIVE: Outcome.INCONCLUSIVE,
        Verdict.ERROR: Outcome.ERROR,
    }[verdict]


def counts(checks: Iterable[CheckReport]) -> str:
    """``9 passed, 1 failed, 6 not run``: what did not run never counts as passed."""
    seen = Counter(check.outcome for check in checks)
    return _counts(
        passed=seen[Outcome.PASS],
        warned=seen[Outcome.WARN],
        failed=seen[Outcome.FAIL],
        errors=seen[Outcome.ERROR],
        not_run=seen[Outcome.SKIP] + seen[Outcome.INCONCLUSIVE],
    )


def stage_counts(checks: tuple[CheckReport, ...]) -> str:
    """The counts of a stage; ``8 checks passed, 1 remark`` where every check passed."""
    passed = all(check.outcome is Outcome.PASS for check in checks)
    counted = f"{number(len(checks), 'check')} passed" if passed else counts(checks).removeprefix("0 passed, ")
    remarks = sum(finding.severity is Severity.NOTE for check in checks for finding in check.findings)
    return f"{counted}, {number(remarks, 'remark')}" if remarks else counted


def total(report: Report) -> str:
    """The counts of the whole report."""
    s = report.summary
    return _counts(s.passed, s.warned, s.failed, s.errors, s.not_run)


def verdict_words(verdict: Verdict, deselected: int) -> str:
    """``Failed``; ``Healthy, as far as asked (3 checks deselected)`` when checks were left out."""
    asked = f", as far as asked ({number(deselected, 'check')} deselected)" if deselected else ""
    return f"{VERDICTS[verdict]}{asked}"


def number(n: int, noun: str) -> str:
    """``1 check``, ``2 checks``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def duration(milliseconds: float) -> str:
    """``33 ms``, ``2.4 s``."""
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def moment(written: str) -> str:
    """``2 March 2026, 08:15:30 UTC``; anything else as it stands."""
    try:
        at = datetime.fromisoformat(written).astimezone(UTC)
    except ValueError:
        return written
    return f"{at.day} {_MONTHS[at.month - 1]} {at:%Y, %H:%M:%S} UTC"


def cause_words(cause: Diagnosis | FindingReport | CauseReport | AlternativeReport) -> str:
    """The cause's id and what it is about: ``edge-whitespace (client secret)``."""
    about = subject(cause)
    return f"{cause.cause} ({about})" if about else cause.cause


def subject(cause: Diagnosis | FindingReport | CauseReport | AlternativeReport) -> str:
    """What a cause is about: ``client secret``, ``token endpoint``; nothing where its id says it all."""
    return ", ".join(term.words for term in (cause.setting, getattr(cause, "endpoint", None)) if term)


def titles(target: TargetReport) -> dict[str, str]:
    """The title of each cause that was found, by id."""
    return {finding.cause: finding.title for check in target.checks for finding in check.findings}


def finding_of(target: TargetReport) -> FindingReport | None:
    """The finding that the diagnosis is about."""
    wanted = target.diagnosis
    if wanted is None:
        return None
    found = (f for check in target.checks if check.id == wanted.check for f in check.findings)
    return next((f for f in found if (f.cause, f.setting, f.endpoint) == _about(wanted)), None)


def is_consequence(finding: FindingReport, target: TargetReport) -> bool:
    """True for what the diagnosis explains: it is no cause of its own, and its fix would be the wrong one."""
    explained = target.diagnosis.explains if target.diagnosis else ()
    return any(e.cause == finding.cause and e.setting in (None, finding.setting) for e in explained)


def about(target: TargetReport) -> str:
    """``realm acme, client catalog-sync``: which identity was examined, as far as it was given."""
    values = {setting.name: setting.value for setting in target.settings}
    named = (("realm", values.get("realm")), ("client", values.get("client_id")))
    return ", ".join(f"{noun} {value}" for noun, value in named if value)


def _counts(passed: int, warned: int, failed: int, errors: int, not_run: int) -> str:
    rest = ((warned, "warned"), (failed, "failed"), (errors, "broke"), (not_run, "not run"))
    return ", ".join([f"{passed} passed", *(f"{n} {word}" for n, word in rest if n)])


def _about(diagnosis: Diagnosis) -> tuple[object, ...]:
    return diagnosis.cause, diagnosis.setting, diagnosis.endpoint
