"""The realm is a name, and every URL given names the same one.

The realm is the tenant name, not the environment's label, not a URL. A token URL that was given is held against the
realm's own.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import spelled
from doctor.api import (
    Confidence,
    Discovery,
    Endpoint,
    Finding,
    Realm,
    Reply,
    SettingName,
    Speaker,
    Stage,
    TokenDoor,
    UrlsRead,
    check,
)

_ELSEWHERE = (
    causes.REALM_NOT_FOUND,
    causes.NOT_KEYCLOAK,
    causes.CLIENT_NOT_FOUND,
    causes.TOKEN_REQUEST_REFUSED,
    causes.LOGIN_PAGE_IN_FRONT.about(endpoint=Endpoint.TOKEN),
    causes.EDGE_BLOCKS.about(endpoint=Endpoint.TOKEN),
)
"""What another place explains."""
_OTHER_CLIENTS = (causes.CLIENT_NOT_USABLE, causes.CLIENT_SECRET_MISMATCH, causes.CREDENTIALS_REJECTED)
"""What the clients of another realm explain."""


@check(
    id="realm-match",
    title="The realm is a name, and every URL names the same one",
    stage=Stage.SETTINGS,
    causes=(
        causes.REALM_NOT_A_NAME,
        causes.TOKEN_URL_WRONG,
        causes.REALM_NOT_FOUND,
        causes.REALM_CASE_DIFFERS,
    ),
)
def run(urls: UrlsRead, realm: Realm | None, discovery: Discovery | None, door: TokenDoor | None) -> Iterator[Finding]:
    if urls.realm is not None and ("/" in urls.realm or "\\" in urls.realm):
        yield _not_a_name(urls, realm)
    if urls.token_url is not None and urls.token_endpoint is not None and urls.token_url != urls.token_endpoint:
        yield from _other_token_url(urls, realm, discovery, door)


def _not_a_name(urls: UrlsRead, realm: Realm | None) -> Finding:
    offered = urls.realm_in_value or (realm.name if realm else None)
    return causes.REALM_NOT_A_NAME.found(
        observed=f"The realm was given as {spelled(urls.realm or '')}, which is a path or URL.",
        expected="The tenant name alone, as the Cloud Portal states it.",
        fix=f"Set the realm to {offered}." if offered else None,
        setting=SettingName.REALM,
        explains=(causes.REALM_NOT_FOUND, causes.NOT_KEYCLOAK, causes.AUTH_PATH_DIFFERS, causes.REALM_CASE_DIFFERS),
    )


def _other_token_url(
    urls: UrlsRead, realm: Realm | None, discovery: Discovery | None, door: TokenDoor | None
) -> Iterator[Finding]:
    """A token URL at another place than the realm's: wrong, unless the realm or the place itself says otherwise."""
    if discovery is not None and discovery.token_endpoint == urls.token_url:
        return
    other_realm = any(name is SettingName.TOKEN_URL and named != urls.realm for name, named in urls.realms_named)
    if door is not None and door.keycloak and not (other_realm and urls.realm):
        return
    named = next((n for setting, n in urls.realms_named if setting is SettingName.TOKEN_URL), None)
    if door is not None and door.keycloak and named and discovery is not None and _says_unknown(discovery):
        yield _other_name(urls, named, discovery, door)
        return
    right = (discovery.token_endpoint if discovery else None) or urls.token_endpoint
    yield causes.TOKEN_URL_WRONG.found(
        observed=f"The token URL given is {urls.token_url}; the realm's own is {right}.",
        expected="The token endpoint of the realm that was given.",
        fix=f"Set the token URL to {right}, or leave it out: it follows from URL and realm.",
        setting=SettingName.TOKEN_URL,
        confidence=Confidence.CERTAIN if discovery and discovery.usable else Confidence.LIKELY,
        explains=(*_ELSEWHERE, *(_OTHER_CLIENTS if other_realm else ())),
        exchanges=(door.result.exchange,) if door else (),
    )


def _says_unknown(discovery: Discovery) -> bool:
    result = discovery.result
    return isinstance(result, Reply) and result.status == 404 and result.speaker is Speaker.KEYCLOAK


def _other_name(urls: UrlsRead, named: str, discovery: Discovery, door: TokenDoor) -> Finding:
    """The realm that was given is not there, and the one that the token URL names is."""
    same = named.lower() == (urls.realm or "").lower()
    return (causes.REALM_CASE_DIFFERS if same else causes.REALM_NOT_FOUND).found(
        observed=f"There is no realm {spelled(urls.realm or '')}; the token URL names {named}, which is there.",
        expected="The same realm in every setting.",
        fix=f"Set the realm to {named}.",
        setting=SettingName.REALM,
        exchanges=(discovery.result.exchange, door.result.exchange),
    )
