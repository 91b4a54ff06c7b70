"""The protected GET: without a token, with it, and otherwise where the first answers leave more than one cause."""

from urllib.parse import urljoin, urlsplit

from doctor.model.facts.access_token import GivenHeader
from doctor.model.facts.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Call,
    FollowedCall,
    GarbageCall,
    GivenCalls,
    GraphqlSeen,
    OtherCalls,
    PrefixedCall,
)
from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import ApiLine
from doctor.model.facts.reply import BodyKind, Reply
from doctor.model.facts.settings import RunOptions, SettingsSeen, Target
from doctor.model.facts.token import Grant
from doctor.model.probe import probe
from doctor.model.request import Bearer, Http, RawAuthorization, Request
from doctor.model.secret import AS_GIVEN, SecretRef, Vault
from doctor.model.terms import Endpoint, SettingName
from doctor.probes.access_token import given_tokens
from doctor.probes.api_call import ask, get, paths, token_to_send
from doctor.probes.reading import read

GARBAGE = "ataccama-doctor.no-token.x"


@probe(question="whether the GET is refused without a token")
def anonymous_call(http: Http, target: Target, options: RunOptions, line: ApiLine) -> AnonymousCall | Missing:
    if line.failure:
        return Missing("the API's host was not reached")
    return AnonymousCall(get(http, target, paths(target, options)[0], "see whether the GET is refused without a token"))


@probe(question="whether the GET succeeds with the token")
def authorized_call(
    http: Http,
    vault: Vault,
    target: Target,
    options: RunOptions,
    settings: SettingsSeen,
    line: ApiLine,
    grant: Grant | None,
) -> AuthorizedCall | Missing:
    token, name = token_to_send(vault, settings, grant)
    if token is None:
        return Missing("there is no token to send")
    if line.failure:
        return Missing("the API's host was not reached")
    purpose = "see whether the GET succeeds with the token"
    return AuthorizedCall(get(http, target, paths(target, options)[0], purpose, Bearer(token), name))


@probe(question="how the API takes the header or token that was given")
def given_calls(
    http: Http,
    vault: Vault,
    target: Target,
    options: RunOptions,
    settings: SettingsSeen,
    line: ApiLine,
    header: GivenHeader | None,
) -> GivenCalls | Missing:
    if line.failure:
        return Missing("the API's host was not reached")
    calls = []
    if header is not None and header.sendable:
        raw = RawAuthorization(SecretRef(SettingName.AUTHORIZATION.value))
        purpose = "see how the API takes the Authorization header as given"
        calls.append(get(http, target, paths(target, options)[0], purpose, raw, SettingName.AUTHORIZATION))
    for name, ref in given_tokens(vault, settings):
        if name is SettingName.ACCESS_TOKEN:
            purpose = "see how the API takes the access token given"
            calls.append(get(http, target, paths(target, options)[0], purpose, Bearer(ref), name))
    return (
        GivenCalls(tuple(calls))
        if calls
        else Missing("no header or token was given that could be sent", Why.NOT_NEEDED)
    )


@probe(question="whether other paths of the API answer")
def other_calls(
    http: Http,
    vault: Vault,
    target: Target,
    options: RunOptions,
    settings: SettingsSeen,
    grant: Grant | None,
    first: AuthorizedCall,
) -> OtherCalls | Missing:
    if not options.get_paths and not _elsewhere_worth(first.call):
        return Missing("the first path decided the matter", Why.NOT_NEEDED)
    others = paths(target, options)[1:]
    token, name = token_to_send(vault, settings, grant)
    if not others or token is None:
        return Missing("no other path was to be tried", Why.NOT_NEEDED)
    authorized = tuple(get(http, target, p, "try another path with the token", Bearer(token), name) for p in others)
    anonymous = tuple(get(http, target, p, "try another path without a token") for p in others)
    return OtherCalls(authorized, anonymous)


@probe(question="whether the Authorization header arrives")
def garbage_call(
    http: Http,
    vault: Vault,
    target: Target,
    options: RunOptions,
    first: AuthorizedCall,
    anonymous: AnonymousCall | None,
) -> GarbageCall | Missing:
    if first.call.said not in _UNCLEAR:
        return Missing("the API's answer tells enough of the token", Why.NOT_NEEDED)
    garbage = Bearer(vault.put_plain("garbage", AS_GIVEN, GARBAGE))
    return GarbageCall(
        get(http, target, first.call.path, "see whether the header arrives, with a token that is none", garbage)
    )


@probe(question="whether /api is missing from the path")
def prefixed_call(
    http: Http,
    vault: Vault,
    target: Target,
    settings: SettingsSeen,
    grant: Grant | None,
    first: AuthorizedCall,
) -> PrefixedCall | Missing:
    call = first.call
    if call.said not in (ApiSaid.NOT_FOUND, ApiSaid.PAGE) or _has_prefix(target, call.path):
        return Missing("the path has the prefix, or works without", Why.NOT_NEEDED)
    token, name = token_to_send(vault, settings, grant)
    if token is None:
        return Missing("there is no token to send")
    return PrefixedCall(get(http, target, "/api" + call.path, "try the path with /api before it", Bearer(token), name))


@probe(question="whether the GET succeeds where the API redirects to")
def followed_call(
    http: Http, vault: Vault, target: Target, settings: SettingsSeen, grant: Grant | None, first: AuthorizedCall
) -> FollowedCall | Missing:
    reply = first.call.reply
    if reply is None or first.call.said is not ApiSaid.REDIRECT or reply.location is None:
        return Missing("the API does not redirect", Why.NOT_NEEDED)
    if not _same_origin(reply.location, reply.url):
        return Missing("the redirect leads to another origin, where no token is sent")
    token, name = token_to_send(vault, settings, grant)
    if token is None:
        return Missing("there is no token to send")
    return FollowedCall(ask(http, reply.location, first.call.path, "follow the redirect once", Bearer(token), name))


@probe(question="whether the host has the GraphQL API of self-managed ONE")
def graphql_seen(
    http: Http,
    vault: Vault,
    target: Target,
    settings: SettingsSeen,
    grant: Grant | None,
    first: AuthorizedCall,
    others: OtherCalls | None,
) -> GraphqlSeen | Missing:
    said = [first.call.said, *(c.said for c in (others.authorized if others else ()))]
    if target.vendor_domain or any(s not in (ApiSaid.NOT_FOUND, ApiSaid.PAGE) for s in said):
        return Missing("the REST API answers, or the host is the vendor's cloud", Why.NOT_NEEDED)
    token, _ = token_to_send(vault, settings, grant)
    if token is None:
        return Missing("there is no token to send")
    url = urljoin(target.api_base, "/graphql")
    # With the token: a service that refuses everybody without one does so at paths that it does not have.
    question = "see whether this is a host with GraphQL only"
    result = read(http.ask(Request(question, Endpoint.API, "GET", url, authorization=Bearer(token))))
    present = isinstance(result, Reply) and (
        result.status in (400, 401, 403, 405, 415) or (result.ok and result.body is BodyKind.OBJECT)
    )
    return GraphqlSeen(result, present and isinstance(result, Reply) and result.body is not BodyKind.HTML)


_UNCLEAR = (
    ApiSaid.TOKEN_MISSING,
    ApiSaid.TOKEN_REFUSED,
    ApiSaid.FORBIDDEN,
    ApiSaid.REFUSED,
    ApiSaid.SERVER_ERROR,
)
_ELSEWHERE_WORTH = (ApiSaid.NOT_FOUND, ApiSaid.FORBIDDEN, ApiSaid.PERMISSION, ApiSaid.PAGE, ApiSaid.SERVER_ERROR)


def _elsewhere_worth(call: Call) -> bool:
    """The service behind this path may be absent, closed or down, and another one not."""
    return call.said in _ELSEWHERE_WORTH or (call.reply is not None and call.reply.out_of_order)


def _has_prefix(target: Target, path: str) -> bool:
    return path.startswith("/api/") or target.api_base.endswith("/api")


def _same_origin(location: str, url: str) -> bool:
    """False too for a location that is no URL."""
    try:
        there, here = urlsplit(location), urlsplit(url)
    except ValueError:
        return False
    return (there.scheme, there.netloc) == (here.scheme, here.netloc)
