"""Many worlds at a time, in processes of their own: most of the time is spent waiting."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from tests.worlds.running import Judged, judge, run
from tests.worlds.table import WORLDS

T = TypeVar("T")
PROCESSES = 6


def on_each(ask: Callable[[str], T], names: Iterable[str]) -> dict[str, T]:
    """By name, what ``ask``, a function of a module, says of each of these worlds."""
    # Those that wait for a token to expire begin first, so that the others run meanwhile.
    ordered = sorted(names, key=lambda name: not WORLDS[name].deep)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        return dict(zip(ordered, pool.map(ask, ordered), strict=True))


def examined(name: str) -> Judged:
    """How the program did on this world."""
    case = WORLDS[name]
    return judge(case, run(case))
