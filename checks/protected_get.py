"""The API answers the GET with the token, as documented.

A refusal is read from the API's own words first, then from what the same GET answers without a token, with a token
that is none, and at other paths.
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import answered
from doctor.api import (
    Alternative,
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Call,
    Cause,
    Confidence,
    Endpoint,
    Finding,
    FollowedCall,
    GarbageCall,
    GivenCalls,
    GraphqlSeen,
    Missing,
    OtherCalls,
    PrefixedCall,
    Reply,
    SettingName,
    Severity,
    Stage,
    Target,
    Why,
    check,
)

_TELLING: dict[ApiSaid, Cause] = {
    ApiSaid.ISSUER: causes.API_ISSUER_NOT_TRUSTED,
    ApiSaid.AUDIENCE: causes.API_AUDIENCE_MISSING,
    ApiSaid.SIGNATURE: causes.API_KEY_UNKNOWN,
    ApiSaid.KEY_UNKNOWN: causes.API_KEY_UNKNOWN,
    ApiSaid.EXPIRED: causes.API_SAYS_EXPIRED,
    ApiSaid.EARLY: causes.API_SAYS_EXPIRED,
    ApiSaid.KEYS_UNREACHABLE: causes.API_CANNOT_CHECK_TOKENS,
    ApiSaid.PERMISSION: causes.PERMISSION_MISSING,
    ApiSaid.HEADER_TOO_LARGE: causes.API_HEADER_TOO_LARGE,
    ApiSaid.FORBIDDEN: causes.API_FORBIDDEN,
    ApiSaid.OTHER_BODY: causes.API_RESPONSE_UNEXPECTED,
    ApiSaid.OTHER_JSON: causes.API_RESPONSE_UNEXPECTED,
    ApiSaid.REFUSED: causes.API_REQUEST_REFUSED,
    ApiSaid.TOKEN_REFUSED: causes.API_TOKEN_REFUSED,
    ApiSaid.TOKEN_MALFORMED: causes.API_TOKEN_REFUSED,
}
"""What the API's own words tell."""
_NOT_THE_API = (ApiSaid.NOTHING, ApiSaid.ELSEWHERE)


@check(
    id="protected-get",
    title="The API answers the GET with the token",
    stage=Stage.API,
    causes=(
        *dict.fromkeys(_TELLING.values()),
        causes.AUTHORIZATION_HEADER_LOST,
        causes.API_NOT_FOUND,
        causes.API_PATH_LACKS_PREFIX,
        causes.PRODUCT_WITHOUT_REST_API,
        causes.API_REDIRECTS,
        causes.API_ANSWERS_HTML,
    ),
)
def run(
    target: Target,
    authorized: AuthorizedCall,
    anonymous: AnonymousCall | None,
    others: OtherCalls | None,
    garbage: GarbageCall | None,
    prefixed: PrefixedCall | None,
    followed: FollowedCall | None,
    graphql: GraphqlSeen | None,
    given: GivenCalls | None,
) -> Iterator[Finding | Missing]:
    call = authorized.call
    if others and others.working:
        pass
    elif call.said in _NOT_THE_API and not (others and _more_telling(call, others)):
        yield Missing(f"to GET {call.path} with the token, {answered(call.result)}", Why.UNANSWERED)
    elif others and (telling := _more_telling(call, others)):
        yield from _first(target, telling, _without(telling, others), None, None, None, None, None)
    else:
        yield from _first(target, call, anonymous, others, garbage, prefixed, followed, graphql)
    for extra in given.calls if given else ():
        if extra.given_as is call.given_as and (extra.given_as is SettingName.ACCESS_TOKEN or extra.said is call.said):
            continue  # the same token, asked about already
        forbidden = call.said.success and extra.said in (ApiSaid.PERMISSION, ApiSaid.FORBIDDEN)
        if extra.said.refuses_token or forbidden:
            cause = _TELLING.get(extra.said, causes.API_TOKEN_REFUSED)
            yield _found(cause, extra, confidence=_sure(cause), setting=extra.given_as)


def _more_telling(call: Call, others: OtherCalls) -> Call | None:
    """Another path that is there, and whose answer is about the token, where the first path is not there."""
    absent = (ApiSaid.NOT_FOUND, ApiSaid.PAGE)
    silent = (*absent, ApiSaid.NOTHING, ApiSaid.ELSEWHERE, ApiSaid.REDIRECT, ApiSaid.SERVER_ERROR)
    return next((c for c in others.authorized if c.said not in silent), None) if call.said in absent else None


def _without(call: Call, others: OtherCalls) -> AnonymousCall | None:
    """The same path without a token."""
    return next((AnonymousCall(c) for c in others.anonymous if c.path == call.path), None)


def _first(
    target: Target,
    call: Call,
    anonymous: AnonymousCall | None,
    others: OtherCalls | None,
    garbage: GarbageCall | None,
    prefixed: PrefixedCall | None,
    followed: FollowedCall | None,
    graphql: GraphqlSeen | None,
) -> Iterator[Finding]:
    match call.said:
        case ApiSaid.DOCUMENTED | ApiSaid.NOTHING | ApiSaid.ELSEWHERE:
            return
        case ApiSaid.TOKEN_MISSING:
            yield _token_missing(call, garbage)
        case ApiSaid.PERMISSION if _same_without(call, anonymous):
            more = " It answers the same without a token."
            yield _found(causes.API_FORBIDDEN, call, more=more, confidence=Confidence.LIKELY)
        case ApiSaid.REFUSED if _size_refused(call, garbage):
            more = " A shorter token was read and refused with 401."
            yield _found(causes.API_HEADER_TOO_LARGE, call, more=more, confidence=Confidence.LIKELY)
        case ApiSaid.SERVER_ERROR:
            yield from _server_error(call, anonymous)
        case ApiSaid.REDIRECT:
            yield _redirect(call, followed)
        case ApiSaid.NOT_FOUND | ApiSaid.PAGE:
            yield _not_there(target, call, others, prefixed, graphql)
        case said:
            yield _found(_TELLING[said], call, confidence=_sure(_TELLING[said]), setting=call.given_as)


def _token_missing(call: Call, garbage: GarbageCall | None) -> Finding:
    """A garbage token that is answered otherwise shows that the header arrives."""
    if (
        garbage is not None
        and garbage.call.said is not ApiSaid.TOKEN_MISSING
        and garbage.call.said is not ApiSaid.NOTHING
    ):
        more = f" A token that is none was answered with {_words(garbage.call)}, so the header arrives."
        return _found(causes.API_TOKEN_REFUSED, call, more=more, confidence=Confidence.LIKELY, setting=call.given_as)
    more = " It answers the same with a token that is none." if garbage is not None else ""
    other = (Alternative(causes.API_TOKEN_REFUSED.id, Confidence.POSSIBLE),)
    return _found(causes.AUTHORIZATION_HEADER_LOST, call, more=more, confidence=Confidence.LIKELY, alternatives=other)


def _same_without(call: Call, anonymous: AnonymousCall | None) -> bool:
    """A mesh that lets nobody in says so of a token that it never saw, too."""
    return anonymous is not None and anonymous.call.said is call.said


def _size_refused(call: Call, garbage: GarbageCall | None) -> bool:
    """The server gives up on this header without a word of the service, and reads a shorter one."""
    reply = call.reply
    speechless = reply is not None and not (reply.error or reply.message) and reply.status in (400, 413)
    return speechless and garbage is not None and garbage.call.said.refuses_token


def _server_error(call: Call, anonymous: AnonymousCall | None) -> Iterator[Finding]:
    if anonymous is not None and anonymous.call.said.refuses_token:
        more = f" Without a token it answered {_words(anonymous.call)}."
        yield _found(causes.API_CANNOT_CHECK_TOKENS, call, more=more, confidence=Confidence.LIKELY)


def _redirect(call: Call, followed: FollowedCall | None) -> Finding:
    where = call.reply.location.split("?")[0] if call.reply and call.reply.location else "nowhere"
    works = followed is not None and followed.call.said.success
    more = f" Followed once, the GET succeeds at {where}." if works else f" It leads to {where}."
    return _found(
        causes.API_REDIRECTS,
        call,
        more=more,
        severity=Severity.WARN if works else None,
        fix=f"Call {where} directly." if works else None,
    )


def _not_there(
    target: Target, call: Call, others: OtherCalls | None, prefixed: PrefixedCall | None, graphql: GraphqlSeen | None
) -> Finding:
    tried = ", ".join([call.path, *(c.path for c in (others.authorized if others else ()))])
    if prefixed is not None and prefixed.call.said.success:
        return _found(
            causes.API_PATH_LACKS_PREFIX,
            call,
            more=f" {prefixed.call.path} was answered with {prefixed.call.status}.",
            fix=f"Call {target.api_base}{prefixed.call.path}.",
        )
    if graphql is not None and graphql.present and isinstance(graphql.result, Reply):
        more = f" {graphql.result.url} answers as a GraphQL API does."
        return _found(causes.PRODUCT_WITHOUT_REST_API, call, more=more, confidence=Confidence.LIKELY)
    if call.said is ApiSaid.PAGE:
        return _found(causes.API_ANSWERS_HTML, call, expected="JSON of the API.")
    sure = Confidence.CERTAIN if call.status in (404, 410) else Confidence.LIKELY
    return _found(causes.API_NOT_FOUND, call, more=f" Tried: {tried}.", confidence=sure)


def _found(
    cause: Cause,
    call: Call,
    *,
    more: str = "",
    expected: str = "200 with a JSON object that holds the list data.",
    fix: str | None = None,
    setting: SettingName | None = None,
    confidence: Confidence = Confidence.CERTAIN,
    severity: Severity | None = None,
    alternatives: tuple[Alternative, ...] | None = None,
) -> Finding:
    return cause.found(
        observed=f"To GET {call.path} with the token, {answered(call.result)}.{more}",
        expected=expected,
        fix=fix,
        setting=setting,
        endpoint=Endpoint.API,
        confidence=confidence,
        severity=severity,
        alternatives=alternatives,
        exchanges=(call.result.exchange,),
    )


def _sure(cause: Cause) -> Confidence:
    return Confidence.LIKELY if cause.joint else Confidence.CERTAIN


def _words(call: Call) -> str:
    return call.reply.words if call.reply else "nothing"
