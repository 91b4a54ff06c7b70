"""Looks for the realm under other spellings and paths, when it is not where the settings say. Sends no secret."""

from collections.abc import Callable, Iterator

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import TransportFailure
from doctor.model.facts.realm import Discovery, RealmPage, RealmSearch, RealmTried, TokenDoor
from doctor.model.facts.settings import SettingsSeen, Target
from doctor.model.probe import probe
from doctor.model.request import Http
from doctor.model.secret import CLEANED, Vault
from doctor.model.terms import SettingName
from doctor.probes.realm import ask_discovery, ask_door, is_router, issuer_at

MOST_SPELLINGS = 8
Names = list[tuple[str, str]]
"""Other names of the realm, each with how it was come by."""
_NOT_THERE = (400, 404, 405, 410)
"""What a server answers for a path that it does not have, beside a success that is something else; a gateway's or a
wall's answer says nothing of it."""


@probe(question="where the realm is, when it is not where the settings say")
def realm_search(
    http: Http,
    vault: Vault,
    target: Target,
    settings: SettingsSeen,
    discovery: Discovery,
    page: RealmPage | None,
    door: TokenDoor | None,
) -> RealmSearch | Missing:
    if discovery.usable or (page and page.realm) or (door and door.keycloak):
        return Missing("the realm is where the settings say", Why.NOT_NEEDED)
    if isinstance(discovery.result, TransportFailure):
        return Missing("the realm's host did not answer")
    if not discovery.result.ok and discovery.result.status not in _NOT_THERE:
        return Missing("the server did not say that the realm is not there", Why.NOT_NEEDED)
    at_door = door is not None and is_router(door.result)
    here = at_door or is_router(discovery.result) or (page is not None and is_router(page.result))
    names = [*names_of(target, settings), *_of_other_sources(settings, vault)]
    ask = _at_door if at_door else ask_discovery
    return _search(lambda url, why: ask(http, url, why), target, names, target.base_path if here else None)


def _at_door(http: Http, issuer: str, purpose: str) -> Discovery:
    """What the token endpoint tells of the realm where pages are hidden: that it is there, or not."""
    endpoint = f"{issuer}/protocol/openid-connect/token"
    door = ask_door(http, endpoint, purpose)
    return Discovery(door.result, issuer, endpoint) if door.keycloak else Discovery(door.result)


def _search(ask: Callable[[str, str], Discovery], target: Target, names: Names, router: str | None) -> RealmSearch:
    """Each answer decides what is worth asking next: a router that answers narrows the search to its path."""
    tried: list[RealmTried] = []
    while len(tried) < MOST_SPELLINGS:
        step = next_spelling(target, names, router, {(t.base_path, t.realm) for t in tried})
        if step is None:
            break
        base, name, how = step
        document = ask(issuer_at(target, base, name), f"look for the realm ({how})")
        tried.append(RealmTried(name, base, how, document.usable, document.result.exchange))
        if document.usable:
            return RealmSearch(tuple(tried), document, keycloak_at=base)
        if is_router(document.result):
            router = base
    return RealmSearch(tuple(tried), None, keycloak_at=router)


def next_spelling(
    target: Target, names: Names, router: str | None, asked: set[tuple[str, str]]
) -> tuple[str, str, str] | None:
    """The next ``(base path, realm, how)`` worth asking for, None when nothing is left."""
    known = asked | {(target.base_path, target.realm)}
    return next((step for step in _spellings(target, names, router) if step[:2] not in known), None)


def _spellings(target: Target, names: Names, router: str | None) -> Iterator[tuple[str, str, str]]:
    if router is not None:
        yield from ((router, name, how) for name, how in names)
        yield router, target.realm, "path"
        yield from ((router, name, "case") for name in _cases([*(n for n, _ in names), target.realm]))
        return
    yield from ((target.base_path, name, how) for name, how in names)
    other = _other_base(target.base_path)
    yield other, target.realm, "path"
    yield from ((other, name, how) for name, how in names)


def names_of(target: Target, settings: SettingsSeen) -> Names:
    """Other names that the settings themselves suggest."""
    given = settings.get(SettingName.REALM)
    names = [(target.realm_in_value, "inside the value")] if target.realm_in_value else []
    names += [(c.shown, CLEANED) for c in (given.shape.corrections if given else ()) if c.shown]
    return names + [(name, "in another URL given") for _, name in target.realms_named if name != target.realm]


def _of_other_sources(settings: SettingsSeen, vault: Vault) -> Names:
    given = settings.get(SettingName.REALM)
    variants = [s.variant for s in (given.shadowed if given else ()) if s.variant]
    return [(vault.get(SettingName.REALM.value, variant).reveal(), variant) for variant in variants]


def _cases(names: list[str]) -> list[str]:
    spellings = [change(name) for name in names for change in (str.lower, str.upper, str.capitalize, str.title)]
    return [spelling for spelling in dict.fromkeys(spellings) if spelling not in names]


def _other_base(base: str) -> str:
    return base.removesuffix("/auth") if base.endswith("/auth") else f"{base}/auth"
