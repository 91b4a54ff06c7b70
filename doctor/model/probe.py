"""A probe: one question to the world, or to what is known already, answered by one fact."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from doctor.model.frozen import dataclass
from doctor.model.signature import Need, needs_of, result_of

ProbeFunction: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Probe:
    """``run`` takes the facts (and the resources) that its parameters name and returns a ``gives`` or ``Missing``."""

    name: str
    question: str
    """What it asks, as a clause: ``whether the realm answers``."""
    run: ProbeFunction
    needs: tuple[Need, ...]
    gives: type[Any]
    version: int = 1
    """Of the fact's shape, for ``replay``."""
    provider: str = ""

    def provided_by(self, provider: str) -> "Probe":
        return replace(self, provider=provider)


def probe(*, question: str, version: int = 1) -> Callable[[ProbeFunction], Probe]:
    """Declare a probe. Its return type is the fact it gives; it never raises for remote misbehaviour."""

    def declare(run: ProbeFunction) -> Probe:
        return Probe(run.__name__, question, run, needs_of(run), result_of(run), version)

    return declare


def needed_for(fact: type[Any], probes: Iterable[Probe]) -> list[Probe]:
    """The probes that a fact rests on, those that it can do without among them, in their order."""
    givers = {probe.gives: probe for probe in probes}
    found: set[type[Any]] = set()
    pending = [fact]
    while pending:
        kind = pending.pop()
        if kind in givers and kind not in found:
            found.add(kind)
            pending += [need.type for need in givers[kind].needs]
    return [probe for kind, probe in givers.items() if kind in found]
