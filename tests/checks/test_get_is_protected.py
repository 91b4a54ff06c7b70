"""A GET that succeeds without a token proves nothing with one."""

import pytest

from checks.get_is_protected import run
from doctor.api import AnonymousCall, ApiSaid, OtherCalls
from tests.checks.facts import call, cases, found, told, undecided

OTHER = "/api/catalog/v1/catalog-items?size=1"
REFUSED = AnonymousCall(call(ApiSaid.TOKEN_MISSING, 401))


@pytest.mark.parametrize("said", [ApiSaid.DOCUMENTED, ApiSaid.OTHER_JSON])
def test_success_without_a_token_is_a_warning(said: ApiSaid) -> None:
    """keycloak.md 5a, differential set: 2xx without a header is not protected."""
    assert told(run, AnonymousCall(call(said))) == [("api-not-protected", None, "certain", "warn")]


def test_the_other_path_counts_too() -> None:
    (finding,) = found(run, REFUSED, OtherCalls((), (call(ApiSaid.DOCUMENTED, path=OTHER),)))

    assert OTHER in finding.observed


@pytest.mark.parametrize(
    ("said", "status"),
    cases(
        {
            "401": (ApiSaid.TOKEN_MISSING, 401),
            "403": (ApiSaid.FORBIDDEN, 403),
            "404, hidden from those without a token": (ApiSaid.NOT_FOUND, 404),
            "a redirect to a login": (ApiSaid.REDIRECT, 302),
            "the web application's page": (ApiSaid.PAGE, 200),
        }
    ),
)
def test_it_is_silent_when_the_answer_is(said: ApiSaid, status: int) -> None:
    assert told(run, AnonymousCall(call(said, status))) == []


@pytest.mark.parametrize(
    ("said", "status"),
    cases(
        {
            "an error of the gateway": (ApiSaid.ELSEWHERE, 503),
            "a redirect": (ApiSaid.REDIRECT, 302),
            "no such path": (ApiSaid.NOT_FOUND, 404),
        }
    ),
)
def test_nothing_is_said_of_the_protection_by(said: ApiSaid, status: int) -> None:
    """contract.md 2: what could not be asked is never counted as passed."""
    (reason,) = undecided(run, AnonymousCall(call(said, status)))

    assert str(status) in reason


def test_one_path_that_is_refused_is_enough() -> None:
    other = OtherCalls((), (call(ApiSaid.TOKEN_MISSING, 401, path=OTHER),))

    assert undecided(run, AnonymousCall(call(ApiSaid.NOT_FOUND, 404)), other) == []
