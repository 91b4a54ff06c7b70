"""Tokens that are none, damaged, encrypted or unsafely signed; unusual algorithms are fine."""

from typing import Any

import pytest

from checks.jwt_decode import run
from doctor.api import SettingName, TokenForm
from tests.checks.facts import Told, cases, found, token, tokens, told

GIVEN = SettingName.ACCESS_TOKEN


@pytest.mark.parametrize(
    ("change", "expected"),
    cases(
        {
            "it is opaque": ({"form": TokenForm.OPAQUE}, ("token-not-jwt", "access_token", "certain", "fail")),
            "it was cut off": (
                {"form": TokenForm.MALFORMED, "damage": "it has 2 segments"},
                ("token-malformed", "access_token", "certain", "fail"),
            ),
            "it has five segments": ({"form": TokenForm.JWE}, ("token-encrypted", "access_token", "certain", "fail")),
            "its algorithm is none (keycloak.md 5a, alg none)": (
                {"algorithm": "none"},
                ("token-algorithm-unsafe", "access_token", "certain", "fail"),
            ),
            "its algorithm is None, in another case": (
                {"algorithm": "None"},
                ("token-algorithm-unsafe", "access_token", "certain", "fail"),
            ),
            "it is signed with a shared secret": (
                {"algorithm": "HS256"},
                ("token-algorithm-unsafe", "access_token", "certain", "fail"),
            ),
            "it is larger than common header limits (keycloak.md 5a, Tomcat header too large)": (
                {"size": 9000},
                ("token-too-large", "access_token", "certain", "warn"),
            ),
        }
    ),
)
def test_a_token_is_named_when(change: dict[str, Any], expected: Told) -> None:
    assert told(run, tokens(GIVEN, **change)) == [expected]


def test_the_issued_token_is_told_without_a_setting() -> None:
    (finding,) = found(run, tokens(form=TokenForm.MALFORMED, damage="it was cut"))

    assert finding.setting is None
    assert finding.observed == "The issued access token is a damaged JWT: it was cut."


def test_every_token_is_judged_by_itself() -> None:
    both = type(tokens())((token(), token(GIVEN, form=TokenForm.OPAQUE)))

    assert told(run, both) == [("token-not-jwt", "access_token", "certain", "fail")]


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256", "ES256", "ES512", "EdDSA"])
def test_an_asymmetric_algorithm_is_left_alone(algorithm: str) -> None:
    assert told(run, tokens(algorithm=algorithm)) == []


@pytest.mark.parametrize(
    "change",
    cases({"no key id": {"key_id": None}, "the media type at+jwt": {"media_type": "at+jwt"}, "7 KB": {"size": 7000}}),
)
def test_a_token_is_left_alone_that_has(change: dict[str, Any]) -> None:
    assert told(run, tokens(**change)) == []
