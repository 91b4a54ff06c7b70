"""Reads an Authorization header as it was given (RFC 6750 section 2.1, RFC 9110 section 11.4). Pure."""

import re

from doctor.model.characters import without_invisible
from doctor.model.facts.access_token import GivenHeader, HeaderFault, HeaderFaultSeen

_QUOTES = "\"'`<>‘’“”«»"
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def examine_header(value: str) -> tuple[GivenHeader, str | None]:
    """The header's form, and the token inside it, or whatever else it carries."""
    faults: list[HeaderFaultSeen] = []
    rest = _without_name(without_invisible(value), faults)
    if rest != rest.strip():
        faults.append(HeaderFaultSeen(HeaderFault.WHITESPACE, _edges(rest)))
    rest = rest.strip()
    unquoted = rest.strip(_QUOTES)
    if rest[:1] in _QUOTES and unquoted:
        kind = HeaderFault.QUOTED if rest[0] in "<>" else HeaderFault.WRAPPED
        faults.append(HeaderFaultSeen(kind, "quotes or brackets stand round the whole header"))
        rest = unquoted
    rest = _unpunctuated(rest, faults)
    scheme, token = _split(rest, faults)
    token = _bare(token, faults)
    found = bool(token) and _TOKEN.fullmatch(token) is not None
    sendable = not _UNSENDABLE.search(value)
    faults.sort(
        key=lambda seen: (seen.harmless, seen.fault is HeaderFault.WHITESPACE)
    )  # what the words are, then their gaps
    form = GivenHeader(scheme, tuple(faults), token=found and not _for_people(scheme), sendable=sendable)
    return form, token if found else None


def _for_people(scheme: str | None) -> bool:
    return (scheme or "").lower() in ("basic", "digest", "negotiate", "ntlm")


def _without_name(value: str, faults: list[HeaderFaultSeen]) -> str:
    name = re.match(r"(?i)\s*(-H\s+)?[\"']?authorization\s*[:=]\s*", value)
    if name is None:
        return value
    faults.append(HeaderFaultSeen(HeaderFault.LABELLED, "the header's name stands in its value"))
    return value[name.end() :].rstrip("\"'")


def _unpunctuated(rest: str, faults: list[HeaderFaultSeen]) -> str:
    if len(rest) < 2 or rest[-1] not in ",;":
        return rest
    mark = "comma" if rest[-1] == "," else "semicolon"
    faults.append(HeaderFaultSeen(HeaderFault.LABELLED, f"a {mark} ends the value"))
    return rest[:-1].rstrip()


def _split(rest: str, faults: list[HeaderFaultSeen]) -> tuple[str | None, str]:
    """Scheme and credentials."""
    match = re.match(r"(?i)(bearer)(:?)([\s\u00a0]*)(.*)", rest, re.S)
    if match is None:
        return _other_scheme(rest, faults)
    scheme, colon, gap, token = match.groups()
    if colon:
        faults.append(HeaderFaultSeen(HeaderFault.SCHEME_DIFFERS, "a colon follows the word Bearer"))
    elif scheme != "Bearer":
        faults.append(HeaderFaultSeen(HeaderFault.SCHEME_DIFFERS, f"the scheme is written {scheme}", harmless=True))
    if token and gap != " " and not colon:
        faults.append(HeaderFaultSeen(HeaderFault.WHITESPACE, _gap(gap)))
    doubled = re.match(r"(?i)bearer:?\s+", token)
    if doubled:
        faults.append(HeaderFaultSeen(HeaderFault.PREFIX_DOUBLED, "the word Bearer stands twice"))
        token = token[doubled.end() :]
    if not token:
        faults.clear()  # the space before nothing is no second fault
        faults.append(HeaderFaultSeen(HeaderFault.EMPTY, "nothing follows Bearer"))
    return scheme, token


def _other_scheme(rest: str, faults: list[HeaderFaultSeen]) -> tuple[str | None, str]:
    match = re.match(r"([A-Za-z][A-Za-z0-9_-]{0,20})(:?)\s+(.+)", rest, re.S)
    if match is not None and not rest.startswith("eyJ"):
        scheme, _, token = match.groups()
        faults.append(HeaderFaultSeen(HeaderFault.SCHEME_DIFFERS, f"the scheme is {scheme}"))
        return scheme, token
    faults.append(HeaderFaultSeen(HeaderFault.PREFIX_MISSING, "the token stands alone, without the word Bearer"))
    return None, rest


def _bare(token: str, faults: list[HeaderFaultSeen]) -> str:
    bare = token.strip(_QUOTES)
    if bare != token and bare:
        faults.append(HeaderFaultSeen(HeaderFault.QUOTED, "quotes or angle brackets stand round the token"))
        token = bare
    joined = re.sub(r"\s+", "", token)
    if joined != token:
        faults.append(HeaderFaultSeen(HeaderFault.WHITESPACE, "white space stands inside the token"))
    return joined


def _edges(value: str) -> str:
    end = value[len(value.rstrip()) :]
    where, odd = ("at the end", end[0]) if end else ("at the start", value[0])
    return f"U+{ord(odd):04X} stands {where}"


def _gap(gap: str) -> str:
    if not gap:
        return "no space stands between Bearer and the token"
    if set(gap) == {" "}:
        return f"{len(gap)} spaces stand between Bearer and the token"
    odd = next(c for c in gap if c != " ")
    return f"U+{ord(odd):04X} stands between Bearer and the token"
