"""Other servers' words for the same causes: Keycloak's three eras, Envoy, Kong, nginx and API gateways.

The rows are those of ``facts/keycloak.md`` sections 3, 5b, 5c, 5d and 5e.
"""

import pytest

from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.world import Rule, World
from tests.worlds.world import Case, Change, causes_in, run

TOKEN = "{realm}/protocol/openid-connect/token"
SECRET = {"client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"}
REALM_URL = "https://api.example/api/x"


def keycloak(status: int, error: str, description: str) -> Answer:
    return json_answer(status, {"error": error, "error_description": description}).with_headers(
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    )


def token_answer(answer: Answer, *, pages: Answer | None = None) -> Change:
    rules = [Rule(answer, TOKEN)]
    if pages is not None:
        rules.append(Rule(pages, "{realm}/protocol/openid-connect/auth"))

    def change(world: World) -> World:
        return world.with_edge(rules=tuple(rules))

    return change


def api(with_token: Answer, without: Answer | None = None) -> Change:
    rules = [Rule(with_token, "/api", authorized=True)]
    if without is not None:
        rules.append(Rule(without, "/api", authorized=False))
    return lambda world: world.with_edge(rules=tuple(rules))


def envoy(status: int, text: str) -> Answer:
    value = f'Bearer realm="{REALM_URL}", error="invalid_token"'
    return Answer(
        status, (("Content-Type", "text/plain"), ("Server", "istio-envoy"), ("WWW-Authenticate", value)), text.encode()
    )


def envoy_403(text: str) -> Answer:
    return Answer(403, (("Content-Type", "text/plain"), ("Server", "istio-envoy")), text.encode())


def kong(status: int, body: dict[str, str]) -> Answer:
    return json_answer(status, body).with_headers(
        ("Server", "kong/3.8"), ("WWW-Authenticate", 'Bearer error="invalid_token"')
    )


MISSING = Answer(
    401,
    (("Content-Type", "text/plain"), ("Server", "istio-envoy"), ("WWW-Authenticate", f'Bearer realm="{REALM_URL}"')),
    b"Jwt is missing",
)
PAGE = html_answer(400, '<html><body><p id="kc-error-message">Klient nenalezen.</p></body></html>')
NOT_FOUND = html_answer(400, '<html><body><p id="kc-error-message">Client not found.</p></body></html>')

CASES = (
    # 3: versions 15 to 19
    Case(
        "15-19: wrong secret",
        token_answer(keycloak(401, "unauthorized_client", "Invalid client secret")),
        SECRET,
        cause="client-secret-mismatch",
        confidence="certain",
    ),
    Case(
        "15-19: unknown client",
        token_answer(keycloak(400, "invalid_client", "Invalid client credentials"), pages=NOT_FOUND),
        SECRET,
        cause="client-not-found",
        confidence="certain",
    ),
    Case(
        "15-19: disabled client",
        token_answer(keycloak(400, "unauthorized_client", "Invalid client credentials")),
        SECRET,
        cause="client-disabled",
        confidence="certain",
    ),
    # 3c: a theme in another language
    Case(
        "unknown client, the login theme speaks another language",
        token_answer(keycloak(401, "invalid_client", "Invalid client or Invalid client credentials"), pages=PAGE),
        SECRET,
        cause="client-not-usable",
        confidence="likely",
    ),
    # another server's words for RFC 6749 section 5.2
    Case(
        "another server: invalid_client without description",
        token_answer(json_answer(401, {"error": "invalid_client"}), pages=PAGE),
        SECRET,
        cause="credentials-rejected",
        confidence="likely",
    ),
    Case(
        "a policy refuses",
        token_answer(keycloak(400, "invalid_request", "Forbidden by the company's policy")),
        cause="token-request-refused",
    ),
    # 5b
    Case("Envoy: expired", api(envoy(401, "Jwt is expired"), MISSING), cause="api-says-expired"),
    Case("Envoy: issuer", api(envoy(401, "Jwt issuer is not configured"), MISSING), cause="api-issuer-not-trusted"),
    Case(
        "Envoy: audience is 403",
        api(envoy_403("Audiences in Jwt are not allowed"), MISSING),
        cause="api-audience-missing",
    ),
    Case("Envoy: signature", api(envoy(401, "Jwt verification fails"), MISSING), cause="api-key-unknown"),
    Case(
        "Envoy: key",
        api(envoy(401, "Jwks doesn't have key to match kid or alg from Jwt"), MISSING),
        cause="api-key-unknown",
    ),
    Case(
        "Envoy: keys cannot be fetched",
        api(envoy(401, "Jwks remote fetch is failed"), MISSING),
        cause="api-cannot-check-tokens",
    ),
    Case("Istio: role missing", api(envoy_403("RBAC: access denied"), MISSING), cause="permission-missing"),
    Case(
        "Istio: 403 with and without a token",
        api(envoy_403("RBAC: access denied"), envoy_403("RBAC: access denied")),
        cause="api-forbidden",
        confidence="likely",
    ),
    Case(
        "Envoy: no upstream",
        api(
            Answer(503, (("Server", "istio-envoy"),), b"no healthy upstream"),
            Answer(503, (("Server", "istio-envoy"),), b"no healthy upstream"),
        ),
        cause="gateway-error",
    ),
    # 5d
    Case(
        "Kong: issuer",
        api(kong(401, {"message": "No credentials found for given 'iss'"}), kong(401, {"message": "Unauthorized"})),
        cause="api-issuer-not-trusted",
    ),
    Case(
        "Kong: expired",
        api(kong(401, {"exp": "token expired"}), kong(401, {"message": "Unauthorized"})),
        cause="api-says-expired",
    ),
    Case(
        "Kong: signature",
        api(kong(401, {"message": "Invalid signature"}), kong(401, {"message": "Unauthorized"})),
        cause="api-key-unknown",
    ),
    Case(
        "Kong: ACL",
        api(json_answer(403, {"message": "You cannot consume this service"}), kong(401, {"message": "Unauthorized"})),
        cause="permission-missing",
    ),
    Case(
        "Kong: route",
        api(
            json_answer(404, {"message": "no Route matched with those values"}),
            json_answer(404, {"message": "no Route matched with those values"}),
        ),
        cause="api-not-found",
    ),
    Case(
        "Kong: limit",
        api(json_answer(429, {"message": "API rate limit exceeded"}).with_headers(("Retry-After", "7"))),
        cause="rate-limited",
    ),
    # 5e
    Case(
        "AWS: audience",
        api(
            json_answer(401, {"message": "Unauthorized"}).with_headers(
                (
                    "www-authenticate",
                    'Bearer error="invalid_token" error_description="the token does not have a valid audience"',
                ),
                ("apigw-requestid", "x1"),
            ),
            json_answer(401, {"message": "Unauthorized"}),
        ),
        cause="api-audience-missing",
    ),
    Case(
        "a firewall's block page",
        api(html_answer(403, "<html><title>Blocked</title><body>The request is blocked. Incident ID 77</body></html>")),
        cause="edge-blocks",
    ),
    # 5a
    Case(
        "Spring 5: keys out of reach looks like no token",
        api(Answer(401, (("WWW-Authenticate", "Bearer"),)), Answer(401, (("WWW-Authenticate", "Bearer"),))),
        cause="authorization-header-lost",
        confidence="likely",
    ),
    Case("a refusal without a reason", api(Answer(401), Answer(401)), cause="api-token-refused", confidence="likely"),
)


@pytest.fixture(scope="module")
def keys() -> KeyRing:
    return KeyRing()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_are_understood(case: Case, keys: KeyRing) -> None:
    report = run(case, keys)
    diagnosis = report.targets[0].diagnosis
    assert diagnosis is not None, causes_in(report)
    assert diagnosis.cause == case.cause, (diagnosis, causes_in(report))
    assert case.confidence in (None, diagnosis.confidence), diagnosis
