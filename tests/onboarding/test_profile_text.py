"""A profile is added to a file or written anew in it, and every other byte stands as it stood."""

import tomllib

import pytest

from doctor.onboarding.profile_text import Profile, with_profile

ACME: Profile = {"url": "acme", "realm": "acme", "client_secret": {"file": "acme.secret"}}
TABLE = '[profiles.acme]\nurl = "acme"\nrealm = "acme"\nclient_secret = { file = "acme.secret" }\n'


def test_an_empty_file_gets_the_profile_as_its_default() -> None:
    assert with_profile("", "acme", ACME) == (f'default = "acme"\n\n{TABLE}', True)


def test_a_further_profile_stands_behind_the_others_and_is_not_the_default() -> None:
    before = '# mine\ndefault = "test"\n\n[profiles.test]\nurl = "test"  # as told\n'
    assert with_profile(before, "acme", ACME) == (f"{before}\n{TABLE}", False)


def test_a_profile_is_written_anew_in_its_place_and_the_comments_round_it_stay() -> None:
    rest = '\n# two\n[profiles.b]\nurl = "b"\n'
    before = 'default = "acme"\n\n# one\n[profiles.acme] # old\nurl = "old"\nscope = "x"\n' + rest
    after = f'default = "acme"\n\n# one\n{TABLE}{rest}'
    assert with_profile(before, "acme", ACME) == (after, True)


@pytest.mark.parametrize("name", ["dev", "a b", 'quo"te', "ünïcode", "dotted.name", "1"])
def test_any_name_is_found_again(name: str) -> None:
    once, _ = with_profile("", name, ACME)
    twice, _ = with_profile(once, name, {**ACME, "url": "other"})
    assert tomllib.loads(twice)["profiles"] == {name: {**ACME, "url": "other"}}


@pytest.mark.parametrize("value", ["a\nb", "tab\t", "\x7f", "\x01", "back\\slash", '"', "\U0001f600", "é", "'"])
def test_any_value_is_read_again_as_it_was(value: str) -> None:
    text, _ = with_profile("", "acme", {**ACME, "realm": value})
    assert tomllib.loads(text)["profiles"]["acme"]["realm"] == value


@pytest.mark.parametrize(
    "before",
    ['profiles = { acme = { url = "old" } }\n', '[profiles]\nacme.url = "old"\n', "not toml"],
    ids=["inline", "dotted", "no TOML"],
)
def test_a_file_in_another_style_is_left_alone(before: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        with_profile(before, "acme", ACME)
