"""What the API makes of a token, in the words of those who stand there: Spring Security, Envoy, Kong, AWS."""

from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.world import Rule
from tests.worlds.world import Case, Change, api, rules

REALM_URL = "https://api.example/api/x"


def answers(with_token: Answer, without: Answer | None = None) -> Change:
    """What answers below ``/api``, with an Authorization header and without."""
    more = (Rule(without, "/api", authorized=False),) if without else ()
    return rules(Rule(with_token, "/api", authorized=True), *more)


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

FAULTS = (
    # 5b
    Case("Envoy: expired", answers(envoy(401, "Jwt is expired"), MISSING), cause="api-says-expired"),
    Case("Envoy: issuer", answers(envoy(401, "Jwt issuer is not configured"), MISSING), cause="api-issuer-not-trusted"),
    Case(
        "Envoy: audience is 403",
        answers(envoy_403("Audiences in Jwt are not allowed"), MISSING),
        cause="api-audience-missing",
    ),
    Case("Envoy: signature", answers(envoy(401, "Jwt verification fails"), MISSING), cause="api-key-unknown"),
    Case(
        "Envoy: key",
        answers(envoy(401, "Jwks doesn't have key to match kid or alg from Jwt"), MISSING),
        cause="api-key-unknown",
    ),
    Case(
        "Envoy: keys cannot be fetched",
        answers(envoy(401, "Jwks remote fetch is failed"), MISSING),
        cause="api-cannot-check-tokens",
    ),
    Case("Istio: role missing", answers(envoy_403("RBAC: access denied"), MISSING), cause="permission-missing"),
    Case(
        "Istio: 403 with and without a token",
        answers(envoy_403("RBAC: access denied"), envoy_403("RBAC: access denied")),
        cause="api-forbidden",
        confidence="likely",
    ),
    Case(
        "Envoy: no upstream",
        answers(
            Answer(503, (("Server", "istio-envoy"),), b"no healthy upstream"),
            Answer(503, (("Server", "istio-envoy"),), b"no healthy upstream"),
        ),
        cause="gateway-error",
    ),
    # 5d
    Case(
        "Kong: issuer",
        answers(kong(401, {"message": "No credentials found for given 'iss'"}), kong(401, {"message": "Unauthorized"})),
        cause="api-issuer-not-trusted",
    ),
    Case(
        "Kong: expired",
        answers(kong(401, {"exp": "token expired"}), kong(401, {"message": "Unauthorized"})),
        cause="api-says-expired",
    ),
    Case(
        "Kong: signature",
        answers(kong(401, {"message": "Invalid signature"}), kong(401, {"message": "Unauthorized"})),
        cause="api-key-unknown",
    ),
    Case(
        "Kong: ACL",
        answers(
            json_answer(403, {"message": "You cannot consume this service"}), kong(401, {"message": "Unauthorized"})
        ),
        cause="permission-missing",
    ),
    Case(
        "Kong: route",
        answers(
            json_answer(404, {"message": "no Route matched with those values"}),
            json_answer(404, {"message": "no Route matched with those values"}),
        ),
        cause="api-not-found",
    ),
    Case(
        "Kong: limit",
        answers(json_answer(429, {"message": "API rate limit exceeded"}).with_headers(("Retry-After", "7"))),
        cause="rate-limited",
    ),
    # 5e
    Case(
        "AWS: audience",
        answers(
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
        answers(
            html_answer(403, "<html><title>Blocked</title><body>The request is blocked. Incident ID 77</body></html>")
        ),
        cause="edge-blocks",
    ),
    # 5a
    Case(
        "Spring 5: keys out of reach looks like no token",
        answers(Answer(401, (("WWW-Authenticate", "Bearer"),)), Answer(401, (("WWW-Authenticate", "Bearer"),))),
        cause="authorization-header-lost",
        confidence="likely",
    ),
    Case(
        "a refusal without a reason", answers(Answer(401), Answer(401)), cause="api-token-refused", confidence="likely"
    ),
)

HEALTHY = (
    Case(
        "reference data is absent and the catalog answers",
        api(paths=("/catalog/v1/catalog-items",)),
        resembles="api-not-found",
        fact="ataccama.md 1.4",
    ),
    Case(
        "reference data is forbidden and the catalog answers",
        rules(Rule(Answer(403), "/api/reference-data", authorized=True)),
        resembles="api-forbidden",
        fact="ataccama.md 1.4",
    ),
    Case(
        "data is empty",
        api(document={"meta": {"prev": None, "next": None, "total": 0}, "data": []}),
        resembles="api-response-unexpected",
        fact="ataccama.md 1.4",
    ),
    Case(
        "the API URL is given too, and is right",
        settings={"api_url": lambda env: f"{env.url}/api"},
        resembles="api-host-differs",
    ),
    Case("the API answers another path only", api(paths=("/x/v1/y",)), get=("/api/x/v1/y",), resembles="api-not-found"),
    Case(
        "errors of the catalog do not matter",
        rules(Rule(json_answer(500, {}), "/api/catalog")),
        resembles="server-error",
    ),
)
