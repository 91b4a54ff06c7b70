"""A clock is wrong only beyond the leeway and the measurement's own bound, and by every reading there is."""

import pytest

from checks.clocks_agree import run
from doctor.api import Clock, ClockReading, Endpoint
from tests.checks.facts import NOW, Told, cases, clock, found, lines, told

LINE = lines()[0]
WRONG: list[Told] = [("clock-wrong", None, "certain", "fail")]
APART: list[Told] = [("server-clocks-differ", None, "certain", "fail")]


@pytest.mark.parametrize(
    ("read", "expected"),
    cases(
        {
            "this machine is five minutes ahead of both servers": (clock(300.0, 300.0), WRONG),
            "this machine is an hour behind the only server read": (clock(-3600.0), WRONG),
            "the API is two minutes behind the realm, which agrees with this machine": (clock(0.0, 120.0), APART),
            "the API is two minutes ahead of the realm": (clock(0.0, -120.0), APART),
        }
    ),
)
def test_it_names_the_clock_that_is_off_when(read: Clock, expected: list[Told]) -> None:
    assert told(run, read, LINE) == expected


@pytest.mark.parametrize(
    ("offset", "words"), cases({"ahead": (300.0, "300 s ahead of the server's"), "behind": (-300.0, "300 s behind")})
)
def test_the_measured_offset_is_told_with_its_direction_and_bound(offset: float, words: str) -> None:
    (finding,) = found(run, clock(offset), LINE)

    assert words in finding.observed
    assert "give or take 0.6 s" in finding.observed


def test_an_api_that_is_behind_is_told_as_behind() -> None:
    (finding,) = found(run, clock(0.0, 120.0), LINE)

    assert "The API's clock is 120 s behind the realm's" in finding.observed


def test_a_wrong_clock_explains_tokens_and_certificates_that_look_out_of_date() -> None:
    (finding,) = found(run, clock(300.0), LINE)

    assert {ref.cause for ref in finding.explains} == {
        "token-expired",
        "token-not-yet-valid",
        "certificate-dates-or-clock",
    }


def test_three_clocks_that_all_disagree_are_told_and_the_servers_explain_this_machines() -> None:
    servers, own = found(run, clock(300.0, 900.0), LINE)

    assert (servers.cause.id, own.cause.id) == ("server-clocks-differ", "clock-wrong")
    assert own.explained_by(servers)


@pytest.mark.parametrize(
    "read",
    cases(
        {
            "two seconds of skew": clock(2.0, -2.0),
            "skew just within the leeway": clock(29.0),
            "no clock could be read, as without a Date header": clock(None),
            "a slow line's measurement could be off by as much": Clock(
                NOW, (ClockReading(Endpoint.REALM, "Date header", 60.0, 45.0),)
            ),
            "one of two servers agrees with this machine": clock(0.0, 25.0),
        }
    ),
)
def test_it_is_silent_when(read: Clock) -> None:
    assert told(run, read, LINE) == []
