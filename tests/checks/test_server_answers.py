"""Reached, and then silence, nonsense or no end, told by endpoint; slow or odd answers that are whole are fine."""

import pytest

from checks.server_answers import run
from doctor.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    FailureKind,
    FirstAttempt,
    Phase,
    Reply,
    Said,
    TransportFailure,
)
from tests.checks.facts import attempt, call, cases, discovery, failure, found, lines, reply, told, unanswered

LINE = lines()[0]


def silence(kind: FailureKind) -> TransportFailure:
    return failure(kind, Phase.WAIT)


@pytest.mark.parametrize(
    ("kind", "cause", "severity"),
    cases(
        {
            "it stays silent": (FailureKind.RESPONSE_TIMED_OUT, "response-timed-out", "warn"),
            "it does not speak HTTP": (FailureKind.RESPONSE_MALFORMED, "response-malformed", "warn"),
            "it does not end": (FailureKind.RESPONSE_TOO_LARGE, "response-too-large", "warn"),
            "it cuts the connection": (FailureKind.RESET, "connection-reset", "warn"),
            "it refuses the next connection": (FailureKind.REFUSED, "connection-refused", "warn"),
            "it wants a client certificate after the handshake": (
                FailureKind.CLIENT_CERTIFICATE,
                "client-certificate-required",
                "fail",
            ),
        }
    ),
)
def test_a_server_is_named_when(kind: FailureKind, cause: str, severity: str) -> None:
    assert told(run, LINE, discovery(silence(kind))) == [(cause, None, "certain", severity)]


def test_the_endpoint_is_the_one_that_was_silent() -> None:
    silent = FirstAttempt(attempt(Said.NOTHING, silence(FailureKind.RESPONSE_TIMED_OUT)))
    (finding,) = found(run, LINE, discovery(), silent)

    assert finding.endpoint == "token"


def test_the_call_with_the_token_counts_more_than_the_one_without() -> None:
    anonymous, authorized = AnonymousCall(unanswered()), AuthorizedCall(call(ApiSaid.DOCUMENTED))

    assert told(run, LINE, anonymous, authorized) == []


def test_the_call_without_a_token_counts_where_there_is_no_token() -> None:
    assert told(run, LINE, AnonymousCall(unanswered())) == [("response-timed-out", None, "certain", "warn")]


@pytest.mark.parametrize(
    "result",
    cases(
        {
            "an answer that took nine seconds": reply(round_trip=9.0),
            "an answer without a Date header": reply(date=None),
            "an error page": reply(500),
            "a request that the tool held back": silence(FailureKind.NOT_SENT),
            "a connection that never came about": silence(FailureKind.HOST_NOT_FOUND),
        }
    ),
)
def test_it_is_silent_about(result: Reply | TransportFailure) -> None:
    assert told(run, LINE, discovery(result)) == []
