"""The second net: what is secret by the name it stands under, or by its look, whether anybody knew it or not."""

import re
from collections.abc import Callable
from re import Match
from typing import Final

from doctor.model.pattern import Pattern
from doctor.model.secret import mark

Count = Callable[[str, str], None]
"""Called with what was removed and the form."""

MARK: Final = re.compile(r"\[[A-Za-z][A-Za-z ,'-]{0,60} (?:removed|withheld)\]")
SECRET_HEADERS: Final = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
BY_NAME: Final = "by name"
BY_PATTERN: Final = "by pattern"

_NAMES: Final = ("client_secret", "password", "access_token", "refresh_token", "id_token", "client_assertion")
_SPELLED: Final = tuple(dict.fromkeys(name.replace("_", sign) for name in _NAMES for sign in ("_", "-", "")))
_KEY: Final = r"(?<![A-Za-z0-9])(?P<key>" + "|".join(n.replace("_", "[_-]?") for n in _NAMES) + ")"
_HEADER: Final = r"(?<![A-Za-z0-9_-])(?P<key>(?:proxy-)?authorization|(?:set-)?cookie)"
_QUOTE: Final = r"(?:\\*[\"']|&quot;|&#3[49];|%22)"
_QUOTES: Final = (*"\"'", "&quot;", "&#3", "%22")
_QUOTED: Final = rf"(?P<before>{_QUOTE}?\s*[:=]\s*(?P<quote>{_QUOTE}))(?P<value>(?:(?!(?P=quote))(?:\\.|[^\\]))+)"
_SCHEMES: Final = "Basic|Bearer|Digest|DPoP|Negotiate|NTLM|Token|JWT|ApiKey|HOBA|Mutual"
_SCHEME: Final = Pattern(rf"(?P<scheme>(?:{_SCHEMES}):?\s+)(?P<value>.+)", re.IGNORECASE | re.DOTALL)
_COOKIE: Final = Pattern(r"(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+=)(?P<value>[^;]+)")
_ATTRIBUTE: Final = Pattern(
    r"\s*(?:(?:Path|Domain|Max-Age|SameSite)=[^;,=]*|Expires=\w{3}, [\w: -]+|Secure|HttpOnly|Partitioned)\s*",
    re.IGNORECASE,
)

_QUOTED_KEY: Final = Pattern(_KEY + _QUOTED, re.IGNORECASE | re.DOTALL, holds=_QUOTES)
_FORM_KEY: Final = Pattern(
    _KEY + r"(?P<before>=|%3D)(?P<value>(?:(?!%26)[^\s&\"'<>\\])+)", re.IGNORECASE, holds=("=", "%3d")
)
_QUOTED_HEADER: Final = Pattern(_HEADER + _QUOTED, re.IGNORECASE | re.DOTALL, holds=_QUOTES)
_LINE_HEADER: Final = Pattern(
    r"(?m)^(?P<lead>[<>*]?[ \t]*)" + _HEADER + r"(?P<before>[ \t]*:[ \t]*)(?P<value>[^\r\n]+)",
    re.IGNORECASE,
    holds=":",
)
_PROSE_HEADER: Final = Pattern(
    _HEADER + rf"(?P<before>\s*[:=]\s*(?:{_SCHEMES})(?:\s+|\+|%20))(?P<value>[A-Za-z0-9._~+/=%-]{{6,}})",
    re.IGNORECASE,
    holds=":=",
)
# From the beginning of a run of such characters, which it takes whole: a long text of "eyJ" is read once.
_JWT: Final = Pattern(
    r"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*eyJ)(?P<kept>[A-Za-z0-9_-]++\.[A-Za-z0-9_-]++\.)"
    r"(?P<value>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*)",
    holds=("eyJ",),
)
_USERINFO: Final = Pattern(r"(?<=://)(?P<value>[^\s/?#\"'<>\\\[]+)(?=@)", holds="@")


def secret_key(name: str) -> str | None:
    """What stands under a form or JSON name, or None when the name is not one of a secret."""
    plain = name.lower().replace("-", "_")
    return plain.replace("_", " ") if plain in _NAMES else None


def clean_named(text: str, count: Count) -> str:
    """``text`` without what its names and patterns give away."""
    low = text.lower()
    if any(name in low for name in _SPELLED):
        text = _QUOTED_KEY.sub(lambda m: _keyed(m, count), text)
        text = _FORM_KEY.sub(lambda m: _keyed(m, count), text)
    if "authorization" in low or "cookie" in low:
        for pattern in (_QUOTED_HEADER, _LINE_HEADER):
            text = pattern.sub(lambda m: _headed(m, count), text)
        text = _PROSE_HEADER.sub(lambda m: _headed(m, count), text)
    text = _JWT.sub(lambda m: m["kept"] + _marked("JWT signature", BY_PATTERN, count), text)
    return _USERINFO.sub(lambda _: _marked("credentials", BY_PATTERN, count), text)


def clean_header(name: str, value: str, count: Count) -> str:
    """The value of a header, of which only the scheme or the cookies' names and attributes stay."""
    match name.lower():
        case "authorization" | "proxy-authorization":
            return _credentials(value, count)
        case "cookie" | "set-cookie":
            return ";".join(_cookie(part, count, first=not n) for n, part in enumerate(value.split(";")))
        case _:
            return value


def _keyed(match: Match[str], count: Count) -> str:
    value = match["value"]
    if MARK.match(value) or _cut_mark(match) or not any(c.isalnum() for c in value):
        return match[0]
    what = match["key"].lower().replace("-", "_")
    known = next(n for n in _NAMES if n.replace("_", "") == what.replace("_", ""))
    return match["key"] + match["before"] + _marked(known.replace("_", " "), BY_NAME, count)


def _headed(match: Match[str], count: Count) -> str:
    if _cut_mark(match):
        return match[0]
    lead = match.groupdict().get("lead") or ""
    return lead + match["key"] + match["before"] + clean_header(match["key"], match["value"], count)


def _cut_mark(match: Match[str]) -> bool:
    """True when the value is a mark of which the pattern, that ends at a space, saw only the beginning."""
    return MARK.match(match.string, match.start("value")) is not None


def _credentials(value: str, count: Count) -> str:
    scheme = _SCHEME.fullmatch(value.strip())
    kept, rest = (scheme["scheme"], scheme["value"]) if scheme else ("", value)
    if not rest.strip() or MARK.fullmatch(rest.strip()) or re.fullmatch(_SCHEMES, rest.strip(), re.IGNORECASE):
        return value
    return kept + _marked("Authorization header", BY_NAME, count)


def _cookie(part: str, count: Count, *, first: bool) -> str:
    if not part.strip() or (not first and _ATTRIBUTE.fullmatch(part)):
        return part
    pair = _COOKIE.fullmatch(part.strip())
    name, value = (pair["name"], pair["value"]) if pair else ("", part.strip())
    if MARK.fullmatch(value) or (part.strip().endswith("=") and part.count("=") == 1):
        return part
    return part[: len(part) - len(part.lstrip())] + name + _marked("cookie", BY_NAME, count)


def _marked(what: str, form: str, count: Count) -> str:
    count(what, form)
    return mark(what)
