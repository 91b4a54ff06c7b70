"""Two commands timed against each other in one run: pairs, in both orders, so that a busy machine hits both alike."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

PAIRS = 11
"""The fewest that a figure is quoted from."""


class CommandFailed(Exception):
    """A timed command ended otherwise than it should: its time would mean nothing."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of one command."""

    seconds: float
    """Wall clock, from before the start to after the end."""
    peak_bytes: int
    """The most memory that it held at once (resident set)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both commands, one right after the other."""

    baseline: Sample
    ours: Sample

    @property
    def ratio(self) -> float:
        return self.ours.seconds / self.baseline.seconds


@dataclass(frozen=True, slots=True)
class Command:
    """What is timed."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    ends_with: int = 0
    """The exit code of a right run."""


def compare(baseline: Command, ours: Command, pairs: int = PAIRS) -> list[Pair]:
    """Time both, after one untimed run of each; every second pair begins with ours."""
    return paired(lambda: once(baseline), lambda: once(ours), pairs)


def paired(baseline: Callable[[], Sample], ours: Callable[[], Sample], pairs: int) -> list[Pair]:
    """The pairs, in the orders A B, B A, A B and so on."""
    baseline(), ours()
    return [_pair(baseline, ours, ours_first=number % 2 == 1) for number in range(pairs)]


def _pair(baseline: Callable[[], Sample], ours: Callable[[], Sample], *, ours_first: bool) -> Pair:
    if ours_first:
        second = ours()
        return Pair(baseline(), second)
    return Pair(baseline(), ours())


def once(command: Command) -> Sample:
    """Run it once, with its output thrown away."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command.argv,
        env=command.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != command.ends_with:
        raise CommandFailed(f"{command.name} ended with exit code {process.returncode}")
    return Sample(seconds, usage.ru_maxrss * 1024)


def spread(values: Sequence[float], unit: str = "") -> str:
    """``median (lowest to highest)``, short enough for a table."""
    return f"{_short(median(values))}{unit} ({_short(min(values))} to {_short(max(values))})"


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def row(what: str, pairs: Sequence[Pair], at_most: float | None = None) -> str:
    """One line of the table: ours, the baseline, the ratio of each pair, and what its median may be."""
    ours = spread([pair.ours.seconds * 1000 for pair in pairs], " ms")
    baseline = spread([pair.baseline.seconds * 1000 for pair in pairs], " ms")
    ratio = spread([pair.ratio for pair in pairs])
    return (
        f"{what:<36} {ours:<31} {baseline:<31} {ratio:<22} {judged(median(p.ratio for p in pairs), at_most)}".rstrip()
    )


def judged(figure: float, at_most: float | None) -> str:
    """The limit, and whether the figure keeps it."""
    return "" if at_most is None else f"{'within' if figure <= at_most else 'OVER'} {at_most:g}"


def heading(ours: str, baseline: str) -> str:
    """The table's head, as wide as its rows."""
    return f"{'median (range)':<36} {ours:<31} {baseline:<31} {'ratio of each pair':<22} limit"
