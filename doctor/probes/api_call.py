"""One GET of the API: at which path, with which token, and what the answer says."""

from urllib.parse import quote

from doctor.model.facts.api import Call
from doctor.model.facts.settings import RunOptions, SettingsSeen, Target
from doctor.model.facts.token import Grant
from doctor.model.request import Bearer, Http, RawAuthorization, Request, Response
from doctor.model.secret import SecretRef, Vault
from doctor.model.terms import Endpoint, SettingName
from doctor.probes.access_token import given_tokens, issued_token
from doctor.probes.api_answers import what_the_api_says
from doctor.probes.reading import read

DEFAULT_PATHS = ("/api/reference-data/v1/tables?size=1", "/api/catalog/v1/catalog-items?size=1")
"""The first is the vendor's example call; the second is what newer versions of its overview list first."""
_SAFE = "/?&=:,;@!$'()*+~%-._[]"


def get(
    http: Http,
    target: Target,
    path: str,
    purpose: str,
    authorization: Bearer | RawAuthorization | None = None,
    given_as: SettingName | None = None,
) -> Call:
    """GET a path below the API's base."""
    return ask(http, target.api_base + quote(path, safe=_SAFE), path, purpose, authorization, given_as)


def ask(
    http: Http,
    url: str,
    path: str,
    purpose: str,
    authorization: Bearer | RawAuthorization | None = None,
    given_as: SettingName | None = None,
) -> Call:
    """GET a URL of the API."""
    answer = http.ask(Request(purpose, Endpoint.API, "GET", url, authorization=authorization))
    result = read(answer)
    document = answer.document if isinstance(answer, Response) else None
    return Call(path, result, what_the_api_says(result, document), given_as)


def token_to_send(
    vault: Vault, settings: SettingsSeen, grant: Grant | None
) -> tuple[SecretRef | None, SettingName | None]:
    """The issued token, else the one that was given."""
    if grant is not None and grant.obtained:
        return issued_token(grant), None
    given = given_tokens(vault, settings)
    return (given[0][1], given[0][0]) if given else (None, None)


def paths(target: Target, options: RunOptions) -> tuple[str, ...]:
    """The paths to try, below the API's base; one below an API URL that ends with ``/api`` need not repeat it."""
    given = [p if p.startswith("/") else f"/{p}" for p in options.get_paths or DEFAULT_PATHS]
    return tuple(f"/api{p}" if target.api_url_prefix and not p.startswith("/api/") else p for p in given)
