"""The services themselves answer: no gateway, sign-in, block page or rate limit in front of them.

These answers can come from every endpoint; whoever gives them says nothing about the credentials.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from checks import causes
from checks.reached import answers
from doctor.api import (
    AnonymousCall,
    AuthorizedCall,
    BodyKind,
    Cause,
    Confidence,
    Discovery,
    Endpoint,
    Finding,
    FirstAttempt,
    PageKind,
    Realm,
    RealmLine,
    Reply,
    Stage,
    check,
)

_SIGN_IN_WORDS = (
    "/login",
    "/signin",
    "/sign-in",
    "/sso",
    "/saml",
    "/oauth2/start",
    "/oauth2/auth",
    "/authorize",
    "response_type=",
    "/openid-connect/auth",
    "returnurl=",
    "redirect_uri=",
)
_PERSON_WANTED = ("basic", "negotiate", "ntlm", "digest")


@check(
    id="nothing-in-between",
    title="The services themselves answer",
    stage=Stage.NETWORK,
    causes=(
        causes.RATE_LIMITED,
        causes.GATEWAY_ERROR,
        causes.SERVER_ERROR,
        causes.EDGE_BLOCKS,
        causes.LOGIN_PAGE_IN_FRONT,
    ),
)
def run(
    line: RealmLine,
    discovery: Discovery | None,
    first: FirstAttempt | None,
    anonymous: AnonymousCall | None,
    authorized: AuthorizedCall | None,
    realm: Realm | None,
) -> Iterator[Finding]:
    told: set[str] = set()
    for endpoint, result in answers(discovery, first, anonymous, authorized):
        if not isinstance(result, Reply):
            continue
        cause = _cause(result, endpoint) or _wall(result, endpoint, realm)
        if cause is causes.SERVER_ERROR and endpoint is Endpoint.API and _only_with_token(anonymous, authorized):
            continue
        if cause is not None and cause.id not in told:
            told.add(cause.id)
            yield _finding(cause, endpoint, result)


def _cause(reply: Reply, endpoint: Endpoint) -> Cause | None:
    if reply.status == 429:
        return causes.RATE_LIMITED if reply.page is not PageKind.CHALLENGE else causes.EDGE_BLOCKS
    if reply.page in (PageKind.CHALLENGE, PageKind.BLOCK):
        return causes.EDGE_BLOCKS
    if _wants_a_person(reply, endpoint):
        return causes.LOGIN_PAGE_IN_FRONT
    if reply.status in (502, 503, 504) or 520 <= reply.status <= 530:
        return causes.GATEWAY_ERROR
    if reply.status >= 500:
        return causes.SERVER_ERROR
    return None


def _wall(reply: Reply, endpoint: Endpoint, realm: Realm | None) -> Cause | None:
    """A refusal without a word of the service, where the service itself never spoke."""
    silent = endpoint is Endpoint.REALM and realm is None and reply.status in (401, 403, 406, 451)
    at_token = endpoint is Endpoint.TOKEN and reply.status == 403 and reply.body is BodyKind.HTML
    return causes.EDGE_BLOCKS if (silent and not reply.error) or at_token else None


def _wants_a_person(reply: Reply, endpoint: Endpoint) -> bool:
    if reply.page is PageKind.SIGN_IN:
        return True
    if reply.status == 401 and any(c.scheme.lower() in _PERSON_WANTED for c in reply.challenges):
        return True
    return reply.redirect and reply.location is not None and _leads_to_sign_in(reply.location)


def _leads_to_sign_in(location: str) -> bool:
    parts = urlsplit(location.lower())
    return any(word in f"{parts.path}?{parts.query}" for word in _SIGN_IN_WORDS)


def _only_with_token(anonymous: AnonymousCall | None, authorized: AuthorizedCall | None) -> bool:
    """401 without a token and 500 with one is the API's own trouble with tokens: another check's cause."""
    return bool(anonymous and authorized and anonymous.call.status == 401 and authorized.call.status == 500)


def _finding(cause: Cause, endpoint: Endpoint, reply: Reply) -> Finding:
    again = f" It asks to wait {reply.retry_after:.0f} s." if reply.retry_after else ""
    by = f" ({reply.request_id})" if reply.request_id else ""
    page = f", {_article(reply.page)}" if reply.page not in (None, PageKind.PLAIN) else ""
    where = f" to {reply.location.split('?')[0]}" if reply.redirect and reply.location else ""
    return cause.found(
        observed=f"At the {endpoint.words}, {reply.speaker.value} answered {reply.words}{where}{page}{by}.{again}",
        expected="An answer of the service itself.",
        confidence=Confidence.LIKELY
        if cause is causes.EDGE_BLOCKS and reply.page not in _WALLS
        else Confidence.CERTAIN,
        endpoint=endpoint,
        explains=_EXPLAINS,
        exchanges=(reply.exchange,),
    )


def _article(page: PageKind | None) -> str:
    return f"a {page.value}" if page else ""


_WALLS = (PageKind.CHALLENGE, PageKind.BLOCK)
_EXPLAINS = (
    causes.NOT_KEYCLOAK,
    causes.ENVIRONMENT_NOT_THERE,
    causes.TOKEN_REQUEST_REFUSED,
    causes.TOKEN_RESPONSE_NOT_JSON,
    causes.TOKEN_URL_REDIRECTS,
    causes.API_ANSWERS_HTML,
    causes.API_REDIRECTS,
    causes.API_FORBIDDEN,
    causes.API_TOKEN_REFUSED,
    causes.API_REQUEST_REFUSED,
)
