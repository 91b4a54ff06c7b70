"""The client gets a token with the client credentials grant (RFC 6749 section 4.4).

A refusal is read in the order in which Keycloak checks; what it leaves open, questions without the secret settle.
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import answered
from doctor.api import (
    AS_GIVEN,
    Alternative,
    Attempt,
    AuthMethod,
    Cause,
    ClientSeen,
    Confidence,
    Discovery,
    Endpoint,
    Finding,
    Grant,
    Missing,
    Presence,
    Reply,
    Said,
    SettingName,
    Stage,
    Target,
    Why,
    check,
)

_TELLING: dict[Said, Cause] = {
    Said.CLIENT_DISABLED: causes.CLIENT_DISABLED,
    Said.ASSERTION_WANTED: causes.SIGNED_JWT_REQUIRED,
    Said.BEARER_ONLY: causes.CLIENT_BEARER_ONLY,
    Said.NOT_OIDC: causes.CLIENT_NOT_OIDC,
    Said.PUBLIC: causes.CLIENT_PUBLIC,
    Said.SERVICE_ACCOUNT_OFF: causes.SERVICE_ACCOUNT_OFF,
    Said.SERVICE_USER: causes.SERVICE_ACCOUNT_USER_DISABLED,
    Said.DPOP: causes.PROOF_OF_POSSESSION_REQUIRED,
    Said.HOLDER_OF_KEY: causes.PROOF_OF_POSSESSION_REQUIRED,
    Said.BODY_LOST: causes.REQUEST_BODY_LOST,
    Said.GRANT_UNSUPPORTED: causes.GRANT_UNSUPPORTED,
}
"""What the answer alone tells."""
_EXPECTED = "200 with an access token."
_OTHER_MEANS = (
    Alternative(causes.PROOF_OF_POSSESSION_REQUIRED.id, Confidence.POSSIBLE),
    Alternative(causes.SIGNED_JWT_REQUIRED.id, Confidence.POSSIBLE),
)


@check(
    id="token-request",
    title="The client gets a token",
    stage=Stage.TOKEN,
    causes=(
        *dict.fromkeys(_TELLING.values()),
        causes.CLIENT_NOT_FOUND,
        causes.CLIENT_NOT_USABLE,
        causes.CLIENT_SECRET_MISMATCH,
        causes.CREDENTIALS_REJECTED,
        causes.CLIENT_AUTH_METHOD_DIFFERS,
        causes.SCOPE_REFUSED,
        causes.TOKEN_REQUEST_REFUSED,
        causes.TOKEN_URL_WRONG,
        causes.TOKEN_URL_REDIRECTS,
    ),
)
def run(
    grant: Grant, discovery: Discovery | None, seen: ClientSeen | None, target: Target | None
) -> Iterator[Finding | Missing]:
    yield from _faults(grant, discovery, seen, target)
    if not grant.obtained:
        yield Missing(f"at the token endpoint, {answered(grant.final.result)}", Why.UNANSWERED)


def _faults(
    grant: Grant, discovery: Discovery | None, seen: ClientSeen | None, target: Target | None
) -> Iterator[Finding]:
    yield from _by_other_method(grant)
    for refused in _refusals(grant):
        yield from _authentication(refused, grant, seen)
    yield from _without_scope(grant)
    final = grant.final
    if not isinstance(final.result, Reply) or final.said in (Said.TOKEN, Said.INCOMPLETE, Said.NOT_JSON):
        return
    if final.said in _TELLING:
        yield _found(_TELLING[final.said], final)
    elif final.said is Said.SCOPE and final.scope:
        yield _found(causes.SCOPE_REFUSED, final, setting=SettingName.SCOPE)
    elif final.said is Said.REDIRECT:
        where = (final.result.location or "nowhere").split("?")[0]
        yield _found(
            causes.TOKEN_URL_REDIRECTS, final, fix=f"Use {where} as the token URL, if it is the environment's."
        )
    elif final.said is Said.NO_ENDPOINT:
        yield _no_endpoint(final, discovery, target)
    else:
        yield from _other_refusal(final)


def _other_refusal(final: Attempt) -> Iterator[Finding]:
    """A refusal that no row names; without an OAuth error it may not even be the token endpoint's own."""
    if final.said in (Said.OTHER_REFUSAL, Said.SCOPE):
        yield _found(causes.TOKEN_REQUEST_REFUSED, final)
    elif final.said is Said.ELSEWHERE and isinstance(final.result, Reply) and 400 <= final.result.status < 500:
        yield _found(causes.TOKEN_REQUEST_REFUSED, final, confidence=Confidence.LIKELY)


def _refusals(grant: Grant) -> Iterator[Attempt]:
    """The refusal of the credentials as they were given, and of the secret as given with a client id that is known."""
    as_given = next((a for a in grant.attempts if a.as_given and a.said.refused), None)
    if as_given is not None:
        yield as_given
    of_secret = (a for a in grant.attempts if a.client_secret == AS_GIVEN and a.said is Said.SECRET_WRONG)
    wrong = next(of_secret, None)
    if wrong is not None and (as_given is None or as_given.said is not Said.SECRET_WRONG):
        yield wrong


def _authentication(refused: Attempt, grant: Grant, seen: ClientSeen | None) -> Iterator[Finding]:
    match refused.said:
        case Said.SECRET_WRONG:
            yield _found(causes.CLIENT_SECRET_MISMATCH, refused, setting=SettingName.CLIENT_SECRET)
        case Said.CLIENT_DISABLED:
            if grant.final != refused:
                yield _found(causes.CLIENT_DISABLED, refused)
        case Said.CLIENT_UNKNOWN:
            yield _found(causes.CLIENT_NOT_FOUND, refused, setting=SettingName.CLIENT_ID)
        case Said.CLIENT_UNUSABLE:
            yield _unusable(refused, seen)
        case Said.UNCLEAR_REFUSAL:
            yield _unclear(refused, seen)
        case _:
            return


def _unusable(refused: Attempt, seen: ClientSeen | None) -> Finding:
    presence = seen.presence if seen else Presence.UNCLEAR
    telling = {
        Presence.UNKNOWN: causes.CLIENT_NOT_FOUND,
        Presence.DISABLED: causes.CLIENT_DISABLED,
        Presence.BEARER_ONLY: causes.CLIENT_BEARER_ONLY,
        Presence.NOT_OIDC: causes.CLIENT_NOT_OIDC,
    }
    if seen is not None and presence in telling:
        of = "" if seen.client_id == AS_GIVEN else f" of the client ID {seen.client_id}"
        page = f" Its authorization endpoint says{of}: {seen.said}" if seen.said else ""
        return _found(
            telling[presence], refused, more=page, setting=SettingName.CLIENT_ID, also=(seen.result.exchange,)
        )
    if seen is not None and presence is Presence.ENABLED:
        return _found(
            causes.CLIENT_NOT_USABLE,
            refused,
            more=" Its authorization endpoint knows the client and finds it enabled, so it authenticates by other means"
            " than a secret: a client certificate, or another issuer's assertion.",
            fix="Ask the realm's administrator for a client that authenticates by Client ID and Secret.",
            confidence=Confidence.LIKELY,
            alternatives=_OTHER_MEANS,
            also=(seen.result.exchange,),
        )
    return _found(causes.CLIENT_NOT_USABLE, refused, setting=SettingName.CLIENT_ID, confidence=Confidence.LIKELY)


def _unclear(refused: Attempt, seen: ClientSeen | None) -> Finding:
    if seen is not None and seen.presence in (Presence.UNKNOWN, Presence.DISABLED):
        return _unusable(refused, seen)
    if seen is not None and seen.presence is Presence.ENABLED:
        return _found(
            causes.CLIENT_SECRET_MISMATCH,
            refused,
            more=" Its authorization endpoint knows the client.",
            setting=SettingName.CLIENT_SECRET,
            confidence=Confidence.LIKELY,
            also=(seen.result.exchange,),
        )
    return _found(causes.CREDENTIALS_REJECTED, refused, confidence=Confidence.LIKELY)


def _by_other_method(grant: Grant) -> Iterator[Finding]:
    """The method that a later attempt proved, or that the server names: it is looked at before the secret."""
    final = grant.final
    wanted = next((a for a in grant.attempts if a.said in (Said.METHOD_WANTED, Said.BASIC_UNREADABLE)), None)
    if wanted is None and final.said.authenticated and final.method is AuthMethod.BASIC:
        wanted = next((a for a in grant.attempts if a.as_given and a.said.refused), None)
    if wanted is not None:
        yield _found(
            causes.CLIENT_AUTH_METHOD_DIFFERS,
            wanted,
            more=f" With {final.method.value} it answered {final.said.value}." if final != wanted else "",
            fix=f"Send the credentials as {(wanted.method_wanted or final.method).value}.",
            explains=(causes.CREDENTIALS_REJECTED, causes.CLIENT_SECRET_MISMATCH) if final.said.authenticated else (),
        )


def _without_scope(grant: Grant) -> Iterator[Finding]:
    """A scope that a later attempt did without, or had in another form."""
    final = grant.final
    scope = next((a for a in grant.attempts if a.said is Said.SCOPE and a != final), None)
    if scope is not None:
        yield _found(
            causes.SCOPE_REFUSED,
            scope,
            more=f" {'With the corrected' if final.scope else 'Without'} scope it answered {final.said.value}.",
            setting=SettingName.SCOPE,
        )


def _no_endpoint(final: Attempt, discovery: Discovery | None, target: Target | None) -> Finding:
    """Another address than the realm's own is wrong; at its own, the server refuses."""
    right = discovery.token_endpoint if discovery else None
    given = target is not None and target.token_url_given
    if not given and right in (None, final.result.url if isinstance(final.result, Reply) else None):
        return _found(causes.TOKEN_REQUEST_REFUSED, final, confidence=Confidence.LIKELY)
    return _found(
        causes.TOKEN_URL_WRONG,
        final,
        setting=SettingName.TOKEN_URL,
        fix=f"Use {right} as the token URL." if right else None,
    )


def _found(
    cause: Cause,
    attempt: Attempt,
    *,
    more: str = "",
    fix: str | None = None,
    setting: SettingName | None = None,
    confidence: Confidence = Confidence.CERTAIN,
    alternatives: tuple[Alternative, ...] | None = None,
    explains: tuple[Cause, ...] = (),
    also: tuple[int, ...] = (),
) -> Finding:
    return cause.found(
        observed=f"At the token endpoint, {answered(attempt.result)}.{more}",
        expected=_EXPECTED,
        fix=fix,
        setting=setting,
        endpoint=Endpoint.TOKEN,
        confidence=confidence,
        alternatives=alternatives,
        explains=explains,
        exchanges=(attempt.result.exchange, *also),
    )
