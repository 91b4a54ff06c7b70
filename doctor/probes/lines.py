"""Opens the connections early and side by side: name, TCP, proxy and TLS, before anything is asked."""

from dataclasses import fields
from typing import TypeVar

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import ApiLine, Line, Proxied, RealmLine, TokenLine
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


@probe(question="what goes through a proxy")
def proxied(realm: RealmLine, token: TokenLine, api: ApiLine) -> Proxied | Missing:
    lines = tuple(line for line in (realm, token, api) if line.proxy is not None)
    return Proxied(lines) if lines else Missing("no proxy is in use", Why.NOT_NEEDED)


def _line(kind: type[L], http: Http, endpoint: Endpoint, url: str) -> L:
    line = http.connect(endpoint, url)
    return kind(*(getattr(line, field.name) for field in fields(Line)))
