"""The fact graph: what runs when, what stands in a fact's place, and that nothing found is lost. Events, no sleeps."""

import _thread
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from checks import causes
from doctor.api import Check, Deferred, Finding, Missing, Probe, Stage, Why, check, probe
from doctor.checking import CheckResult
from doctor.model.deadline import Deadline
from doctor.model.probe import needed_for
from doctor.model.terms import Outcome
from doctor.runner import Interrupted, Runner

PATIENCE = 2.0
"""Seconds after which a test says that what it waits for never happens; a run that hangs is interrupted then."""


@dataclass(frozen=True)
class A:
    text: str = "a"


@dataclass(frozen=True)
class B:
    text: str = "b"


@dataclass(frozen=True)
class C:
    text: str = "c"


@probe(question="a")
def gives_a(deadline: Deadline) -> A:
    return A()


@probe(question="b")
def gives_b(deadline: Deadline) -> B:
    return B()


@check(id="reads-a", title="A", stage=Stage.SETTINGS, causes=(causes.VALUE_EMPTY,))
def reads_a(a: A) -> Iterator[Finding]:
    yield causes.VALUE_EMPTY.found(observed=a.text, expected="e")


@check(id="reads-b", title="B", stage=Stage.SETTINGS)
def reads_b(b: B) -> Iterator[Finding]:
    yield from ()


@check(id="reads-c", title="C", stage=Stage.SETTINGS)
def reads_c(c: C) -> Iterator[Finding]:
    yield from ()


@check(id="undecided", title="U", stage=Stage.SETTINGS)
def undecided(a: A) -> Iterator[Finding | Missing]:
    yield Missing("the answer does not tell", Why.UNANSWERED)


@check(id="needless", title="N", stage=Stage.SETTINGS)
def needless(a: A) -> Iterator[Finding | Missing]:
    yield Missing("the question does not arise", Why.NOT_NEEDED)


@dataclass
class Run:
    """What a run came to."""

    results: list[CheckResult]
    facts: dict[type[Any], Any]
    told: list[str]
    """Check ids in the order in which they were told live."""

    def outcome(self, check_id: str) -> Outcome:
        return self.result(check_id).outcome

    def result(self, check_id: str) -> CheckResult:
        return next(r for r in self.results if r.check.id == check_id)


def run(
    probes: Sequence[Probe],
    checks: Sequence[Check],
    *,
    given: Mapping[type[Any], Any] | None = None,
    seconds: float = PATIENCE * 2,
    clean: Callable[[Any], Any] = lambda fact: fact,
    on_result: Callable[[CheckResult], None] = lambda _: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Run:
    told: list[str] = []

    def tell(result: CheckResult) -> None:
        told.append(result.check.id)
        on_result(result)

    deadline = Deadline(seconds)
    runner = Runner(
        probes,
        checks,
        given=given or {},
        resources={Deadline: deadline},
        deadline=deadline,
        clean=clean,
        on_result=tell,
        meanwhile=meanwhile,
    )
    watchdog = threading.Timer(seconds + PATIENCE, _thread.interrupt_main)
    watchdog.daemon = True
    watchdog.start()
    try:
        results, facts = runner.run()
    finally:
        watchdog.cancel()
    return Run(results, facts, told)


def awaited(event: threading.Event) -> bool:
    """True once it happened; the run under test is at fault when it never does."""
    return event.wait(PATIENCE)


def test_results_stand_in_report_order_whatever_fact_comes_first() -> None:
    b_is_there = threading.Event()

    @probe(question="a, after b")
    def late_a(deadline: Deadline) -> A:
        return A("after b" if awaited(b_is_there) else "never")

    @probe(question="b")
    def early_b(deadline: Deadline) -> B:
        b_is_there.set()
        return B()

    ended = run([late_a, early_b], [reads_a, reads_b])

    assert [r.check.id for r in ended.results] == ended.told == ["reads-a", "reads-b"]
    assert ended.facts[A] == A("after b")


def test_probes_that_do_not_depend_on_each_other_run_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    @probe(question="a")
    def one(deadline: Deadline) -> A:
        both.wait()
        return A()

    @probe(question="b")
    def other(deadline: Deadline) -> B:
        both.wait()
        return B()

    ended = run([one, other], [reads_a, reads_b])

    assert ended.facts == {A: A(), B: B()}


def test_a_probe_starts_as_soon_as_its_own_inputs_are_there() -> None:
    """B ends only after C began, and C needs A alone."""
    c_began = threading.Event()

    @probe(question="b, which is slow")
    def slow_b(deadline: Deadline) -> B:
        return B("overlapped" if awaited(c_began) else "waited in vain")

    @probe(question="c, which needs a")
    def c_of_a(deadline: Deadline, a: A) -> C:
        c_began.set()
        return C(a.text)

    ended = run([slow_b, gives_a, c_of_a], [reads_c, reads_b])

    assert ended.facts[B] == B("overlapped")
    assert ended.facts[C] == C("a")


def test_a_check_is_told_as_soon_as_its_facts_are_there() -> None:
    """B ends only after the check of A was told."""
    told = threading.Event()

    @probe(question="b, which is slow")
    def slow_b(deadline: Deadline) -> B:
        return B("told before" if awaited(told) else "never told")

    ended = run([slow_b, gives_a], [reads_a, reads_b], on_result=lambda _: told.set())

    assert ended.facts[B] == B("told before")


def test_what_else_is_to_be_done_is_done_while_answers_are_awaited_and_not_before_the_questions() -> None:
    asked, done = threading.Event(), threading.Event()
    order: list[str] = []

    @probe(question="a")
    def answered_late(deadline: Deadline) -> A:
        order.append("asked")
        asked.set()
        assert done.wait(PATIENCE)
        return A()

    def meanwhile() -> None:
        assert asked.wait(PATIENCE)
        order.append("done meanwhile")
        done.set()

    assert run([answered_late], [reads_a], meanwhile=meanwhile).facts[A] == A()
    assert order == ["asked", "done meanwhile"]


def test_what_asks_nobody_is_computed_in_place() -> None:
    @probe(question="c, from a")
    def computed(a: A) -> C:
        return C(threading.current_thread().name)

    ended = run([gives_a, computed], [])

    assert ended.facts[C] == C(threading.main_thread().name)


def test_a_deferred_fact_does_not_hold_its_probe_back() -> None:
    """A is given only after the probe that defers it began; and then it gets it."""
    began = threading.Event()

    @probe(question="c, which may need a")
    def c_later(a: Deferred[A]) -> C | Missing:
        began.set()
        fact = a.get()
        return fact if isinstance(fact, Missing) else C(fact.text)

    @probe(question="a")
    def a_after(deadline: Deadline) -> A:
        return A("after" if awaited(began) else "never")

    assert run([c_later, a_after], [reads_c]).facts[C] == C("after")


def test_a_deferred_fact_that_cannot_be_had_is_missing_with_its_reason() -> None:
    @probe(question="a")
    def no_a(deadline: Deadline) -> A | Missing:
        return Missing("the host was not reached")

    @probe(question="c")
    def c_later(a: Deferred[A], b: Deferred[B]) -> C:
        one, other = a.get(), b.get()
        return C(f"{one.reason} / {other.reason}" if isinstance(one, Missing) and isinstance(other, Missing) else "?")

    assert run([no_a, c_later], []).facts[C] == C("the host was not reached / nobody provides it")


def test_what_rests_on_a_missing_fact_is_skipped_with_its_reason() -> None:
    @probe(question="a")
    def no_a(deadline: Deadline) -> A | Missing:
        return Missing("the first answer decided the matter", Why.NOT_NEEDED)

    @probe(question="c, which needs a")
    def c_of_a(deadline: Deadline, a: A) -> C:
        return C()

    ended = run([no_a, c_of_a], [reads_c])

    assert (ended.outcome("reads-c"), ended.result("reads-c").reason) == (
        Outcome.SKIP,
        "the first answer decided the matter",
    )


def test_a_fact_that_nobody_provides_skips_what_needs_it() -> None:
    ended = run([], [reads_a])

    assert (ended.outcome("reads-a"), ended.result("reads-a").reason) == (Outcome.SKIP, "nobody provides A")


def test_a_given_fact_needs_no_probe() -> None:
    ended = run([], [reads_a], given={A: A("given")})

    assert [f.observed for f in ended.result("reads-a").findings] == ["given"]


@pytest.mark.parametrize("there", [True, False], ids=["missing", "provided by nobody"])
def test_an_optional_fact_that_is_not_there_is_none(there: bool) -> None:
    @probe(question="a")
    def no_a(deadline: Deadline) -> A | Missing:
        return Missing("no")

    @check(id="without-a", title="T", stage=Stage.API, causes=(causes.VALUE_EMPTY,))
    def without_a(a: A | None, b: B) -> Iterator[Finding]:
        yield causes.VALUE_EMPTY.found(observed=f"{a} and {b.text}", expected="e")

    ended = run([no_a, gives_b] if there else [gives_b], [without_a])

    assert [f.observed for f in ended.result("without-a").findings] == ["None and b"]


def test_an_optional_fact_that_is_still_to_come_is_waited_for() -> None:
    @probe(question="c, with b if there is one")
    def c_with_b(deadline: Deadline, b: B | None) -> C:
        return C(b.text if b else "without")

    assert run([c_with_b, gives_b], []).facts[C] == C("b")


def test_a_probe_that_crashes_is_a_sentence_and_the_rest_runs() -> None:
    @probe(question="a")
    def breaks(deadline: Deadline) -> A:
        raise ValueError("secret detail")

    ended = run([breaks, gives_b], [reads_a, reads_b])

    assert ended.outcome("reads-a") is Outcome.ERROR
    assert ended.result("reads-a").reason == "the probe breaks broke (ValueError)"
    assert ended.outcome("reads-b") is Outcome.PASS
    assert ended.facts[A].why is Why.CRASHED


def test_a_computation_that_crashes_is_a_sentence_too() -> None:
    @probe(question="c")
    def computed(b: B) -> C:
        raise KeyError(b.text)

    assert run([gives_b, computed], [reads_c]).outcome("reads-c") is Outcome.ERROR


def test_a_probe_that_gives_another_type_is_at_fault() -> None:
    @probe(question="a")
    def strange(deadline: Deadline) -> A:
        return B()  # type: ignore[return-value]

    ended = run([strange, gives_b], [reads_a, reads_b])

    assert ended.result("reads-a").reason == "the probe strange gave B, not A"
    assert (ended.outcome("reads-a"), ended.outcome("reads-b")) == (Outcome.ERROR, Outcome.PASS)


def test_a_check_that_crashes_halfway_is_an_error_and_the_rest_runs() -> None:
    @check(id="breaks", title="T", stage=Stage.API, causes=(causes.VALUE_EMPTY,))
    def breaks(a: A) -> Iterator[Finding]:
        yield causes.VALUE_EMPTY.found(observed="o", expected="e")
        raise RuntimeError("halfway")

    ended = run([gives_a, gives_b], [breaks, reads_b])

    assert (ended.outcome("breaks"), ended.result("breaks").findings) == (Outcome.ERROR, ())
    assert ended.result("breaks").reason == "the check broke (RuntimeError)"
    assert ended.outcome("reads-b") is Outcome.PASS


def test_a_check_that_gives_something_else_than_findings_is_an_error() -> None:
    @check(id="strange", title="T", stage=Stage.API)
    def strange(a: A) -> Iterator[Finding]:
        yield "a string"  # type: ignore[misc]

    @check(id="nothing", title="T", stage=Stage.API)
    def nothing(a: A) -> Iterator[Finding]:
        return None  # type: ignore[return-value]

    ended = run([gives_a], [strange, nothing])

    assert ended.result("strange").reason == "the check gave str, not findings"
    assert [r.outcome for r in ended.results] == [Outcome.ERROR, Outcome.ERROR]


def test_the_deadline_cuts_what_is_late_and_loses_nothing_that_was_found() -> None:
    release = threading.Event()

    @probe(question="b, which never comes")
    def hangs(deadline: Deadline) -> B:
        release.wait(PATIENCE)
        return B()

    @probe(question="c, which needs b")
    def c_of_b(deadline: Deadline, b: B) -> C:
        return C()

    begun = time.monotonic()
    ended = run([gives_a, hangs, c_of_b], [reads_b, reads_a, reads_c], seconds=0.2)
    took = time.monotonic() - begun
    release.set()

    assert took < 1.5
    assert [r.outcome for r in ended.results] == [Outcome.INCONCLUSIVE, Outcome.PASS, Outcome.INCONCLUSIVE]
    assert [f.observed for f in ended.result("reads-a").findings] == ["a"]
    assert ended.result("reads-c").reason == "the deadline of the run came first"
    assert ended.facts[A] == A()


def test_after_the_deadline_an_optional_fact_is_done_without() -> None:
    release = threading.Event()

    @probe(question="b, which never comes")
    def hangs(deadline: Deadline) -> B:
        release.wait(PATIENCE)
        return B()

    @probe(question="c, from what there is")
    def concluded(a: A, b: B | None) -> C:
        return C("with b" if b else "without b")

    ended = run([gives_a, hangs, concluded], [reads_c], seconds=0.2)
    release.set()

    assert ended.facts[C] == C("without b")
    assert ended.outcome("reads-c") is Outcome.PASS


def test_a_deferred_fact_is_not_awaited_beyond_the_deadline() -> None:
    release = threading.Event()

    @probe(question="b, which never comes")
    def hangs(deadline: Deadline) -> B:
        release.wait(PATIENCE)
        return B()

    @probe(question="c, which defers b")
    def c_later(b: Deferred[B]) -> C | Missing:
        fact = b.get()
        return fact if isinstance(fact, Missing) else C()

    ended = run([hangs, c_later], [reads_c], seconds=0.2)
    release.set()

    assert (ended.outcome("reads-c"), ended.facts[C].why) == (Outcome.INCONCLUSIVE, Why.OUT_OF_TIME)


def test_an_interruption_keeps_what_is_known_and_leaves_the_rest_inconclusive() -> None:
    release, told = threading.Event(), threading.Event()

    @probe(question="b, during which Ctrl-C is pressed")
    def interrupted(deadline: Deadline) -> B:
        if awaited(told):
            _thread.interrupt_main()
        release.wait(PATIENCE)
        return B()

    with pytest.raises(Interrupted) as stopped:
        run([gives_a, interrupted], [reads_a, reads_b, reads_c], on_result=lambda _: told.set())
    release.set()

    outcomes = [(r.check.id, r.outcome) for r in stopped.value.results]
    assert outcomes == [
        ("reads-a", Outcome.PASS),
        ("reads-b", Outcome.INCONCLUSIVE),
        ("reads-c", Outcome.SKIP),
    ]
    assert stopped.value.results[1].reason == "the run was interrupted"
    assert stopped.value.facts[A] == A()


def loud(fact: Any) -> Any:
    return type(fact)(fact.text.upper()) if hasattr(fact, "text") else fact


def test_a_fact_is_shown_cleaned_and_our_own_probes_go_on_with_what_was_found() -> None:
    @probe(question="c, from a as it was found")
    def computed(a: A) -> C:
        return C(f"{a.text} seen")

    seen: list[str] = []

    @check(id="reads", title="T", stage=Stage.API)
    def reads(a: A, c: C) -> Iterator[Finding]:
        seen.extend([a.text, c.text])
        yield from ()

    ended = run([gives_a, computed], [reads], given={B: B("given")}, clean=loud)

    assert ended.facts == {A: A("A"), B: B("GIVEN"), C: C("A SEEN")}
    assert seen == ["A", "A SEEN"]


def test_a_probe_that_is_not_ours_gets_facts_as_they_are_shown_and_guarded_resources() -> None:
    @probe(question="c, by somebody else")
    def theirs(a: A, later: Deferred[B], deadline: Deadline) -> C:
        b = later.get()
        return C(f"{a.text} {b.text if isinstance(b, B) else b} {deadline.left() < 1}")

    @probe(question="b")
    def gives_b(deadline: Deadline) -> B:
        return B()

    runner = Runner(
        [gives_a, gives_b, theirs.provided_by("acme")],
        [],
        given={},
        resources={Deadline: Deadline(PATIENCE)},
        guarded={Deadline: Deadline(0.5)},
        is_ours=lambda probe: probe.provider != "acme",
        deadline=Deadline(PATIENCE),
        clean=loud,
    )
    _, facts = runner.run()
    assert facts[C] == C("A B TRUE")
    assert (runner.known[A], runner.known[C]) == (A("a"), C("A B True"))


def test_two_checks_may_read_the_same_fact_and_it_is_asked_for_once() -> None:
    asked: list[str] = []

    @probe(question="a")
    def counted(deadline: Deadline) -> A:
        asked.append("a")
        return A()

    @check(id="reads-a-too", title="T", stage=Stage.API)
    def reads_a_too(a: A) -> Iterator[Finding]:
        yield from ()

    ended = run([counted], [reads_a, reads_a_too])

    assert [r.outcome for r in ended.results] == [Outcome.PASS, Outcome.PASS]
    assert asked == ["a"]


def test_a_check_during_which_ctrl_c_is_pressed_is_not_lost() -> None:
    pressed: list[str] = []

    def press_once(result: CheckResult) -> None:
        if not pressed:
            pressed.append(result.check.id)
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        run([gives_a, gives_b], [reads_a, reads_b], on_result=press_once)

    assert [r.check.id for r in stopped.value.results] == ["reads-a", "reads-b"]


def test_a_fact_rests_on_what_its_probe_takes_also_deferred_or_optional_and_on_nothing_else() -> None:
    @probe(question="c")
    def gives_c(a: Deferred[A], b: B | None) -> C:
        return C()

    @dataclass(frozen=True)
    class D:
        pass

    @probe(question="d")
    def gives_d(c: C) -> D:
        return D()

    everything = [gives_a, gives_b, gives_c, gives_d]
    assert needed_for(C, everything) == [gives_a, gives_b, gives_c]
    assert needed_for(A, everything) == [gives_a]


def test_once_enough_is_known_nothing_more_is_waited_for() -> None:
    never = threading.Event()

    @probe(question="b")
    def waits_for_ever(deadline: Deadline) -> B:
        never.wait()
        return B()

    deadline = Deadline(60)
    runner = Runner(
        [gives_a, waits_for_ever], [], given={}, resources={Deadline: deadline}, deadline=deadline,
        enough=lambda facts: A in facts,
    )  # fmt: skip
    begun = time.monotonic()
    _, facts = runner.run()
    never.set()

    assert facts[A] == A()
    assert isinstance(facts[B], Missing)
    assert time.monotonic() - begun < PATIENCE


def test_a_check_whose_facts_do_not_decide_has_not_passed() -> None:
    """contract.md 2: a check that did not run is never counted as passed."""
    result = run([gives_a], [undecided]).result("undecided")

    assert (result.outcome, result.reason, result.decided) == (Outcome.INCONCLUSIVE, "the answer does not tell", False)


def test_a_check_whose_question_does_not_arise_is_skipped() -> None:
    result = run([gives_a], [needless]).result("needless")

    assert (result.outcome, result.reason, result.decided) == (Outcome.SKIP, "the question does not arise", True)


def test_what_rests_on_something_missing_is_not_decided() -> None:
    assert not run([], [reads_b]).result("reads-b").decided
