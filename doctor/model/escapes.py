"""Values that were encoded for some transport on the way: what they were before."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from doctor.model.characters import trimmed
from doctor.model.facts.settings import Encoding
from doctor.model.pattern import Pattern
from doctor.model.terms import URLS, SettingName

_PLAIN_PAIR = Pattern(r"[A-Za-z][\w.\-]+:[^:\s]{8,}", holds=":")
_PAIR = frozenset({SettingName.CLIENT_ID, SettingName.CLIENT_SECRET})


class Decoded(NamedTuple):
    """A value before it was encoded."""

    encoding: Encoding
    value: str


_PERCENT = Pattern(r"%[0-9A-Fa-f]{2}", holds="%")
_HTML = Pattern(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});", holds="&")
_JSON = Pattern(r"\\(?:u[0-9A-Fa-f]{4}|[\"\\/bfnrt])", holds="\\")
_BASE64 = Pattern(r"[A-Za-z0-9+/_\-]{8,}={0,2}")
_URL = Pattern(r"https?://", re.IGNORECASE, holds=("://",))
_ENCODABLE = frozenset(
    {SettingName.CLIENT_SECRET, SettingName.CLIENT_ID, SettingName.REALM, SettingName.SCOPE} | {*URLS},
)


_TIMES = 2
"""So often may a value have been encoded: by hand and once more by a program."""


def decoded(name: SettingName, text: str, client_id: str | None = None) -> tuple[Decoded, ...]:
    """Return the values that the text can encode, the most plausible first."""
    if name not in _ENCODABLE or not text:
        return ()
    found: dict[str, Decoded] = {}
    texts = [text]
    for _ in range(_TIMES):
        more = {d.value: d for inner in texts for d in reversed([*_decoded(name, inner, client_id)])}
        texts = [value for value in more if value not in found]
        found |= {value: more[value] for value in texts}
    return tuple(d for value, d in found.items() if value != text)


def _decoded(name: SettingName, text: str, client_id: str | None) -> Iterator[Decoded]:
    forms = (_percent(text), _percent(text, plus=" "), _form(name, text), _html(text), _json(text))
    for form in (*forms, _base64(name, text, client_id)):
        value = trimmed(form.value) if form else ""
        if form and value and (name not in URLS or (_URL.match(value) and not _URL.match(text))):
            yield Decoded(form.encoding, value)


def _percent(text: str, plus: str = "+") -> Decoded | None:
    """``plus``: what a plus stands for; in a form, a space."""
    if not _PERCENT.search(text):
        return None
    try:
        return Decoded(Encoding.PERCENT, (unquote_plus if plus == " " else unquote)(text, errors="strict"))
    except UnicodeDecodeError:
        return None


def _form(name: SettingName, text: str) -> Decoded | None:
    """A list as a form has it: its spaces are pluses (RFC 6749 appendix B)."""
    plain = name is SettingName.SCOPE and "+" in text and " " not in text
    return Decoded(Encoding.PERCENT, text.replace("+", " ")) if plain else None


def _html(text: str) -> Decoded | None:
    if not _HTML.search(text):
        return None
    from html import unescape

    return Decoded(Encoding.HTML, _HTML.sub(lambda entity: unescape(entity.group()), text))


def _json(text: str) -> Decoded | None:
    if not _JSON.search(text):
        return None
    import json

    try:
        value = json.loads(f'"{text}"')
    except ValueError:
        return None
    return Decoded(Encoding.JSON, value)


def _base64(name: SettingName, text: str, client_id: str | None) -> Decoded | None:
    compact = "".join(text.split())
    plain = _base64_text(compact) if _BASE64.fullmatch(compact) else None
    if plain is None:
        return None
    head, _, tail = plain.partition(":")
    if name in _PAIR and tail and (head == trimmed(client_id) if client_id else _PLAIN_PAIR.fullmatch(plain)):
        return Decoded(Encoding.BASE64_PAIR, tail if name is SettingName.CLIENT_SECRET else head)
    return Decoded(Encoding.BASE64, plain)


def _base64_text(text: str) -> str | None:
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    if len(text) % 4 and text != text.rstrip("="):
        return None
    try:
        plain = b64decode(padded.translate({ord("-"): "+", ord("_"): "/"}), validate=True).decode()
    except (NotBase64, ValueError):
        return None
    return plain if len(plain) >= 6 and trimmed(plain).isprintable() and trimmed(plain).isascii() else None
