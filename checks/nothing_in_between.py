"""The services themselves answer: no gateway, sign-in, block page or rate limit in front of them.

These answers can come from every endpoint; whoever gives them says nothing about the credentials.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from checks import causes
from checks.reached import answers, unanswered
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
    Missing,
    Obstacle,
    PageKind,
    Realm,
    RealmLine,
    Reply,
    Stage,
    TransportFailure,
    check,
)

_CAUSE_OF: dict[Obstacle, Cause] = {
    Obstacle.LIMIT: causes.RATE_LIMITED,
    Obstacle.GATEWAY: causes.GATEWAY_ERROR,
    Obstacle.BLOCK: causes.EDGE_BLOCKS,
    Obstacle.SIGN_IN: causes.LOGIN_PAGE_IN_FRONT,
    Obstacle.CLIENT_CERTIFICATE: causes.CLIENT_CERTIFICATE_REQUIRED,
    Obstacle.PROXY_LOGIN: causes.PROXY_AUTHENTICATION_REQUIRED,
}
"""A port that wants TLS is the URL's matter."""
_CONSEQUENCES: dict[Endpoint, tuple[Cause, ...]] = {
    Endpoint.REALM: (causes.NOT_KEYCLOAK, causes.ENVIRONMENT_NOT_THERE),
    Endpoint.TOKEN: (
        causes.TOKEN_REQUEST_REFUSED,
        causes.TOKEN_RESPONSE_NOT_JSON,
        causes.TOKEN_URL_REDIRECTS,
        causes.TOKEN_URL_WRONG,
    ),
    Endpoint.API: (
        causes.API_ANSWERS_HTML,
        causes.API_REDIRECTS,
        causes.API_FORBIDDEN,
        causes.API_TOKEN_REFUSED,
        causes.API_REQUEST_REFUSED,
    ),
}
"""What an obstacle at an endpoint explains: what else was made of the same answer, there and nowhere else."""


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
        causes.CLIENT_CERTIFICATE_REQUIRED,
        causes.PROXY_AUTHENTICATION_REQUIRED,
    ),
)
def run(
    line: RealmLine,
    discovery: Discovery | None,
    first: FirstAttempt | None,
    anonymous: AnonymousCall | None,
    authorized: AuthorizedCall | None,
    realm: Realm | None,
) -> Iterator[Finding | Missing]:
    seen: dict[str, list[_Seen]] = {}
    found = answers(discovery, first, anonymous, authorized)
    yield from unanswered(found)
    for endpoint, result in found:
        if endpoint is Endpoint.TOKEN and _at_another_place(result, discovery):
            continue
        cause = _cause(result, endpoint, realm) if isinstance(result, Reply) else None
        if cause is causes.SERVER_ERROR and endpoint is Endpoint.API and _only_with_token(anonymous, authorized):
            continue
        if cause is not None and isinstance(result, Reply):
            seen.setdefault(cause.id, []).append((cause, endpoint, result))
    for sightings in seen.values():
        yield _finding(sightings)


_Seen = tuple[Cause, Endpoint, Reply]


def _at_another_place(result: Reply | TransportFailure, discovery: Discovery | None) -> bool:
    """True where the realm says that its token endpoint has another path: the answer is then of something else."""
    if not isinstance(result, Reply) or discovery is None or discovery.token_endpoint is None:
        return False
    said, asked = (_path(url) for url in (discovery.token_endpoint, result.url))
    return asked is not None and not asked.endswith(_TOKEN) and said != asked


def _path(url: str) -> str | None:
    try:
        return urlsplit(url).path
    except ValueError:
        return None


_TOKEN = "/token"  # an edge that rewrites paths leaves the end of this one


def _cause(reply: Reply, endpoint: Endpoint, realm: Realm | None) -> Cause | None:
    if reply.obstacle is not None:
        return _CAUSE_OF.get(reply.obstacle)
    if reply.status >= 500:
        return causes.SERVER_ERROR
    return _WALLS.get(reply.status) if _wordless(reply, endpoint, realm) else None


def _wordless(reply: Reply, endpoint: Endpoint, realm: Realm | None) -> bool:
    """A refusal without a word of the service: its token endpoint always speaks JSON, a realm says what it has."""
    match endpoint:
        case Endpoint.REALM:
            return realm is None and not reply.error
        case Endpoint.TOKEN:
            return reply.body is not BodyKind.OBJECT
        case Endpoint.API:
            return False


def _only_with_token(anonymous: AnonymousCall | None, authorized: AuthorizedCall | None) -> bool:
    """401 without a token and 500 with one is the API's own trouble with tokens: another check's cause."""
    return bool(anonymous and authorized and anonymous.call.status == 401 and authorized.call.status == 500)


def _finding(sightings: list[_Seen]) -> Finding:
    """``sightings``: of one cause, at one endpoint or more."""
    cause, endpoint, reply = sightings[0]
    again = f" It asks to wait {reply.retry_after:.0f} s." if reply.retry_after else ""
    by = f" ({reply.request_id})" if reply.request_id else ""
    page = f", a {reply.page.value}" if reply.page in _TELLING and not reply.out_of_order else ""
    where = f" to {reply.location.split('?')[0]}" if reply.redirect and reply.location else ""
    others = "".join(f" The same at the {e.words}: {r.words}." for _, e, r in sightings[1:])
    return cause.found(
        observed=f"At the {endpoint.words}, {reply.speaker.value} answered {reply.words}{where}{page}{by}."
        f"{again}{others}",
        expected="An answer of the service itself.",
        confidence=Confidence.LIKELY if reply.obstacle is None and reply.status < 500 else Confidence.CERTAIN,
        endpoint=endpoint,
        explains=tuple(c for _, e, _ in sightings for c in _CONSEQUENCES[e]),
        exchanges=tuple(r.exchange for _, _, r in sightings),
    )


_TELLING = (PageKind.SIGN_IN, PageKind.CHALLENGE, PageKind.BLOCK, PageKind.CLIENT_CERTIFICATE)
_WALLS = {
    401: causes.LOGIN_PAGE_IN_FRONT,
    403: causes.EDGE_BLOCKS,
    406: causes.EDGE_BLOCKS,
    451: causes.EDGE_BLOCKS,
}
"""What a refusal without a word is, by status."""
