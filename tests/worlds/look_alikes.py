"""Healthy worlds that stand beside a row of the catalogue as its innocent twin."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import Answer, json_answer, redirect
from doctor.sandbox.world import Client, Minting, Proxy, Realm, Rule, Trust, World, new_secret
from tests.worlds.network import tls
from tests.worlds.world import Case, Change, api, client, combined, edge, realm, rules

_INSUFFICIENT = Answer(403, (("WWW-Authenticate", 'Bearer error="insufficient_scope"'),))
_OTHERS_POLICY = ("invalid_request", "Access from this network is not allowed")
_AUTHORIZATION = {"authorization": lambda env: f"Bearer {env.mint()}"}


def beside(**changes: Any) -> Change:
    """Another client of a similar name stands in the realm, and this is true of it."""
    return lambda world: world.with_realm(clients=(world.client, Client("demo-client-2", new_secret(), **changes)))


def _realm_beside(world: World) -> World:
    return replace(world, realms=(world.realm, Realm("demo-old", enabled=False)))


def _token_given(minting: Minting) -> dict[str, Callable[[Any], str] | str | None]:
    """The token alone, with no secret to get another one."""
    return {"access_token": lambda env: env.mint(minting), "client_secret": None}


HEALTHY = (
    # settings
    Case("the domain is one's own", tls(hosts=("one.example.com",)),
         {"url": lambda env: f"https://one.example.com:{env.port}"}, names={"one.example.com": ("127.0.0.1",)},
         resembles="url-not-an-environment", fact="ataccama.md 1.2"),
    Case("the domain ends as another one's name does", tls(hosts=("ataccama.one.example.com",)),
         {"url": lambda env: f"https://ataccama.one.example.com:{env.port}"},
         names={"ataccama.one.example.com": ("127.0.0.1",)}, resembles="url-doubled-suffix"),
    # network
    Case("the name has one address only", names={"localhost": ("127.0.0.1",)}, resembles="host-not-found"),
    Case("the URL is an address, so that nothing is resolved", settings={"url": lambda env: f"https://127.0.0.1:{env.port}"},
         resembles="name-resolution-unavailable"),
    Case("an address that never answers comes first", names={"localhost": ("127.0.0.2", "127.0.0.1")},
         resembles="connection-timed-out", fact="RFC 8305"),
    Case("a proxy that lets through whoever comes", lambda world: replace(world, proxy=Proxy()),
         {"proxy": lambda env: env.proxy_url}, resembles="proxy-authentication-required"),
    Case("an authority of one's own stands in the bundle", resembles="certificate-untrusted"),
    Case("the server sends its intermediate along", tls(kind="intermediate-sent"),
         resembles="certificate-chain-incomplete"),
    Case("the certificate says where its issuer's can be had", tls(issuer_url=True), resembles="certificate-expired"),
    Case("the certificate began today", resembles="certificate-not-yet-valid"),
    Case("the server asks for no certificate in TLS 1.2 either", tls(newest="1.2"),
         resembles="client-certificate-required"),
    Case("plain HTTP on this very machine", tls(spoken="plain"),
         {"url": lambda env: env.url.replace("https://", "http://")}, resembles="tls-not-spoken", fact="contract.md 5"),
    Case("ten thousand tables", api(document={"meta": {"total": 9999}, "data": [{"id": n} for n in range(9999)]}),
         resembles="response-too-large"),
    Case("the ingress knows nothing but the realm and the API",
         edge(default=Answer(404, (("Content-Type", "text/plain"),), b"default backend - 404")),
         resembles="environment-not-there"),
    # realm
    Case("an old realm beside it is disabled", _realm_beside, resembles="realm-disabled"),
    # token
    Case("another client is disabled", beside(enabled=False), resembles="client-disabled"),
    Case("another client is public", beside(public=True), resembles="client-public"),
    Case("another client is bearer-only", beside(bearer_only=True), resembles="client-bearer-only"),
    Case("another client is for SAML", beside(protocol="saml"), resembles="client-not-oidc"),
    Case("another client has no service account", beside(service_account=False), resembles="service-account-off"),
    Case("another client signs its requests", beside(authenticator="client-jwt"), resembles="signed-jwt-required"),
    Case("a policy refuses another client", beside(policy=_OTHERS_POLICY), resembles="token-request-refused"),
    Case("the realm tells nobody why, and has no reason to", realm(discreet=True), resembles="credentials-rejected"),
    Case("the realm offers client credentials and nothing else", realm(grant_types=("client_credentials",)),
         resembles="grant-unsupported"),
    Case("the edge loses the body of what goes to the API", rules(Rule(Answer(200), "/api", drops_body=True)),
         resembles="request-body-lost"),
    Case("every page of the realm leads to the sign-in, its endpoints do not",
         rules(Rule(redirect("/oauth2/start?rd=%2F"), "{realm}", methods=("GET",))), resembles="token-url-redirects"),
    # access_token
    Case("the token's media type is at+jwt", client(minting=Minting(header={"typ": "at+jwt"})),
         resembles="token-malformed", fact="RFC 9068 section 2.1"),
    Case("a right token alone", settings=_token_given(Minting()), resembles="token-signature-invalid"),
    Case("a right token with a claim that nobody knows", settings=_token_given(Minting(claims={"x-tenant": "demo"})),
         resembles="token-encrypted"),
    Case("the API trusts the name that the realm gives itself", realm(issuer="https://login.example/auth/realms/demo"),
         also=("issuer-differs",), resembles="token-issuer-differs", fact="keycloak.md 4e"),
    Case("the client can have as many tokens as it wants", combined(
         client(lifespan=2), api(trusts=(Trust("demo", leeway=0),))), deep=True, resembles="renewal-failed"),
    # api
    Case("the right header beside the right secret", settings=_AUTHORIZATION, resembles="bearer-prefix-doubled"),
    Case("the right header alone", settings={**_AUTHORIZATION, "client_secret": None}, resembles="bearer-token-quoted"),
    Case("the challenge without a token gives no reason", resembles="authorization-header-lost", fact="keycloak.md 5a"),
    Case("the realm's host is another one, and the API knows it", realm(issuer="https://sso.example/auth/realms/demo"),
         also=("issuer-differs",), resembles="api-issuer-not-trusted"),
    Case("the realm lists a key that it does not sign with", client(algorithm="ES256"), resembles="api-key-unknown"),
    Case("the API's clock is forty seconds ahead", api(clock_offset=40), resembles="api-says-expired",
         fact="keycloak.md 5a"),
    Case("reference data wants a permission, and the catalog answers",
         rules(Rule(_INSUFFICIENT, "/api/reference-data", authorized=True)), resembles="permission-missing"),
    Case("another path of the API refuses", rules(Rule(json_answer(412, {}), "/api/catalog")),
         resembles="api-request-refused"),
    Case("GraphQL stands beside the REST API", rules(Rule(json_answer(200, {"data": {}}), "/graphql")),
         resembles="product-without-rest-api"),
    Case("the API takes headers of eight thousand bytes", api(max_header=8000), resembles="api-header-too-large"),
    Case("an altered token is refused", combined(client(lifespan=3), api(trusts=(Trust("demo", leeway=0),))),
         deep=True, resembles="api-signature-unchecked"),
    Case("an expired token is refused after some seconds of leeway", combined(
         client(lifespan=2), api(trusts=(Trust("demo", leeway=3),))), deep=True, resembles="api-accepts-expired"),
    Case("pages of the edge's own stand elsewhere", edge(default=nginx_page(404, "Not Found")),
         resembles="api-not-found"),
)  # fmt: skip
