"""Runs the graph of facts, then the checks in report order as their facts arrive.

A probe starts as soon as its inputs are there, beside all others; what asks nobody is computed in place.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeAlias

from doctor.model.cause import Finding
from doctor.model.check import Check
from doctor.model.deadline import Deadline
from doctor.model.facts.missing import Missing, Why
from doctor.model.frozen import dataclass
from doctor.model.probe import Probe
from doctor.model.request import Http
from doctor.model.secret import Vault
from doctor.model.signature import Deferred, Need
from doctor.model.streams import printed_to_stderr
from doctor.model.terms import Outcome
from doctor.workers import Workers

Fact: TypeAlias = Any
"""A frozen dataclass; or ``Missing`` in its place."""
RESOURCES = (Http, Vault, Deadline)
"""What a probe may ask for besides facts. Plug-ins get no ``Vault``."""


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


class Runner:
    """One run over one environment."""

    def __init__(
        self,
        probes: Iterable[Probe],
        checks: Iterable[Check],
        *,
        given: Mapping[type[Any], Fact],
        resources: Mapping[type[Any], Any],
        deadline: Deadline,
        guarded: Mapping[type[Any], Any] | None = None,
        is_ours: Callable[[Probe], bool] = lambda _: True,
        clean: Callable[[Fact], Fact] = lambda fact: fact,
        on_result: Callable[[CheckResult], None] = lambda _: None,
        enough: Callable[[Mapping[type[Any], Fact]], bool] = lambda _: False,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """``given`` are the facts that need no probe; ``clean`` removes secrets from every fact that leaves the probes.

        Our own probes read each other's facts as they are: an address must stay one, and a comparison true, even where
        a secret is a part of it. Others' get facts as they are shown, and the ``guarded`` resources, which show no
        secret. Once ``enough`` is known, nothing more is waited for. ``meanwhile`` is called on a thread of its own as
        soon as everything has been asked that could be asked at once.
        """
        self._probes, self._checks = list(probes), list(checks)
        self._resources, self._guarded, self._is_ours = resources, guarded or resources, is_ours
        self._deadline = deadline
        self._clean, self._on_result, self._enough, self._meanwhile = clean, on_result, enough, meanwhile
        self._facts: dict[type[Any], Fact] = dict(given)
        """As our own probes read them."""
        self._shown: dict[type[Any], Fact] = {kind: clean(fact) for kind, fact in given.items()}
        """As checks, reports and others' probes read them."""
        self._settled: dict[type[Any], threading.Event] = {p.gives: threading.Event() for p in self._probes}
        self._finished: queue.SimpleQueue[tuple[Probe, Fact, Fact]] = queue.SimpleQueue()
        self._running: set[type[Any]] = set()
        """What the probes that were started and have not ended will give."""
        self._workers = Workers()
        self._begun = time.perf_counter()

    def run(self) -> tuple[list[CheckResult], dict[type[Any], Fact]]:
        """The checks' answers in report order, and every fact."""
        with printed_to_stderr():
            return self._run()

    def _run(self) -> tuple[list[CheckResult], dict[type[Any], Fact]]:
        waiting, pending = list(self._probes), list(self._checks)
        results: list[CheckResult] = []
        try:
            waiting = self._start_ready(waiting)
            self._workers.submit(self._meanwhile)
            while True:
                waiting = self._start_ready(waiting)
                while pending and self._ready(pending[0].needs):
                    results.append(self._run_check(pending[0]))
                    del pending[0]  # after its answer stands: an interruption in between loses no check
                if not self._running or self._enough(self._facts):
                    break
                self._settle_some()
        except KeyboardInterrupt:
            self._give_up(Missing("the run was interrupted", Why.INTERRUPTED))
            results += [self._run_check(check) for check in pending]
            raise Interrupted(results, self._shown) from None
        self._give_up(Missing("what it rests on could not be had"))
        results += [self._run_check(check) for check in pending]
        return results, self._shown

    @property
    def known(self) -> dict[type[Any], Fact]:
        """Every fact so far, as probes read it: what another run can go on from."""
        return self._facts

    def _start_ready(self, waiting: list[Probe]) -> list[Probe]:
        """Start what can start; in-place computations may make more ready, so go round until nothing changes."""
        changed = True
        while changed:
            changed, still = False, []
            for probe in waiting:
                if not self._ready(probe.needs):
                    still.append(probe)
                    continue
                changed = True
                blocked = self._blocked(probe.needs)
                if blocked is not None:
                    self._settle(probe, blocked)
                elif _asks(probe):
                    self._running.add(probe.gives)
                    self._workers.submit(partial(self._run_threaded, probe))
                else:
                    self._settle(probe, *self._run_probe(probe))
            waiting = still
        return waiting

    def _settle_some(self) -> None:
        """Wait a little for probes to end; when the time is up, settle what is still running as late."""
        try:
            self._settle(*self._finished.get(timeout=max(min(self._deadline.left(), 0.2), 0.001)))
        except queue.Empty:
            if self._deadline.left() > 0:
                return
            time.sleep(0.05)  # what the deadline has cut is on its way
            self._drain()
            for probe in [p for p in self._probes if p.gives in self._running]:
                self._settle(probe, Missing("the deadline of the run came first", Why.OUT_OF_TIME))
        self._drain()

    def _drain(self) -> None:
        while not self._finished.empty():
            self._settle(*self._finished.get_nowait())

    def _run_threaded(self, probe: Probe) -> None:
        self._finished.put((probe, *self._run_probe(probe)))

    def _run_probe(self, probe: Probe) -> tuple[Fact, Fact]:
        """The fact as it is, and as it is shown."""
        ours = self._is_ours(probe)
        facts, resources = (self._facts, self._resources) if ours else (self._shown, self._guarded)
        try:
            fact = probe.run(**{need.name: self._argument(need, facts, resources) for need in probe.needs})
            if isinstance(fact, probe.gives | Missing):
                return fact, self._clean(fact)
            wrong = f"gave {type(fact).__name__}, not {probe.gives.__name__}"
        except (Exception, SystemExit) as problem:  # noqa: BLE001 - a probe's fault is a sentence, never a traceback
            wrong = f"broke ({type(problem).__name__})"
        crashed = Missing(f"the probe {probe.name} {wrong}", Why.CRASHED)
        return crashed, crashed

    def _argument(self, need: Need, facts: Mapping[type[Any], Fact], resources: Mapping[type[Any], Any]) -> Any:
        if need.type in resources:
            return resources[need.type]
        if need.deferred:
            return Deferred(lambda: self._await(need.type, facts))
        fact = facts[need.type]
        return None if isinstance(fact, Missing) else fact

    def _await(self, kind: type[Any], facts: Mapping[type[Any], Fact]) -> Fact:
        event = self._settled.get(kind)
        if event is None:
            return facts.get(kind, Missing("nobody provides it"))
        if not event.wait(self._deadline.left()):
            return Missing("the deadline of the run came first", Why.OUT_OF_TIME)
        return facts[kind]

    def _settle(self, probe: Probe, fact: Fact, shown: Fact | None = None) -> None:
        self._running.discard(probe.gives)
        if probe.gives not in self._facts:
            self._shown[probe.gives] = self._clean(fact) if shown is None else shown
            self._facts[probe.gives] = fact
            self._settled[probe.gives].set()

    def _give_up(self, missing: Missing) -> None:
        for probe in self._probes:
            self._settle(probe, missing)

    def _ready(self, needs: Iterable[Need]) -> bool:
        return all(
            need.deferred or need.type in self._facts or need.type in self._resources or need.type not in self._settled
            for need in needs
        )

    def _blocked(self, needs: Iterable[Need]) -> Missing | None:
        """The reason of the first input that is not there and cannot be done without."""
        for need in needs:
            if need.optional or need.deferred or need.type in self._resources:
                if need.optional and need.type not in self._facts:
                    self._facts[need.type] = self._shown[need.type] = Missing("nobody provides it")
                continue
            fact = self._shown.get(need.type, Missing(f"nobody provides {need.type.__name__}"))
            if isinstance(fact, Missing):
                return fact
        return None

    def _run_check(self, check: Check) -> CheckResult:
        blocked = self._blocked(check.needs)
        if blocked is not None:
            return self._undecided(check, blocked)
        arguments = {need.name: self._argument(need, self._shown, {}) for need in check.needs}
        try:
            given: tuple[object, ...] = tuple(check.run(**arguments))
        except (Exception, SystemExit) as problem:  # noqa: BLE001 - a check's fault is a sentence in the report
            return self._result(check, Outcome.ERROR, (), f"the check broke ({type(problem).__name__})")
        if wrong := next(filter(None, (_wrong(item, check) for item in given)), None):
            return self._result(check, Outcome.ERROR, (), f"the check gave {wrong}")
        findings = tuple(item for item in given if isinstance(item, Finding))
        missing = next((item for item in given if isinstance(item, Missing)), None)
        if missing is not None and not findings:
            return self._undecided(check, missing)
        return self._result(check, Outcome.PASS, findings, None)

    def _undecided(self, check: Check, missing: Missing) -> CheckResult:
        outcome, decided = _OUTCOME.get(missing.why, Outcome.SKIP), missing.why is Why.NOT_NEEDED
        return self._result(check, outcome, (), missing.reason, decided=decided)

    def _result(
        self,
        check: Check,
        outcome: Outcome,
        findings: tuple[Finding, ...],
        reason: str | None,
        *,
        decided: bool = True,
    ) -> CheckResult:
        elapsed = round((time.perf_counter() - self._begun) * 1000, 2)
        result = CheckResult(check, outcome, findings, reason, elapsed, decided)
        self._on_result(result)
        return result


class Interrupted(Exception):
    """Ctrl-C: what is known so far is still reported."""

    def __init__(self, results: list[CheckResult], facts: dict[type[Any], Fact]) -> None:
        super().__init__("interrupted")
        self.results, self.facts = results, facts


_OUTCOME = {
    Why.UNANSWERED: Outcome.INCONCLUSIVE,
    Why.OUT_OF_TIME: Outcome.INCONCLUSIVE,
    Why.INTERRUPTED: Outcome.INCONCLUSIVE,
    Why.CRASHED: Outcome.ERROR,
}


def _wrong(item: object, check: Check) -> str | None:
    """What keeps a check's answer from being used."""
    if isinstance(item, Missing):
        return None
    if not isinstance(item, Finding):
        return f"{type(item).__name__}, not findings"
    return None if item.cause in check.causes else f"the cause {item.cause.id}, which it does not declare"


def _asks(probe: Probe) -> bool:
    """True for a probe that may take time: it asks the network, opens secrets or waits."""
    return any(need.type in RESOURCES or need.deferred for need in probe.needs)
