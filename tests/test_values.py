"""The environment that the values point at: URLs are read cleaned, the realm as given, placeholders not at all."""

import pytest

from doctor.model.facts.missing import Missing
from doctor.model.facts.settings import Target
from doctor.model.inputs import Given
from doctor.model.terms import SettingName
from doctor.values import Values, read_values

S = SettingName
URL = "https://acme.ataccama.one"
SECRET = "Zq7RkT2mVx9LpWc4NsYb8HdGf3JaUe6K"


def given(name: SettingName, value: str) -> Given:
    return Given(name, value, f"ATACCAMA_{name.value.upper()}")


def read(*values: Given) -> Values:
    healthy = (given(S.URL, URL), given(S.REALM, "acme"), given(S.CLIENT_SECRET, SECRET))
    return read_values({g.name: g for g in (*healthy, *values)}.values())


def target(values: Values) -> Target:
    assert isinstance(values.target, Target)
    return values.target


def test_no_value_shows_in_what_was_read() -> None:
    assert SECRET not in repr(read())


def test_credentials_in_a_url_are_left_out() -> None:
    values = read(given(S.URL, "https://jane:Pa55-w0rd-x@acme.ataccama.one"))

    assert target(values).origin == URL
    assert "Pa55-w0rd-x" not in repr(values)


def test_a_url_is_read_cleaned() -> None:
    assert target(read(given(S.URL, f" {URL}\n"))).origin == URL


def test_a_realm_is_read_as_given() -> None:
    assert target(read(given(S.REALM, "acme "))).realm == "acme "


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(given(S.URL, "https://{your-environment}.ataccama.one"), "the URL is not filled in", id="URL"),
        pytest.param(given(S.REALM, ""), "the realm is not filled in", id="realm"),
        pytest.param(given(S.REALM, "${REALM}"), "the realm is not filled in", id="realm as a variable"),
        pytest.param(given(S.URL, "http//:::"), "the settings point at no environment", id="no URL at all"),
    ],
)
def test_without_a_place_to_ask_there_is_no_target(value: Given, reason: str) -> None:
    assert read(value).target == Missing(reason)


def test_without_a_realm_there_is_no_target() -> None:
    values = read_values((given(S.URL, URL),))

    assert values.target == Missing("no realm was given")
    assert values.urls.origin == URL


def test_a_realm_that_only_a_url_names_is_used() -> None:
    values = read_values((given(S.URL, f"{URL}/auth/realms/acme"),))

    assert target(values).realm == "acme"


def test_a_placeholder_in_the_url_is_blamed_once_and_not_as_malformed() -> None:
    assert read(given(S.URL, "https://{your-environment}.ataccama.one")).urls.problems == ()
