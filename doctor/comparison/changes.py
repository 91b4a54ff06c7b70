"""What differs between two reports, as values."""

from doctor.model.frozen import dataclass
from doctor.model.report import CheckReport, Diagnosis
from doctor.model.terms import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was this and is that, each in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check that ended in another way; None where the report does not have it."""

    check: CheckReport
    """As it is now, or as it was where it is gone."""
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one report says of an environment."""

    name: str
    verdict: Verdict
    diagnosis: Diagnosis | None


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One environment in both reports."""

    before: Side
    after: Side
    checks: tuple[CheckChange, ...]
    settings: tuple[Change, ...]
    incomparable: tuple[str, ...]
    """Secrets of which nobody can tell, as names of settings."""
    facts: tuple[Change, ...]
    asked_before: tuple[str, ...]
    """Questions that only the earlier run had to ask, or could."""
    asked_after: tuple[str, ...]

    @property
    def cause_differs(self) -> bool:
        return _cause(self.before) != _cause(self.after)

    @property
    def differs(self) -> bool:
        return self.cause_differs or bool(self.checks or self.settings or self.observed)

    @property
    def observed(self) -> int:
        """How many observations differ."""
        return len(self.facts) + len(self.asked_before) + len(self.asked_after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs."""

    targets: tuple[TargetChange, ...]
    only_before: tuple[str, ...] = ()
    """Environments that the later report does not have."""
    only_after: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        return bool(self.only_before or self.only_after) or any(target.differs for target in self.targets)


def _cause(side: Side) -> tuple[object, ...]:
    found = side.diagnosis
    return (side.verdict, *((found.cause, found.setting, found.endpoint, found.confidence) if found else ()))
