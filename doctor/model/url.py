"""The grammar of the URLs that people give: a label, a domain or a URL (RFC 3986), and what is wrong with it."""

import re
from typing import NamedTuple
from urllib.parse import quote

from doctor.model import host as hosts
from doctor.model.characters import trimmed, without_invisible, without_white
from doctor.model.facts.settings import UrlProblemKind
from doctor.model.frozen import dataclass
from doctor.model.pattern import Pattern

_LONGEST = 8192
_FRONT = Pattern(r"(?P<word>[A-Za-z][A-Za-z0-9+\-]{0,20})(?P<colon>:?)(?P<slashes>[/\\]*)")
_EMAIL = Pattern(r"[^@:/\s]+@[^@:/\s]+", holds="@")
_PATH = Pattern(r"[/\\](?![/\\])")
_SECOND = Pattern(r"https?:?$", re.IGNORECASE)
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
_DEFAULT_PORT = {"https": 443, "http": 80}


class Fault(NamedTuple):
    """One thing that is wrong with a URL."""

    kind: UrlProblemKind
    observed: str
    """As a clause; shows no credentials."""


@dataclass(frozen=True, slots=True)
class Location:
    """A URL in its parts: lower case, ASCII, without credentials and default port."""

    scheme: str
    host: str
    """An IPv6 address stands in brackets."""
    port: int | None
    path: str
    query: str
    fragment: str

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454 section 6.2)."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")

    @property
    def full(self) -> str:
        """The whole URL but its fragment."""
        return f"{self.origin}{self.path}" + (f"?{self.query}" if self.query else "")


class Reading(NamedTuple):
    """What a text gave."""

    location: Location | None
    """None: nothing usable could be made of it."""
    faults: tuple[Fault, ...]


class _Authority(NamedTuple):
    host: str
    port: int | None
    faults: tuple[Fault, ...]


def read(text: str) -> Reading:
    """Read a label, domain or URL; a bare label is an environment under the vendor's domain."""
    text = trimmed(text)
    if len(text) > _LONGEST:
        return _unusable(f"it is longer than {_LONGEST} characters")
    if _EMAIL.fullmatch(text.removeprefix("mailto:")):
        return _unusable("it is an e-mail address")
    if _PATH.match(text):
        return _unusable("it is a path")
    scheme, rest, faults = _scheme(text)
    authority, tail, more = _authority_of(rest)
    found = _authority(authority, bare=scheme is None)
    if isinstance(found, Fault):
        return Reading(None, (*faults, *more, found))
    secure, port, late = _secured(scheme or "https", found)
    host, named = _named(found.host)
    location = Location(secure, host, port, *_parts(tail)) if host else None
    return Reading(location, (*faults, *more, *found.faults, *named, *late))


def _scheme(text: str) -> tuple[str | None, str, tuple[Fault, ...]]:
    """The scheme, what follows it, and what is wrong with it; None where there is none."""
    seen: list[str] = []
    faults: list[Fault] = []
    while (front := _FRONT.match(text)) and (why := _as_scheme(front, text)) is not None:
        seen.append(front["word"].lower())
        faults += [_malformed(why)] if why else []
        text = text[front.end() :]
    if len(seen) > 1:
        faults = [Fault(UrlProblemKind.DOUBLED_SUFFIX, f"the scheme stands there {len(seen)} times")]
    if not seen and text.startswith(":/"):
        faults.append(_malformed("it begins with a colon"))
        text = text[1:]
    scheme = None if not seen else "http" if set(seen) == {"http"} else "https"
    return scheme, text.lstrip("/\\"), tuple(faults[:1])


def _as_scheme(front: re.Match[str], text: str) -> str | None:
    """What is wrong with the scheme at the front, empty when nothing is; None when there is no scheme."""
    word, colon, slashes = front["word"].lower(), front["colon"], front["slashes"]
    exact = word in {"http", "https"}
    if not colon:
        return "the colon after the scheme is missing" if exact and len(slashes) > 1 else None
    if not slashes:
        port_follows = re.match(r"\d{1,5}(?:[/?#]|$)", text[front.end() :])
        return "the two slashes after the scheme are missing" if exact and not port_follows else None
    if not exact:
        return f"the scheme is {word}"
    return "" if slashes == "//" else f"{slashes} stands after the scheme where // belongs"


def _authority_of(rest: str) -> tuple[str, str, tuple[Fault, ...]]:
    """Host and port with what is before them, then the path and what follows it."""
    cut = re.search(r"[/\\?#]", rest)
    authority, tail = (rest[: cut.start()], rest[cut.start() :]) if cut else (rest, "")
    if tail.startswith("//") and (second := _SECOND.search(authority)) and second.start():
        fault = Fault(UrlProblemKind.DOUBLED_SUFFIX, "a second URL follows the first")
        return authority[: second.start()], "", (fault,)
    userinfo, at, host = authority.rpartition("@")
    if at and not (userinfo and host):
        return host, tail, (_malformed("an @ stands where no credentials are"),)
    credentials = Fault(UrlProblemKind.EXTRA_PARTS, "credentials stand before the host; they were not used")
    return (host, tail, (credentials,)) if at else (authority, tail, ())


def _authority(text: str, *, bare: bool) -> _Authority | Fault:
    compact = without_invisible(without_white(text))
    faults: tuple[Fault, ...] = (
        () if compact == text else (_malformed("white space or a control character stands inside the host"),)
    )
    if faults and bare and "." not in text:
        return _malformed("it is neither a URL nor a domain nor a label")
    name, port_text = _ported(compact)
    host = hosts.host_of(name)
    if isinstance(host, hosts.NoHost):
        return _malformed(host.why)
    port = _port(port_text)
    if port is None and port_text:
        if not host.endswith(f".{hosts.SUFFIX}"):
            return _malformed("the port is no number from 1 to 65535")
        faults += (_malformed("the port is no number from 1 to 65535"),)
    if bare and not port_text and "." not in host and not (hosts.is_loopback(host) or hosts.is_address(host)):
        host = f"{host}.{hosts.SUFFIX}"
    return _Authority(host, port, faults)


def _ported(text: str) -> tuple[str, str]:
    if text.startswith("["):
        name, bracket, port = text.partition("]")
        return f"{name}{bracket}", port.removeprefix(":")
    if text.count(":") > 1:
        return text, ""
    name, _, port = text.partition(":")
    return name, port


def _port(text: str) -> int | None:
    if not re.fullmatch(r"[0-9]{1,5}", text):
        return None
    return int(text) if 1 <= int(text) <= 65535 else None


def _secured(scheme: str, found: _Authority) -> tuple[str, int | None, tuple[Fault, ...]]:
    """HTTPS for every host but this machine's own, and the port unless it is the scheme's default."""
    given = None if found.port == _DEFAULT_PORT[scheme] else found.port
    if scheme == "https" or hosts.is_loopback(found.host):
        return scheme, given, ()
    fault = Fault(UrlProblemKind.NOT_HTTPS, f"http:// was given for {found.host}")
    return "https", None if given == _DEFAULT_PORT["https"] else given, (fault,)


def _parts(tail: str) -> tuple[str, str, str]:
    """Path, query and fragment, in ASCII."""
    front, _, fragment = tail.partition("#")
    path, _, query = front.partition("?")
    plain = quote(path.replace("\\", "/"), safe=_SAFE_IN_PATH, errors="surrogatepass")
    return plain, quote(query, safe=f"{_SAFE_IN_PATH}?", errors="surrogatepass"), fragment


def _named(host: str) -> tuple[str | None, tuple[Fault, ...]]:
    """The environment's host, and what is wrong with the name that was given for it."""
    once = hosts.undoubled(host)
    doubled = Fault(UrlProblemKind.DOUBLED_SUFFIX, f"{hosts.SUFFIX} stands there more than once")
    faults = (doubled,) if once != host else ()
    if other := hosts.stranger(once):
        return other.meant, (*faults, Fault(UrlProblemKind.NOT_AN_ENVIRONMENT, other.why))
    return once, faults


def _malformed(why: str) -> Fault:
    return Fault(UrlProblemKind.MALFORMED, why)


def _unusable(why: str) -> Reading:
    return Reading(None, (_malformed(why),))
