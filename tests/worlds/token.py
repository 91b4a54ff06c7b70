"""The client credentials grant is refused, or looks as if it were."""

from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.world import Rule, TokenAnswer
from tests.worlds.edges import BLOCKED, TOKEN
from tests.worlds.world import Case, Change, client, rules

WRONG = {"client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"}


def keycloak(status: int, error: str, description: str) -> Answer:
    """An answer of Keycloak's, with the headers that it is known by."""
    return json_answer(status, {"error": error, "error_description": description}).with_headers(
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    )


def token_endpoint(answer: Answer, *, pages: Answer | None = None) -> Change:
    """The token endpoint always answers so, and the authorization endpoint with ``pages``."""
    more = (Rule(pages, "{realm}/protocol/openid-connect/auth"),) if pages else ()
    return rules(Rule(answer, TOKEN), *more)


PAGE = html_answer(400, '<html><body><p id="kc-error-message">Klient nenalezen.</p></body></html>')
NOT_FOUND = html_answer(400, '<html><body><p id="kc-error-message">Client not found.</p></body></html>')

FAULTS = (
    # 3: versions 15 to 19
    Case(
        "15-19: wrong secret",
        token_endpoint(keycloak(401, "unauthorized_client", "Invalid client secret")),
        WRONG,
        cause="client-secret-mismatch",
        confidence="certain",
    ),
    Case(
        "15-19: unknown client",
        token_endpoint(keycloak(400, "invalid_client", "Invalid client credentials"), pages=NOT_FOUND),
        WRONG,
        cause="client-not-found",
        confidence="certain",
    ),
    Case(
        "15-19: disabled client",
        token_endpoint(keycloak(400, "unauthorized_client", "Invalid client credentials")),
        WRONG,
        cause="client-disabled",
        confidence="certain",
    ),
    # 3c: a theme in another language
    Case(
        "unknown client, the login theme speaks another language",
        token_endpoint(keycloak(401, "invalid_client", "Invalid client or Invalid client credentials"), pages=PAGE),
        WRONG,
        cause="client-not-usable",
        confidence="likely",
    ),
    # another server's words for RFC 6749 section 5.2
    Case(
        "another server: invalid_client without description",
        token_endpoint(json_answer(401, {"error": "invalid_client"}), pages=PAGE),
        WRONG,
        cause="credentials-rejected",
        confidence="likely",
    ),
    Case(
        "another server: invalid_client names the secret",
        token_endpoint(json_answer(401, {"error": "invalid_client", "error_description": "Invalid client secret."})),
        WRONG,
        cause="client-secret-mismatch",
        setting="client_secret",
    ),
    Case(
        "a policy refuses",
        token_endpoint(keycloak(400, "invalid_request", "Forbidden by the company's policy")),
        cause="token-request-refused",
    ),
    Case(
        "a scope is refused that nobody asked for",
        token_endpoint(keycloak(400, "invalid_scope", "Invalid scopes: openid")),
        cause="token-request-refused",
        endpoint="token",
    ),
)

HEALTHY = (
    Case(
        "the login page is hidden",
        rules(Rule(BLOCKED, "{realm}/protocol/openid-connect/auth")),
        resembles="client-not-usable",
        fact="keycloak.md 3c",
    ),
    Case(
        "token_type is in lower case",
        client(token_answer=TokenAnswer({"token_type": "bearer"})),
        resembles="token-type-not-bearer",
        fact="keycloak.md 4a",
    ),
    Case(
        "expires_in is a string",
        client(token_answer=TokenAnswer({"expires_in": "300"})),
        resembles="token-response-incomplete",
        fact="ataccama.md S28",
    ),
    Case(
        "an unknown member stands in the token response",
        client(token_answer=TokenAnswer({"surprise": {"deep": [1, 2]}})),
        resembles="token-response-incomplete",
        fact="ataccama.md S30",
    ),
    Case(
        "the token URL is given too, and is right",
        settings={"token_url": lambda env: env.token_endpoint},
        resembles="token-url-wrong",
    ),
    Case("the scope is an allowed one", settings={"scope": "profile"}, resembles="scope-refused"),
)
