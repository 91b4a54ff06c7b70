"""``--deep``: an expired token that is let in."""

import pytest

from checks.expired_token_refused import run
from doctor.api import ApiSaid, ExpiredCall
from tests.checks.facts import call, found, told, unanswered


@pytest.mark.parametrize("said", [ApiSaid.DOCUMENTED, ApiSaid.OTHER_JSON])
def test_an_expired_token_that_is_let_in_is_a_failure(said: ApiSaid) -> None:
    assert told(run, ExpiredCall(call(said), 75.0)) == [("api-accepts-expired", None, "certain", "fail")]


def test_how_long_it_was_expired_is_told() -> None:
    (finding,) = found(run, ExpiredCall(call(ApiSaid.DOCUMENTED), 75.0))

    assert finding.observed.startswith("75 s after exp")


@pytest.mark.parametrize("said", [ApiSaid.EXPIRED, ApiSaid.TOKEN_REFUSED, ApiSaid.TOKEN_MISSING])
def test_an_expired_token_that_is_refused_is_as_it_should_be(said: ApiSaid) -> None:
    assert told(run, ExpiredCall(call(said, 401), 75.0)) == []


def test_no_answer_proves_nothing() -> None:
    assert told(run, ExpiredCall(unanswered(), 75.0)) == []
