"""The language of worlds: what deviates from the healthy one, what was typed, and what the program must say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from checks.causes import CATALOGUE
from doctor.model.terms import Stage, Worst
from doctor.sandbox.fault import Typed, unchanged
from doctor.sandbox.message import Answer
from doctor.sandbox.world import Rule, World

__all__ = [
    "Case",
    "Change",
    "Typed",
    "api",
    "client",
    "combined",
    "edge",
    "realm",
    "rules",
    "second_realm",
    "token_answer",
    "unchanged",
]

Change = Callable[[World], World]


@dataclass(frozen=True)
class Case:
    """One world and the right answer."""

    name: str
    """A sentence."""
    change: Change = unchanged
    """Makes this world out of the healthy one."""
    settings: Mapping[str, Typed] = field(default_factory=dict)
    """Settings as typed, over the right ones; None: not given."""
    cause: str | None = None
    """The first cause; None: nothing is broken, and nothing may be accused."""
    setting: str | None = None
    """None: not held."""
    endpoint: str | None = None
    """None: not held."""
    confidence: str | None = None
    """What the evidence allows, neither more nor less; None: as sure as it likes, but for joint causes."""
    exit_code: int | None = None
    """None: what the cause's row in the catalogue says."""
    also: tuple[str, ...] = ()
    """Other causes that must stand in the report: the second fault, a warning."""
    resembles: str | None = None
    """For a healthy world: the row of the catalogue that it looks like."""
    fact: str = ""
    """What the expectation rests on: file and section of the facts, or an RFC."""
    wrong: str | None = None
    """Why the program cannot be right here; such a world stays in and is counted apart."""
    get: tuple[str, ...] = ()
    deep: bool = False
    timeout: float = 4.0
    """Seconds for each request."""
    shadowed: Mapping[str, tuple[tuple[str, Typed], ...]] = field(default_factory=dict)
    """By setting: ``(source, value)`` of other sources that gave it too."""
    names: Mapping[str, int | tuple[str, ...]] = field(default_factory=dict)
    """What the resolver says of a name: addresses, or an error of ``getaddrinfo``; of all others it says the truth."""
    environ: Mapping[str, Typed] = field(default_factory=dict)
    """Variables for proxies and CA bundles."""

    @property
    def healthy(self) -> bool:
        return self.cause is None

    @property
    def right_exit_code(self) -> int:
        if self.exit_code is not None:
            return self.exit_code
        if self.cause is None:
            return 0
        return 3 if CATALOGUE[self.cause].worst is Worst.INCONCLUSIVE else 1

    @property
    def stage(self) -> Stage | None:
        """Of the row that it is about; None for a healthy world that resembles no row in particular."""
        row = self.cause or self.resembles
        return CATALOGUE[row].stage if row else None


def combined(*changes: Change) -> Change:
    """One change after the other."""

    def change(world: World) -> World:
        for each in changes:
            world = each(world)
        return world

    return change


def rules(*more: Rule) -> Change:
    """These rules at the edge, behind those that are there already."""
    return lambda world: world.with_edge(rules=(*world.edge.rules, *more))


def edge(**changes: object) -> Change:
    return lambda world: world.with_edge(**changes)


def realm(**changes: object) -> Change:
    return lambda world: world.with_realm(**changes)


def second_realm(name: str) -> Change:
    """Another realm beside the first, without any client."""
    return lambda world: replace(world, realms=(*world.realms, replace(world.realm, name=name, clients=())))


def client(**changes: object) -> Change:
    return lambda world: world.with_client(**changes)


def api(**changes: object) -> Change:
    return lambda world: world.with_api(**changes)


def token_answer(answer: Answer) -> Change:
    """The token endpoint's 200 is this."""
    return lambda world: world.with_client(token_answer=replace(world.client.token_answer, instead=answer))
