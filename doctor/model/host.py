"""Host names: what is one, what is this machine's own, and which of the vendor's are no environment."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from doctor.model.frozen import dataclass
from doctor.model.pattern import Pattern
from doctor.model.spelling import distance

SUFFIX = "ataccama.one"
"""The domain under which every Cloud environment has its name."""

_LONGEST = 253
_LONGEST_LABEL = 63
_LABEL = Pattern(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NO_ENVIRONMENT = frozenset({"docs", "support", "community", "www"})
_DOUBLED = Pattern(r"(?:(?:^|\.)ataccama\.one){2,}$", holds=("one.ataccama",))
_NEAR = 2


@dataclass(frozen=True, slots=True)
class NoHost:
    """What was given is no host name, and why, as a clause."""

    why: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """A host near the vendor's domain that is no environment."""

    why: str
    meant: str | None
    """The host that was meant, where one can be told."""


def host_of(text: str) -> str | NoHost:
    """Return the host in lower case and ASCII, an IPv6 address in brackets, or why it is none."""
    if text.startswith("[") or text.count(":") > 1:
        return _ipv6(text[1:-1] if text.startswith("[") and text.endswith("]") else text)
    name = text.lower().removesuffix(".").removesuffix("\u3002")
    if not name:
        return NoHost("the host is empty")
    if why := _too_long(name):
        return NoHost(why)
    plain = _idna(name)
    if isinstance(plain, NoHost):
        return plain
    return NoHost("the numbers in it make no IPv4 address") if _bad_ipv4(plain) else plain


def is_loopback(host: str) -> bool:
    """True for localhost and its subdomains, 127.0.0.0/8 and ::1 as literals (RFC 6761, RFC 8252 section 7.3)."""
    if host == "localhost" or host.endswith(".localhost") or host == "[::1]":
        return True
    return is_address(host) and host.startswith("127.")


def is_address(host: str) -> bool:
    """True for an IP address as a literal."""
    return host.startswith("[") or bool(re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", host))


def undoubled(host: str) -> str:
    """Return the host with the vendor's domain once at its end, where it stands there several times."""
    return _DOUBLED.sub(f".{SUFFIX}", host).removeprefix(".")


def stranger(host: str) -> Stranger | None:
    """Return why a host of the vendor's, or one that nearly is, cannot be an environment; None for any other."""
    front, registrable = _parted(host)
    if registrable == SUFFIX:
        return _no_environment(host, front)
    if registrable == "ataccama.com":
        return Stranger(f"{host} is a site of the vendor's and no environment", None)
    for near in (".ataccama", ".ataccamaone"):
        if host.endswith(near):
            return _misspelled(near[1:], host.removesuffix(near))
    if is_address(host) or distance(registrable, SUFFIX, _NEAR) > _NEAR:
        return None
    return _misspelled(registrable, front)


def _no_environment(host: str, front: str) -> Stranger | None:
    if not front:
        return Stranger(f"{SUFFIX} stands there without an environment in front of it", None)
    return Stranger(f"{host} is a site of the vendor's and no environment", None) if front in _NO_ENVIRONMENT else None


def _misspelled(domain: str, front: str) -> Stranger:
    meant = f"{front}.{SUFFIX}" if front and front not in _NO_ENVIRONMENT else None
    return Stranger(f"the domain is spelled {domain}, and environments are under {SUFFIX}", meant)


def _parted(host: str) -> tuple[str, str]:
    labels = host.split(".")
    return ".".join(labels[:-2]), ".".join(labels[-2:])


def _too_long(name: str) -> str | None:
    labels = name.split(".")
    if max(map(len, labels)) > _LONGEST_LABEL:
        return f"a part of the host name is longer than {_LONGEST_LABEL} characters"
    if len(name) > _LONGEST:
        return f"the host name is longer than {_LONGEST} characters"
    return None if all(labels) else "two dots of the host name have nothing between them"


def _idna(name: str) -> str | NoHost:
    try:
        plain = name if name.isascii() else name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return NoHost("the host holds a character that no host name can have")
    labels = plain.split(".")
    if all(_LABEL.fullmatch(label) for label in labels):
        return plain
    bad = next((char for char in plain if not re.match(r"[a-z0-9_.\-]", char)), "-")
    if bad == "-":
        return NoHost("a part of the host name begins or ends with a hyphen")
    return NoHost(f"the host holds U+{ord(bad):04X}, which no host name can have")


def _bad_ipv4(name: str) -> bool:
    if not name.rpartition(".")[2].isdigit() or "." not in name:
        return False
    try:
        IPv4Address(name)
    except AddressValueError:
        return True
    return False


def _ipv6(text: str) -> str | NoHost:
    try:
        return f"[{IPv6Address(text)}]" if "%" not in text else NoHost("an IPv6 zone is no part of a URL")
    except AddressValueError:
        return NoHost("what stands there is no IPv6 address")
