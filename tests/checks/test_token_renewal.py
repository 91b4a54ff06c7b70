"""The second token: its refusal is told in the server's words."""

import pytest

from checks.token_renewal import run
from doctor.api import FailureKind, Renewal, Reply, TransportFailure
from tests.checks.facts import cases, failure, found, reply, told


@pytest.mark.parametrize(
    ("answer", "words"),
    cases(
        {
            "refused": (reply(401, "unauthorized_client", "Invalid client secret"), "401 unauthorized_client"),
            "never answered": (failure(FailureKind.RESPONSE_TIMED_OUT), "what the system said"),
        }
    ),
)
def test_a_renewal_that_was(answer: Reply | TransportFailure, words: str) -> None:
    (finding,) = found(run, Renewal(answer, renewed=False))

    assert (finding.cause.id, finding.severity.value, finding.endpoint) == ("renewal-failed", "fail", "token")
    assert words in finding.observed


def test_a_renewal_that_came_is_left_alone() -> None:
    assert told(run, Renewal(reply(), renewed=True)) == []
