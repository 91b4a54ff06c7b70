"""The exchanges of a run on one scale: where each began and how long each of its phases took."""

from collections.abc import Iterator

from doctor.model.frozen import dataclass
from doctor.model.report import Exchange, Phases

_STEPS = (1, 2, 5)
_MOST_TICKS = 5


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
    words: str
    """``name 2 · connect 20 · TLS 42 · wait 34``, in milliseconds: what the bars show, without them."""


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


def timeline(exchanges: tuple[Exchange, ...]) -> Timeline:
    """Lay the exchanges out from the start of the run to the end of the last one."""
    end = max((e.started_ms + e.phases_ms.total for e in exchanges), default=0.0) or 1.0
    rows = tuple(Row(e, tuple(_bars(e, end)), _words(e.phases_ms)) for e in exchanges)
    return Timeline(rows, tuple(_ticks(end)))


def phases(measured: Phases) -> Iterator[tuple[str, str, float]]:
    """Class, word and milliseconds of each phase that happened, in order; the rest is reading the answer."""
    named = (
        ("dns", "name", measured.dns),
        ("connect", "connect", measured.connect),
        ("tls", "TLS", measured.tls),
        ("wait", "wait", measured.first_byte),
    )
    left = measured.total
    for css_class, word, duration in named:
        if duration is not None:
            yield css_class, word, min(duration, left)
            left -= min(duration, left)
    if left > 0:
        yield "rest", "rest", left


def _bars(exchange: Exchange, end: float) -> Iterator[Bar]:
    at = exchange.started_ms
    for css_class, _, duration in phases(exchange.phases_ms):
        yield Bar(css_class, round(100 * at / end, 2), round(max(100 * duration / end, 0.2), 2))
        at += duration


def _words(measured: Phases) -> str:
    parts = [
        f"{word} {_milliseconds(duration)}" for css_class, word, duration in phases(measured) if css_class != "rest"
    ]
    return " · ".join(parts)


def _milliseconds(duration: float) -> str:
    return f"{duration:.1f}" if 0 < duration < 1 else f"{duration:.0f}"


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
