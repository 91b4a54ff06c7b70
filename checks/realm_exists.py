"""The realm is on this server, under the name and the path that the settings give.

Asked without any secret: discovery, the realm's page, and other spellings where those say that it is not there.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import spelled
from doctor.api import (
    Alternative,
    AnonymousCall,
    Attempt,
    Confidence,
    Discovery,
    Endpoint,
    Finding,
    FirstAttempt,
    PageKind,
    Realm,
    RealmPage,
    RealmSearch,
    Reply,
    Said,
    SettingName,
    Speaker,
    Stage,
    Target,
    TokenDoor,
    check,
)


@check(
    id="realm-exists",
    title="The realm is there, under this name and path",
    stage=Stage.REALM,
    causes=(
        causes.REALM_NOT_FOUND,
        causes.REALM_CASE_DIFFERS,
        causes.AUTH_PATH_DIFFERS,
        causes.NOT_KEYCLOAK,
        causes.ENVIRONMENT_NOT_THERE,
        causes.TOKEN_URL_REDIRECTS,
    ),
)
def run(
    target: Target,
    discovery: Discovery,
    page: RealmPage | None,
    door: TokenDoor | None,
    search: RealmSearch | None,
    realm: Realm | None,
    anonymous: AnonymousCall | None,
    first: FirstAttempt | None,
) -> Iterator[Finding]:
    result = discovery.result
    if search is None and first is not None and first.attempt.said is Said.REALM_UNKNOWN:
        yield from _gone(first.attempt, target)
    if realm is None and door is not None and isinstance(door.result, Reply):
        yield from _redirected(door.result)
    if search is None or not isinstance(result, Reply):
        return
    if search.found and realm is not None:
        yield from _elsewhere(target, realm, search, result)
    elif search.keycloak_at is not None:
        yield from _nowhere(target, search, _of_router(discovery, page, door) or result)
    elif _nothing_is_there(target, result, anonymous):
        yield _nobody_there(target, result)
    elif result.obstacle is None:
        yield _not_keycloak(target, result)


def _of_router(discovery: Discovery, page: RealmPage | None, door: TokenDoor | None) -> Reply | None:
    """The answer in which Keycloak said that the realm does not exist."""
    results = (fact.result for fact in (discovery, page, door) if fact is not None)
    replies = (result for result in results if isinstance(result, Reply))
    return next((reply for reply in replies if reply.speaker is Speaker.KEYCLOAK and reply.status == 404), None)


def _gone(attempt: Attempt, target: Target) -> Iterator[Finding]:
    if isinstance(attempt.result, Reply) and not target.token_url_given:
        yield causes.REALM_NOT_FOUND.found(
            observed=f"At the token endpoint Keycloak answered {attempt.result.words}, although the realm's discovery"
            " document is still there: it may come from a cache.",
            expected="The tenant name as the Cloud Portal states it for this environment.",
            setting=SettingName.REALM,
            endpoint=Endpoint.TOKEN,
            confidence=Confidence.LIKELY,
            exchanges=(attempt.result.exchange,),
        )


def _redirected(result: Reply) -> Iterator[Finding]:
    if not result.redirect or result.obstacle is not None:
        return
    where = (result.location or "nowhere").split("?")[0]
    yield causes.TOKEN_URL_REDIRECTS.found(
        observed=f"Asked at {result.url}, the server redirects to {where}.",
        expected="The realm's own answer.",
        fix=f"Use the address that it redirects to, if {where} is the environment's.",
        setting=SettingName.URL,
        endpoint=Endpoint.TOKEN,
        exchanges=(result.exchange,),
    )


def _elsewhere(target: Target, realm: Realm, search: RealmSearch, result: Reply) -> Iterator[Finding]:
    exchanges = (result.exchange, *(t.exchange for t in search.tried if t.found))
    if realm.base_path != target.base_path:
        yield _other_path(target, realm.base_path, result, exchanges, realm)
    if realm.name == target.realm:
        return
    if realm.name.lower() == target.realm.lower():
        yield causes.REALM_CASE_DIFFERS.found(
            observed=f"There is no realm {spelled(target.realm)}, and there is one called {realm.name}.",
            expected="The realm's name in its own spelling; upper and lower case count.",
            fix=f"Set the realm to {realm.name}.",
            setting=SettingName.REALM,
            exchanges=exchanges,
        )
    else:
        yield causes.REALM_NOT_FOUND.found(
            observed=f"There is no realm {spelled(target.realm)}; {realm.name} is there.",
            expected="The tenant name of this environment.",
            fix=f"Set the realm to {realm.name}.",
            setting=SettingName.REALM,
            exchanges=exchanges,
        )


def _nowhere(target: Target, search: RealmSearch, result: Reply) -> Iterator[Finding]:
    """A Keycloak is there, maybe below another path, and it has no such realm."""
    if search.keycloak_at is not None and search.keycloak_at != target.base_path:
        yield _other_path(target, search.keycloak_at, result, tuple(t.exchange for t in search.tried))
    yield _not_found(target, search, result)


def _other_path(
    target: Target, base: str, result: Reply, exchanges: tuple[int, ...], realm: Realm | None = None
) -> Finding:
    """``realm``: the one that is there; None where Keycloak is, and the realm is not."""
    here, there = target.base_path or "no path", base or "no path"
    who = "the realm" if realm else "Keycloak"
    same = realm is not None and realm.name == target.realm
    token_url = realm.token_endpoint if realm else f"{target.origin}{base}/realms/<realm>/protocol/openid-connect/token"
    return causes.AUTH_PATH_DIFFERS.found(
        observed=f"Below {here} the server answered {result.words}; below {there} {who} answered.",
        expected=f"{target.origin}{base}/realms/{realm.name if realm else '<realm>'}",
        fix=f"Use {token_url} as the token URL.",
        explains=(causes.REALM_NOT_FOUND, causes.NOT_KEYCLOAK) if same else (causes.NOT_KEYCLOAK,),
        exchanges=exchanges,
    )


def _not_found(target: Target, search: RealmSearch, result: Reply) -> Finding:
    return causes.REALM_NOT_FOUND.found(
        observed=f"Keycloak at {target.origin}{search.keycloak_at} answered {result.words}"
        f" for {spelled(target.realm)}.",
        expected="The tenant name as the Cloud Portal states it for this environment.",
        setting=SettingName.REALM,
        exchanges=(result.exchange, *(t.exchange for t in search.tried[:3])),
    )


def _nothing_is_there(target: Target, result: Reply, anonymous: AnonymousCall | None) -> bool:
    """An edge answers with a page of its own, for the realm and for the API alike."""
    api = anonymous.call.reply if anonymous and target.api_base.startswith(f"{target.origin}/") else None
    return result.page is PageKind.DEFAULT and (api is None or api.page is PageKind.DEFAULT)


def _nobody_there(target: Target, result: Reply) -> Finding:
    return causes.ENVIRONMENT_NOT_THERE.found(
        observed=f"{target.origin} answered {result.words} wherever an identity provider was looked for.",
        expected="An environment's identity provider below /auth.",
        confidence=Confidence.LIKELY,
        alternatives=(
            Alternative(causes.NOT_KEYCLOAK.id, Confidence.POSSIBLE),
            Alternative(causes.URL_NOT_AN_ENVIRONMENT.id, Confidence.POSSIBLE, SettingName.URL),
        ),
        setting=SettingName.URL,
        endpoint=None,
        explains=(causes.API_NOT_FOUND, causes.API_ANSWERS_HTML),
        exchanges=(result.exchange,),
    )


def _not_keycloak(target: Target, result: Reply) -> Finding:
    who = result.speaker.value if result.speaker is not Speaker.UNKNOWN else target.origin
    return causes.NOT_KEYCLOAK.found(
        observed=f"Asked for the realm, {who} answered {result.words}.",
        expected="A realm's discovery document (OpenID Connect Discovery 1.0 section 4).",
        setting=SettingName.URL,
        explains=(causes.API_NOT_FOUND, causes.API_ANSWERS_HTML),
        exchanges=(result.exchange,),
    )
