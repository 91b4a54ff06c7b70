"""``--deep``: an altered token that is let in."""

import pytest

from checks.altered_token_refused import run
from doctor.api import AlteredCall, ApiSaid
from tests.checks.facts import call, told, unanswered


@pytest.mark.parametrize("said", [ApiSaid.DOCUMENTED, ApiSaid.OTHER_JSON])
def test_an_altered_token_that_is_let_in_means_that_signatures_are_not_checked(said: ApiSaid) -> None:
    """keycloak.md 5a, differential set: both 2xx."""
    assert told(run, AlteredCall(call(said))) == [("api-signature-unchecked", None, "certain", "fail")]


def test_an_altered_token_that_is_refused_is_as_it_should_be() -> None:
    assert told(run, AlteredCall(call(ApiSaid.SIGNATURE, 401))) == []


def test_no_answer_proves_nothing() -> None:
    assert told(run, AlteredCall(unanswered())) == []
