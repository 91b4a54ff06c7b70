"""What was given goes into custody: shapes for facts, values for the vault, secrets for the redactor; none repaired."""

import pytest

from doctor.fingerprint import KEY_VARIABLE, Fingerprinter
from doctor.intake import Intake, fingerprinter_for, take_in
from doctor.model.inputs import Given, Inputs, Other
from doctor.model.terms import SettingName
from doctor.values import read_values

S = SettingName
URL = "https://acme.ataccama.one"
SECRET = "Zq7RkT2mVx9LpWc4NsYb8HdGf3JaUe6K"
OTHER = "Mb3XvTq8RsLw2KdYp6ZcNj9Hf4Ga7UeW"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl"
PRINTER = Fingerprinter(b"k" * 32, persistent=False)


def given(name: SettingName, value: str, *shadowed: str) -> Given:
    return Given(
        name, value, f"ATACCAMA_{name.value.upper()}", tuple(Other(f"source {i}", v) for i, v in enumerate(shadowed))
    )


def taken(*values: Given, other_secrets: tuple[str, ...] = ()) -> Intake:
    healthy = (given(S.URL, URL), given(S.REALM, "acme"), given(S.CLIENT_ID, "sync"), given(S.CLIENT_SECRET, SECRET))
    merged = {g.name: g for g in (*healthy, *values)}
    inputs = Inputs(tuple(merged.values()), other_secrets=other_secrets)
    return take_in(inputs, read_values(inputs.given), PRINTER)


@pytest.mark.parametrize("value", [f"{SECRET}\n", f" {SECRET}", f'"{SECRET}"', f"\ufeff{SECRET}"])
def test_a_value_is_kept_exactly_as_given(value: str) -> None:
    intake = taken(given(S.CLIENT_SECRET, value))

    assert intake.vault.get("client_secret").reveal() == value
    assert intake.vault.get("client_secret", "cleaned").reveal() == SECRET


def test_no_fact_holds_the_secret_or_a_part_of_it() -> None:
    intake = taken(given(S.CLIENT_SECRET, f"{SECRET}\n", OTHER))
    shown = repr((intake.settings, intake.vault))

    assert not [v for v in (SECRET, OTHER) if any(v[i : i + 6] in shown for i in range(len(v) - 5))]


def test_a_secret_is_seen_by_its_fingerprint() -> None:
    one, same, other = (taken(given(S.CLIENT_SECRET, v)).settings.get(S.CLIENT_SECRET) for v in (SECRET, SECRET, OTHER))

    assert one is not None
    assert same is not None
    assert other is not None
    assert one.value is None
    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    "text",
    [SECRET, OTHER, "another-line-of-the-file", JWT],
    ids=["the secret", "what it shadows", "another line of its file", "the token in a header"],
)
def test_the_redactor_knows(text: str) -> None:
    values = (given(S.CLIENT_SECRET, SECRET, OTHER), given(S.AUTHORIZATION, f"Bearer {JWT}"))
    intake = taken(*values, other_secrets=("another-line-of-the-file",))

    assert text not in intake.redactor.clean(f"before {text} after")


def test_the_redactor_knows_the_trimmed_secret_too() -> None:
    intake = taken(given(S.CLIENT_SECRET, f"{SECRET}\n"))

    assert SECRET not in intake.redactor.clean(f"x{SECRET}x")


def test_the_password_in_a_url_is_shown_nowhere() -> None:
    intake = taken(given(S.URL, "https://jane:Pa55-w0rd-x@acme.ataccama.one"))

    assert "Pa55-w0rd-x" not in repr(intake.settings)
    assert "Pa55-w0rd-x" not in intake.redactor.clean("it was Pa55-w0rd-x")


@pytest.mark.parametrize("value", ["changeme", "${SECRET}", "********"])
def test_a_placeholder_is_no_secret(value: str) -> None:
    seen = taken(given(S.CLIENT_SECRET, value)).settings.get(S.CLIENT_SECRET)

    assert seen is not None
    assert (seen.value, seen.fingerprint) == (value, None)


def test_a_client_id_with_the_shape_of_a_secret_is_hidden_as_one() -> None:
    intake = taken(given(S.CLIENT_ID, OTHER), given(S.CLIENT_SECRET, "catalog-sync"))
    seen = intake.settings.get(S.CLIENT_ID)

    assert seen is not None
    assert seen.value is None
    assert OTHER not in intake.redactor.clean(OTHER)


def test_a_plain_client_id_stays_readable() -> None:
    intake = taken()

    assert intake.redactor.clean("client sync") == "client sync"


def test_shadowed_values_stand_in_the_vault_under_the_name_that_the_setting_tells() -> None:
    intake = taken(given(S.CLIENT_SECRET, SECRET, SECRET, OTHER))
    seen = intake.settings.get(S.CLIENT_SECRET)

    assert seen is not None
    assert [(s.source, s.same) for s in seen.shadowed] == [("source 0", True), ("source 1", False)]
    assert intake.vault.get("client_secret", seen.shadowed[1].variant or "").reveal() == OTHER


def test_id_and_secret_stand_swapped_in_the_vault_for_the_request_that_asks() -> None:
    vault = taken().vault

    assert vault.get("client_id", "swapped").reveal() == SECRET
    assert vault.get("client_secret", "swapped").reveal() == "sync"


def test_the_token_inside_a_header_is_taken_out() -> None:
    vault = taken(given(S.AUTHORIZATION, f"Bearer  {JWT}\n")).vault

    assert vault.get("authorization", "token").reveal() == JWT


def test_the_teams_key_makes_fingerprints_that_compare() -> None:
    inputs = Inputs((), environ={KEY_VARIABLE: "the team's own key"})

    assert fingerprinter_for(inputs) == fingerprinter_for(inputs)
    assert fingerprinter_for(inputs).persistent


def test_without_a_place_to_keep_it_the_key_is_of_this_run() -> None:
    assert not fingerprinter_for(Inputs(())).persistent
