"""Reads the values once: their shapes, and the environment that they point at. No secret leaves from here."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from doctor.model.facts.missing import Missing
from doctor.model.facts.settings import Shape, Target, UrlProblem, UrlsRead
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given
from doctor.model.secret import JOINED
from doctor.model.shape import Examined, examine
from doctor.model.target import Unusable, point_at
from doctor.model.terms import URLS, SettingName

AS_IT_IS = Examined(Shape(), MappingProxyType({}))
"""Of the path of a file that is there: its name may hold anything."""


@dataclass(frozen=True, slots=True)
class Values:
    """What was given, read."""

    examined: Mapping[SettingName, Examined] = field(repr=False)
    urls: UrlsRead
    target: Target | Missing
    plain: Mapping[SettingName, str] = field(default_factory=dict, repr=False)
    """As given."""

    def usable(self, name: SettingName) -> str | None:
        """The value as it can be used: cleaned; None for what is none, and where nobody gave one."""
        if name not in self.plain or not self.examined[name].shape.sendable:
            return None
        return _cleaned(self.examined[name], self.plain[name])


def read_values(given: Iterable[Given]) -> Values:
    """Examine every value, and point at the environment."""
    plain = {g.name: g.value for g in given}
    examined = {name: examine(name, value, others=plain) for name, value in plain.items()}
    # Path.exists raises where a name is too long or holds a NUL.
    if os.path.exists(plain.get(SettingName.CA_BUNDLE) or ""):  # noqa: PTH110
        examined[SettingName.CA_BUNDLE] = AS_IT_IS
    urls, target = _read_urls(examined, plain)
    return Values(examined, urls, target, plain)


def _read_urls(
    examined: Mapping[SettingName, Examined], plain: Mapping[SettingName, str]
) -> tuple[UrlsRead, Target | Missing]:
    """URLs are read cleaned, since none works otherwise; the realm as given, since its spelling is asked for."""
    unusable = [n for n in (*URLS, SettingName.REALM) if n in examined and not examined[n].shape.sendable]
    usable = {n: _cleaned(examined[n], plain[n]) for n in URLS if n in examined and n not in unusable}
    realm = plain.get(SettingName.REALM) if SettingName.REALM not in unusable else None
    given = usable | ({SettingName.REALM: realm} if realm is not None else {})
    read = point_at(given)
    blamed = tuple(p for p in read.problems if p.setting not in unusable and p.setting in examined)
    if isinstance(read, Unusable):
        reason = "the settings point at no environment" if not unusable else _not_filled_in(unusable)
        return UrlsRead(blamed, realm=realm), Missing(reason)
    read = replace(read, problems=blamed)
    urls = _urls_read(read, blamed, realm, usable)
    if unusable:
        return urls, Missing(_not_filled_in(unusable))
    return (urls, read) if read.realm else (urls, Missing("no realm was given"))


def _urls_read(
    target: Target, problems: tuple[UrlProblem, ...], realm: str | None, usable: Mapping[SettingName, str]
) -> UrlsRead:
    return UrlsRead(
        problems,
        realms_named=target.realms_named,
        realm=realm,
        realm_in_value=target.realm_in_value,
        token_endpoint=f"{target.issuer}/protocol/openid-connect/token",
        token_url=usable.get(SettingName.TOKEN_URL),
        vendor_domain=target.vendor_domain,
        origin=target.origin,
    )


def _cleaned(seen: Examined, value: str) -> str:
    """The first correction that guesses nothing: no client could use the URL without it."""
    return next((seen.variants[c.variant] for c in seen.shape.corrections if c.variant != JOINED), value)


def _not_filled_in(names: list[SettingName]) -> str:
    return f"the {names[0].words} is not filled in"
