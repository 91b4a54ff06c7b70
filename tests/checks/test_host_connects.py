"""A connection that was refused, cut, lost or had no route; the words are the system's own."""

import pytest

from checks.host_connects import run
from doctor.api import FailureKind, Phase
from tests.checks.facts import cases, failure, found, lines, told


@pytest.mark.parametrize(
    ("kind", "cause"),
    cases(
        {
            "the port is closed": (FailureKind.REFUSED, "connection-refused"),
            "a firewall drops what is sent": (FailureKind.CONNECT_TIMED_OUT, "connection-timed-out"),
            "the connection is cut at once": (FailureKind.RESET, "connection-reset"),
            "there is no route": (FailureKind.UNREACHABLE, "network-unreachable"),
        }
    ),
)
def test_it_names_why_no_connection_came_about_when(kind: FailureKind, cause: str) -> None:
    broken = failure(kind)
    (finding,) = found(run, *lines(broken, broken, broken))

    assert (finding.cause.id, finding.setting, finding.confidence.value) == (cause, None, "certain")
    assert finding.hinders, "nobody could be asked, so nothing is said about the credentials"
    assert "what the system said" in finding.observed


def test_an_api_that_is_down_beside_a_realm_that_is_up_is_told_of_the_api() -> None:
    (finding,) = found(run, *lines(api=failure(FailureKind.REFUSED)))

    assert finding.endpoint == "api"


@pytest.mark.parametrize(
    "kind",
    cases(
        {
            "the certificate was refused": FailureKind.CERTIFICATE,
            "the answer was late": FailureKind.RESPONSE_TIMED_OUT,
            "the tool's own rules held the request back": FailureKind.NOT_SENT,
            "the run's own time was up": FailureKind.DEADLINE,
        }
    ),
)
def test_it_leaves_to_others_that(kind: FailureKind) -> None:
    assert told(run, *lines(failure(kind, Phase.TLS))) == []


def test_open_connections_are_left_alone() -> None:
    assert told(run, *lines()) == []
