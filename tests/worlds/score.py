"""The score: how often the program names the true cause first, beside what a person has without it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from doctor.model.terms import Stage
from tests.worlds.baselines import Told
from tests.worlds.running import Judged
from tests.worlds.table import WORLDS

Table = list[tuple[str, ...]]
_BESIDES = "healthy"
"""Worlds that resemble no row in particular."""


def lines(judged: Mapping[str, Judged], told: Mapping[str, Mapping[str, Told | None]]) -> Iterator[str]:
    """The score as text: the program by stage, then the others, then each world that is wrong."""
    yield from _aligned(_program(judged))
    yield ""
    yield from _aligned(_others(told))
    yield ""
    yield "told apart: worlds whose words no world of another cause shares, so that a reader who knew all could name it"
    for name, each in judged.items():
        marked = f" (marked: {WORLDS[name].wrong})" if WORLDS[name].wrong else ""
        yield from (f"WRONG{marked} {name}: {problem}" for problem in each.problems)


def _program(judged: Mapping[str, Judged]) -> Table:
    table: Table = [("stage", "worlds", "right", "wrong", "over-claimed", "accused", "exit codes right")]
    for stage, group in _by_stage(judged):
        table.append((stage, *map(str, _counts([judged[name] for name in group]))))
    return table


def _counts(group: Sequence[Judged]) -> tuple[int, ...]:
    def without(part: Callable[[Judged], tuple[str, ...]]) -> int:
        return sum(not part(each) for each in group)

    right, total = without(lambda j: (*j.first, *j.accused, *j.lost)), len(group)
    sure, innocent = without(lambda j: j.overclaimed), without(lambda j: j.accused)
    return total, right, total - right, total - sure, total - innocent, without(lambda j: j.exit_code)


def _others(told: Mapping[str, Mapping[str, Told | None]]) -> Table:
    table: Table = [
        ("stage", *(f"{who}: {what}" for who in told for what in ("noticed", "told apart", "false alarms")))
    ]
    sole = {who: _sole(said) for who, said in told.items()}
    for stage, group in _by_stage(next(iter(told.values()))):
        row = [cell for who, said in told.items() for cell in _cells(group, said, sole[who])]
        table.append((stage, *row))
    return table


def _cells(group: Sequence[str], said: Mapping[str, Told | None], sole: set[str]) -> Iterator[str]:
    broken = [name for name in group if WORLDS[name].cause and said[name]]
    healthy = [name for name in group if not WORLDS[name].cause and said[name]]
    noticed = [name for name in broken if not _succeeded(said[name])]
    yield f"{len(noticed)} of {len(broken)}"
    yield f"{len([name for name in noticed if name in sole])} of {len(broken)}"
    yield f"{len([name for name in healthy if not _succeeded(said[name])])} of {len(healthy)}"


def _succeeded(told: Told | None) -> bool:
    return told is not None and told.success


def _sole(said: Mapping[str, Told | None]) -> set[str]:
    """Worlds whose words are heard of one cause only."""
    causes: defaultdict[str, set[str | None]] = defaultdict(set)
    for name, told in said.items():
        if told is not None:
            causes[told.words].add(WORLDS[name].cause)
    return {name for name, told in said.items() if told is not None and len(causes[told.words]) == 1}


def _by_stage(names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The worlds of each stage, and all of them in the end."""
    groups: dict[str, list[str]] = {name: [] for name in (*Stage, _BESIDES)}
    for name in names:
        groups[WORLDS[name].stage or _BESIDES].append(name)
    yield from groups.items()
    yield "all", [name for group in groups.values() for name in group]


def _aligned(table: Table) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
