"""Quotes, names, encodings, swapped values and other things in a credential's place; odd ones that work are fine."""

import base64

import pytest

from checks.value_as_issued import run
from doctor.api import Grant, Said, SettingName, Standing
from tests.checks.facts import (
    SECRET,
    accepted,
    attempt,
    cases,
    found,
    grant,
    healthy_grant,
    reception,
    rejected,
    setting,
    settings,
    told,
)

S = SettingName
PERCENT = "ab%2Fcd%2Bef%3D" + SECRET
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2V4YW1wbGUifQ.c2lnbmF0dXJl"
PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("name", "value", "cause", "proved"),
    cases(
        {
            "double quotes that a compose file kept": (S.CLIENT_SECRET, f'"{SECRET}"', "quotes-kept", "cleaned"),
            "typographic quotes round the client ID": (S.CLIENT_ID, "“catalog-sync”", "quotes-kept", "cleaned"),
            "the variable's name before the secret": (
                S.CLIENT_SECRET,
                f"client_secret={SECRET}",
                "label-pasted",
                "cleaned",
            ),
            "a comma after the client ID": (S.CLIENT_ID, "catalog-sync,", "label-pasted", "cleaned"),
            "percent-encoding of the secret": (S.CLIENT_SECRET, PERCENT, "encoded-value", "decoded"),
            "Base64 of the secret": (
                S.CLIENT_SECRET,
                base64.b64encode(SECRET.encode()).decode(),
                "encoded-value",
                "decoded",
            ),
        }
    ),
)
def test_the_cure_that_was_accepted_makes_it_certain(name: SettingName, value: str, cause: str, proved: str) -> None:
    given = settings(setting(name, value))

    assert told(run, given, rejected(name, proved)) == [(cause, name, "certain", "fail")]


@pytest.mark.parametrize(
    ("name", "value"),
    cases(
        {
            "a JWT as the secret": (S.CLIENT_SECRET, JWT),
            "a whole header as the secret": (S.CLIENT_SECRET, f"Bearer {JWT}"),
            "a PEM key as the secret": (S.CLIENT_SECRET, PEM),
            "an e-mail address as the client ID": (S.CLIENT_ID, "jane.doe@example.com"),
        }
    ),
)
def test_another_kind_of_thing_is_likely_the_fault_once_rejected(name: SettingName, value: str) -> None:
    assert told(run, settings(setting(name, value)), rejected(name)) == [("wrong-artefact", name, "likely", "fail")]


def test_another_kind_of_thing_is_a_warning_while_nobody_was_asked() -> None:
    assert told(run, settings(setting(S.CLIENT_ID, "jane.doe@example.com"))) == [
        ("wrong-artefact", "client_id", "likely", "warn")
    ]


SWAPPED = settings(setting(S.CLIENT_ID, SECRET), setting(S.CLIENT_SECRET, "catalog-sync"))


def test_swapped_values_are_certain_once_the_swap_was_accepted() -> None:
    both = reception(Standing.REJECTED, S.CLIENT_ID, S.CLIENT_SECRET, proved="swapped")

    assert told(run, SWAPPED, both, _swap(Said.TOKEN)) == [("swapped-values", None, "certain", "fail")]


def test_values_that_only_look_swapped_are_possible() -> None:
    both = reception(Standing.REJECTED, S.CLIENT_ID, S.CLIENT_SECRET)

    assert told(run, SWAPPED, both, _swap(Said.CLIENT_UNUSABLE)) == [("swapped-values", None, "possible", "fail")]


def test_values_that_look_swapped_and_are_accepted_are_left_alone() -> None:
    assert told(run, SWAPPED, accepted(S.CLIENT_ID, S.CLIENT_SECRET), healthy_grant()) == []


def _swap(said: Said) -> Grant:
    return grant(attempt(Said.CLIENT_UNUSABLE), attempt(said, client_id="swapped", client_secret="swapped"))


@pytest.mark.parametrize(
    ("name", "value"),
    cases(
        {
            "a secret in quotes that the server accepts": (S.CLIENT_SECRET, f'"{SECRET}"'),
            "a secret that ends with a comma": (S.CLIENT_SECRET, f"{SECRET},"),
            "a secret that is valid Base64": (S.CLIENT_SECRET, base64.b64encode(f"{SECRET}x".encode()).decode()),
            "a client ID that is an e-mail address": (S.CLIENT_ID, "jane.doe@example.com"),
            "a client ID that is a UUID": (S.CLIENT_ID, "7d3f1c92-2f0b-4a3f-9a55-0d6d5a3f2b11"),
        }
    ),
)
def test_what_was_accepted_as_given_is_left_alone(name: SettingName, value: str) -> None:
    assert told(run, settings(setting(name, value)), accepted(name), healthy_grant()) == []


def test_a_secret_that_could_be_base64_says_little_when_its_decoded_form_was_rejected_too() -> None:
    value = base64.b64encode(SECRET.encode()).decode()

    assert told(run, settings(setting(S.CLIENT_SECRET, value)), rejected(S.CLIENT_SECRET)) == []


@pytest.mark.parametrize("character", ["+", "&", "%", "="])
def test_a_secret_that_curl_would_break_is_a_note_once_it_works(character: str) -> None:
    """keycloak.md 3a: form side, what is not encoded."""
    given = settings(setting(S.CLIENT_SECRET, f"Kx7{character}qLm2Zp9wRt4"))

    assert told(run, given, accepted(S.CLIENT_SECRET)) == [
        ("secret-needs-encoding", "client_secret", "certain", "note")
    ]


def test_a_secret_that_curl_would_break_says_nothing_when_it_was_rejected() -> None:
    given = settings(setting(S.CLIENT_SECRET, "Kx7+qLm2Zp9wRt4"))

    assert told(run, given, rejected(S.CLIENT_SECRET)) == []


def test_a_finding_about_the_secret_shows_nothing_of_it() -> None:
    (finding,) = found(run, settings(setting(S.CLIENT_SECRET, f'"{SECRET}"')), rejected(S.CLIENT_SECRET))

    assert not any(SECRET[i : i + 4] in finding.observed + finding.fix for i in range(len(SECRET) - 3))
