"""``--wait``: asks an environment that is starting again, as long as what is in the way can pass by itself.

Between two examinations it only looks, without any credential: the secret goes out no more often than in one run.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from doctor.examination import Examination
from doctor.model.errors import INTERRUPTED
from doctor.model.frozen import dataclass
from doctor.model.inputs import Inputs
from doctor.model.report import Diagnosis, FindingReport, Report
from doctor.model.retry_after import seconds_to_wait
from doctor.model.terms import Severity, Verdict

Examine = Callable[[Inputs], Examination]
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds; each pause is twice the one before."""
_LIMITED = "rate-limited"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is in the way, and can pass by itself."""

    cause: str
    title: str
    retry_after: float = 0.0
    """Seconds for which the server asks to be left alone."""


class Waiting:
    """One wait of at most so many seconds; ``say`` gets one line for each change of what is in the way."""

    def __init__(
        self, seconds: float, *, examine: Examine, look: Examine, heals: frozenset[str], say: Callable[[str], None]
    ) -> None:
        """``look`` is an examination that carries no credential; ``heals``: ids of the causes that can pass."""
        self._begun, self._ends = time.monotonic(), time.monotonic() + seconds
        self._examine, self._look, self._heals, self._say = examine, look, heals, say
        self._pause = _FIRST_PAUSE
        self._told: list[str] = []
        self._waited = 0.0

    def examination(self, inputs: Inputs) -> Examination:
        """The first examination that finds nothing that can pass, or the last one when the time is up."""
        if inputs.deadline_set:
            self._ends = min(self._ends, self._begun + inputs.deadline)
        latest = self._examine(inputs)
        try:
            latest = self._again(inputs, latest)
        except KeyboardInterrupt:
            notes = (*latest.report.notes, "The wait was interrupted; this is what was known by then.")
            latest = replace(latest, report=replace(latest.report, exit_code=INTERRUPTED, notes=notes))
        return self._with_note(latest)

    def _again(self, inputs: Inputs, latest: Examination) -> Examination:
        trouble, clear = self._in_the_way(latest.report), False
        while trouble is not None and self._rest(trouble, latest.sends_left, clear=clear):
            # A look would count against a limit; and the last word is an examination's.
            if trouble.cause != _LIMITED and self._left > 0:
                seen = self._seen(self._look(self._briefly(inputs)).report)
                if seen is not None:
                    trouble = seen
                    continue
                clear = True
            self._waited = time.monotonic() - self._begun
            latest = self._examine(self._rest_of(inputs, latest))
            trouble = self._in_the_way(latest.report)
        return latest

    def _rest(self, trouble: Trouble, sends_left: int, *, clear: bool) -> bool:
        """Tell what is in the way and pause; False when there is no time, or no request with the secret, left for it.

        ``clear``: a look saw nothing in the way and the examination did. Then only the few examinations that are left
        can tell, and they are spread over the time.
        """
        self._tell(trouble)
        pause = max(self._pause, trouble.retry_after, self._left / max(sends_left, 1) if clear else 0.0)
        if sends_left <= 0 or self._left <= 0 or trouble.retry_after > self._left:
            return False
        time.sleep(min(pause, self._left))
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        return True

    @property
    def _left(self) -> float:
        return self._ends - time.monotonic()

    def _rest_of(self, inputs: Inputs, latest: Examination) -> Inputs:
        """A deadline that the person set holds for all of it; so does the number of requests with the secret."""
        elapsed = time.monotonic() - self._begun if inputs.deadline_set else 0.0
        return replace(inputs, secret_sends=latest.sends_left, deadline=max(inputs.deadline - elapsed, 1.0))

    def _briefly(self, inputs: Inputs) -> Inputs:
        """A look lasts no longer than the wait."""
        return replace(inputs, deadline=min(inputs.deadline, max(self._left, 1.0)))

    def _in_the_way(self, report: Report) -> Trouble | None:
        """What can pass, where nothing failed that cannot."""
        found = report.targets[0].diagnosis
        if report.exit_code == INTERRUPTED:
            return None
        if found is None:
            return Trouble("", "Nothing was decided in time") if report.verdict is Verdict.INCONCLUSIVE else None
        passing = self._heals | {consequence.cause for consequence in found.explains}
        lasting = [f for f in _findings(report) if f.severity is Severity.FAIL and f.cause not in passing]
        return self._trouble(found, report) if found.cause in self._heals and not lasting else None

    def _seen(self, report: Report) -> Trouble | None:
        """What a look finds in the way; whatever else it finds is for the examination to judge."""
        if report.exit_code == INTERRUPTED:
            raise KeyboardInterrupt
        passing = [f for f in _findings(report) if f.cause in self._heals and f.severity is not Severity.NOTE]
        return self._trouble(passing[0], report) if passing else None

    def _trouble(self, found: Diagnosis | FindingReport, report: Report) -> Trouble:
        exchanges = {n for f in _findings(report) if f.cause == found.cause for n in f.exchanges}
        answers = [e.response for e in report.targets[0].exchanges if e.n in exchanges and e.response]
        values = [value for answer in answers for name, value in answer.headers if name.lower() == "retry-after"]
        asked = [seconds_to_wait(value, time.time()) or 0.0 for value in values]
        return Trouble(found.cause, found.title, max(asked, default=0.0))

    def _tell(self, trouble: Trouble) -> None:
        name = trouble.cause or "no answer in time"
        if self._told[-1:] != [name]:
            self._told.append(name)
            self._say(f"{time.monotonic() - self._begun:.0f} s: {trouble.title} [{name}].")

    def _with_note(self, latest: Examination) -> Examination:
        if not self._told:
            return latest
        note = f"Waited {self._waited:.0f} s for the environment to start: {', then '.join(self._told)}."
        return replace(latest, report=replace(latest.report, notes=(*latest.report.notes, note)))


def _findings(report: Report) -> list[FindingReport]:
    return [finding for check in report.targets[0].checks for finding in check.findings]
