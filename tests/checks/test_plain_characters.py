"""Characters that cannot be seen, or that only look right, count by how the servers took the value."""

import pytest

from checks.plain_characters import run
from doctor.api import SettingName
from tests.checks.facts import SECRET, accepted, cases, found, rejected, setting, settings, told

S = SettingName


@pytest.mark.parametrize(
    ("name", "value", "cause", "proved"),
    cases(
        {
            "a byte order mark begins the secret (keycloak.md 3: look for U+FEFF)": (
                S.CLIENT_SECRET,
                f"\ufeff{SECRET}",
                "invisible-character",
                "cleaned",
            ),
            "a zero-width space ends the client ID": (
                S.CLIENT_ID,
                "catalog-sync\u200b",
                "invisible-character",
                "cleaned",
            ),
            "a NUL ends the secret": (S.CLIENT_SECRET, f"{SECRET}\x00", "invisible-character", "cleaned"),
            "a soft hyphen stands in the realm": (S.REALM, "ac\u00adme", "invisible-character", "acme"),
            "a typographic dash stands in the client ID": (
                S.CLIENT_ID,
                "catalog\u2013sync",
                "lookalike-character",
                "cleaned",
            ),
        }
    ),
)
def test_the_cure_that_was_accepted_makes_it_certain(name: SettingName, value: str, cause: str, proved: str) -> None:
    given = settings(setting(name, value))

    assert told(run, given, rejected(name, proved)) == [(cause, name, "certain", "fail")]


def test_the_code_point_and_its_place_are_told() -> None:
    (finding,) = found(run, settings(setting(S.CLIENT_SECRET, f"{SECRET}\ufeff")), rejected(S.CLIENT_SECRET))

    assert "byte order mark (U+FEFF) at the end" in finding.observed


@pytest.mark.parametrize(
    ("name", "value"),
    cases(
        {
            "a realm with umlauts that the server knows": (S.REALM, "Münchner-Rück"),
            "a secret with a byte order mark that the server accepts": (S.CLIENT_SECRET, f"\ufeff{SECRET}"),
            "a client ID with a typographic dash that the server knows": (S.CLIENT_ID, "catalog\u2013sync"),
        }
    ),
)
def test_what_was_accepted_as_given_is_left_alone(name: SettingName, value: str) -> None:
    assert told(run, settings(setting(name, value)), accepted(name)) == []


def test_plain_letters_of_another_language_are_no_lookalikes() -> None:
    assert told(run, settings(setting(S.REALM, "Münchner-Rück"))) == []


def test_where_nobody_could_be_asked_it_is_a_warning() -> None:
    assert told(run, settings(setting(S.CLIENT_SECRET, f"\ufeff{SECRET}"))) == [
        ("invisible-character", "client_secret", "likely", "warn")
    ]
