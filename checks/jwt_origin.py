"""The access token is of this realm and this client, and of the kind that an API takes (RFC 9068 section 2.2)."""

from collections.abc import Iterator

from checks import causes
from checks.token_words import REFUSALS, name, of_it
from doctor.api import (
    Confidence,
    Discovery,
    Finding,
    Grant,
    Realm,
    SettingName,
    SettingsSeen,
    Stage,
    TokenForm,
    Tokens,
    TokenSeen,
    check,
)

_OTHER_KINDS = ("ID", "Refresh", "Offline", "Logout", "logout")


@check(
    id="jwt-origin",
    title="The access token is of this realm and client, and plainly usable",
    stage=Stage.ACCESS_TOKEN,
    causes=(
        causes.TOKEN_ISSUER_DIFFERS,
        causes.TOKEN_CLIENT_DIFFERS,
        causes.TOKEN_WRONG_KIND,
        causes.TOKEN_SENDER_CONSTRAINED,
    ),
)
def run(
    tokens: Tokens, realm: Realm | None, discovery: Discovery | None, settings: SettingsSeen, grant: Grant | None
) -> Iterator[Finding]:
    client = settings.get(SettingName.CLIENT_ID)
    corrected = grant is not None and grant.final.client_id != grant.first.client_id
    stated = realm is not None and (realm.corrected is not None or (discovery is not None and bool(discovery.issuer)))
    for token in tokens.tokens:
        if token.form is not TokenForm.JWS:
            continue
        yield from _issuer(token, realm, stated)
        if client is not None and client.value and not (corrected and token.given_as is None):
            yield from _client(token, client.value)
        yield from _kind(token)


def _issuer(token: TokenSeen, realm: Realm | None, stated: bool) -> Iterator[Finding]:
    """Where the realm did not state its issuer, the token that it issued is no worse a witness than its URL."""
    if realm is None or token.issuer is None or token.issuer == realm.issuer:
        return
    if not stated and token.given_as is None:
        return
    where = "the realm's issuer is" if stated else "the realm did not state its issuer, and its URL is"
    yield causes.TOKEN_ISSUER_DIFFERS.found(
        observed=f"iss of {name(token)} is {token.issuer}; {where} {realm.issuer}.",
        expected="The same text in both.",
        confidence=Confidence.CERTAIN if stated else Confidence.LIKELY,
        setting=token.given_as,
        explains=of_it(
            token,
            causes.API_TOKEN_REFUSED,
            causes.API_ISSUER_NOT_TRUSTED,
            causes.TOKEN_KEY_UNKNOWN,
            causes.API_KEY_UNKNOWN,
        ),
    )


def _client(token: TokenSeen, client_id: str) -> Iterator[Finding]:
    """In any spelling of case: some databases find a client so, and the token has the stored one."""
    if token.client is not None and token.client.lower() != client_id.lower():
        yield causes.TOKEN_CLIENT_DIFFERS.found(
            observed=f"{name(token, start=True)} was issued to {token.client}; the client ID given is {client_id}.",
            expected="A token of the client that was given.",
            setting=token.given_as,
            explains=of_it(token, causes.API_TOKEN_REFUSED, causes.API_FORBIDDEN, causes.PERMISSION_MISSING),
        )


def _kind(token: TokenSeen) -> Iterator[Finding]:
    if token.kind in _OTHER_KINDS or (token.media_type or "").lower() == "logout+jwt":
        yield causes.TOKEN_WRONG_KIND.found(
            observed=f"{name(token, start=True)} is of the kind {token.kind or token.media_type}.",
            expected="An access token (Keycloak writes typ Bearer).",
            setting=token.given_as,
            explains=of_it(
                token,
                *REFUSALS,
                causes.TOKEN_SIGNATURE_INVALID,
                causes.TOKEN_KEY_UNKNOWN,
                causes.TOKEN_ALGORITHM_UNSAFE,
            ),
        )
    if token.bound:
        yield causes.TOKEN_SENDER_CONSTRAINED.found(
            observed=f"{name(token, start=True)} is bound to a key or certificate (cnf: {token.bound}).",
            expected="A plain bearer token.",
            setting=token.given_as,
            explains=of_it(token, causes.API_TOKEN_REFUSED),
        )
