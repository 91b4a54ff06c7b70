"""Text in columns: as wide as a terminal shows it, wrapped between words, never inside an id or URL that fits."""

import unicodedata
from collections.abc import Iterator


def width_of(text: str) -> int:
    """Columns that ``text`` takes on a terminal (UAX #11: wide and full-width characters take two)."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, none for no text; only a word wider than a whole line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines.extend(full)
    return [*lines, line] if line else lines


def hanging(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    """``text`` wrapped with ``first`` before its first line and ``rest`` before the others."""
    for n, line in enumerate(wrap(text, max(1, width - max(width_of(first), width_of(rest))))):
        yield f"{rest if n else first}{line}".rstrip(" ")


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for character in word:
        columns = _columns(character)
        if piece and used + columns > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += columns
    return [*pieces, piece]


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
