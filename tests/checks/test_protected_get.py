"""What the API's answer to the GET tells, and what the follow-up questions add to it."""

from typing import Any

import pytest

from checks.protected_get import run
from doctor.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Call,
    FollowedCall,
    GarbageCall,
    GivenCalls,
    GraphqlSeen,
    OtherCalls,
    PrefixedCall,
    SettingName,
)
from tests.checks.facts import PATH, Told, call, cases, found, reply, target, told, unanswered

OTHER = "/api/catalog/v1/catalog-items?size=1"
MISSING = AnonymousCall(call(ApiSaid.TOKEN_MISSING, 401))
HEADER = SettingName.AUTHORIZATION


def answered(said: ApiSaid, status: int = 401, **change: Any) -> AuthorizedCall:
    return AuthorizedCall(call(said, status, **change))


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    cases(
        {
            "the issuer is not trusted (keycloak.md 5a, wrong issuer)": (
                ApiSaid.ISSUER,
                401,
                ("api-issuer-not-trusted", None, "certain", "fail"),
            ),
            "the audience is missing (keycloak.md 5a, wrong/missing aud)": (
                ApiSaid.AUDIENCE,
                401,
                ("api-audience-missing", None, "certain", "fail"),
            ),
            "the key is unknown (keycloak.md 5b, unknown kid/alg)": (
                ApiSaid.KEY_UNKNOWN,
                401,
                ("api-key-unknown", None, "certain", "fail"),
            ),
            "the signature is wrong (keycloak.md 5a, bad signature)": (
                ApiSaid.SIGNATURE,
                401,
                ("api-key-unknown", None, "certain", "fail"),
            ),
            "the token is expired (keycloak.md 5a, expired)": (
                ApiSaid.EXPIRED,
                401,
                ("api-says-expired", None, "certain", "fail"),
            ),
            "the token is early (keycloak.md 5a, nbf in future)": (
                ApiSaid.EARLY,
                401,
                ("api-says-expired", None, "certain", "fail"),
            ),
            "the keys cannot be fetched (keycloak.md 5b, JWKS unreachable)": (
                ApiSaid.KEYS_UNREACHABLE,
                401,
                ("api-cannot-check-tokens", None, "certain", "fail"),
            ),
            "a permission is missing (keycloak.md 5a, insufficient_scope)": (
                ApiSaid.PERMISSION,
                403,
                ("permission-missing", None, "certain", "fail"),
            ),
            "the header is too large (keycloak.md 5a, Tomcat)": (
                ApiSaid.HEADER_TOO_LARGE,
                431,
                ("api-header-too-large", None, "certain", "fail"),
            ),
            "403 and nothing else (keycloak.md 6, API 403 without header)": (
                ApiSaid.FORBIDDEN,
                403,
                ("api-forbidden", None, "likely", "fail"),
            ),
            "401 without a reason (keycloak.md 6, API 401 collapsed)": (
                ApiSaid.TOKEN_REFUSED,
                401,
                ("api-token-refused", None, "likely", "fail"),
            ),
            "the token is malformed": (ApiSaid.TOKEN_MALFORMED, 401, ("api-token-refused", None, "likely", "fail")),
            "another 4xx": (ApiSaid.REFUSED, 422, ("api-request-refused", None, "certain", "fail")),
            "JSON of another shape": (ApiSaid.OTHER_JSON, 200, ("api-response-unexpected", None, "certain", "warn")),
            "a page": (ApiSaid.PAGE, 200, ("api-answers-html", None, "certain", "fail")),
            "nothing of that name": (ApiSaid.NOT_FOUND, 404, ("api-not-found", None, "certain", "fail")),
            "a redirect": (ApiSaid.REDIRECT, 302, ("api-redirects", None, "certain", "fail")),
        }
    ),
)
def test_the_answer_alone_tells(said: ApiSaid, status: int, expected: Told) -> None:
    assert told(run, target(), answered(said, status), MISSING) == [expected]


def test_a_garbage_token_that_is_answered_alike_means_that_the_header_is_lost() -> None:
    """keycloak.md 6, API 401 bare Bearer."""
    same = GarbageCall(call(ApiSaid.TOKEN_MISSING, 401))

    assert told(run, target(), answered(ApiSaid.TOKEN_MISSING), MISSING, same) == [
        ("authorization-header-lost", None, "likely", "fail")
    ]


def test_a_garbage_token_that_is_answered_otherwise_means_that_the_header_arrives() -> None:
    other = GarbageCall(call(ApiSaid.TOKEN_MALFORMED, 401))

    assert told(run, target(), answered(ApiSaid.TOKEN_MISSING), MISSING, other) == [
        ("api-token-refused", None, "likely", "fail")
    ]


def test_a_garbage_token_that_got_no_answer_proves_nothing() -> None:
    assert told(run, target(), answered(ApiSaid.TOKEN_MISSING), MISSING, GarbageCall(unanswered())) == [
        ("authorization-header-lost", None, "likely", "fail")
    ]


def test_a_speechless_400_to_a_long_token_and_401_to_a_short_one_is_about_size() -> None:
    short = GarbageCall(call(ApiSaid.TOKEN_MALFORMED, 401))

    assert told(run, target(), answered(ApiSaid.REFUSED, 400), MISSING, short) == [
        ("api-header-too-large", None, "likely", "fail")
    ]


def test_a_400_with_the_services_own_words_is_not_about_size() -> None:
    short = GarbageCall(call(ApiSaid.TOKEN_MALFORMED, 401))

    assert told(run, target(), answered(ApiSaid.REFUSED, 400, message="size must be 10"), MISSING, short) == [
        ("api-request-refused", None, "certain", "fail")
    ]


def test_500_with_the_token_and_401_without_means_that_tokens_cannot_be_checked() -> None:
    """keycloak.md 5a, API cannot reach JWKS."""
    assert told(run, target(), answered(ApiSaid.SERVER_ERROR, 500), MISSING) == [
        ("api-cannot-check-tokens", None, "likely", "fail")
    ]


def test_500_with_the_token_and_without_is_left_to_the_network_checks() -> None:
    down = AnonymousCall(call(ApiSaid.SERVER_ERROR, 500))

    assert told(run, target(), answered(ApiSaid.SERVER_ERROR, 500), down) == []


def test_a_path_that_works_below_api_lacked_the_prefix() -> None:
    wrong = AuthorizedCall(call(ApiSaid.NOT_FOUND, 404, path="/catalog/v1/catalog-items"))
    right = PrefixedCall(call(ApiSaid.DOCUMENTED, path="/api/catalog/v1/catalog-items"))
    (finding,) = found(run, target(), wrong, MISSING, right)

    assert finding.cause.id == "api-path-lacks-prefix"
    assert finding.fix == "Call https://acme.ataccama.one/api/catalog/v1/catalog-items."


def test_a_host_with_graphql_alone_is_another_product() -> None:
    graphql = GraphqlSeen(reply(400), present=True)

    assert told(run, target(vendor_domain=False), answered(ApiSaid.NOT_FOUND, 404), MISSING, graphql) == [
        ("product-without-rest-api", None, "likely", "fail")
    ]


def test_every_path_that_was_tried_is_told() -> None:
    others = OtherCalls((call(ApiSaid.NOT_FOUND, 404, path=OTHER),), ())
    (finding,) = found(run, target(), answered(ApiSaid.NOT_FOUND, 404), MISSING, others)

    assert finding.cause.id == "api-not-found"
    assert PATH in finding.observed
    assert OTHER in finding.observed


def test_a_redirect_on_the_same_origin_that_leads_to_success_is_a_warning() -> None:
    there = "https://acme.ataccama.one/api/v2/tables"
    first = answered(ApiSaid.REDIRECT, 308, location=there)
    followed = FollowedCall(call(ApiSaid.DOCUMENTED))
    (finding,) = found(run, target(), first, MISSING, followed)

    assert (finding.cause.id, finding.severity.value) == ("api-redirects", "warn")
    assert finding.fix == f"Call {there} directly."


def test_a_redirect_elsewhere_is_a_failure_and_its_query_is_not_shown() -> None:
    first = answered(ApiSaid.REDIRECT, 302, location="https://login.example.com/x?state=abc")
    (finding,) = found(run, target(), first, MISSING)

    assert finding.severity.value == "fail"
    assert "state=abc" not in finding.observed


def test_a_header_that_was_given_and_refused_is_told_of_that_header() -> None:
    """The issued token works, and the application's own header does not."""
    own = call(ApiSaid.TOKEN_MALFORMED, 401, given_as=HEADER, exchange=7)

    assert told(run, target(), answered(ApiSaid.DOCUMENTED, 200), MISSING, GivenCalls((own,))) == [
        ("api-token-refused", "authorization", "likely", "fail")
    ]


def test_the_apis_own_words_about_a_given_token_single_the_cause_out() -> None:
    own = call(ApiSaid.EXPIRED, 401, given_as=SettingName.ACCESS_TOKEN, exchange=7)

    assert told(run, target(), answered(ApiSaid.DOCUMENTED, 200), MISSING, GivenCalls((own,))) == [
        ("api-says-expired", "access_token", "certain", "fail")
    ]


def test_a_given_token_that_is_the_only_one_is_told_once() -> None:
    only = call(ApiSaid.TOKEN_REFUSED, 401, given_as=SettingName.ACCESS_TOKEN)

    assert told(run, target(), AuthorizedCall(only), MISSING, GivenCalls((only,))) == [
        ("api-token-refused", "access_token", "likely", "fail")
    ]


def test_the_apis_own_words_and_request_id_are_in_the_evidence() -> None:
    refused = answered(ApiSaid.TOKEN_REFUSED, 401, message="no", request_id="x-request-id: 9a")
    (finding,) = found(run, target(), refused, MISSING)

    assert "Spring Security answered 401 no (x-request-id: 9a)" in finding.observed


WORKS_ELSEWHERE = OtherCalls((call(ApiSaid.DOCUMENTED, path=OTHER),), (call(ApiSaid.TOKEN_MISSING, 401, path=OTHER),))


@pytest.mark.parametrize(
    "facts",
    cases(
        {
            "it answers as documented": ((answered(ApiSaid.DOCUMENTED, 200), MISSING),),
            "reference data is absent and the catalog answers": (
                (answered(ApiSaid.NOT_FOUND, 404), MISSING, WORKS_ELSEWHERE),
            ),
            "reference data is forbidden and the catalog answers": (
                (answered(ApiSaid.FORBIDDEN, 403), MISSING, WORKS_ELSEWHERE),
            ),
            "no answer came, which is the network's matter": ((AuthorizedCall(unanswered()), MISSING),),
            "something in front answered, which is the network's matter": (
                (answered(ApiSaid.ELSEWHERE, 503), MISSING),
            ),
            "the header given works as well": (
                (
                    answered(ApiSaid.DOCUMENTED, 200),
                    GivenCalls((call(ApiSaid.DOCUMENTED, given_as=HEADER, exchange=7),)),
                ),
            ),
        }
    ),
)
def test_the_api_is_left_alone_when(facts: tuple[object, ...]) -> None:
    assert told(run, target(), *facts) == []


@pytest.mark.parametrize("said", list(ApiSaid))
def test_whatever_the_api_says_at_most_one_thing_is_told(said: ApiSaid) -> None:
    answer: Call = call(said, 400)

    assert len(told(run, target(), AuthorizedCall(answer))) <= 1


def test_where_a_path_is_not_there_the_answer_of_one_that_is_counts() -> None:
    others = OtherCalls((call(ApiSaid.PERMISSION, 403, path=OTHER),), (call(ApiSaid.TOKEN_MISSING, 401, path=OTHER),))

    assert [t[0] for t in told(run, target(), answered(ApiSaid.NOT_FOUND, 404), MISSING, others)] == [
        "permission-missing"
    ]


def test_where_no_path_is_there_all_are_named() -> None:
    others = OtherCalls((call(ApiSaid.NOT_FOUND, 404, path=OTHER),), (call(ApiSaid.NOT_FOUND, 404, path=OTHER),))
    (finding,) = found(run, target(), answered(ApiSaid.NOT_FOUND, 404), MISSING, others)

    assert (finding.cause.id, OTHER in finding.observed) == ("api-not-found", True)


def test_one_token_that_is_sent_twice_is_told_of_once() -> None:
    given = GivenCalls((call(ApiSaid.EXPIRED, 401, given_as=SettingName.ACCESS_TOKEN, exchange=7),))
    refused = answered(ApiSaid.EXPIRED, given_as=SettingName.ACCESS_TOKEN)

    assert len(told(run, target(), refused, MISSING, given)) == 1
