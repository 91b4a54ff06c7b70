"""A fact that could not be had, as a value with a reason."""

from enum import StrEnum

from doctor.model.frozen import dataclass


class Why(StrEnum):
    NOT_NEEDED = "not needed"
    """The answer was known without asking."""
    BLOCKED = "blocked"
    """What it rests on could not be had."""
    UNANSWERED = "unanswered"
    """It was asked, and what came back does not tell."""
    OUT_OF_TIME = "out of time"
    INTERRUPTED = "interrupted"
    CRASHED = "crashed"
    """The probe itself broke: a plug-in's fault or a bug."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands in a fact's place."""

    reason: str
    """A clause that completes ``not asked: …``."""
    why: Why = Why.BLOCKED
