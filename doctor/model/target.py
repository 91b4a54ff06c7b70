"""The environment that the settings point at, read from whatever was given for it."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from doctor.model.characters import trimmed
from doctor.model.facts.settings import Target, UrlProblem, UrlProblemKind
from doctor.model.frozen import dataclass
from doctor.model.host import SUFFIX
from doctor.model.pattern import Pattern
from doctor.model.terms import URLS, SettingName
from doctor.model.url import Fault, Location, read

_DEFAULT_BASE = "/auth"
_TOKEN = "/protocol/openid-connect/token"
_REALM_PATH = Pattern(r"(?P<base>.*?)/realms/(?P<realm>[^/]+)(?P<rest>.*)", re.DOTALL, holds=("/realms/",))
_CONSOLE_PATH = Pattern(r"(?P<base>.*?)/admin/(?P<realm>[^/]+)/console(?:/.*)?", re.DOTALL, holds=("/console",))
_API_PATH = Pattern(r"(?P<prefix>.*?)/api(?P<rest>/.*)?", holds=("/api",))
_AUTH_PATH = Pattern(r"(?P<base>.*/auth)/?(?:admin/?)?", holds=("/auth",))
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Unusable:
    """The settings point at no environment."""

    problems: tuple[UrlProblem, ...]
    """What is wrong with each URL given; never empty."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What one URL among the settings says."""

    setting: SettingName
    location: Location
    base: str | None = None
    """Path of the identity provider, where the URL shows it."""
    realm: str | None = None
    api: str = ""
    """Path in front of ``/api``."""
    is_token_url: bool = False
    extra: bool = False
    """True when the path says more than where the environment is."""


def point_at(settings: Mapping[SettingName, str]) -> Target | Unusable:
    """Read the environment from ``url``, ``realm``, ``token_url`` and ``api_url``, each already cleaned.

    Without ``url`` the token URL says where the environment is, without that the API URL. Without ``realm`` the realm
    is the one that a URL names, or empty.
    """
    readings = [(name, read(settings[name])) for name in URLS if name in settings]
    places = {name: _place(name, r.location) for name, r in readings if r.location}
    problems = tuple(p for name, r in readings for p in _problems(name, r.faults, places.get(name)))
    if not readings:
        problems = (UrlProblem(UrlProblemKind.MALFORMED, SettingName.URL, "no URL was given"),)
    return _target(settings, places, problems) if readings and len(places) == len(readings) else Unusable(problems)


def _target(
    settings: Mapping[SettingName, str], places: Mapping[SettingName, _Place], problems: tuple[UrlProblem, ...]
) -> Target:
    token, api, url = places.get(SettingName.TOKEN_URL), places.get(SettingName.API_URL), next(iter(places.values()))
    home = token if token and token.is_token_url else url
    base = home.base if home.base is not None else _DEFAULT_BASE
    named = tuple((place.setting, place.realm) for place in places.values() if place.realm)
    realm = settings.get(SettingName.REALM) or (named[0][1] if named else "")
    issuer = f"{home.location.origin}{base}/realms/{quote(realm, safe='', errors='surrogatepass')}"
    endpoint = token.location.full if token else f"{issuer}{_TOKEN}"
    return Target(
        origin=home.location.origin,
        base_path=base,
        realm=realm,
        token_endpoint=endpoint,
        api_base=_api_base(api or url),
        vendor_domain=_vendor(home.location) and _vendor((token or home).location),
        token_url_given=token is not None,
        api_url_prefix=api is not None and _single(api.location.path).rstrip("/").endswith("/api"),
        problems=problems,
        realms_named=named,
        realm_in_value=_realm_inside(realm),
    )


def _place(setting: SettingName, location: Location) -> _Place:
    path = _single(location.path)
    if match := _REALM_PATH.fullmatch(path):
        exact = match["rest"] == _TOKEN and path == location.path and not location.query
        realm = unquote(match["realm"], errors="replace")
        return _Place(setting, location, match["base"], realm, is_token_url=exact, extra=True)
    if match := _CONSOLE_PATH.fullmatch(path):
        return _Place(setting, location, match["base"], unquote(match["realm"], errors="replace"), extra=True)
    if match := _AUTH_PATH.fullmatch(path):
        return _Place(setting, location, match["base"])
    if match := _API_PATH.fullmatch(path):
        deep = setting is SettingName.URL or bool((match["rest"] or "").strip("/"))
        return _Place(setting, location, f"{match['prefix']}{_DEFAULT_BASE}", api=match["prefix"], extra=deep)
    if setting is SettingName.API_URL:
        return _Place(setting, location, api=path.rstrip("/"))
    return _Place(setting, location, extra=bool(path.strip("/")))


def _problems(setting: SettingName, faults: tuple[Fault, ...], place: _Place | None) -> tuple[UrlProblem, ...]:
    used = _used(place) if place else None
    extra = (Fault(UrlProblemKind.EXTRA_PARTS, clause) for clause in (_extra_parts(place),) if clause)
    return tuple(UrlProblem(fault.kind, setting, fault.observed, used) for fault in (*faults, *extra))


def _extra_parts(place: _Place | None) -> str | None:
    """What came along with the environment's address, as a clause; a query is not shown: it can hold anything."""
    if place is None or place.setting is SettingName.TOKEN_URL:
        return "a fragment came along" if place and place.location.fragment else None
    location = place.location
    path = f"the path {location.path}" if len(location.path) <= _LONGEST_SHOWN else "a long path"
    parts = [path] if place.extra else []
    parts += ["a query"] if location.query else []
    parts += ["a fragment"] if location.fragment else []
    return f"{' and '.join(parts)} came along" if parts else None


def _used(place: _Place) -> str:
    match place.setting:
        case SettingName.TOKEN_URL:
            return place.location.full
        case SettingName.API_URL:
            return _api_base(place)
        case _:
            return place.location.origin


def _api_base(place: _Place) -> str:
    return f"{place.location.origin}{place.api}"


def _single(path: str) -> str:
    return re.sub(r"//+", "/", path)


def _vendor(location: Location) -> bool:
    return location.scheme == "https" and location.port is None and location.host.endswith(f".{SUFFIX}")


def _realm_inside(realm: str) -> str | None:
    """The realm in a value that holds a path or URL; None for a plain name, and where none can be told."""
    if "/" not in realm and "\\" not in realm:
        return None
    path = _single(trimmed(realm).replace("\\", "/").strip("/"))
    match = _REALM_PATH.fullmatch(f"/{path}") or _CONSOLE_PATH.fullmatch(f"/{path}")
    inside = unquote(re.split(r"[?#]", match["realm"])[0], errors="replace") if match else path
    return inside if inside and "/" not in inside else None
