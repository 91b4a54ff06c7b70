"""Which certificates are trusted, and the proxy in the way: settings, then the variables that requests reads."""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.secret import Secret
from doctor.transport.dial import Origin, Proxy

if TYPE_CHECKING:
    import ssl

_ENVIRON = threading.Lock()
"""requests asks about ``NO_PROXY`` by changing this process's variables for a moment."""
CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Those that requests reads, in its order."""
_PATH_SHOWN = 200
_PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust store: a PEM bundle or a folder of hashed certificates."""

    path: str
    source: str
    """``--ca-bundle``, the variable's name, or ``certifi``."""

    @property
    def from_variable(self) -> bool:
        """True when one of everybody's variables names it."""
        return self.source in CA_VARIABLES

    def context(self) -> "ssl.SSLContext":
        """A client context that verifies chain and host name (RFC 9525)."""
        import ssl  # while the first packets are on their way

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        context.hostname_checks_common_name = False  # RFC 9525 section 6.3; what urllib3 does too
        try:
            if Path(self.path).is_dir():
                context.load_verify_locations(capath=self.path)
            else:
                context.load_verify_locations(cafile=self.path)
        except (OSError, ValueError) as problem:
            raise UsageProblem(
                f"The CA bundle {_shortened(self.path)} (from {self.source}) cannot be used: {_reason(problem)}. "
                "Expected a readable file of certificates in PEM format, or a folder of them."
            ) from None
        return context


def trust_store(ca_bundle: str | None, source: str, environ: Mapping[str, str]) -> Trust:
    """The setting, else the first CA variable that is set, else the list that requests ships."""
    if ca_bundle is not None:
        return Trust(ca_bundle, source)
    for variable in CA_VARIABLES:
        if environ.get(variable):
            return Trust(environ[variable], variable)
    return certifi_list()


def certifi_list() -> Trust:
    """The list of authorities that requests ships."""
    import certifi

    return Trust(certifi.where(), "certifi")


def proxy_for(origin: Origin, proxy: str | None, source: str, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy for an origin: the setting, else ``HTTPS_PROXY`` and its kin unless ``NO_PROXY`` names the host."""
    if proxy is not None:
        return Proxy(_with_scheme(proxy), source) if proxy else None
    if _bypassed(origin, environ):
        return None
    for variable in (f"{origin.scheme}_proxy", f"{origin.scheme}_proxy".upper(), "all_proxy", "ALL_PROXY"):
        if environ.get(variable):
            return Proxy(_with_scheme(environ[variable]), variable)
    return None


def proxy_logins(proxy: str | None, environ: Mapping[str, str]) -> Iterator[Secret]:
    """The passwords of every proxy that could come into play, alone and as the ``Basic`` header that carries them."""
    for url in (proxy, *(environ.get(variable) for variable in _PROXY_VARIABLES)):
        try:
            authorization = Proxy(_with_scheme(url or ""), "").authorization
            password = unquote(urlsplit(_with_scheme(url or "")).password or "")
        except ValueError:
            continue
        if authorization and password:
            yield Secret(password, what="password in a URL")
            yield Secret(authorization.removeprefix("Basic "), what="proxy login")


def listed_no_proxy(environ: Mapping[str, str]) -> str:
    """The hosts that no proxy leads to; the lower case goes first, for requests and for curl."""
    return environ.get("no_proxy") or environ.get("NO_PROXY") or ""


def _bypassed(origin: Origin, environ: Mapping[str, str]) -> bool:
    listed = listed_no_proxy(environ)
    if not listed:
        return False
    from requests.utils import should_bypass_proxies

    with _ENVIRON:
        return bool(should_bypass_proxies(str(origin), no_proxy=listed))


def _with_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"


def _shortened(path: str) -> str:
    """A path as a sentence can hold it."""
    return path if len(path) <= _PATH_SHOWN else f"{path[:_PATH_SHOWN]}…"


def _reason(problem: Exception) -> str:
    import ssl

    if isinstance(problem, ssl.SSLError):
        return "it holds no certificate that can be read"
    return getattr(problem, "strerror", None) or str(problem)
