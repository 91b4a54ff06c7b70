"""A 200 that carries no usable token; responses that are merely unusual are usable."""

import pytest

from checks.token_response import run
from doctor.api import BodyKind, FailureKind, Grant, Missing, PageKind, Reply, Said, TokenResponse, TokenSuccess
from doctor.probes.token import token_success
from tests.checks.facts import attempt, cases, failure, found, grant, healthy_grant, page, reply, told


def success(requests: Grant) -> TokenSuccess:
    answered = token_success.run(requests)
    assert isinstance(answered, TokenSuccess)
    return answered


def incomplete() -> Grant:
    response = TokenResponse(access_token=False, token_type="Bearer", expires_in=300.0, expires_in_given="300")
    return grant(attempt(Said.INCOMPLETE, reply(200)), response=response)


@pytest.mark.parametrize(
    "answer",
    cases(
        {
            "a page": page(200, PageKind.PLAIN, title="Acme Portal"),
            "nothing": reply(200, body=BodyKind.EMPTY),
            "a JSON list": reply(200, body=BodyKind.JSON),
        }
    ),
)
def test_a_response_is_no_json_object_when_it_is(answer: Reply) -> None:
    assert told(run, success(grant(attempt(Said.NOT_JSON, answer)))) == [
        ("token-response-not-json", None, "certain", "fail")
    ]


@pytest.mark.parametrize(
    ("requests", "words"),
    cases(
        {
            "there is no access_token": (incomplete(), "no access_token"),
            "there is no expires_in": (healthy_grant(expires_in=None, expires_in_given=None), "no expires_in"),
            "expires_in is zero": (healthy_grant(expires_in=None, expires_in_given="0"), "expires_in 0"),
            "expires_in is a word": (healthy_grant(expires_in=None, expires_in_given="soon"), "expires_in soon"),
        }
    ),
)
def test_a_response_is_incomplete_when(requests: Grant, words: str) -> None:
    (finding,) = found(run, success(requests))

    assert (finding.cause.id, finding.severity.value) == ("token-response-incomplete", "fail")
    assert words in finding.observed


@pytest.mark.parametrize("kind", ["mac", "DPoP", "N_A"])
def test_another_token_type_is_named(kind: str) -> None:
    assert told(run, success(healthy_grant(token_type=kind))) == [("token-type-not-bearer", None, "certain", "fail")]


@pytest.mark.parametrize(
    "requests",
    cases(
        {
            "it is as documented": healthy_grant(),
            "token_type is in lower case (keycloak.md 4a)": healthy_grant(token_type="bearer"),
            "token_type is absent": healthy_grant(token_type=None),
            "the token lives ten hours": healthy_grant(expires_in=36000.0, expires_in_given="36000"),
            "expires_in is a number in quotes": healthy_grant(expires_in=300.0, expires_in_given="300"),
        }
    ),
)
def test_a_response_is_left_alone_when(requests: Grant) -> None:
    assert told(run, success(requests)) == []


@pytest.mark.parametrize(
    ("requests", "reason"),
    cases(
        {
            "the request was refused": (grant(attempt(Said.SECRET_WRONG)), "there is no token response"),
            "nobody answered": (
                grant(attempt(Said.NOTHING, failure(FailureKind.RESPONSE_TIMED_OUT))),
                "there is no token response",
            ),
            "a sign-in page came, which another check tells": (
                grant(attempt(Said.NOT_JSON, page(200, PageKind.SIGN_IN))),
                "something in front of the token endpoint answered",
            ),
        }
    ),
)
def test_there_is_nothing_to_look_at_when(requests: Grant, reason: str) -> None:
    assert token_success.run(requests) == Missing(reason)
