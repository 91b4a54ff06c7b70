"""Where curl takes another way, the report notes it; that changes no outcome."""

from dataclasses import replace

import pytest

from checks.same_as_curl import run
from doctor.api import CurlDifference, CurlWay, Differs, SettingName, SettingsSeen
from tests.checks.facts import cases, found, setting, target, told

ASCII = "https://xn--mnchen-3ya.example"


@pytest.mark.parametrize(
    ("difference", "words"),
    cases(
        {
            "only requests takes a proxy": (
                CurlDifference(Differs.PROXY, "http://localhost", "the proxy in HTTP_PROXY", "no proxy"),
                "To http://localhost, programs with requests take the proxy in HTTP_PROXY, curl takes no proxy.",
            ),
            "each has a bundle of its own": (
                CurlDifference(Differs.TRUST, "", "the bundle in REQUESTS_CA_BUNDLE", "the bundle in CURL_CA_BUNDLE"),
                "trust the bundle in REQUESTS_CA_BUNDLE, curl trusts the bundle in CURL_CA_BUNDLE.",
            ),
            "a netrc file has a login": (
                CurlDifference(Differs.LOGIN, "acme.ataccama.one", "~/.netrc", ""),
                "~/.netrc has a login for acme.ataccama.one. Programs with requests put it in the place of",
            ),
        }
    ),
)
def test_it_is_noted_that(difference: CurlDifference, words: str) -> None:
    facts = (CurlWay((difference,)), target(), SettingsSeen(()))

    assert told(run, *facts) == [("curl-differs", None, "certain", "note")]
    assert words in found(run, *facts)[0].observed


def test_a_name_in_other_letters_is_noted_with_its_ascii_form() -> None:
    typed = SettingsSeen((setting(SettingName.URL, "https://münchen.example"),))
    (finding,) = found(run, CurlWay(), replace(target(), origin=ASCII), typed)

    assert (finding.setting, finding.fix) == ("url", "Give the host as xn--mnchen-3ya.example.")


@pytest.mark.parametrize("typed", cases({"in ASCII": ASCII, "not at all": ""}))
def test_it_is_silent_about_a_name_that_was_typed(typed: str) -> None:
    settings = SettingsSeen((setting(SettingName.URL, typed),) if typed else ())

    assert told(run, CurlWay(), replace(target(), origin=ASCII), settings) == []
