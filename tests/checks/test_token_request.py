"""A refusal at the token endpoint, told by what Keycloak has checked by then and by the questions that followed."""

import pytest

from checks.token_request import run
from doctor.api import (
    Attempt,
    AuthMethod,
    ClientSeen,
    Confidence,
    Discovery,
    FailureKind,
    Grant,
    Presence,
    Reply,
    Said,
    TransportFailure,
)
from tests.checks.facts import (
    TOKEN_URL,
    Told,
    attempt,
    cases,
    discovery,
    failure,
    found,
    grant,
    healthy_grant,
    page,
    reply,
    target,
    told,
)

ICC = "Invalid client or Invalid client credentials"
UNKNOWN_ERA_C = reply(401, "invalid_client", ICC)
UNKNOWN_ERA_A = reply(400, "invalid_client", "Invalid client credentials")
WRONG_ERA_C = reply(401, "unauthorized_client", ICC)
NOT_MINE = reply(401, "invalid_client", "Client authentication failed")


@pytest.mark.parametrize(
    ("said", "answer", "cause"),
    cases(
        {
            "a client is disabled (keycloak.md 3, disabled client, era A)": (
                Said.CLIENT_DISABLED,
                reply(400, "unauthorized_client", "Invalid client credentials"),
                "client-disabled",
            ),
            "a signed JWT is wanted (keycloak.md 3, private_key_jwt)": (
                Said.ASSERTION_WANTED,
                reply(400, "invalid_client", "Parameter client_assertion_type is missing"),
                "signed-jwt-required",
            ),
            "a client is bearer-only (keycloak.md 1, step 8)": (
                Said.BEARER_ONLY,
                reply(400, "invalid_client", "Bearer-only not allowed"),
                "client-bearer-only",
            ),
            "a SAML client was given (keycloak.md 3, SAML client id used)": (
                Said.NOT_OIDC,
                reply(400, "invalid_client", "Wrong client protocol."),
                "client-not-oidc",
            ),
            "a client is public (keycloak.md 3, public client)": (
                Said.PUBLIC,
                reply(401, "unauthorized_client", "Public client not allowed to retrieve service account"),
                "client-public",
            ),
            "the service account is off (keycloak.md 1, step 11)": (
                Said.SERVICE_ACCOUNT_OFF,
                reply(401, "unauthorized_client", "Client not enabled to retrieve service account"),
                "service-account-off",
            ),
            "the service account's user is disabled (keycloak.md 1, step 12)": (
                Said.SERVICE_USER,
                reply(401, "invalid_request", "User 'service-account-x' disabled"),
                "service-account-user-disabled",
            ),
            "a DPoP proof is wanted (keycloak.md 3, DPoP required)": (
                Said.DPOP,
                reply(400, "invalid_request", "DPoP proof is missing"),
                "proof-of-possession-required",
            ),
            "a client certificate must bind the token (keycloak.md 3, certificate-bound)": (
                Said.HOLDER_OF_KEY,
                reply(400, "invalid_request", "Client Certification missing for MTLS HoK Token Binding"),
                "proof-of-possession-required",
            ),
            "the form was lost on the way (keycloak.md 6, 400 Missing form parameter)": (
                Said.BODY_LOST,
                reply(400, "invalid_request", "Missing form parameter: grant_type"),
                "request-body-lost",
            ),
            "the grant is not offered (keycloak.md 2, unsupported_grant_type)": (
                Said.GRANT_UNSUPPORTED,
                reply(400, "unsupported_grant_type", "Unsupported grant_type"),
                "grant-unsupported",
            ),
            "a client policy refuses (keycloak.md 3, client policy)": (
                Said.OTHER_REFUSAL,
                reply(400, "policy_error", "not today"),
                "token-request-refused",
            ),
        }
    ),
)
def test_the_answer_alone_tells_that(said: Said, answer: Reply, cause: str) -> None:
    assert told(run, grant(attempt(said, answer))) == [(cause, None, "certain", "fail")]


def test_a_wrong_secret_is_certain_by_keycloaks_code() -> None:
    """keycloak.md 3, wrong secret: the secret is the only suspect."""
    assert told(run, grant(attempt(Said.SECRET_WRONG, WRONG_ERA_C))) == [
        ("client-secret-mismatch", "client_secret", "certain", "fail")
    ]


@pytest.mark.parametrize("answer", cases({"eras B and C": UNKNOWN_ERA_C, "era A": UNKNOWN_ERA_A}))
@pytest.mark.parametrize(
    ("presence", "expected"),
    cases(
        {
            "not found": (Presence.UNKNOWN, ("client-not-found", "client_id", "certain", "fail")),
            "disabled": (Presence.DISABLED, ("client-disabled", "client_id", "certain", "fail")),
            "bearer-only": (Presence.BEARER_ONLY, ("client-bearer-only", "client_id", "certain", "fail")),
            "of another protocol": (Presence.NOT_OIDC, ("client-not-oidc", "client_id", "certain", "fail")),
            "found and enabled": (Presence.ENABLED, ("client-not-usable", None, "likely", "fail")),
            "unclear, as in a themed page": (Presence.UNCLEAR, ("client-not-usable", "client_id", "likely", "fail")),
            "not asked": (None, ("client-not-usable", "client_id", "likely", "fail")),
        }
    ),
)
def test_a_client_that_is_not_usable_is_told_by_the_authorization_endpoint(
    answer: Reply, presence: Presence | None, expected: Told
) -> None:
    """keycloak.md 3c: the browser endpoint tells what the token endpoint hides."""
    seen = (ClientSeen(page(400, None), presence, "its words"),) if presence else ()

    assert told(run, grant(attempt(Said.CLIENT_UNUSABLE, answer)), *seen) == [expected]


@pytest.mark.parametrize(
    ("presence", "expected"),
    cases(
        {
            "the client is not found": (Presence.UNKNOWN, ("client-not-found", "client_id", "certain", "fail")),
            "the client is there": (Presence.ENABLED, ("client-secret-mismatch", "client_secret", "likely", "fail")),
            "nothing tells": (Presence.UNCLEAR, ("credentials-rejected", None, "likely", "fail")),
            "nobody asked": (None, ("credentials-rejected", None, "likely", "fail")),
        }
    ),
)
def test_a_refusal_without_particulars_stays_joint_unless(presence: Presence | None, expected: Told) -> None:
    seen = (ClientSeen(page(400, None), presence),) if presence else ()

    assert told(run, grant(attempt(Said.UNCLEAR_REFUSAL, NOT_MINE)), *seen) == [expected]


PINNED = reply(401, "unauthorized_client", "Invalid method used … Client requires method 'client_secret_basic' …")


@pytest.mark.parametrize(
    ("requests", "expected"),
    cases(
        {
            "the server names Basic, and Basic succeeds": (
                grant(
                    attempt(Said.METHOD_WANTED, PINNED, method_wanted=AuthMethod.BASIC),
                    attempt(Said.TOKEN, method=AuthMethod.BASIC),
                ),
                [("client-auth-method-differs", None, "certain", "fail")],
            ),
            "the server names Basic, and the secret is wrong too": (
                grant(
                    attempt(Said.METHOD_WANTED, PINNED, method_wanted=AuthMethod.BASIC),
                    attempt(Said.SECRET_WRONG, WRONG_ERA_C, method=AuthMethod.BASIC),
                ),
                [
                    ("client-auth-method-differs", None, "certain", "fail"),
                    ("client-secret-mismatch", "client_secret", "certain", "fail"),
                ],
            ),
            "the scope is refused, and without it a token comes": (
                grant(
                    attempt(Said.SCOPE, reply(400, "invalid_scope", "Invalid scopes: nope"), scope="as given"),
                    attempt(Said.TOKEN),
                ),
                [("scope-refused", "scope", "certain", "fail")],
            ),
            "the scope is refused, and nothing further was asked": (
                grant(attempt(Said.SCOPE, reply(400, "invalid_scope", "Invalid scopes: nope"), scope="as given")),
                [("scope-refused", "scope", "certain", "fail")],
            ),
        }
    ),
)
def test_another_attempt_proves_it_when(requests: Grant, expected: list[Told]) -> None:
    assert told(run, requests) == expected


def test_a_server_that_refuses_the_form_and_takes_basic_wants_basic() -> None:
    """keycloak.md 3a; RFC 6749 section 2.3.1: the refusal of the form is then a consequence."""
    first = attempt(Said.UNCLEAR_REFUSAL, NOT_MINE)
    method, rejected = found(run, grant(first, attempt(Said.TOKEN, method=AuthMethod.BASIC)))

    assert method.cause.id == "client-auth-method-differs"
    assert method.confidence is Confidence.CERTAIN
    assert rejected.explained_by(method)
    assert "client_secret_basic" in method.fix


@pytest.mark.parametrize(
    ("answer", "said", "expected"),
    cases(
        {
            "another path answers 404 in Keycloak's words (keycloak.md 2, typo after openid-connect)": (
                reply(404, "HTTP 404 Not Found", url=f"{TOKEN_URL}s"),
                Said.NO_ENDPOINT,
                ("token-url-wrong", "token_url", "certain", "fail"),
            ),
            "it answers with a redirect (keycloak.md 2, redirect turned POST into GET)": (
                reply(301, location="https://www.example.com/token?x=1"),
                Said.REDIRECT,
                ("token-url-redirects", None, "certain", "fail"),
            ),
        }
    ),
)
def test_the_token_url_is_the_fault_when(answer: Reply, said: Said, expected: Told) -> None:
    assert told(run, grant(attempt(said, answer)), target(token_url_given=True)) == [expected]


def test_the_right_token_url_comes_from_the_realm_itself() -> None:
    elsewhere = grant(attempt(Said.NO_ENDPOINT, reply(404, "HTTP 404 Not Found", url=f"{TOKEN_URL}s")))
    (finding,) = found(run, elsewhere, discovery())

    assert TOKEN_URL in finding.fix


@pytest.mark.parametrize("document", cases({"the realm says so": discovery(), "the realm hides it": None}))
def test_the_address_that_nobody_gave_is_not_blamed_where_it_is_right(document: Discovery | None) -> None:
    absent = grant(attempt(Said.NO_ENDPOINT, reply(404, "HTTP 404 Not Found")))

    assert told(run, absent, target(), *((document,) if document else ())) == [
        ("token-request-refused", None, "likely", "fail")
    ]


def test_a_redirects_query_is_not_shown() -> None:
    answer = reply(302, location="https://login.example.com/x?state=abc")
    (finding,) = found(run, grant(attempt(Said.REDIRECT, answer)))

    assert "https://login.example.com/x" in finding.fix
    assert "state=abc" not in finding.fix


def test_a_fault_behind_a_cured_one_is_not_lost() -> None:
    """The secret as given is refused, the trimmed one is right, and then the service account is off."""
    requests = grant(
        attempt(Said.SECRET_WRONG, WRONG_ERA_C),
        attempt(
            Said.SERVICE_ACCOUNT_OFF,
            reply(401, "unauthorized_client", "Client not enabled to retrieve service account"),
            client_secret="cleaned",
        ),
    )

    assert [cause for cause, *_ in told(run, requests)] == ["client-secret-mismatch", "service-account-off"]


def test_the_servers_own_words_and_request_id_are_in_the_evidence() -> None:
    answer = reply(401, "unauthorized_client", "Invalid client secret", request_id="x-request-id: 7f2c")
    (finding,) = found(run, grant(attempt(Said.SECRET_WRONG, answer)))

    assert "Keycloak answered 401 unauthorized_client: Invalid client secret (x-request-id: 7f2c)" in finding.observed


def test_which_authorization_page_told_it_is_among_the_evidence() -> None:
    seen = ClientSeen(page(400, None, exchange=9), Presence.UNKNOWN, "Client not found.")
    (finding,) = found(run, grant(attempt(Said.CLIENT_UNUSABLE, UNKNOWN_ERA_C)), seen)

    assert finding.exchanges == (1, 9)
    assert "Client not found." in finding.observed


NO_ANSWER: TransportFailure = failure(FailureKind.RESPONSE_TIMED_OUT)


@pytest.mark.parametrize(
    "request_made",
    cases(
        {
            "a gateway answered in its place": attempt(Said.ELSEWHERE, page(502, None)),
            "no answer came": attempt(Said.NOTHING, NO_ANSWER),
            "the realm is unknown, which another check tells": attempt(
                Said.REALM_UNKNOWN, reply(404, "Realm does not exist")
            ),
            "the realm is disabled, which another check tells": attempt(
                Said.REALM_DISABLED, reply(403, "access_denied", "Realm not enabled")
            ),
            "the answer is no JSON, which another check tells": attempt(Said.NOT_JSON, page(200, None)),
        }
    ),
)
def test_the_client_is_not_accused_when(request_made: Attempt) -> None:
    assert told(run, grant(request_made)) == []


def test_a_token_for_the_values_as_given_is_left_alone() -> None:
    assert told(run, healthy_grant()) == []


@pytest.mark.parametrize("said", list(Said))
def test_whatever_the_token_endpoint_says_at_most_one_thing_is_told(said: Said) -> None:
    answer = reply(200 if said in (Said.TOKEN, Said.INCOMPLETE) else 400)

    assert len(told(run, grant(attempt(said, answer)))) <= 1
