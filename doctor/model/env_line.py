"""A line of an env file as a fact: how the loaders differ over it, and how it should be written."""

from collections.abc import Iterator

from doctor.model.facts.settings import Difference, LineSeen, Loader, OtherReading
from doctor.model.inputs import Given, Line, Reading
from doctor.model.pattern import Pattern
from doctor.model.secret import CLEANED
from doctor.model.shape import Examined, examine, showable

_PLAIN = Pattern(r"[A-Za-z0-9_./:@%+,=~\-]*")
"""What every loader, and a shell, takes as it stands."""


_MASK = "***"
"""Without a letter, so that nobody takes it for a secret and removes it."""
_TRIED = frozenset(
    {Difference.COMMENT, Difference.LITERAL_DOLLAR, Difference.EXPANDED_DOLLAR, Difference.ESCAPE, Difference.OTHER}
)
"""Differences after which the other value may be the right one; with the quotes or the line's end on it, it is not."""


def line_seen(given: Given, line: Line, seen: Examined, *, hidden: bool) -> LineSeen:
    """The line without its value, if that is a secret."""
    variants = {reading.loader: variant for variant, reading in readings_to_try(given)}
    others = (OtherReading(r.loader, _difference(given.value, r), variants.get(r.loader)) for r in line.others)
    return LineSeen(line.place, _fixed(given, line, seen, hidden=hidden), tuple(others))


def readings_to_try(given: Given) -> Iterator[tuple[str, Reading]]:
    """The other readings that may be the right ones, each with its key in the vault."""
    for index, reading in enumerate(given.line.others if given.line else ()):
        worth = _difference(given.value, reading) in _TRIED
        if worth and reading.value and examine(given.name, reading.value).shape.sendable:
            yield f"reading {index + 1}", reading


def _fixed(given: Given, line: Line, seen: Examined, *, hidden: bool) -> str:
    """The name, and the value in quotes where a loader would change it without."""
    value = seen.variants.get(CLEANED, given.value)
    masked = hidden or not showable(given.name, value)
    shown = _MASK if masked else value
    texts = (value, *(reading.value or "" for _, reading in readings_to_try(given)))
    if all(map(_PLAIN.fullmatch, texts)):
        return f"{line.name}={shown}"
    quote = '"' if any("'" in text for text in texts) else "'"
    return f"{line.name}={quote}{shown}{quote}"


def _difference(value: str, reading: Reading) -> Difference:
    other = reading.value
    if other is None:
        return Difference.BYTE_ORDER_MARK if reading.loader is Loader.AS_IT_STANDS else Difference.REFUSED
    if other.endswith("\r") and not value.endswith("\r"):
        return Difference.CARRIAGE_RETURN
    if other.strip()[:1] in ("'", '"') and other.strip()[:1] == other.strip()[-1:]:
        return Difference.QUOTES
    if "$" in other + value:
        return Difference.EXPANDED_DOLLAR if value.count("$") > other.count("$") else Difference.LITERAL_DOLLAR
    if "#" in other + value:
        return Difference.COMMENT
    return Difference.ESCAPE if "\\" in other + value else Difference.OTHER
