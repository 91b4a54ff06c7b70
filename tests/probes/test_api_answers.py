"""The API's answer to a GET: rows of Spring Security, Envoy, Kong and AWS."""

import pytest

from doctor.api import ApiSaid, FailureKind, Phase, TransportFailure
from doctor.probes.api_answers import what_the_api_says
from doctor.probes.reading import reply_of
from tests.checks.facts import cases
from tests.probes.answers import response

DECODE = "An error occurred while attempting to decode the Jwt: "


def spring(description: str, error: str = "invalid_token") -> dict[str, str]:
    uri = "https://tools.ietf.org/html/rfc6750#section-3.1"
    words = f'Bearer error="{error}", error_description="{description}", error_uri="{uri}"'
    return {"WWW-Authenticate": words}


@pytest.mark.parametrize(
    ("status", "body", "headers", "said"),
    cases(
        {
            "5a, no header": (401, "", {"WWW-Authenticate": "Bearer"}, ApiSaid.TOKEN_MISSING),
            "5a, malformed": (401, "", spring("Bearer token is malformed"), ApiSaid.TOKEN_MALFORMED),
            "5a, not a JWT": (401, "", spring(f"{DECODE}Malformed token"), ApiSaid.TOKEN_MALFORMED),
            "5a, expired": (401, "", spring(f"{DECODE}Jwt expired at 2026-01-01T00:00:00Z"), ApiSaid.EXPIRED),
            "5a, nbf in future": (401, "", spring(f"{DECODE}Jwt used before 2026-01-01"), ApiSaid.EARLY),
            "5a, wrong issuer": (401, "", spring(f"{DECODE}The iss claim is not valid"), ApiSaid.ISSUER),
            "5a, wrong aud": (401, "", spring(f"{DECODE}The aud claim is not valid"), ApiSaid.AUDIENCE),
            "5a, bad signature": (
                401,
                "",
                spring(f"{DECODE}Signed JWT rejected: Invalid signature"),
                ApiSaid.SIGNATURE,
            ),
            "5a, unknown kid": (
                401,
                "",
                spring(f"{DECODE}Signed JWT rejected: Another algorithm expected, or no matching key(s) found"),
                ApiSaid.KEY_UNKNOWN,
            ),
            "5a, collapsed message": (401, "", spring("Invalid token"), ApiSaid.TOKEN_REFUSED),
            "5a, lacks authority": (
                403,
                "",
                spring("The request requires higher privileges than provided", "insufficient_scope"),
                ApiSaid.PERMISSION,
            ),
            "5a, 403 without header": (403, "", {}, ApiSaid.FORBIDDEN),
            "5a, JWKS unreachable, 6 and newer": (500, "", {}, ApiSaid.SERVER_ERROR),
            "5a, Tomcat header too large": (431, "", {}, ApiSaid.HEADER_TOO_LARGE),
            "5b, no header": (401, "Jwt is missing", {"Content-Type": "text/plain"}, ApiSaid.TOKEN_MISSING),
            "5b, expired": (401, "Jwt is expired", {"Content-Type": "text/plain"}, ApiSaid.EXPIRED),
            "5b, early": (401, "Jwt not yet valid", {"Content-Type": "text/plain"}, ApiSaid.EARLY),
            "5b, wrong issuer": (401, "Jwt issuer is not configured", {"Content-Type": "text/plain"}, ApiSaid.ISSUER),
            "5b, wrong audience": (
                403,
                "Audiences in Jwt are not allowed",
                {"Content-Type": "text/plain"},
                ApiSaid.AUDIENCE,
            ),
            "5b, bad signature": (401, "Jwt verification fails", {"Content-Type": "text/plain"}, ApiSaid.SIGNATURE),
            "5b, unknown kid": (
                401,
                "Jwks doesn't have key to match kid or alg from Jwt",
                {"Content-Type": "text/plain"},
                ApiSaid.KEY_UNKNOWN,
            ),
            "5b, JWKS unreachable": (
                401,
                "Jwks remote fetch is failed",
                {"Content-Type": "text/plain"},
                ApiSaid.KEYS_UNREACHABLE,
            ),
            "5b, RBAC": (403, "RBAC: access denied", {"Content-Type": "text/plain"}, ApiSaid.PERMISSION),
            "5d, expired": (401, {"exp": "token expired"}, {}, ApiSaid.EXPIRED),
            "5d, early": (401, {"nbf": "token not valid yet"}, {}, ApiSaid.EARLY),
            "5d, malformed": (401, {"message": "Bad token; invalid JSON"}, {}, ApiSaid.TOKEN_MALFORMED),
            "5d, issuer not registered": (
                401,
                {"message": "No credentials found for given 'iss'"},
                {},
                ApiSaid.ISSUER,
            ),
            "5d, ACL": (403, {"message": "You cannot consume this service"}, {}, ApiSaid.PERMISSION),
            "5d, no token, in Kong's words": (
                401,
                {"message": "Unauthorized"},
                {"WWW-Authenticate": "Bearer"},
                ApiSaid.TOKEN_MISSING,
            ),
            "5e, API Gateway has no such path": (
                403,
                {"message": "Missing Authentication Token"},
                {"x-amzn-requestid": "1"},
                ApiSaid.NOT_FOUND,
            ),
            "5e, API Gateway, audience": (
                401,
                {"message": "Unauthorized"},
                {
                    "WWW-Authenticate": 'Bearer scope="" error="invalid_token" '
                    'error_description="the token does not have a valid audience"'
                },
                ApiSaid.AUDIENCE,
            ),
        }
    ),
)
def test_it_reads_a_refusal_of_keycloak_md(status: int, body: object, headers: dict[str, str], said: ApiSaid) -> None:
    answer = response(status, body, headers)

    assert what_the_api_says(reply_of(answer), answer.document) is said


@pytest.mark.parametrize(
    ("status", "body", "headers", "said"),
    cases(
        {
            "the documented shape": (200, {"data": [{"id": 1}]}, {}, ApiSaid.DOCUMENTED),
            "the documented shape without rows": (200, {"data": []}, {}, ApiSaid.DOCUMENTED),
            "another object": (200, {"items": []}, {}, ApiSaid.OTHER_JSON),
            "data that is no list": (200, {"data": {}}, {}, ApiSaid.OTHER_JSON),
            "a list": (200, [], {}, ApiSaid.OTHER_JSON),
            "a page": (200, "<html><title>Acme</title>", {}, ApiSaid.PAGE),
            "a sign-in page": (200, "<html><input type=password>", {}, ApiSaid.ELSEWHERE),
            "nothing": (200, "", {}, ApiSaid.OTHER_BODY),
            "a redirect": (302, "", {"Location": "/x"}, ApiSaid.REDIRECT),
            "404": (404, {"message": "no"}, {}, ApiSaid.NOT_FOUND),
            "a rate limit": (429, "", {}, ApiSaid.ELSEWHERE),
            "a gateway": (503, "", {}, ApiSaid.ELSEWHERE),
            "a block page": (403, "<html>you have been blocked", {}, ApiSaid.ELSEWHERE),
            "a Basic challenge": (401, "", {"WWW-Authenticate": 'Basic realm="x"'}, ApiSaid.ELSEWHERE),
            "410": (410, "", {}, ApiSaid.NOT_FOUND),
            "401 that only repeats its status": (
                401,
                {"status": 401, "error": "Unauthorized"},
                {"WWW-Authenticate": "Bearer"},
                ApiSaid.TOKEN_MISSING,
            ),
            "401 for a missing permission (seed, troubleshooting)": (
                401,
                {"message": "Missing permission REFDATA_READ"},
                {"WWW-Authenticate": "Bearer"},
                ApiSaid.PERMISSION,
            ),
            "401 without any reason": (401, "", {}, ApiSaid.TOKEN_REFUSED),
            "a refusal of the token beside an offer of Basic": (
                401,
                "",
                {"WWW-Authenticate": 'Basic realm="x", Bearer error="invalid_token"'},
                ApiSaid.TOKEN_REFUSED,
            ),
            "another 4xx": (422, {"message": "size must be positive"}, {}, ApiSaid.REFUSED),
        }
    ),
)
def test_it_reads(status: int, body: object, headers: dict[str, str], said: ApiSaid) -> None:
    answer = response(status, body, headers)

    assert what_the_api_says(reply_of(answer), answer.document) is said


def test_no_answer_says_nothing() -> None:
    assert what_the_api_says(TransportFailure(FailureKind.RESET, Phase.WAIT, "x", 1), None) is ApiSaid.NOTHING
