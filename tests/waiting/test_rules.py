"""What is asked again, when, and how often: with examinations that are made up and a clock that the pauses move."""

from dataclasses import replace
from typing import Any

import pytest

from doctor.examination import Examination
from doctor.model.inputs import Inputs
from doctor.model.report import CauseReport, Diagnosis, Report
from doctor.model.terms import Outcome, Severity, Verdict
from doctor.redaction import Redactor
from doctor.waiting import Waiting
from tests.factories import check, diagnosis_of, exchange, finding, report, response, target

HEALS = frozenset({"connection-refused", "gateway-error", "rate-limited", "environment-not-there"})
WHOLE = report(target(Verdict.HEALTHY))


def broken(cause: str, *more: str, wait: str | None = None, severity: Severity = Severity.WARN) -> Report:
    """The first cause, other failing findings, and the ``Retry-After`` of the answer that showed it."""
    first = finding(cause, severity=severity, title=f"There is {cause}", exchanges=(1,))
    others = tuple(finding(c) for c in more)
    headers = (("Retry-After", wait),) if wait else ()
    return report(
        target(
            Verdict.INCONCLUSIVE,
            diagnosis=diagnosis_of(first, "connection", ()),
            checks=(check("connection", Outcome.INCONCLUSIVE, first, *others),),
            exchanges=(exchange(1, "ask", "GET", "https://x", response=response(503, "", *headers)),),
        )
    )


class Clock:
    """In place of ``time``: a pause moves it."""

    def __init__(self) -> None:
        self.now, self.pauses = 0.0, list[float]()

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return 1_700_000_000 + self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 2))
        self.now += seconds


class Environment:
    """Answers examinations and looks from two lists, the last entry again and again."""

    def __init__(self, examined: list[Report], seen: list[Report], sends: int = 5) -> None:
        self.examined, self.seen, self.sends = examined, seen, sends
        self.asked: list[str] = []
        self.inputs: list[Inputs] = []

    def examine(self, inputs: Inputs) -> Examination:
        self.inputs.append(inputs)
        self.sends -= 1
        return Examination(self._next("examine", self.examined), Redactor(), self.sends)

    def look(self, inputs: Inputs) -> Examination:
        return Examination(self._next("look", self.seen), Redactor())

    def _next(self, what: str, reports: list[Report]) -> Report:
        self.asked.append(what)
        return reports.pop(0) if len(reports) > 1 else reports[0]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("doctor.waiting.time", clock)
    return clock


def wait(environment: Environment, seconds: float = 60, **given: Any) -> tuple[Report, list[str]]:
    said: list[str] = []
    waiting = Waiting(seconds, examine=environment.examine, look=environment.look, heals=HEALS, say=said.append)
    return waiting.examination(Inputs((), **given)).report, said


@pytest.mark.parametrize(
    "at_once",
    [
        WHOLE,
        broken("client-secret-mismatch", severity=Severity.FAIL),
        broken("environment-not-there", "client-secret-mismatch", severity=Severity.FAIL),
        broken("proxy-authentication-required"),
    ],
    ids=["healthy", "cannot heal", "one that cannot heal among them", "a proxy's login"],
)
def test_what_is_whole_or_cannot_heal_ends_it_at_once(at_once: Report, clock: Clock) -> None:
    environment = Environment([at_once], [WHOLE])

    assert wait(environment) == (at_once, [])
    assert (environment.asked, clock.pauses) == (["examine"], [])


def test_a_consequence_of_what_can_heal_ends_nothing(clock: Clock) -> None:
    first = broken("environment-not-there", "not-keycloak", severity=Severity.FAIL)
    diagnosis = first.targets[0].diagnosis
    assert isinstance(diagnosis, Diagnosis)
    explained = replace(diagnosis, explains=(CauseReport("not-keycloak"),))
    first = replace(first, targets=(replace(first.targets[0], diagnosis=explained),))

    assert wait(Environment([first, WHOLE], [WHOLE]))[0].verdict is Verdict.HEALTHY


def test_it_looks_with_growing_pauses_and_examines_once_the_way_is_clear(clock: Clock) -> None:
    refused = broken("connection-refused")
    environment = Environment([refused, WHOLE], [refused, refused, refused, WHOLE])
    final, said = wait(environment)

    assert environment.asked == ["examine", "look", "look", "look", "look", "examine"]
    assert clock.pauses == [1, 2, 4, 8]
    assert final.verdict is Verdict.HEALTHY
    assert final.notes[-1] == "Waited 15 s for the environment to start: connection-refused."
    assert said == ["0 s: There is connection-refused [connection-refused]."]


def test_pauses_grow_to_half_a_minute_and_the_last_word_is_an_examinations(clock: Clock) -> None:
    gone = broken("gateway-error")
    environment = Environment([gone], [gone])
    final, _ = wait(environment, 150)

    assert clock.pauses == [1, 2, 4, 8, 16, 30, 30, 30, 29]
    assert environment.asked == ["examine", *["look"] * 8, "examine"]
    assert final.notes[-1] == "Waited 150 s for the environment to start: gateway-error."


def test_each_change_is_told_once(clock: Clock) -> None:
    refused, gone = broken("connection-refused"), broken("gateway-error")
    environment = Environment([refused, WHOLE], [refused, gone, gone, WHOLE])
    final, said = wait(environment)

    assert [line.partition("[")[2] for line in said] == [
        "connection-refused].",
        "gateway-error].",
    ]
    assert final.notes[-1].endswith("connection-refused, then gateway-error.")


def test_a_rejection_after_the_start_ends_it(clock: Clock) -> None:
    rejected = broken("client-secret-mismatch", severity=Severity.FAIL)
    environment = Environment([broken("gateway-error"), rejected], [WHOLE])
    final, _ = wait(environment)

    assert (environment.asked, final.targets) == (["examine", "look", "examine"], rejected.targets)


@pytest.mark.parametrize("said", ["20", "Tue, 14 Nov 2023 22:13:40 GMT"], ids=["seconds", "a date"])
def test_a_limit_is_kept_and_not_looked_at(said: str, clock: Clock) -> None:
    environment = Environment([broken("rate-limited", wait=said), WHOLE], [WHOLE])
    wait(environment)

    assert (environment.asked, clock.pauses) == (["examine", "examine"], [20])


def test_a_limit_beyond_the_time_ends_it_at_once(clock: Clock) -> None:
    environment = Environment([broken("rate-limited", wait="61")], [WHOLE])
    final, _ = wait(environment, 60)

    assert (environment.asked, clock.pauses) == (["examine"], [])
    assert final.notes[-1] == "Waited 0 s for the environment to start: rate-limited."


def test_what_only_examinations_see_is_asked_as_often_as_the_secret_may_be_sent_over_the_whole_time(
    clock: Clock,
) -> None:
    environment = Environment([broken("gateway-error")], [WHOLE])
    wait(environment, 300)

    assert environment.asked == ["examine", *["look", "examine"] * 3, "examine"]
    assert environment.sends == 0
    assert clock.now == 300


def test_the_secret_is_sent_no_more_often_than_in_one_run(clock: Clock) -> None:
    environment = Environment([broken("gateway-error")], [WHOLE])
    wait(environment, 300)

    assert [inputs.secret_sends for inputs in environment.inputs] == [None, 4, 3, 2, 1]


def test_a_deadline_that_was_set_holds_for_all_of_it(clock: Clock) -> None:
    gone = broken("gateway-error")
    environment = Environment([gone], [gone])
    wait(environment, 300, deadline=20.0, deadline_set=True)

    assert clock.now == 20
    assert [inputs.deadline for inputs in environment.inputs] == [20, 1]


def test_without_one_each_examination_has_its_own(clock: Clock) -> None:
    environment = Environment([broken("gateway-error")], [broken("gateway-error")])
    wait(environment, 30)

    assert [inputs.deadline for inputs in environment.inputs] == [60, 60]


def test_a_run_in_which_nothing_was_decided_is_asked_again(clock: Clock) -> None:
    environment = Environment([report(target(Verdict.INCONCLUSIVE)), WHOLE], [WHOLE])
    final, said = wait(environment)

    assert final.verdict is Verdict.HEALTHY
    assert said == ["0 s: Nothing was decided in time [no answer in time]."]


def test_an_interrupted_wait_reports_what_is_known(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(clock, "sleep", interrupted)
    gone = broken("gateway-error")
    final, _ = wait(Environment([gone], [gone]))

    assert (final.exit_code, final.targets) == (130, gone.targets)
    assert final.notes[0].startswith("The wait was interrupted")


def test_an_interrupted_examination_is_not_begun_again(clock: Clock) -> None:
    gone = replace(broken("gateway-error"), exit_code=130)
    environment = Environment([gone], [gone])

    assert (wait(environment), environment.asked) == ((gone, []), ["examine"])


def test_an_interrupted_look_ends_it(clock: Clock) -> None:
    environment = Environment([broken("gateway-error")], [replace(broken("gateway-error"), exit_code=130)])

    assert wait(environment)[0].exit_code == 130
    assert environment.asked == ["examine", "look"]


def test_a_look_lasts_no_longer_than_the_wait(clock: Clock) -> None:
    environment, looks = Environment([broken("gateway-error")], [broken("gateway-error")]), list[float]()

    def look(inputs: Inputs) -> Examination:
        looks.append(inputs.deadline)
        return environment.look(inputs)

    Waiting(8, examine=environment.examine, look=look, heals=HEALS, say=lambda _: None).examination(Inputs(()))
    assert looks == [7, 5, 1]
