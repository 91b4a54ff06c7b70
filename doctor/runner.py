"""Runs the graph of facts, then the checks in report order as their facts arrive.

A probe starts as soon as its inputs are there, beside all others; what asks nobody is computed in place.
"""

import queue
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from doctor.checking import CheckResult, answer_of
from doctor.known_facts import Fact, Kind, KnownFacts
from doctor.model.check import Check
from doctor.model.deadline import Deadline
from doctor.model.facts.missing import Missing, Why
from doctor.model.probe import Probe
from doctor.model.request import Http
from doctor.model.secret import Vault
from doctor.model.signature import Need
from doctor.model.streams import printed_to_stderr
from doctor.workers import Workers

RESOURCES = (Http, Vault, Deadline)
"""What a probe may ask for besides facts. Plug-ins get no ``Vault``."""


class Runner:
    """One run over one environment."""

    def __init__(
        self,
        probes: Iterable[Probe],
        checks: Iterable[Check],
        *,
        given: Mapping[Kind, Fact],
        resources: Mapping[Kind, Any],
        deadline: Deadline,
        guarded: Mapping[Kind, Any] | None = None,
        is_ours: Callable[[Probe], bool] = lambda _: True,
        clean: Callable[[Fact], Fact] = lambda fact: fact,
        on_result: Callable[[CheckResult], None] = lambda _: None,
        enough: Callable[[Mapping[Kind, Fact]], bool] = lambda _: False,
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
        awaited = [probe.gives for probe in self._probes]
        self._known = KnownFacts(given, awaited=awaited, resources=resources, clean=clean, deadline=deadline)
        self._finished: queue.SimpleQueue[tuple[Probe, Fact, Fact]] = queue.SimpleQueue()
        self._running: set[Kind] = set()
        """What the probes that were started and have not ended will give."""
        self._workers = Workers()
        self._begun = time.perf_counter()

    def run(self) -> tuple[list[CheckResult], dict[Kind, Fact]]:
        """The checks' answers in report order, and every fact."""
        with printed_to_stderr():
            return self._run()

    def _run(self) -> tuple[list[CheckResult], dict[Kind, Fact]]:
        waiting, pending = list(self._probes), list(self._checks)
        results: list[CheckResult] = []
        try:
            waiting = self._start_ready(waiting)
            self._workers.submit(self._meanwhile)
            while True:
                waiting = self._start_ready(waiting)
                while pending and self._known.are_settled(pending[0].needs):
                    results.append(self._answer_of(pending[0]))
                    del pending[0]  # after its answer stands: an interruption in between loses no check
                if not self._running or self._enough(self._known.facts):
                    break
                self._settle_some()
        except KeyboardInterrupt:
            self._give_up(Missing("the run was interrupted", Why.INTERRUPTED))
            results += [self._answer_of(check) for check in pending]
            raise Interrupted(results, self._known.shown) from None
        self._give_up(Missing("what it rests on could not be had"))
        results += [self._answer_of(check) for check in pending]
        return results, self._known.shown

    @property
    def known(self) -> dict[Kind, Fact]:
        """Every fact so far, as probes read it: what another run can go on from."""
        return self._known.facts

    def _start_ready(self, waiting: list[Probe]) -> list[Probe]:
        """Start what can start; in-place computations may make more ready, so go round until nothing changes."""
        changed = True
        while changed:
            changed, still = False, []
            for probe in waiting:
                if self._known.are_settled(probe.needs):
                    changed = True
                    self._start(probe)
                else:
                    still.append(probe)
            waiting = still
        return waiting

    def _start(self, probe: Probe) -> None:
        lacking = self._known.lacking(probe.needs)
        if lacking is not None:
            self._settle(probe, lacking)
        elif _asks(probe):
            self._running.add(probe.gives)
            self._workers.submit(partial(self._run_threaded, probe))
        else:
            self._settle(probe, *self._run_probe(probe))

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
        try:
            fact = probe.run(**self._arguments(probe))
            if isinstance(fact, probe.gives | Missing):
                return fact, self._clean(fact)
            wrong = f"gave {type(fact).__name__}, not {probe.gives.__name__}"
        except (Exception, SystemExit) as problem:  # noqa: BLE001 - a probe's fault is a sentence, never a traceback
            wrong = f"broke ({type(problem).__name__})"
        crashed = Missing(f"the probe {probe.name} {wrong}", Why.CRASHED)
        return crashed, crashed

    def _arguments(self, probe: Probe) -> dict[str, Any]:
        ours = self._is_ours(probe)
        facts = self._known.facts if ours else self._known.shown
        resources = self._resources if ours else self._guarded

        def argument(need: Need) -> Any:
            return resources[need.type] if need.type in resources else self._known.argument(need, facts)

        return {need.name: argument(need) for need in probe.needs}

    def _settle(self, probe: Probe, fact: Fact, shown: Fact | None = None) -> None:
        self._running.discard(probe.gives)
        self._known.settle(probe.gives, fact, shown)

    def _give_up(self, missing: Missing) -> None:
        for probe in self._probes:
            self._settle(probe, missing)

    def _answer_of(self, check: Check) -> CheckResult:
        result = answer_of(check, self._known, self._elapsed)
        self._on_result(result)
        return result

    def _elapsed(self) -> float:
        return round((time.perf_counter() - self._begun) * 1000, 2)


class Interrupted(Exception):
    """Ctrl-C: what is known so far is still reported."""

    def __init__(self, results: list[CheckResult], facts: dict[Kind, Fact]) -> None:
        super().__init__("interrupted")
        self.results, self.facts = results, facts


def _asks(probe: Probe) -> bool:
    """True for a probe that may take time: it asks the network, opens secrets or waits."""
    return any(need.type in RESOURCES or need.deferred for need in probe.needs)
