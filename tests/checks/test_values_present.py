"""What is no value at all is named with its setting; what only looks a little like one is left alone."""

import pytest

from checks.values_present import run
from doctor.api import SettingName
from tests.checks.facts import Told, cases, setting, settings, told

S = SettingName


@pytest.mark.parametrize(
    ("name", "value", "cause"),
    cases(
        {
            "an unset pipeline secret": (S.CLIENT_SECRET, "", "value-empty"),
            "an empty realm": (S.REALM, "", "value-empty"),
            "the vendor page's own placeholder in the URL": (
                S.URL,
                "https://{your-environment}.ataccama.one",
                "placeholder-left",
            ),
            "an angle-bracketed client ID": (S.CLIENT_ID, "<client-id>", "placeholder-left"),
            "a masked secret": (S.CLIENT_SECRET, "********", "placeholder-left"),
            "the word changeme": (S.CLIENT_SECRET, "changeme", "placeholder-left"),
            "a shell variable that nothing replaced": (S.CLIENT_SECRET, "${CLIENT_SECRET}", "variable-not-expanded"),
            "a Windows variable": (S.CLIENT_ID, "%CLIENT_ID%", "variable-not-expanded"),
            "a template that nothing rendered": (S.REALM, "{{ realm }}", "variable-not-expanded"),
            "what a chart prints for nothing": (S.CLIENT_SECRET, "<no value>", "variable-not-expanded"),
        }
    ),
)
def test_it_names_what_was_not_filled_in(name: SettingName, value: str, cause: str) -> None:
    assert told(run, settings(setting(name, value))) == [(cause, name, "certain", "fail")]


@pytest.mark.parametrize(
    ("name", "value"),
    cases(
        {
            "a secret that begins with a dollar sign": (S.CLIENT_SECRET, "$kR4!pXw9zLq2"),
            "a secret with percent signs at both ends": (S.CLIENT_SECRET, "%Kx7!%qLm2Zp%"),
            "a secret with braces in it": (S.CLIENT_SECRET, "a{7Kq}zP0wXv9RtYb"),
            "a realm with a space": (S.REALM, "Acme Insurance"),
            "a client ID that says client": (S.CLIENT_ID, "client-reporting-prod"),
            "stray white space alone": (S.CLIENT_SECRET, "Zq7RkT2mVx9LpWc4NsYb8H \n"),
        }
    ),
)
def test_it_is_silent_about_unusual_values(name: SettingName, value: str) -> None:
    assert told(run, settings(setting(name, value))) == []


def test_every_unfilled_setting_is_named_in_the_order_of_the_settings() -> None:
    both = settings(setting(S.CLIENT_ID, ""), setting(S.CLIENT_SECRET, "changeme"))
    expected: list[Told] = [
        ("value-empty", "client_id", "certain", "fail"),
        ("placeholder-left", "client_secret", "certain", "fail"),
    ]

    assert told(run, both) == expected
