"""A name that does not exist, or a resolver that is silent: told once an origin, and nothing else is told here."""

import pytest

from checks.name_resolves import run
from doctor.api import ApiLine, FailureKind, Phase, RealmLine, TokenLine, TransportFailure
from tests.checks.facts import Told, cases, failure, found, lines, told

MISSING = failure(FailureKind.HOST_NOT_FOUND, Phase.DNS)
SILENT = failure(FailureKind.RESOLVER_UNAVAILABLE, Phase.DNS)
HERE: list[Told] = [("host-not-found", None, "certain", "warn")]

Lines = tuple[RealmLine, TokenLine, ApiLine]


@pytest.mark.parametrize(
    ("connections", "expected"),
    cases(
        {
            "the environment's name does not exist": (lines(MISSING, MISSING, MISSING), HERE),
            "only the API's name does not exist": (lines(api=MISSING, api_origin="https://api.example.com"), HERE),
            "two names do not exist": (
                lines(MISSING, MISSING, MISSING, api_origin="https://api.example.com"),
                [*HERE, *HERE],
            ),
            "the resolver did not answer": (
                lines(SILENT, SILENT, SILENT),
                [("name-resolution-unavailable", None, "certain", "warn")],
            ),
        }
    ),
)
def test_it_names_each_origin_once_when(connections: Lines, expected: list[Told]) -> None:
    assert told(run, *connections) == expected


def test_a_name_that_does_not_exist_keeps_from_asking_and_is_no_failure() -> None:
    (finding,) = found(run, *lines(MISSING, MISSING, MISSING))

    assert finding.hinders
    assert finding.endpoint == "realm"


@pytest.mark.parametrize(
    "broken",
    cases(
        {
            "every connection is open": None,
            "the name resolved and the port is closed": failure(FailureKind.REFUSED),
            "the proxy resolves names and is not there": failure(FailureKind.PROXY_UNREACHABLE, Phase.PROXY),
            "the run's own time was up": failure(FailureKind.DEADLINE, Phase.DNS),
        }
    ),
)
def test_it_is_silent_when(broken: TransportFailure | None) -> None:
    assert told(run, *lines(broken)) == []
