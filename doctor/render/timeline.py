"""The exchanges of a run on one scale: where each began and how long each of its phases took."""

from collections.abc import Iterator

from doctor.model.frozen import dataclass
from doctor.model.report import Exchange

PHASES = {
    "dns": "name",
    "connect": "connect",
    "tls": "TLS",
    "held": "not yet asked",
    "wait": "wait",
    "body": "answer",
    "rest": "rest",
}
"""Each phase in the order of the wire, with its word; ``rest`` is what an earlier version did not measure."""
_STEPS = (1, 2, 5)
_MOST_TICKS = 5
_LONGEST = 1e9
"""Milliseconds on a scale at most: a report may come from anywhere."""
_SHARE, _SHOWN = 0.01, 0.05
"""Of an exchange, and in milliseconds: a phase that took less of either is left out of the words."""
_THINNEST = 0.3
"""Percent of the scale; a phase that took less is drawn as wide as this."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One phase; ``x`` and ``width`` in percent of the scale."""

    phase: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    exchange: Exchange
    bars: tuple[Bar, ...]
    start: str
    total: str
    words: str
    """``name 2, connect 20, TLS 42, wait 34``, in milliseconds: what the bars show, without them."""


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    phases: tuple[tuple[str, str], ...]
    """Id and word of each phase that is drawn: the legend."""


def timeline(exchanges: tuple[Exchange, ...]) -> Timeline:
    """Lay the exchanges out from the start of the run to the end of the last one."""
    end = min(max((e.started_ms + e.phases_ms.total for e in exchanges), default=0.0), _LONGEST) or 1.0
    rows = tuple(_row(exchange, end) for exchange in exchanges)
    drawn = {bar.phase for row in rows for bar in row.bars}
    return Timeline(rows, tuple(_ticks(end)), tuple(item for item in PHASES.items() if item[0] in drawn))


def phases(exchange: Exchange) -> Iterator[tuple[str, float]]:
    """Each phase that happened, in order, with its milliseconds; they never add up to more than the whole."""
    measured = exchange.phases_ms
    named = {
        "dns": measured.dns,
        "connect": measured.connect,
        "tls": measured.tls,
        "held": measured.held,
        "wait": measured.first_byte,
        "body": measured.body,
    }
    left = measured.total
    for phase, duration in named.items():
        if duration is not None:
            yield phase, min(duration, left)
            left -= min(duration, left)
    if left > 0 and (measured.held is None or exchange.failure):
        yield _unmeasured(exchange), left


def milliseconds(duration: float) -> str:
    """``0.4``, ``33``, ``2,400``: one digit behind the point where it matters."""
    return f"{duration:.1f}" if duration < 1 else f"{duration:,.0f}"


def _unmeasured(exchange: Exchange) -> str:
    """What the time belongs to that no phase has: where nothing came, it was the wait."""
    return "wait" if exchange.failure and exchange.failure.phase == "wait" else "rest"


def _row(exchange: Exchange, end: float) -> Row:
    total = exchange.phases_ms.total
    took = [(phase, duration) for phase, duration in phases(exchange) if duration > max(total * _SHARE, _SHOWN)]
    return Row(
        exchange,
        tuple(_bars(exchange, end)),
        milliseconds(exchange.started_ms),
        milliseconds(total),
        ", ".join(f"{PHASES[phase]} {milliseconds(duration)}" for phase, duration in took),
    )


def _bars(exchange: Exchange, end: float) -> Iterator[Bar]:
    at = exchange.started_ms
    for phase, duration in phases(exchange):
        if duration > 0:
            yield Bar(phase, round(100 * at / end, 2), round(max(100 * duration / end, _THINNEST), 2))
        at += duration


def _ticks(end: float) -> Iterator[Tick]:
    step = _step(end)
    at = step
    while at < end:
        yield Tick(round(100 * at / end, 2), f"{at / 1000:g} s" if at >= 1000 else f"{at:g} ms")
        at += step


def _step(end: float) -> float:
    """The smallest round number that gives few enough ticks."""
    size = 0.1
    while True:
        for digit in _STEPS:
            if end / (digit * size) <= _MOST_TICKS:
                return digit * size
        size *= 10
