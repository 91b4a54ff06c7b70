"""What came along with a value from the file, page or command it was copied from: a label, quotes, punctuation."""

import re
from typing import NamedTuple

from doctor.model.pattern import Pattern


class Peeled(NamedTuple):
    """A value with one layer off."""

    rest: str
    layer: str
    """What the layer was, in words that hold nothing of the value."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRONG = _words("client secret realm tenant scope token password authorization clientid clientsecret ataccama")
_LAST = _words(
    "id secret realm tenant url uri scope scopes token key password env environment domain host endpoint credentials "
    "authorization proxy bundle value clientid clientsecret accesstoken tokenurl apiurl"
)
_KNOWN = _LAST | _words(
    "client api app application oauth oauth2 oidc keycloak kc ataccama one auth access bearer my your the prod dev "
    "test uat stage production development base service account main default server http https ca spring security "
    "quarkus registration provider"
)
_NAME = r"[A-Za-z][A-Za-z0-9_.\- ]{0,100}?"
_LINE = Pattern(
    r"(?:[-*\u2022&?]\s*|(?P<tool>(?:export|setx?|env|ENV|SET|declare -x|typeset -x)\s+|\$env:|--|-D))?"
    rf"(?P<quote>[\"'`]?)(?P<name>{_NAME})(?P=quote)"
    r"(?P<sep>[ ]+=>\s*|[ ]*(?::=|=|\uff1d|:|\uff1a)\s*|[ ]+[-\u2013\u2014|]\s+|\t+|[ ]*[\r\n]+\s*)(?P<rest>.*)",
    re.DOTALL,
    holds="=:\uff1d\uff1a \t\r\n",
)
_ARGUMENT = Pattern(r"(?P<name>--[A-Za-z][\w\-]{0,60}|setx [A-Z][A-Z0-9_]{0,60})[ ]+(?P<rest>.*)", re.DOTALL, holds=" ")
_METHOD = Pattern(r"(?P<method>GET|POST)\s+(?P<rest>https?://.*)", re.DOTALL, holds=("GET", "POST"))
_OPTION = Pattern(
    r"(?P<option>-d|-F|-H|--data(?:-raw|-urlencode|-binary)?|--form|--header)(?:\s+|=|(?=[\"']))(?P<rest>.*)",
    re.DOTALL,
    holds=("-d", "-F", "-H", "--form", "--header"),
)
_ELEMENT = Pattern(r"<(?P<name>[A-Za-z][\w.\-]{0,60})>(?P<rest>.*)</(?P=name)>", re.DOTALL, holds=("</",))
_FIELD = Pattern(r"(?:grant_type|client_id|client_secret|scope|username|password)=", holds="=")
_NEXT_FIELD = Pattern(rf"&{_FIELD.source}", holds="&")
_WORD = Pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d?|\d+")
_QUOTES = (
    ('"', '"', "double quotes"),
    ("'", "'", "single quotes"),
    ("`", "`", "backticks"),
    ('\\"', '\\"', "escaped double quotes"),
    ("<", ">", "angle brackets"),
    ("{", "}", "braces"),
)
_TYPOGRAPHIC = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\uff02\uff07"
_CONTINUED = Pattern(r"\s+[\\`^]$", holds="\\`^")


def unlabelled(text: str) -> Peeled | None:
    """Return what stands behind the name that came along, or None where no known name stands in front."""
    if option := _OPTION.fullmatch(text):
        return Peeled(option["rest"], option["option"])
    if (element := _ELEMENT.fullmatch(text)) and _is_name(element["name"]):
        return Peeled(element["rest"], f"<{element['name']}>")
    if method := _METHOD.fullmatch(text):
        return Peeled(method["rest"], method["method"])
    argument = _ARGUMENT.fullmatch(text)
    if argument and (argument["name"].startswith("setx") or _is_name(argument["name"].removeprefix("--"))):
        return Peeled(argument["rest"], argument["name"])
    # The scheme of a URL is no label: told without the pattern, since most values with a colon are URLs.
    line = None if text.startswith(("https://", "http://")) else _LINE.fullmatch(text)
    if line and _is_label(line):
        return Peeled(line["rest"], f"{line['tool'] or ''}{line['name']}{line['sep'].strip()}")
    field = None if _FIELD.match(text) else _NEXT_FIELD.search(text)
    return Peeled(text[: field.start()], field.group()) if field and field.start() else None


def unquoted(text: str) -> Peeled | None:
    """Return what stands between the quotes that wrap the whole value, or beside the one that was left, or None."""
    for opening, closing, words in _QUOTES:
        if len(text) >= len(opening + closing) and text.startswith(opening) and text.endswith(closing):
            return Peeled(text[len(opening) : -len(closing)], words)
    rest = text.strip(_TYPOGRAPHIC)
    return Peeled(rest, "typographic quotes") if rest != text else _half_quoted(text)


def _half_quoted(text: str) -> Peeled | None:
    for quote in "\"'`":
        if text.count(quote) == 1 and len(text) > 1 and quote in (text[0], text[-1]):
            return Peeled(text.strip(quote), "one quote" if quote != "`" else "one backtick")
    return None


def unpunctuated(text: str) -> Peeled | None:
    """Return the value without the comma, semicolon or line continuation that ended its line, or None."""
    if continued := _CONTINUED.search(text[-40:]):
        return Peeled(text[: -len(continued.group())], continued.group().strip())
    return Peeled(text[:-1], text[-1]) if len(text) > 1 and text[-1] in ",;" else None


def _is_label(line: re.Match[str]) -> bool:
    colon_inside = line["sep"] == ":" and not line["quote"]
    if line["tool"] and line["tool"] != "--" and re.fullmatch(r"[A-Z][A-Z0-9_]*", line["name"]):
        return True
    return _is_name(line["name"], strong=colon_inside)


def _is_name(name: str, *, strong: bool = False) -> bool:
    """True when every word of it is a settings' word: then it can be shown, for it is no part of a secret."""
    words = [word.lower() for word in _WORD.findall(name)]
    if words[1:] == ["name"]:
        return words[0] in {"realm", "tenant"}
    if not words or words[-1] not in _LAST:
        return False
    strongly, known = not _STRONG.isdisjoint(words), _KNOWN.issuperset(words)
    return (known or (name.isupper() and "_" in name and strongly)) and (strongly or not strong)
