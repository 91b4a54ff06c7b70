"""Opens the connections early and side by side: name, TCP, proxy and TLS, before anything is asked."""

from typing import TypeVar

from doctor.model.facts.network import ApiLine, Line, RealmLine, TokenLine, TransportFailure
from doctor.model.facts.settings import Target
from doctor.model.probe import probe
from doctor.model.request import Http
from doctor.model.terms import Endpoint

L = TypeVar("L", bound=Line)


@probe(question="whether the realm's host can be reached")
def realm_line(http: Http, target: Target) -> RealmLine:
    return _line(RealmLine, http, Endpoint.REALM, target.origin)


@probe(question="whether the token endpoint's host can be reached")
def token_line(http: Http, target: Target) -> TokenLine:
    return _line(TokenLine, http, Endpoint.TOKEN, target.token_endpoint)


@probe(question="whether the API's host can be reached")
def api_line(http: Http, target: Target) -> ApiLine:
    return _line(ApiLine, http, Endpoint.API, target.api_base)


def _line(kind: type[L], http: Http, endpoint: Endpoint, url: str) -> L:
    line = http.connect(endpoint, url)
    if isinstance(line, TransportFailure):
        return kind(endpoint, _origin(url), failure=line)
    return kind(
        line.endpoint,
        line.origin,
        address=line.address,
        proxy=line.proxy,
        proxy_source=line.proxy_source,
        tls=line.tls,
        ca_source=line.ca_source,
    )


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])
