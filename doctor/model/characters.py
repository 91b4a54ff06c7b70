"""Characters that do not belong in a setting: white space, what cannot be seen, and twins of ASCII characters."""

from functools import cache
from unicodedata import normalize

from doctor.model.pattern import Pattern

WHITE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""The Unicode property White_Space, as the inside of a regular expression's class."""
INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control
    r"\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"  # format above, default-ignorable here
    r"\ud800-\udfff"  # what is left of bytes that are not UTF-8
)
"""Control, format and default-ignorable characters that are no white space, likewise."""


def _is_plain(text: str) -> bool:
    """True for visible ASCII without a space, as nearly every value is: nothing in it can be odd."""
    return text.isascii() and text.isprintable() and " " not in text


_WHITE_ONE = Pattern(f"[{WHITE}]", in_vain=_is_plain)
_WHITE_RUN = Pattern(f"[{WHITE}]+", in_vain=_is_plain)
_INVISIBLE_ONE = Pattern(f"[{INVISIBLE}]", in_vain=_is_plain)
_EDGE = Pattern(f"[{WHITE}{INVISIBLE}]+", in_vain=_is_plain)

_PUNCTUATION = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4\u02ca\u02b9\u02bc",
    '"': "\u201c\u201d\u201e\u201f\u2033",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u2043",
    "/": "\u2044\u2215",
    ".": "\u2024",
    ":": "\u2236\ua789",
    ";": "\u037e",
    "^": "\u02c6",
    "~": "\u02dc\u223c",
    "!": "\u01c3",
    "|": "\u2223",
    "*": "\u2217",
    "_": "\u02cd",
    "...": "\u2026",
}
_LETTER_TWINS = (
    "\u0430\u0251\u0441\u0501\u0435\u0261\u04bb\u0456\u0131\u0458\u04cf\u043e\u03bf\u0440\u051b\u0455\u03bd"
    "\u051d\u0445\u0443\u0410\u0391\u0412\u0392\u0421\u0415\u0395\u050c\u041d\u0397\u0406\u0399\u0408\u041a"
    "\u039a\u041c\u039c\u039d\u041e\u039f\u0420\u03a1\u051a\u0405\u0422\u03a4\u051c\u0425\u03a7\u0423\u03a5"
    "\u04ae\u0396"
)
_LETTERS = "aacdeghiijloopqsvwxyAABBCEEGHHIIJKKMMNOOPPQSTTWXXYYYZ"
"""What the twins look like, in the same order: Cyrillic, Greek, dotless and script letters."""
_COMPATIBLE = (range(0xFF01, 0xFF5F), range(0xFB00, 0xFB07), range(0x1D400, 0x1D800))
"""Full-width forms, ligatures, mathematical alphabets: their ASCII form is in the Unicode data."""


def edges(text: str) -> tuple[int, int]:
    """Return where the text begins and ends when white space and invisible characters are left off both ends."""
    start = _match_end(text)
    return start, max(start, len(text) - _match_end(text[::-1]))


def trimmed(text: str) -> str:
    """Return the text without white space and invisible characters at its ends."""
    start, end = edges(text)
    return text[start:end]


def without_invisible(text: str) -> str:
    """Return the text without any invisible character."""
    return _INVISIBLE_ONE.sub("", text)


def without_white(text: str) -> str:
    """Return the text without any white space."""
    return _WHITE_RUN.sub("", text)


def folded(text: str) -> str:
    """Return the text with twins replaced by what they look like.

    Letters are replaced only when nothing but ASCII is left: a word that is wholly Greek or Cyrillic is a word.
    """
    table = _replacements(text)
    return text.translate({ord(char): table.get(char, char) for char in set(text)}) if table else text


def is_white(char: str) -> bool:
    """True for a character with the Unicode property White_Space."""
    return bool(_WHITE_ONE.match(char))


def white_in(text: str) -> tuple[str, ...]:
    """Return each different white space character of the text."""
    return tuple(dict.fromkeys(_WHITE_ONE.findall(text)))


def invisible_in(text: str) -> tuple[str, ...]:
    """Return each different invisible character of the text."""
    return tuple(dict.fromkeys(_INVISIBLE_ONE.findall(text)))


def twins_in(text: str) -> tuple[str, ...]:
    """Return each different character that ``folded`` replaces."""
    table = _replacements(text)
    return tuple(char for char in dict.fromkeys(text) if char in table) if table else ()


def _replacements(text: str) -> dict[str, str]:
    """What each twin in the text is to be replaced by."""
    if text.isascii():
        return {}
    present = set(text)
    whole = all(char.isascii() for char in present - _twins().keys())
    table = _twins() if whole else _punctuation()
    return {char: table[char] for char in present & table.keys()}


def _match_end(text: str) -> int:
    match = _EDGE.match(text)
    return match.end() if match else 0


@cache
def _punctuation() -> dict[str, str]:
    return {twin: plain for plain, twins in _PUNCTUATION.items() for twin in twins}


@cache
def _twins() -> dict[str, str]:
    letters = dict(zip(_LETTER_TWINS, _LETTERS, strict=True))
    compatible = {chr(c): normalize("NFKC", chr(c)) for block in _COMPATIBLE for c in block}
    return _punctuation() | letters | {twin: plain for twin, plain in compatible.items() if plain.isascii()}
