"""Asks the realm about itself, without any secret: discovery, its page, its token endpoint, other spellings."""

from collections.abc import Iterator
from urllib.parse import quote

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import RealmLine, TransportFailure
from doctor.model.facts.realm import Discovery, Realm, RealmPage, RealmSearch, RealmTried, TokenDoor
from doctor.model.facts.reply import Reply, Speaker
from doctor.model.facts.settings import SettingsSeen, Target
from doctor.model.facts.token import Said
from doctor.model.probe import probe
from doctor.model.request import Http, Request
from doctor.model.terms import Endpoint, SettingName
from doctor.probes.reading import read
from doctor.probes.token_answers import what_it_says

WELL_KNOWN = "/.well-known/openid-configuration"
MOST_SPELLINGS = 8
_NOT_THERE = (200, 400, 404, 405, 410)


@probe(question="what the realm says of itself")
def discovery(http: Http, target: Target, line: RealmLine) -> Discovery | Missing:
    if line.failure:
        return Missing("the realm's host was not reached")
    return ask_discovery(http, target.issuer, "read the realm's discovery document")


@probe(question="whether the realm's own page is there")
def realm_page(http: Http, target: Target, discovery: Discovery) -> RealmPage | Missing:
    if discovery.usable:
        return Missing("the realm's discovery document answered", Why.NOT_NEEDED)
    if isinstance(discovery.result, TransportFailure):
        return Missing("the realm's host did not answer")
    if _is_router(discovery.result):
        return Missing("the server has said already that this realm does not exist", Why.NOT_NEEDED)
    response = http.ask(Request("see whether the realm is there", Endpoint.REALM, "GET", target.issuer))
    if isinstance(response, TransportFailure):
        return RealmPage(response)
    document = response.document if isinstance(response.document, dict) else {}
    name = document.get("realm")
    return RealmPage(read(response), realm=name if response.status == 200 and isinstance(name, str) else None)


@probe(question="whether the token endpoint answers, asked without credentials")
def token_door(http: Http, target: Target, discovery: Discovery, page: RealmPage | None) -> TokenDoor | Missing:
    known = discovery.usable or (page is not None and page.realm is not None)
    if known and not target.token_url_given:
        return Missing("the realm has answered already", Why.NOT_NEEDED)
    if discovery.usable and discovery.token_endpoint == target.token_endpoint:
        return Missing("the realm names this token endpoint itself", Why.NOT_NEEDED)
    if isinstance(discovery.result, TransportFailure) and not target.token_url_given:
        return Missing("the realm's host did not answer")
    if _is_router(discovery.result) and not target.token_url_given:
        return Missing("the server has said already that this realm does not exist", Why.NOT_NEEDED)
    question = "see whether this is a token endpoint, without credentials"
    form = {"client_id": "ataccama-doctor"}
    result = read(http.ask(Request(question, Endpoint.TOKEN, "POST", target.token_endpoint, form=form)))
    said = what_it_says(result, None)
    return TokenDoor(result, keycloak=said in (Said.BODY_LOST, Said.REALM_DISABLED, Said.GRANT_UNSUPPORTED))


@probe(question="where the realm is, when it is not where the settings say")
def realm_search(
    http: Http,
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
    if discovery.result.status not in _NOT_THERE:
        return Missing("the server did not say that the realm is not there", Why.NOT_NEEDED)
    tried: list[RealmTried] = []
    router: str | None = target.base_path if _is_router(page.result if page else discovery.result) else None
    for base, name, how in _spellings(target, settings, router):
        if any((t.base_path, t.realm) == (base, name) for t in tried) or len(tried) >= MOST_SPELLINGS:
            continue
        document = ask_discovery(http, _issuer(target, base, name), f"look for the realm ({how})")
        tried.append(RealmTried(name, base, how, document.usable, _exchange(document.result)))
        if document.usable:
            return RealmSearch(tuple(tried), document, keycloak_at=base)
        if router is None and _is_router(document.result):
            router = base
            tried += list(_case_variants_at(http, target, base, settings, tried))
            found = next((t for t in tried if t.found), None)
            if found:
                again = ask_discovery(
                    http, _issuer(target, found.base_path, found.realm), "read the realm that was found"
                )
                return RealmSearch(tuple(tried), again, keycloak_at=base)
    return RealmSearch(tuple(tried), None, keycloak_at=router)


@probe(question="which realm is in force")
def realm(
    target: Target,
    discovery: Discovery,
    page: RealmPage | None,
    door: TokenDoor | None,
    search: RealmSearch | None,
) -> Realm | Missing:
    if search is not None and search.found and search.document:
        found = search.found
        return _realm(target, found.base_path, found.realm, search.document, corrected=found.how)
    if discovery.usable:
        return _realm(target, target.base_path, target.realm, discovery)
    if (page is not None and page.realm) or (door is not None and door.keycloak):
        return _realm(target, target.base_path, target.realm, discovery)
    if isinstance(discovery.result, TransportFailure):
        return Missing("the realm's host did not answer")
    return Missing("no realm answered there")


def ask_discovery(http: Http, issuer: str, purpose: str) -> Discovery:
    """The discovery document below an issuer's URL."""
    response = http.ask(Request(purpose, Endpoint.REALM, "GET", issuer + WELL_KNOWN))
    result = read(response)
    if isinstance(response, TransportFailure) or not isinstance(response.document, dict) or response.status != 200:
        return Discovery(result)
    fields = response.document
    grants = fields.get("grant_types_supported")
    return Discovery(
        result,
        issuer=_text(fields.get("issuer")),
        token_endpoint=_text(fields.get("token_endpoint")),
        authorization_endpoint=_text(fields.get("authorization_endpoint")),
        jwks_uri=_text(fields.get("jwks_uri")),
        grant_types=tuple(str(g) for g in grants) if isinstance(grants, list) else None,
    )


def _spellings(target: Target, settings: SettingsSeen, router: str | None) -> Iterator[tuple[str, str, str]]:
    """``(base path, realm, how)``, the most plausible first; other paths only until a router is known."""
    given = settings.get(SettingName.REALM)
    names: list[tuple[str, str]] = []
    if target.realm_in_value:
        names.append((target.realm_in_value, "inside the value"))
    if given is not None:
        names += [(c.shown, "cleaned") for c in given.shape.corrections if c.shown]
    names += [(name, "in another URL given") for _, name in target.realms_named if name != target.realm]
    bases = [target.base_path] if router is not None else [target.base_path, *_other_bases(target.base_path)]
    for name, how in names:
        yield target.base_path, name, how
    for base in bases[1:]:
        yield base, target.realm, "path"
    for name in _cases(target.realm, [n for n, _ in names]):
        yield target.base_path, name, "case"
    for base in bases[1:]:
        for name, how in names:
            yield base, name, how


def _case_variants_at(
    http: Http, target: Target, base: str, settings: SettingsSeen, tried: list[RealmTried]
) -> Iterator[RealmTried]:
    """Another base path has a router but not this realm: its spellings are worth a look there."""
    given = settings.get(SettingName.REALM)
    cleaned = [c.shown for c in given.shape.corrections if c.shown] if given else []
    for name in [*cleaned, *_cases(target.realm, cleaned)][: MOST_SPELLINGS - len(tried)]:
        document = ask_discovery(http, _issuer(target, base, name), "look for the realm (path and spelling)")
        yield RealmTried(name, base, "path", document.usable, _exchange(document.result))
        if document.usable:
            return


def _cases(realm: str, also: list[str]) -> list[str]:
    spellings = [f(name) for name in [*also, realm] for f in (str.lower, str.upper, str.capitalize, str.title)]
    return [s for s in dict.fromkeys(spellings) if s not in (realm, *also)]


def _other_bases(base: str) -> list[str]:
    return [base.removesuffix("/auth")] if base.endswith("/auth") else [base + "/auth"]


def _is_router(result: Reply | TransportFailure) -> bool:
    """True when Keycloak's own router answered, whatever it said of the realm."""
    return isinstance(result, Reply) and (result.error or "").lower() == "realm does not exist"


def is_keycloak(result: Reply | TransportFailure) -> bool:
    """True when Keycloak answered at all."""
    return isinstance(result, Reply) and result.speaker is Speaker.KEYCLOAK


def _realm(target: Target, base: str, name: str, document: Discovery, corrected: str | None = None) -> Realm:
    url = _issuer(target, base, name)
    protocol = f"{url}/protocol/openid-connect"
    own = not target.token_url_given or corrected is not None
    return Realm(
        name=name,
        base_path=base,
        issuer=document.issuer or url,
        token_endpoint=f"{protocol}/token" if own else target.token_endpoint,
        authorization_endpoint=f"{protocol}/auth",
        jwks_uri=f"{protocol}/certs",
        confirmed=True,
        corrected=corrected,
    )


def _issuer(target: Target, base: str, realm: str) -> str:
    return f"{target.origin}{base}/realms/{quote(realm, safe='')}"


def _exchange(result: Reply | TransportFailure) -> int:
    return result.exchange


def _text(value: object) -> str | None:
    return value[:1000] if isinstance(value, str) and value else None
