"""Server text does nothing: every control character, escape, bidi override and workflow command becomes visible.

The one shared place for all formats: each renderer begins with :func:`tame` (text a person reads) or
:func:`bounded` and :func:`json_escaped` (text a program reads, where nothing may be lost).
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from doctor.model.frozen import field_names
from doctor.model.report import FactReport

R = TypeVar("R")
LIMIT = 1_000
"""Characters of one string; longer ones are cut, and say so."""
NAME_LIMIT = 300
"""Characters of what names a thing: an id, a title, a host."""
BODY_LIMIT = 6_000
"""Characters of a body: the recorder's 4 KB and room for what redaction put in."""
_MARK_ROOM = 40
_NAMES = "id cause check name title what form purpose method source shadowed version phase"
_LIMITS = {"body": BODY_LIMIT} | dict.fromkeys(_NAMES.split(), NAME_LIMIT)
_COMMAND = re.compile(r"::(?=[A-Za-z].*?::)|##(?=\w*\[)", re.DOTALL)
"""How GitHub (``::error::``, ``##[error]``), Azure Pipelines and TeamCity (``##vso[``) find a command in a log."""
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def tame(report: R) -> R:
    """The report, or a part of one, with every string that is shown to a person cut to a sane length and harmless."""
    tamed: R = _mapped(report, "", lambda text, field: _shown(_fitting(text, field), field))
    return tamed


def bounded(report: R, limit: int = BODY_LIMIT) -> R:
    """The report, or a part of one, with every string outside its facts cut to its field's length, and to ``limit``."""
    shortened: R = _mapped(report, "", lambda text, field: _fitting(text, field, limit))
    return shortened


def harmless(text: str) -> str:
    r"""One line of visible characters: what a terminal, browser or build log would act on is written ``\x1b``."""
    shown = text if _is_plain(text) else "".join(_escape(c) if _is_harmful(c) else c for c in text)
    return _COMMAND.sub(lambda found: rf"\x{ord(found[0][0]):02x}{found[0][1]}", shown)


def harmless_lines(text: str) -> str:
    r"""The same for a body: lines and tabs stay, and the escapes are JSON's (``\u001b``), so that JSON stays JSON."""
    lines = text.replace("\r\n", "\n")
    shown = lines if _is_plain(lines) else "".join(_json_escape(c) if _is_harmful_in_lines(c) else c for c in lines)
    return _COMMAND.sub(lambda found: _json_escape(found[0][0]) + found[0][1], shown)


def cut(text: str, limit: int = LIMIT) -> str:
    """At most ``limit`` characters, the mark that says how many are missing included."""
    if len(text) <= limit:
        return text
    kept = limit - _MARK_ROOM
    return f"{text[:kept]} … [{len(text) - kept:,} characters cut]"


def ascii_only(text: str) -> str:
    r"""Every character outside ASCII as ``\u2013``; an ellipsis as three dots."""
    return text.replace("…", "...").encode("ascii", "backslashreplace").decode("ascii")


def json_escaped(text: str) -> str:
    """JSON text in which every harmful character is a JSON escape: the same value, nothing to act on (RFC 8259)."""
    if text.isascii():
        return text.replace("\x7f", "\\u007f").replace("##", "#\\u0023")
    shown = "".join(_json_escape(c) if c != "\n" and _is_harmful(c) else c for c in text)
    return shown.replace("##", "#\\u0023")


def _mapped(value: Any, field: str, change: Callable[[str, str], str]) -> Any:
    """``value`` with ``change`` applied to every string in it and the field it stands in; facts stay as they are."""
    if type(value) is str:
        return change(value, field)
    if isinstance(value, tuple):
        return tuple([_mapped(item, field, change) for item in value])
    names = field_names(type(value))
    if names is None or isinstance(value, FactReport):
        return value
    old = [getattr(value, name) for name in names]
    new = [_mapped(item, name, change) for name, item in zip(names, old, strict=True)]
    return value if new == old else type(value)(**dict(zip(names, new, strict=True)))


def _fitting(text: str, field: str, limit: int = BODY_LIMIT) -> str:
    return cut(text, min(limit, _LIMITS.get(field, LIMIT)))


def _shown(text: str, field: str) -> str:
    return harmless_lines(text) if field == "body" else harmless(text)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _is_harmful(character: str) -> bool:
    return unicodedata.category(character) in _HARMFUL or _is_noncharacter(ord(character))


def _is_harmful_in_lines(character: str) -> bool:
    return character not in "\n\t" and _is_harmful(character)


def _is_noncharacter(code: int) -> bool:
    """True for what neither XML nor HTML takes (Unicode section 23.7)."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _escape(character: str) -> str:
    code = ord(character)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return _NAMED.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))
