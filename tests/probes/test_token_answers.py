"""A token endpoint's answer: each row of three eras of Keycloak, and of servers with other words."""

import pytest

from doctor.api import AuthMethod, FailureKind, Phase, Said, TransportFailure
from doctor.probes.reading import reply_of
from doctor.probes.token_answers import method_wanted, token_response, what_it_says
from tests.checks.facts import cases
from tests.probes.answers import response

ICC = "Invalid client or Invalid client credentials"


@pytest.mark.parametrize(
    ("status", "error", "description", "said"),
    cases(
        {
            "2, unknown realm": (404, "Realm does not exist", None, Said.REALM_UNKNOWN),
            "2, disabled realm": (403, "access_denied", "Realm not enabled", Said.REALM_DISABLED),
            "2, http where realm wants https": (403, "invalid_request", "HTTPS required", Said.HTTPS_REQUIRED),
            "2, wrong protocol segment": (404, "Protocol not found", None, Said.NO_ENDPOINT),
            "2, typo after openid-connect, era C": (404, "HTTP 404 Not Found", None, Said.NO_ENDPOINT),
            "2, typo after openid-connect, eras A and B": (
                404,
                "RESTEASY003210: Could not find resource for full path: http://x",
                None,
                Said.NO_ENDPOINT,
            ),
            "2, typo before the realm": (
                404,
                "Unable to find matching target resource method",
                None,
                Said.NO_ENDPOINT,
            ),
            "2, GET instead of POST": (405, "HTTP 405 Method Not Allowed", None, Said.NO_ENDPOINT),
            "2, missing grant_type": (
                400,
                "invalid_request",
                "Missing form parameter: grant_type",
                Said.BODY_LOST,
            ),
            "2, wrong grant_type": (400, "unsupported_grant_type", "Unsupported grant_type", Said.GRANT_UNSUPPORTED),
            "3, unknown client, era A": (400, "invalid_client", "Invalid client credentials", Said.CLIENT_UNUSABLE),
            "3, unknown client, eras B and C": (401, "invalid_client", ICC, Said.CLIENT_UNUSABLE),
            "3, disabled client, era A": (
                400,
                "unauthorized_client",
                "Invalid client credentials",
                Said.CLIENT_DISABLED,
            ),
            "3, wrong secret, era A": (401, "unauthorized_client", "Invalid client secret", Said.SECRET_WRONG),
            "3, wrong secret, eras B and C": (401, "unauthorized_client", ICC, Said.SECRET_WRONG),
            "3, secret missing, era A": (
                401,
                "unauthorized_client",
                "Client secret not provided in request",
                Said.SECRET_WRONG,
            ),
            "3, allowed method pinned": (
                401,
                "unauthorized_client",
                "Invalid method used to get client secret. Client requires method 'client_secret_basic' to obtain it",
                Said.METHOD_WANTED,
            ),
            "3, signed JWT": (
                400,
                "invalid_client",
                "Parameter client_assertion_type is missing",
                Said.ASSERTION_WANTED,
            ),
            "3, public client": (
                401,
                "unauthorized_client",
                "Public client not allowed to retrieve service account",
                Said.PUBLIC,
            ),
            "3, bearer-only": (400, "invalid_client", "Bearer-only not allowed", Said.BEARER_ONLY),
            "3, service accounts off": (
                401,
                "unauthorized_client",
                "Client not enabled to retrieve service account",
                Said.SERVICE_ACCOUNT_OFF,
            ),
            "3, service-account user deleted": (
                401,
                "invalid_request",
                "The associated service account for the client does not exist",
                Said.SERVICE_USER,
            ),
            "3, service-account user disabled": (
                401,
                "invalid_request",
                "User 'service-account-sync' disabled",
                Said.SERVICE_USER,
            ),
            "3, SAML client": (400, "invalid_client", "Wrong client protocol.", Said.NOT_OIDC),
            "3, unknown scope": (400, "invalid_scope", "Invalid scopes: nope", Said.SCOPE),
            "3, duplicated parameter": (400, "invalid_request", "duplicated parameter", Said.OTHER_REFUSAL),
            "3, DPoP, older": (400, "invalid_dpop_proof", "DPoP proof is missing", Said.DPOP),
            "3, DPoP, newer": (400, "invalid_request", "DPoP proof is missing", Said.DPOP),
            "3, certificate-bound": (
                400,
                "invalid_request",
                "Client Certification missing for MTLS HoK Token Binding",
                Said.HOLDER_OF_KEY,
            ),
            "3a, raw percent in Basic": (
                400,
                "unauthorized_client",
                "Unexpected error when authenticating client",
                Said.BASIC_UNREADABLE,
            ),
            "another server's invalid_client": (
                401,
                "invalid_client",
                "Client authentication failed",
                Said.UNCLEAR_REFUSAL,
            ),
            "another server's refusal without words": (401, "invalid_client", None, Said.UNCLEAR_REFUSAL),
            "another server's 400": (400, "invalid_grant", "no", Said.OTHER_REFUSAL),
        }
    ),
)
def test_it_reads_a_refusal_of_keycloak_md(status: int, error: str, description: str | None, said: Said) -> None:
    body = {"error": error} | ({"error_description": description} if description else {})

    assert what_it_says(reply_of(response(status, body)), None) is said


@pytest.mark.parametrize(
    ("status", "body", "said"),
    cases(
        {
            "a gateway's page": (502, "<html>502", Said.ELSEWHERE),
            "401 of an ingress": (401, "<html>401", Said.ELSEWHERE),
            "an internal error of Keycloak": (500, {"error": "unknown_error"}, Said.ELSEWHERE),
            "a rate limit in JSON": (429, {"error": "rate"}, Said.ELSEWHERE),
            "an empty 403": (403, "", Said.ELSEWHERE),
            "200 with a page": (200, "<html>x", Said.NOT_JSON),
            "200 with nothing": (200, "", Said.NOT_JSON),
            "200 with a list": (200, [1], Said.NOT_JSON),
            "200 without a token": (200, {"a": 1}, Said.INCOMPLETE),
            "200 with a token": (200, {"access_token": "x"}, Said.TOKEN),
            "200 with a token of white space": (200, {"access_token": " "}, Said.INCOMPLETE),
            "a redirect": (302, "", Said.REDIRECT),
        }
    ),
)
def test_it_reads_what_is_no_refusal(status: int, body: object, said: Said) -> None:
    answer = response(status, body)

    assert what_it_says(reply_of(answer), token_response(answer.document)) is said


def test_no_answer_says_nothing() -> None:
    assert what_it_says(TransportFailure(FailureKind.RESET, Phase.WAIT, "x", 1), None) is Said.NOTHING


@pytest.mark.parametrize(
    ("words", "method"),
    cases(
        {
            "Basic": ("Client requires method 'client_secret_basic' to", AuthMethod.BASIC),
            "the form": ("Client requires method 'client_secret_post' to", AuthMethod.POST),
            "none": ("Invalid client secret", None),
        }
    ),
)
def test_the_method_that_an_answer_names_is(words: str, method: AuthMethod | None) -> None:
    assert (
        method_wanted(reply_of(response(401, {"error": "unauthorized_client", "error_description": words}))) is method
    )


@pytest.mark.parametrize(
    ("given", "seconds"),
    cases(
        {
            "a number": (300, 300.0),
            "a number in quotes": ("300", 300.0),
            "zero": (0, None),
            "a negative number": (-1, None),
            "true": (True, None),
            "a word": ("soon", None),
            "endless": (1e300, None),
            "not a number": ("NaN", None),
            "absent": (None, None),
        }
    ),
)
def test_expires_in_is_a_positive_number_of_seconds_or_unknown(given: object, seconds: float | None) -> None:
    assert token_response({"access_token": "x", "expires_in": given}).expires_in == seconds


@pytest.mark.parametrize("document", [None, [], "x", {"access_token": 7, "token_type": [1]}])
def test_an_odd_document_has_no_token(document: object) -> None:
    seen = token_response(document)

    assert (seen.access_token, seen.token_type) == (False, None)
