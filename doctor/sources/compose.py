"""How docker compose reads what stands behind the ``=`` of an env file's line.

Quotes wrap a value; ``$NAME`` and ``${NAME}`` are replaced except in single quotes; outside quotes a ``#`` behind a
space begins a comment.
"""

import re
from collections.abc import Mapping

_SPACE = " \t\v\f\r\x85\xa0"
_SINGLE = re.compile(r"'((?:\\'|[^'])*)'", re.DOTALL)
_DOUBLE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_VARIABLE = re.compile(
    r"\$(?:(?P<dollar>\$)|(?P<name>[_A-Za-z][_A-Za-z0-9]*)|\{(?P<braced>[_A-Za-z][_A-Za-z0-9]*)"
    r"(?:(?P<sign>:?[-+])(?P<other>[^}]*))?\}|(?P<invalid>))"
)


class _RefusedError(Exception):
    """Compose does not read the file."""


def reading(behind: str, variables: Mapping[str, str]) -> str | None:
    """The value, or None where compose refuses the file for it."""
    text = behind.lstrip(_SPACE)
    try:
        if text.startswith("'"):
            return _single(text)
        return _double(text, variables) if text.startswith('"') else _plain(text, variables)
    except _RefusedError:
        return None


def _single(text: str) -> str:
    match = _SINGLE.match(text)
    if match is None:
        raise _RefusedError
    return match[1].replace("\\'", "'")


def _double(text: str, variables: Mapping[str, str]) -> str:
    match = _DOUBLE.match(text)
    if match is None:
        raise _RefusedError
    return _expanded(_ESCAPE.sub(_unescaped, match[1]), variables)


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[1]) or (match[1] if match[1] in "\\\"'$`" else match[0])


def _plain(text: str, variables: Mapping[str, str]) -> str:
    line = text.split("\n", maxsplit=1)[0].partition(" #")[0].rstrip()
    return _expanded(line, variables)


def _expanded(text: str, variables: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: _value(match, variables), text)


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match["invalid"] is not None:
        raise _RefusedError
    if match["dollar"]:
        return "$"
    value, sign, other = variables.get(match["name"] or match["braced"]), match["sign"] or "", match["other"] or ""
    given = value is not None and (value != "" or ":" not in sign)
    if sign.endswith("+"):
        return other if given else ""
    return (value or "") if given or not sign else other
