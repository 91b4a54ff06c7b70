"""Expired, early and short-lived tokens by the best clock known; long and short lifetimes that work are fine."""

from typing import Any

import pytest

from checks.jwt_expiry import run
from doctor.api import Clock, SettingName
from tests.checks.facts import NOW, Told, cases, clock, found, healthy_grant, token, tokens, told

GIVEN = SettingName.ACCESS_TOKEN
PAST = {"issued_at": NOW - 900, "expires_at": NOW - 600}


@pytest.mark.parametrize(
    ("change", "read", "expected"),
    cases(
        {
            "it ended ten minutes ago by the server's clock": (
                PAST,
                clock(),
                ("token-expired", "access_token", "certain", "fail"),
            ),
            "it ended ten minutes ago by this machine's clock alone": (
                PAST,
                clock(None),
                ("token-expired", "access_token", "likely", "fail"),
            ),
            "it ended five seconds ago, and was given": (
                {"expires_at": NOW - 5},
                clock(),
                ("token-expired", "access_token", "certain", "fail"),
            ),
            "it begins in ten minutes (nbf)": (
                {"not_before": NOW + 600},
                clock(),
                ("token-not-yet-valid", "access_token", "certain", "fail"),
            ),
            "it was issued in the future": (
                {"issued_at": NOW + 600, "expires_at": NOW + 900},
                clock(),
                ("token-not-yet-valid", "access_token", "certain", "fail"),
            ),
        }
    ),
)
def test_a_given_token_is_named_when(change: dict[str, Any], read: Clock, expected: Told) -> None:
    assert told(run, tokens(GIVEN, **change), read) == [expected]


def test_how_long_ago_it_expired_is_told_with_whose_clock() -> None:
    (finding,) = found(run, tokens(GIVEN, **PAST), clock())

    assert "By the server's clock" in finding.observed
    assert "expired 10 min ago" in finding.observed


def test_a_local_clock_that_runs_ahead_does_not_expire_a_fresh_token() -> None:
    """Measured here: this machine is an hour ahead, and the server's clock says that the token is fresh."""
    fresh: dict[str, Any] = {"issued_at": NOW - 3602, "expires_at": NOW - 3302}

    assert told(run, tokens(**fresh), clock(3600.0)) == []


def test_a_local_clock_that_runs_behind_does_not_revive_an_expired_token() -> None:
    stale: dict[str, Any] = {"issued_at": NOW - 100, "expires_at": NOW + 200}

    assert told(run, tokens(GIVEN, **stale), clock(-3600.0)) == [("token-expired", "access_token", "certain", "fail")]


@pytest.mark.parametrize(
    ("change", "promised", "expected"),
    cases(
        {
            "it lives 20 s": (
                {"issued_at": NOW, "expires_at": NOW + 20},
                20.0,
                [("token-lifetime-short", None, "certain", "warn")],
            ),
            "expires_in promises ten times what exp grants": (
                {},
                3000.0,
                [("token-lifetime-differs", None, "certain", "warn")],
            ),
            "expires_in promises five minutes and exp grants ten seconds": (
                {"issued_at": NOW, "expires_at": NOW + 10},
                300.0,
                [
                    ("token-lifetime-differs", None, "certain", "warn"),
                    ("token-lifetime-short", None, "certain", "warn"),
                ],
            ),
        }
    ),
)
def test_the_lifetime_of_the_issued_token_is_remarked_when(
    change: dict[str, Any], promised: float, expected: list[Told]
) -> None:
    assert told(run, tokens(**change), clock(), healthy_grant(expires_in=promised)) == expected


@pytest.mark.parametrize(
    ("change", "promised"),
    cases(
        {
            "it lives a minute": ({"issued_at": NOW, "expires_at": NOW + 60}, 60.0),
            "it lives ten hours": ({"issued_at": NOW, "expires_at": NOW + 36_000}, 36_000.0),
            "exp is a second off expires_in": ({}, 299.0),
            "it has no exp": ({"expires_at": None}, 300.0),
            "it has no iat": ({"issued_at": None}, 300.0),
            "nbf is zero (keycloak.md 4b, 24 and older)": ({"not_before": 0.0}, 300.0),
            "it was issued two seconds from now by the clocks' skew": (
                {"issued_at": NOW + 2, "expires_at": NOW + 302},
                300.0,
            ),
            "it ended while the run waited, within the leeway": (
                {"issued_at": NOW - 305, "expires_at": NOW - 5},
                300.0,
            ),
        }
    ),
)
def test_the_issued_token_is_left_alone_when(change: dict[str, Any], promised: float) -> None:
    assert told(run, tokens(**change), clock(), healthy_grant(expires_in=promised)) == []


def test_a_given_tokens_lifetime_is_not_held_against_the_token_response() -> None:
    short = token(GIVEN, issued_at=NOW - 5, expires_at=NOW + 15)

    assert told(run, type(tokens())((short,)), clock()) == []
