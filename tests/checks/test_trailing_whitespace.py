"""White space counts by how the servers took the value: accepted is silence, rejected is a failure, cured is proof."""

import pytest

from checks.trailing_whitespace import run
from doctor.api import Confidence, Reception, SettingName
from tests.checks.facts import SECRET, accepted, cases, found, rejected, setting, settings, told

S = SettingName


@pytest.mark.parametrize(
    ("name", "value", "cause", "proved"),
    cases(
        {
            "a line feed ends the secret (keycloak.md 3: Keycloak does not trim anything)": (
                S.CLIENT_SECRET,
                f"{SECRET}\n",
                "edge-whitespace",
                "cleaned",
            ),
            "carriage return and line feed end the secret": (
                S.CLIENT_SECRET,
                f"{SECRET}\r\n",
                "edge-whitespace",
                "cleaned",
            ),
            "a no-break space begins the client ID": (S.CLIENT_ID, "\u00a0catalog-sync", "edge-whitespace", "cleaned"),
            "a tab ends the realm": (S.REALM, "acme\t", "edge-whitespace", "acme"),
            "a line break stands inside the secret": (
                S.CLIENT_SECRET,
                f"{SECRET[:16]}\n{SECRET[16:]}",
                "inner-whitespace",
                "joined",
            ),
        }
    ),
)
def test_the_cure_that_was_accepted_makes_it_certain(name: SettingName, value: str, cause: str, proved: str) -> None:
    given = settings(setting(name, value))

    assert told(run, given, rejected(name, proved)) == [(cause, name, "certain", "fail")]


def test_a_value_that_is_rejected_trimmed_too_has_its_white_space_reported_without_proof() -> None:
    given = settings(setting(S.CLIENT_SECRET, f"{SECRET}\n"))
    (finding,) = found(run, given, rejected(S.CLIENT_SECRET))

    assert finding.cause.id == "edge-whitespace"
    assert finding.confidence is Confidence.LIKELY
    assert finding.explains == (), "what was not proved explains nothing"
    assert "accepted" not in finding.observed


def test_what_was_proved_explains_the_rejection() -> None:
    (finding,) = found(run, settings(setting(S.CLIENT_SECRET, f"{SECRET}\n")), rejected(S.CLIENT_SECRET, "cleaned"))

    assert {ref.cause for ref in finding.explains} >= {"client-secret-mismatch", "credentials-rejected"}


def test_the_code_point_and_its_place_are_told_and_nothing_of_the_secret() -> None:
    (finding,) = found(
        run, settings(setting(S.CLIENT_SECRET, f"{SECRET}\n", "--client-secret-file")), rejected(S.CLIENT_SECRET)
    )

    assert "line feed (U+000A) at the end" in finding.observed
    assert "printf" in finding.fix
    assert not any(SECRET[i : i + 4] in finding.observed + finding.fix for i in range(len(SECRET) - 3))


@pytest.mark.parametrize("nobody", cases({"no server answered": None, "nobody was asked about it": Reception(())}))
def test_where_nobody_could_be_asked_it_is_a_warning(nobody: Reception | None) -> None:
    given = settings(setting(S.CLIENT_SECRET, f"{SECRET} "))
    facts = (given,) if nobody is None else (given, nobody)

    assert told(run, *facts) == [("edge-whitespace", "client_secret", "likely", "warn")]


def test_a_url_that_had_to_be_cleaned_is_wrong_whoever_answers() -> None:
    assert told(run, settings(setting(S.URL, "https://acme.ataccama.one "))) == [
        ("edge-whitespace", "url", "certain", "fail")
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    cases(
        {
            "a secret with a space at its end that the server accepts": (S.CLIENT_SECRET, f"{SECRET} "),
            "a realm with a space inside": (S.REALM, "Acme Insurance"),
            "a scope of several words": (S.SCOPE, "profile email"),
            "a secret with a space inside that is accepted": (S.CLIENT_SECRET, f"{SECRET[:9]} {SECRET[9:]}"),
        }
    ),
)
def test_what_was_accepted_as_given_is_left_alone(name: SettingName, value: str) -> None:
    assert told(run, settings(setting(name, value)), accepted(name)) == []


def test_a_placeholder_with_white_space_is_no_matter_of_white_space() -> None:
    assert told(run, settings(setting(S.CLIENT_SECRET, "changeme\n"))) == []


def test_the_authorization_header_is_examined_elsewhere() -> None:
    header = setting(S.AUTHORIZATION, "Bearer  a.b.c\n")

    assert told(run, settings(header), rejected(S.AUTHORIZATION)) == []


def test_a_correction_that_undoes_something_else_proves_nothing_about_white_space() -> None:
    """The value of another source was accepted: the line feed was not the fault."""
    given = settings(setting(S.CLIENT_SECRET, f"{SECRET}\n"))

    assert told(run, given, rejected(S.CLIENT_SECRET, "shadowed 1")) == []
