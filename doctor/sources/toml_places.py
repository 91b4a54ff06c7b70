"""Where in a TOML file something stands: imported only when a mistake has to be shown.

The parser itself is asked: a key stands in the first line after which the parser knows it.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence

_SYNTAX = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_WORDS = (
    ("Expected '=' after a key", "behind the name an = is missing"),
    ("Invalid value", "what stands behind the = is no TOML value; text stands in quotes"),
    ("Expected newline", "the line goes on where it should end; text stands in quotes, all of it"),
    ("Cannot overwrite", "this name stands there twice"),
    ("Cannot declare", "this table stands there twice"),
    ("Illegal character", "a character that cannot stand there, or a quotation mark is missing before it"),
    ("Unterminated string", "a quotation mark is missing at the end of the text"),
    ("Unescaped '\\'", "a backslash begins an escape here; text in single quotes has none"),
    ("Unclosed inline table", "the } of the inline table is missing"),
    ("Unclosed array", "the ] of the list is missing"),
)


def place(text: str, keys: Sequence[str]) -> str:
    """``line 3, column 1``: where the last of the keys is given."""
    lines = text.split("\n")
    number = bisect_left(range(1, len(lines) + 1), True, key=lambda n: _known(lines, n, keys))
    line = lines[min(number, len(lines) - 1)]
    found = re.search(rf"(?<![\w\-]){re.escape(keys[-1])}(?![\w\-])", line)
    return f"line {number + 1}, column {(found.start() if found else 0) + 1}"


def syntax_place(text: str, said: str) -> str:
    """``line 3, column 1: what is wrong there``, from the parser's own message, which may quote the file."""
    match = _SYNTAX.fullmatch(said)
    lines = text.rstrip("\n").split("\n")
    line, column = (match["line"], match["column"]) if match and match["line"] else (len(lines), len(lines[-1]) + 1)
    words = next((ours for theirs, ours in _WORDS if said.startswith(theirs)), "this is not TOML")
    return f"line {line}, column {column}: {words}."


def _known(lines: Sequence[str], number: int, keys: Sequence[str]) -> bool:
    """True when the first ``number`` lines, and those that finish what they begin, hold the keys."""
    for end in range(number, len(lines) + 1):
        try:
            data: object = tomllib.loads("\n".join(lines[:end]) + "\n")
        except tomllib.TOMLDecodeError:
            continue
        return _holds(data, keys)
    return True


def _holds(data: object, keys: Sequence[str]) -> bool:
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True
