"""One plain request to an environment."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, quote_plus

import requests

from tests.behaviour.environment import Environment

TOKEN = "/protocol/openid-connect/token"
AUTHORIZATION = "/protocol/openid-connect/auth"
CERTS = "/protocol/openid-connect/certs"
DISCOVERY = "/.well-known/openid-configuration"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. Nothing is trimmed, followed or added."""

    path: str = TOKEN
    """Under the realm; with ``realm=None`` under the origin."""
    realm: str | None = ""
    """Empty: the environment's main realm."""
    method: str = "POST"
    form: tuple[tuple[str, str], ...] | None = None
    body: str | None = None
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    door: str = "url"
    """Which of the environment's URLs is asked."""


Asking = Callable[[Environment], Ask]


def send(environment: Environment, ask: Ask) -> requests.Response:
    """Send it and return whatever answers, redirects included."""
    realm = ask.realm if ask.realm is None else quote(ask.realm or environment.realm, safe="")
    origin = getattr(environment, ask.door)
    base = origin if realm is None else f"{origin}/auth/realms/{realm}"
    session = requests.Session()
    session.trust_env = False
    return session.request(
        ask.method,
        base + ask.path,
        params=ask.query,
        data=list(ask.form) if ask.form is not None else ask.body,
        headers={"Accept": "application/json", **ask.headers},
        verify=str(environment.ca_bundle),
        allow_redirects=False,
        timeout=15,
    )


def grant(client: str, secret: str | None = None, end: str = "", realm: str = "", **more: str) -> Asking:
    """The client credentials grant by form, with the client's own secret unless another is given."""

    def ask(environment: Environment) -> Ask:
        own = environment.clients[client] if secret is None else secret
        form = {"grant_type": "client_credentials", "client_id": client, "client_secret": own + end, **more}
        return Ask(form=tuple(form.items()), realm=realm)

    return ask


def without_secret(client: str) -> Asking:
    """The grant with the client's id alone."""
    return fixed(form=(("grant_type", "client_credentials"), ("client_id", client)))


def basic(
    client: str, secret: str | None = None, *, encoded: bool = True, form: tuple[tuple[str, str], ...] = ()
) -> Asking:
    """The grant with id and secret in the header, form-encoded (RFC 6749, section 2.3.1) or raw."""

    def ask(environment: Environment) -> Ask:
        own = environment.clients[client] if secret is None else secret
        pair = ":".join(map(quote_plus, (client, own))) if encoded else f"{client}:{own}"
        header = "Basic " + base64.b64encode(pair.encode()).decode()
        return Ask(form=(("grant_type", "client_credentials"), *form), headers={"Authorization": header})

    return ask


def authorization(client: str, accept: str = "application/json, text/html;q=0.9", realm: str = "") -> Asking:
    """The authorization endpoint asked about a client, without a redirect URI so that it stops there."""
    query = {"client_id": client, "response_type": "code", "scope": "openid"}
    return fixed(AUTHORIZATION, realm, "GET", query=query, headers={"Accept": accept})


def get(path: str, realm: str | None = "", **headers: str) -> Asking:
    """A plain GET."""
    return fixed(path, realm, "GET", headers=headers)


def fixed(
    path: str = TOKEN,
    realm: str | None = "",
    method: str = "POST",
    form: tuple[tuple[str, str], ...] | None = None,
    body: str | None = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Asking:
    """The same request to every environment."""
    ask = Ask(path, realm, method, form, body, query or {}, headers or {})
    return lambda _: ask


def at(door: str, asking: Asking) -> Asking:
    """The same request at another of the environment's doors."""
    return lambda environment: replace(asking(environment), door=door)
