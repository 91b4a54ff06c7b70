"""Values that were encoded for some transport on the way: what they were before."""

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import NamedTuple
from urllib.parse import unquote

from doctor.model.characters import trimmed
from doctor.model.facts.settings import Encoding
from doctor.model.placeholder import URLS
from doctor.model.terms import SettingName

_PLAIN_PAIR = re.compile(r"[A-Za-z][\w.\-]+:[^:\s]{8,}")
_PAIR = frozenset({SettingName.CLIENT_ID, SettingName.CLIENT_SECRET})


class Decoded(NamedTuple):
    """A value before it was encoded."""

    encoding: Encoding
    value: str


_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_HTML = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_JSON = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|[\"\\/bfnrt])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{8,}={0,2}")
_ENCODED_URL = re.compile(r"[A-Za-z]+%3A%2F%2F", re.IGNORECASE)
_ENCODABLE = frozenset(
    {SettingName.CLIENT_SECRET, SettingName.CLIENT_ID, SettingName.REALM, SettingName.SCOPE} | URLS,
)


def decoded(name: SettingName, text: str, client_id: str | None = None) -> Decoded | None:
    """Return the value that the text encodes, when it is plainly an encoded form of a plausible one."""
    if name not in _ENCODABLE or not text:
        return None
    for found in (_percent(name, text), _html(text), _json(text), _base64(name, text, client_id)):
        value = trimmed(found.value) if found else ""
        if found and value not in {"", text}:
            return Decoded(found.encoding, value)
    return None


def _percent(name: SettingName, text: str) -> Decoded | None:
    if not _PERCENT.search(text) or (name in URLS and not _ENCODED_URL.match(text)):
        return None
    try:
        return Decoded(Encoding.PERCENT, unquote(text, errors="strict"))
    except UnicodeDecodeError:
        return None


def _html(text: str) -> Decoded | None:
    if not _HTML.search(text):
        return None
    from html import unescape

    return Decoded(Encoding.HTML, _HTML.sub(lambda entity: unescape(entity.group()), text))


def _json(text: str) -> Decoded | None:
    if not _JSON.search(text):
        return None
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
