"""What a run knows so far: each fact as our own probes read it and as it is shown, and what can still come."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from doctor.model.deadline import Deadline
from doctor.model.facts.missing import Missing, Why
from doctor.model.signature import Deferred, Need

Fact: TypeAlias = Any
"""A frozen dataclass; or ``Missing`` in its place."""
Kind: TypeAlias = type[Any]


class KnownFacts:
    """Facts by their kind; each is settled once and never changes."""

    def __init__(
        self,
        given: Mapping[Kind, Fact],
        *,
        awaited: Iterable[Kind],
        resources: Iterable[Kind],
        clean: Callable[[Fact], Fact],
        deadline: Deadline,
    ) -> None:
        """``given`` is known already, ``awaited`` is still to be settled; ``resources`` are no facts: always there."""
        self._resources, self._clean, self._deadline = frozenset(resources), clean, deadline
        self.facts: dict[Kind, Fact] = dict(given)
        """As our own probes read them."""
        self.shown: dict[Kind, Fact] = {kind: clean(fact) for kind, fact in given.items()}
        """As checks, reports and others' probes read them."""
        self._settled: dict[Kind, threading.Event] = {kind: threading.Event() for kind in awaited}

    def settle(self, kind: Kind, fact: Fact, shown: Fact | None = None) -> None:
        """Keep the first fact of its kind, and wake whoever waits for it."""
        if kind not in self.facts:
            self.shown[kind] = self._clean(fact) if shown is None else shown
            self.facts[kind] = fact
            self._settled[kind].set()

    def are_settled(self, needs: Iterable[Need]) -> bool:
        """True once nothing that is needed can still come."""
        return all(
            need.deferred or need.type in self.facts or need.type in self._resources or need.type not in self._settled
            for need in needs
        )

    def lacking(self, needs: Iterable[Need]) -> Missing | None:
        """The reason of the first input that is not there and cannot be done without."""
        for need in needs:
            if need.optional or need.deferred or need.type in self._resources:
                if need.optional and need.type not in self.facts:
                    self.facts[need.type] = self.shown[need.type] = Missing("nobody provides it")
                continue
            fact = self.shown.get(need.type, Missing(f"nobody provides {need.type.__name__}"))
            if isinstance(fact, Missing):
                return fact
        return None

    def argument(self, need: Need, facts: Mapping[Kind, Fact]) -> Fact | Deferred[Fact] | None:
        """What is passed for ``need``, out of ``facts``: ours as they are, or as they are shown."""
        if need.deferred:
            return Deferred(lambda: self._await(need.type, facts))
        fact = facts[need.type]
        return None if isinstance(fact, Missing) else fact

    def _await(self, kind: Kind, facts: Mapping[Kind, Fact]) -> Fact:
        event = self._settled.get(kind)
        if event is None:
            return facts.get(kind, Missing("nobody provides it"))
        if not event.wait(self._deadline.left()):
            return Missing("the deadline of the run came first", Why.OUT_OF_TIME)
        return facts[kind]
