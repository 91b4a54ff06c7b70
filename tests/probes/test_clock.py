"""Other clocks than this machine's: Date over verified TLS, then exp minus expires_in, each with its bound."""

from typing import Any

import pytest

from doctor.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Clock,
    Discovery,
    Endpoint,
    Grant,
    Reply,
    RunOptions,
    Tokens,
)
from doctor.probes.clock import clock
from tests.checks.facts import NOW, call, cases, discovery, healthy_grant, reply, tokens


def read(
    document: Discovery | None = None,
    requests: Grant | None = None,
    anonymous: AnonymousCall | None = None,
    issued: Tokens | None = None,
) -> Clock:
    result = clock.run(RunOptions(), document, requests, anonymous, None, issued)
    assert isinstance(result, Clock)
    return result


def dated(seconds_behind: float, **change: Any) -> Reply:
    return reply(200, date=NOW - seconds_behind, local_time=NOW, round_trip=0.1, **change)


def test_a_date_over_verified_tls_is_a_clock() -> None:
    (reading,) = read(discovery(dated(300.0))).readings

    assert (reading.endpoint, reading.source) == (Endpoint.REALM, "Date header")
    assert reading.offset == pytest.approx(299.5)
    assert reading.bound == pytest.approx(0.6)


@pytest.mark.parametrize(
    "answer",
    cases(
        {
            "TLS that nobody verified": dated(300.0, verified=False),
            "plain HTTP from elsewhere": dated(300.0, verified=False, url="http://keycloak.example.com/x"),
            "an answer without a date": reply(200, date=None),
        }
    ),
)
def test_no_clock_is_read_from(answer: Reply) -> None:
    assert not read(discovery(answer)).confirmed


def test_loopback_needs_no_tls() -> None:
    assert read(discovery(dated(0.0, verified=False, url="http://127.0.0.1:8080/x"))).confirmed


def test_the_apis_clock_is_read_beside_the_realms() -> None:
    answer = AnonymousCall(call(ApiSaid.TOKEN_MISSING, 401, date=NOW - 60))

    assert [r.endpoint for r in read(discovery(dated(0.0)), anonymous=answer).readings] == [
        Endpoint.REALM,
        Endpoint.API,
    ]


def test_a_fresh_token_is_a_clock_where_there_is_no_date() -> None:
    """keycloak.md 4a: exp minus expires_in is about the server's now."""
    issued = tokens(issued_at=NOW - 600, expires_at=NOW - 300)
    (reading,) = read(requests=healthy_grant(), issued=issued).readings

    assert (reading.endpoint, reading.source) == (Endpoint.TOKEN, "exp - expires_in")
    assert reading.offset == pytest.approx(599.5)


def test_a_token_whose_lifetimes_disagree_is_no_clock() -> None:
    issued = tokens(issued_at=NOW, expires_at=NOW + 3000)

    assert not read(requests=healthy_grant(), issued=issued).confirmed


def test_a_token_that_the_api_finds_out_of_date_is_no_clock() -> None:
    """It was issued just now: either it is an old one, or the clock of who issued it is wrong."""
    issued = tokens(issued_at=NOW - 600, expires_at=NOW - 300)
    refused = AuthorizedCall(call(ApiSaid.EXPIRED, 401, date=None))

    result = clock.run(RunOptions(), None, healthy_grant(), None, refused, issued)

    assert isinstance(result, Clock)
    assert not result.confirmed


def test_the_best_clock_is_the_servers() -> None:
    seen = read(discovery(dated(3600.0)))

    assert seen.now - seen.true_now == pytest.approx(3599.5)
