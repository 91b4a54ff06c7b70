"""What to look for: one secret, in each form in which its value can stand in a text."""

import base64
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Final
from urllib.parse import quote, quote_plus

from doctor.model.frozen import dataclass
from doctor.model.secret import Secret
from doctor.redaction.escapes import ESCAPES
from doctor.redaction.views import View, squeeze

SHORT: Final = 8
"""Characters; a shorter value is looked for as a whole token only."""
RAW: Final = "raw"
BASE64: Final = "Base64"
HEX: Final = "hex"
BYTES: Final = "list of bytes"
ENCODED: Final = frozenset({BASE64, HEX, BYTES})
_BASE64_SIGNS: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789+/")
_SIGNS: Final = tuple(escape.sign for escape in ESCAPES)
_PERCENT: Final = re.compile(r"%[0-9A-F]{2}")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a secret stands, in bytes of the text."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes to be found in the squeezed view; hexadecimal ones in the bare view."""

    data: bytes
    form: str
    left: bool = False
    """Base64: the character before holds the secret's first bits."""
    right: bool = False
    """Base64: the character after holds its last bits."""

    def hits(self, view: View) -> Iterator[Hit]:
        hay = view.bare if self.form == HEX else view.squeezed
        locate = view.locate_bare if self.form == HEX else view.locate_squeezed
        if self._news(view, hay.count(self.data)):
            for first, last in self._runs(hay):
                start, end = self._widened(hay, first, last)
                yield Hit(*locate(start, end), self.form if self.form in ENCODED else _escaped(view))

    def stands_in(self, view: View) -> bool:
        return self.data in (view.bare if self.form == HEX else view.squeezed)

    def _news(self, view: View, count: int) -> bool:
        """True when the view shows this needle where its parent did not.

        Undoing escapes leaves alone what has none in it or before its first character. A count that is equal by
        chance hides a hit only until the ones found are removed and the text is looked at again.
        """
        if count == 0:
            return False
        view.counts[self] = count
        same = view.parent is not None and view.parent.counts.get(self) == count
        return not (same and self._plain())

    def _plain(self) -> bool:
        return self.data[:1].isalnum() and not any(sign in self.data for sign in _SIGNS)

    def _runs(self, hay: bytes) -> Iterator[tuple[int, int]]:
        """Where the needle stands; repetitions without a gap are one."""
        size, first = len(self.data), hay.find(self.data)
        while first >= 0:
            last = first + size
            while hay.startswith(self.data, last):
                last += size
            yield first, last
            first = hay.find(self.data, last)

    def _widened(self, hay: bytes, start: int, end: int) -> tuple[int, int]:
        if self.form == BASE64:
            start -= self.left and start > 0 and hay[start - 1] in _BASE64_SIGNS
            end += self.right and end < len(hay) and hay[end] in _BASE64_SIGNS
            end += len(hay[end : end + 2]) - len(hay[end : end + 2].lstrip(b"="))
        return start, end


@dataclass(frozen=True, slots=True)
class Token:
    """A short form, found only where it stands by itself: not inside words."""

    pattern: re.Pattern[bytes]
    form: str

    @classmethod
    def of(cls, data: bytes, form: str, tail: bytes = b"") -> "Token":
        body = rb"\s+".join(re.escape(part) for part in data.split())
        return cls(re.compile(rb"(?<![0-9A-Za-z_])" + body + tail + rb"(?![0-9A-Za-z_])", re.IGNORECASE), form)

    def stands_in(self, view: View) -> bool:
        return self.pattern.search(view.data) is not None

    def hits(self, view: View) -> Iterator[Hit]:
        for match in self.pattern.finditer(view.data):
            yield Hit(*view.locate(*match.span()), self.form if self.form in ENCODED else _escaped(view))


class Known:
    """A secret that was learned; what to look for is worked out when it is first looked for."""

    def __init__(self, secret: Secret) -> None:
        self.secret = secret

    @cached_property
    def needles(self) -> tuple[Needle | Token, ...]:
        return tuple(dict.fromkeys(_needles(self.secret.reveal())))

    def is_absent(self, view: View) -> bool:
        """True when none of its forms is there: most texts hold no secret, and this is told fast."""
        if len(view.data) < self._shortest:
            return True
        squeezed, bare, tokens = self._forms
        return not (tokens or any(map(view.squeezed.__contains__, squeezed)) or any(map(view.bare.__contains__, bare)))

    @cached_property
    def _forms(self) -> tuple[list[bytes], list[bytes], list[Token]]:
        """What is looked for in the squeezed view, in the bare one, and by pattern."""
        needles = [needle for needle in self.needles if isinstance(needle, Needle)]
        tokens = [needle for needle in self.needles if isinstance(needle, Token)]
        return [n.data for n in needles if n.form != HEX], [n.data for n in needles if n.form == HEX], tokens

    @cached_property
    def _shortest(self) -> int:
        """No view with fewer bytes than this holds any of its forms: squeezing only takes away."""
        return min((len(needle.data) if isinstance(needle, Needle) else 1 for needle in self.needles), default=1 << 62)


def _escaped(view: View) -> str:
    if not view.path:
        return RAW
    return view.path[0].form if len(view.path) == 1 else "escaped more than once"


def _needles(value: str) -> Iterator[Needle | Token]:
    for spelling in _spellings(value):
        for data in _as_bytes(spelling):
            yield from _plain(data)
    for data in dict.fromkeys(b for text in _transported(value) for b in _as_bytes(text)):
        yield from _base64(data)
        yield from _numbers(data)


def _plain(data: bytes) -> Iterator[Needle | Token]:
    squeezed = squeeze(data)
    if len(squeezed) >= SHORT:
        yield Needle(squeezed, RAW)
    elif data.strip():
        yield Token.of(data, RAW)


def _base64(data: bytes) -> Iterator[Needle | Token]:
    for before in range(3):
        text = base64.b64encode(bytes(before) + data)
        first, bits = -(-8 * before // 6), 8 * (before + len(data))
        core = squeeze(text[first : bits // 6])
        if len(core) >= SHORT:
            yield Needle(core, BASE64, left=before > 0, right=bits % 6 > 0)
        elif not before:
            yield Token.of(text.rstrip(b"="), BASE64, tail=rb"={0,2}")


def _numbers(data: bytes) -> Iterator[Needle | Token]:
    digits = data.hex().encode()
    if len(digits) >= SHORT:
        yield Needle(digits, HEX)
    else:
        yield Token.of(digits, HEX)
    if len(data) >= SHORT:
        yield Needle(",".join(map(str, data)).encode(), BYTES)


def _spellings(value: str) -> dict[str, None]:
    """The value, and how a form, a change of case or a normalisation spells it."""
    spellings = [value, value.replace(" ", "+")]
    if not value.isascii():
        spellings += [value.lower(), value.upper(), value.casefold(), value.swapcase()]
        spellings += [unicodedata.normalize(form, value) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    return dict.fromkeys(spellings)


def _transported(value: str) -> dict[str, None]:
    """What is Base64-encoded: the value, or the value escaped (RFC 6749 section 2.3.1 has Basic form-encoded)."""
    safe = value.encode("utf-8", "surrogatepass")
    escaped = [quote(safe, safe=""), quote_plus(safe), quote(safe), json.dumps(value)[1:-1]]
    lower = [_PERCENT.sub(lambda match: match[0].lower(), text) for text in escaped[:3]]
    return dict.fromkeys([value, *escaped, *lower])


def _as_bytes(text: str) -> dict[bytes, None]:
    """UTF-8; and for what is not ASCII, Latin-1, UTF-8 read as Latin-1, and surrogate pairs."""
    utf8 = text.encode("utf-8", "surrogatepass")
    if text.isascii():
        return {utf8: None}
    mixed = b"".join(bytes((ord(c),)) if ord(c) < 256 else c.encode("utf-8", "surrogatepass") for c in text)
    pairs = text.encode("utf-16-be", "surrogatepass")
    units = (int.from_bytes(pairs[i : i + 2], "big") for i in range(0, len(pairs), 2))
    cesu = "".join(map(chr, units)).encode("utf-8", "surrogatepass")
    return dict.fromkeys([utf8, mixed, utf8.decode("latin-1").encode(), cesu])
