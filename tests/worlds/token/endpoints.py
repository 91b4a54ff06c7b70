"""The token URL: of another place, realm or endpoint, or in an odd form that is fine."""

from dataclasses import replace
from typing import Any

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import Answer, html_answer, json_answer, redirect
from doctor.sandbox.world import Rule
from tests.worlds.edges import TOKEN, WELL_KNOWN
from tests.worlds.world import Case, Change, Typed, realm, rules, second_realm, unchanged

_PROTOCOL = "/auth/realms/demo/protocol"
_FRONT = f"{_PROTOCOL}/openid-connect"


def _wrong(what: str, path: str, change: Change = unchanged, **more: Any) -> Case:
    case = Case(
        f"the token URL is {what}",
        change,
        {"token_url": lambda env: f"{env.url}{path}"},
        cause="token-url-wrong",
        setting="token_url",
        fact="keycloak.md 2; ataccama.md S54",
    )
    return replace(case, **more)


def _redirects(status: int, location: str, cause: str = "token-url-redirects") -> Case:
    return Case(
        f"the token endpoint redirects by {status} to {location}",
        rules(Rule(redirect(location, status), TOKEN)),
        cause=cause,
        fact="keycloak.md 5f",
    )


_REALM_OF_ANOTHER = "/auth/realms/other/protocol/openid-connect/token"

FAULTS = (
    _wrong("misspelt at its end", f"{_FRONT}/tokens"),
    _wrong("cut off at its end", f"{_FRONT}/toke"),
    _wrong("that of the authorization endpoint", f"{_FRONT}/auth"),
    _wrong("that of the keys", f"{_FRONT}/certs"),
    _wrong("that of introspection", f"{_FRONT}/token/introspect"),
    _wrong("that of userinfo", f"{_FRONT}/userinfo"),
    _wrong("the discovery document", "/auth/realms/demo/.well-known/openid-configuration"),
    _wrong("the realm's page", "/auth/realms/demo"),
    _wrong("misspelt in the protocol", f"{_PROTOCOL}/openidconnect/token"),
    _wrong("misspelt before the realm", "/auth/realm/demo/protocol/openid-connect/token"),
    _wrong("the origin alone", ""),
    _wrong("one of the API", "/api/reference-data/v1/tables"),
    _wrong("that of the documented path without realm", "/auth/protocol/openid-connect/token"),
    _wrong("another provider's path", "/oauth/token"),
    _wrong("another provider's path with a version", "/oauth2/v1/token"),
    _wrong("that of another realm, which is not there", _REALM_OF_ANOTHER),
    _wrong("that of another realm, which is there", _REALM_OF_ANOTHER, second_realm("other")),
    _wrong("that of the same realm in another case", "/auth/realms/DEMO/protocol/openid-connect/token"),
    _wrong("with a double slash", "/auth//realms/demo/protocol/openid-connect/token"),
    _wrong(
        "misspelt at its end, and discovery is hidden",
        f"{_FRONT}/tokens",
        rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN)),
    ),
    _redirects(301, "https://login.example/auth/realms/demo/protocol/openid-connect/token"),
    _redirects(302, "https://login.example/token"),
    _redirects(303, "https://login.example/token"),
    _redirects(307, "https://login.example/token"),
    _redirects(308, "/auth/realms/demo/protocol/openid-connect/token2"),
    _redirects(301, "http://localhost/auth/realms/demo/protocol/openid-connect/token"),
    _redirects(302, "/"),
    _redirects(302, "https://sso.example/login?returnUrl=%2Ftoken", "login-page-in-front"),
    _redirects(302, "https://login.example/authorize?response_type=code&client_id=proxy", "login-page-in-front"),
    _redirects(302, "/oauth2/start?rd=%2Ftoken", "login-page-in-front"),
    Case("a redirect without Location", rules(Rule(Answer(302), TOKEN)), cause="token-url-redirects"),
    Case(
        "the token endpoint wants Basic of its own",
        rules(Rule(Answer(401, (("WWW-Authenticate", 'Basic realm="ops"'),)), TOKEN)),
        cause="login-page-in-front",
        endpoint="token",
        fact="keycloak.md 2",
    ),
    Case(
        "the token endpoint wants Negotiate",
        rules(Rule(Answer(401, (("WWW-Authenticate", "Negotiate"),)), TOKEN)),
        cause="login-page-in-front",
        endpoint="token",
        fact="keycloak.md 2",
    ),
    Case(
        "the token endpoint forbids POST with a page",
        rules(Rule(nginx_page(403, "Forbidden"), TOKEN)),
        cause="edge-blocks",
        endpoint="token",
        fact="keycloak.md 6",
    ),
    Case(
        "the token endpoint answers 405 of nginx",
        rules(Rule(nginx_page(405, "Not Allowed"), TOKEN)),
        cause="token-request-refused",
        fact="keycloak.md 5c",
    ),
    Case(
        "the token endpoint answers 415",
        rules(Rule(json_answer(415, {"error": "RESTEASY003065: Cannot consume content type"}), TOKEN)),
        cause="token-request-refused",
        fact="keycloak.md 2",
    ),
    Case(
        "the token endpoint answers 502",
        rules(Rule(nginx_page(502, "Bad Gateway"), TOKEN)),
        cause="gateway-error",
        endpoint="token",
    ),
    Case("the token endpoint answers 429", rules(Rule(Answer(429), TOKEN)), cause="rate-limited", endpoint="token"),
    Case(
        "the token endpoint is a sign-in page",
        rules(Rule(html_answer(200, "<title>Sign in</title><input type=password>"), TOKEN)),
        cause="login-page-in-front",
        endpoint="token",
    ),
    Case(
        "the form is lost, and only when it has a secret",
        rules(Rule(Answer(500), TOKEN, with_parameter="client_secret", drops_body=True)),
        cause="request-body-lost",
    ),
    Case(
        "the form is refused because of the secret's characters",
        rules(Rule(nginx_page(403, "Forbidden"), TOKEN, with_parameter="client_secret")),
        cause="edge-blocks",
        endpoint="token",
        fact="keycloak.md 6",
    ),
    Case(
        "the realm offers no client credentials, and discovery is hidden",
        lambda world: rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN))(
            world.with_realm(grant_types=("password",))
        ),
        cause="grant-unsupported",
    ),
    Case(
        "the realm's own token endpoint is not there, and no token URL was given",
        rules(Rule(json_answer(404, {"error": "HTTP 404 Not Found"}), TOKEN)),
        cause="token-request-refused",
        endpoint="token",
    ),
)


def _right(what: str, url: Typed, change: Change = unchanged) -> Case:
    return Case(f"the token URL is right, {what}", change, {"token_url": url}, resembles="token-url-wrong")


HEALTHY = (
    _right("as the realm says it", lambda env: env.token_endpoint),
    _right("with a slash at its end", lambda env: f"{env.token_endpoint}/"),
    _right("with a query", lambda env: f"{env.token_endpoint}?x=1"),
    _right("with the host in upper case", lambda env: env.token_endpoint.replace("localhost", "LOCALHOST")),
    _right("by address", lambda env: env.token_endpoint.replace("localhost", "127.0.0.1")),
    _right(
        "with discovery hidden", lambda env: env.token_endpoint, rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN))
    ),
    _right(
        "with another issuer", lambda env: env.token_endpoint, realm(issuer="https://login.example/auth/realms/demo")
    ),
    _right(
        "the realm's name percent-encoded", lambda env: f"{env.url}/auth/realms/%64emo/protocol/openid-connect/token"
    ),
    Case(
        "the realm has a space, and the token URL has it encoded",
        realm(name="a b"),
        {"realm": "a b", "token_url": lambda env: f"{env.url}/auth/realms/a%20b/protocol/openid-connect/token"},
        resembles="token-url-wrong",
    ),
)
