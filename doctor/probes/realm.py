"""Asks the realm about itself, without any secret: discovery, its page, its token endpoint."""

from urllib.parse import quote

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import RealmLine, TransportFailure
from doctor.model.facts.realm import Discovery, Realm, RealmPage, RealmSearch, TokenDoor
from doctor.model.facts.reply import Reply
from doctor.model.facts.settings import Target
from doctor.model.facts.token import Said
from doctor.model.probe import probe
from doctor.model.request import Http, Request
from doctor.model.terms import Endpoint
from doctor.probes.reading import read
from doctor.probes.token_answers import what_it_says

WELL_KNOWN = "/.well-known/openid-configuration"


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
    if is_router(discovery.result):
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
    if is_router(discovery.result) and not target.token_url_given:
        return Missing("the server has said already that this realm does not exist", Why.NOT_NEEDED)
    question = "see whether this is a token endpoint, without credentials"
    return ask_door(http, target.token_endpoint, question)


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
        mended = target.token_url_given and door is not None and no_endpoint(door.result)
        return _realm(target, target.base_path, target.realm, discovery, mended=mended)
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


def ask_door(http: Http, token_endpoint: str, purpose: str) -> TokenDoor:
    """A form without grant type and without credentials, at a token endpoint."""
    form = {"client_id": "ataccama-doctor"}
    result = read(http.ask(Request(purpose, Endpoint.TOKEN, "POST", token_endpoint, form=form)))
    said = what_it_says(result, None)
    return TokenDoor(result, keycloak=said in (Said.BODY_LOST, Said.REALM_DISABLED, Said.GRANT_UNSUPPORTED))


def is_router(result: Reply | TransportFailure) -> bool:
    """True when Keycloak's own router answered, whatever it said of the realm."""
    return isinstance(result, Reply) and (result.error or "").lower() == "realm does not exist"


def no_endpoint(result: Reply | TransportFailure) -> bool:
    """True when what answers says that there is no token endpoint of this realm."""
    if not isinstance(result, Reply) or result.obstacle is not None:
        return False
    return result.status in (404, 405) or what_it_says(result, None) is Said.NO_ENDPOINT


def _realm(
    target: Target, base: str, name: str, document: Discovery, *, corrected: str | None = None, mended: bool = False
) -> Realm:
    url = issuer_at(target, base, name)
    protocol = f"{url}/protocol/openid-connect"
    own = not target.token_url_given or corrected is not None or mended
    return Realm(
        name=name,
        base_path=base,
        issuer=document.issuer or url,
        token_endpoint=f"{protocol}/token" if own else target.token_endpoint,
        authorization_endpoint=f"{protocol}/auth",
        jwks_uri=f"{protocol}/certs",
        url=url,
        confirmed=True,
        corrected=corrected,
        token_url_mended=mended,
    )


def issuer_at(target: Target, base: str, realm: str) -> str:
    return f"{target.origin}{base}/realms/{quote(realm, safe='')}"


def _text(value: object) -> str | None:
    return value[:1000] if isinstance(value, str) and value else None
