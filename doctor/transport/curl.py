"""Where curl would go another way than a program with requests, as this machine is set up.

What curl does is what its manual says under ENVIRONMENT and --noproxy; tests hold it against curl itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path

from doctor.model.facts.network import CurlDifference, CurlWay, Differs
from doctor.transport.dial import Origin, Proxy
from doctor.transport.trust import CA_VARIABLES, Trust, listed_no_proxy, proxy_for

_NETRC_FILES = (".netrc", "_netrc")
_OPENSSL = ("SSL_CERT_DIR", "SSL_CERT_FILE")
_EVERYBODYS = (*CA_VARIABLES, "certifi")
"""Sources of a trust store that programs with requests share with this one."""


def curl_way(urls: Iterable[str], environ: Mapping[str, str], trust: Trust, *, proxy_given: bool) -> CurlWay:
    """What differs for these URLs; a proxy or CA bundle that was given to this program alone is left out."""
    origins = list(dict.fromkeys(map(Origin.of, urls)))
    return CurlWay(
        (
            *(() if proxy_given else _proxies(origins, environ)),
            *(_trust(environ, trust) if any(origin.scheme == "https" for origin in origins) else ()),
            *_logins(origins, environ),
        )
    )


def curls_proxy(origin: Origin, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy that curl takes: of ``HTTP_PROXY`` it reads the lower case alone."""
    if curl_goes_round(origin.host, listed_no_proxy(environ)):
        return None
    upper = () if origin.scheme == "http" else ("HTTPS_PROXY",)
    for variable in (f"{origin.scheme}_proxy", *upper, "all_proxy", "ALL_PROXY"):
        if environ.get(variable):
            return Proxy(environ[variable], variable)
    return None


def curl_goes_round(host: str, no_proxy: str) -> bool:
    """True when curl takes no proxy to this host: whole labels, networks, entries parted by commas or blanks."""
    if no_proxy == "*":
        return True
    return any(_covers(entry, host.lower().rstrip(".")) for entry in no_proxy.replace(",", " ").lower().split())


def _covers(entry: str, host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        name = entry.strip(".")
        return bool(name) and (host == name or host.endswith(f".{name}"))
    try:
        return address in ip_network(entry, strict=False)
    except ValueError:
        return False


def _proxies(origins: Iterable[Origin], environ: Mapping[str, str]) -> Iterator[CurlDifference]:
    for origin in origins:
        ours, curls = proxy_for(origin, None, "", environ), curls_proxy(origin, environ)
        if (ours and ours.source) != (curls and curls.source):
            yield CurlDifference(Differs.PROXY, str(origin), _named(ours), _named(curls))


def _named(proxy: Proxy | None) -> str:
    return f"the proxy in {proxy.source}" if proxy else "no proxy"


def _trust(environ: Mapping[str, str], trust: Trust) -> Iterator[CurlDifference]:
    named = next((variable for variable in ("CURL_CA_BUNDLE", *_OPENSSL) if environ.get(variable)), None)
    shipped = trust.source == "certifi"
    same = named is not None and environ[named] == trust.path
    if trust.source not in _EVERYBODYS or same or (shipped and named is None):
        return  # that the shipped list and the system's store are two is so everywhere
    ours = "the list that requests ships" if shipped else f"the bundle in {trust.source}"
    curls = f"the bundle in {named}" if named else "the operating system's store"
    yield CurlDifference(Differs.TRUST, "", ours, curls)


def _logins(origins: Iterable[Origin], environ: Mapping[str, str]) -> Iterator[CurlDifference]:
    """Requests puts a login of this file in the place of an ``Authorization`` header; curl reads it with -n only."""
    path = _netrc_file(environ)
    for host in dict.fromkeys(origin.host for origin in origins):
        if path is not None and _has_login(path, host):
            yield CurlDifference(Differs.LOGIN, host, "NETRC" if environ.get("NETRC") else f"~/{path.name}", "")


def _netrc_file(environ: Mapping[str, str]) -> Path | None:
    home = environ.get("HOME") or environ.get("USERPROFILE")
    named = [Path(environ["NETRC"])] if environ.get("NETRC") else [Path(home, name) for name in _NETRC_FILES if home]
    try:
        return next((path for path in named if path.is_file()), None)
    except (OSError, ValueError):
        return None


def _has_login(path: Path, host: str) -> bool:
    """Whether the file has an entry; what stands in the entry is kept nowhere."""
    import netrc  # most have no such file

    try:
        return netrc.netrc(path).authenticators(host) is not None
    except (netrc.NetrcParseError, OSError, ValueError):
        return False
