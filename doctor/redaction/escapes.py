"""The escapes that stand between a value and its appearance in a text, and how each is undone."""

import re
from collections.abc import Callable
from re import Match, Pattern
from typing import Final

_REMEMBERED: Final = 4096


class Escape:
    """One kind of escape."""

    def __init__(
        self, form: str, sign: bytes, pattern: Pattern[bytes], spelled: Callable[[Match[bytes]], bytes]
    ) -> None:
        self.form = form
        """As the report's ``redactions`` name it."""
        self.sign = sign
        """Without this byte there is nothing to undo."""
        self.pattern = pattern
        self._spelled = spelled
        """What one escape spells."""
        self._seen: dict[bytes, bytes] = {}

    def undo(self, match: Match[bytes]) -> bytes:
        """What this escape spells; a text uses few different ones many times."""
        escape = match[0]
        found = self._seen.get(escape)
        if found is None:
            found = self._spelled(match)
            if len(self._seen) < _REMEMBERED:
                self._seen[escape] = found
        return found


def _character(match: Match[bytes], code_point: int) -> bytes:
    return chr(code_point).encode("utf-8", "surrogatepass") if code_point <= 0x10FFFF else match[0]


def _percent(match: Match[bytes]) -> bytes:
    return bytes((int(match[1], 16),)) if match[1] else _character(match, int(match[2], 16))


def _backslash(match: Match[bytes]) -> bytes:
    if match["high"]:
        high, low = int(match["high"], 16), int(match["low"], 16)
        return _character(match, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    if match["byte"]:
        return bytes((int(match["byte"], 16),))
    digits = match["four"] or match["braced"] or match["eight"]
    if digits:
        return _character(match, int(digits, 16))
    # Named controls are white space to whoever reads the view; anything else stands for itself.
    return match["sign"] or b" "


def _entity(match: Match[bytes]) -> bytes:
    if match["decimal"]:
        return _character(match, int(match["decimal"]))
    if match["hex"]:
        return _character(match, int(match["hex"], 16))
    name = match["name"].decode("ascii")
    found = _XML.get(name) or _html5(name)
    return found.encode() if found else match[0]


_XML: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
"""What our own pages write; the two thousand others are imported where one is seen."""


def _html5(name: str) -> str | None:
    from html.entities import html5

    return html5.get(f"{name};")


PERCENT: Final = Escape("percent-encoded", b"%", re.compile(rb"%(?:([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))"), _percent)
BACKSLASH: Final = Escape(
    "JSON-escaped",
    b"\\",
    re.compile(
        rb"\\(?:u(?P<high>[dD][89abAB][0-9A-Fa-f]{2})\\u(?P<low>[dD][c-fC-F][0-9A-Fa-f]{2})"
        rb"|u(?P<four>[0-9A-Fa-f]{4})|u\{(?P<braced>[0-9A-Fa-f]{1,6})\}|U(?P<eight>[0-9A-Fa-f]{8})"
        rb"|x(?P<byte>[0-9A-Fa-f]{2})|(?P<sign>[^0-9A-Za-z])|[abfnrtv0])"
    ),
    _backslash,
)
MARKUP: Final = Escape(
    "HTML-escaped",
    b"&",
    re.compile(rb"&(?:#(?P<decimal>\d{1,10})|#[xX](?P<hex>[0-9A-Fa-f]{1,8})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"),
    _entity,
)
ESCAPES: Final = (PERCENT, BACKSLASH, MARKUP)
