"""Looks whether an answer holds, while the person is still there to correct it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from doctor.examination import Examination, examine, obtain_token
from doctor.model.facts.settings import Target
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given, Inputs
from doctor.model.report import Report
from doctor.model.secret import Secret
from doctor.model.terms import SettingName, Stage
from doctor.values import read_values

_UP_TO_THE_REALM = (Stage.SETTINGS.value, Stage.NETWORK.value, Stage.REALM.value)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look showed."""

    fine: bool
    stage: Stage | None = None
    """Where the first thing that is wrong stands."""
    sentence: str = ""
    """What is wrong, and the one thing to do."""


class Eyes:
    """Looks at the environment with the answers so far."""

    def __init__(self, inputs: Inputs, exam: Callable[[Inputs], Examination] = examine) -> None:
        self._inputs, self._exam = inputs, exam

    def at_realm(self, answers: Mapping[SettingName, Given]) -> Seen:
        """Whether the host answers and knows the realm; nothing secret is sent."""
        wanted = [given for name, given in answers.items() if not name.secret and name is not SettingName.CLIENT_ID]
        return _seen(self._exam(replace(self._with(wanted), only=_UP_TO_THE_REALM)).report)

    def at_token(self, answers: Mapping[SettingName, Given]) -> Seen:
        """Whether a token comes."""
        outcome = obtain_token(self._with(answers.values()))
        return Seen(fine=True) if isinstance(outcome, Secret) else _seen(outcome.report)

    def target(self, answers: Mapping[SettingName, Given]) -> Target | None:
        """The environment that the answers point at, None where they point at none."""
        target = read_values(answers.values()).target
        return target if isinstance(target, Target) else None

    def _with(self, given: Iterable[Given]) -> Inputs:
        return replace(self._inputs, given=tuple(sorted(given, key=lambda g: list(SettingName).index(g.name))))


def _seen(report: Report) -> Seen:
    (target,) = report.targets
    found = target.diagnosis
    if found is None:
        return Seen(fine=report.exit_code == 0, sentence="" if report.exit_code == 0 else "It could not be found out.")
    stage = next(check.stage for check in target.checks if check.id == found.check)
    return Seen(fine=False, stage=stage, sentence=f"{found.title}. {found.observed} {found.fix}")
