"""Two sources that disagree matter once the one in force was rejected; a secret that others can read always does."""

import pytest

from checks.sources_agree import run
from doctor.api import Reception, Setting, SettingName, Shadowed
from tests.checks.facts import SECRET, accepted, cases, found, rejected, setting, settings, told

S = SettingName
OTHER = Shadowed("profile prod", same=False, variant="shadowed 1")


def secret(*shadowed: Shadowed, exposed: str | None = None) -> Setting:
    return setting(S.CLIENT_SECRET, SECRET, shadowed=shadowed, exposed=exposed)


def test_a_shadowed_value_that_was_accepted_is_the_cause() -> None:
    (finding,) = found(run, settings(secret(OTHER)), rejected(S.CLIENT_SECRET, "shadowed 1"))

    assert (finding.cause.id, finding.setting, finding.confidence.value, finding.severity.value) == (
        "setting-shadowed",
        "client_secret",
        "certain",
        "fail",
    )
    assert "profile prod" in finding.observed
    assert "client-secret-mismatch" in {ref.cause for ref in finding.explains}


def test_the_source_whose_value_was_accepted_is_named_among_several() -> None:
    second = Shadowed("ATACCAMA_CLIENT_SECRET", same=False, variant="shadowed 2")
    (finding,) = found(run, settings(secret(OTHER, second)), rejected(S.CLIENT_SECRET, "shadowed 2"))

    assert "ATACCAMA_CLIENT_SECRET gives another, which was accepted" in finding.observed


def test_a_shadowed_value_that_nobody_was_asked_about_is_possible_and_explains_nothing() -> None:
    (finding,) = found(run, settings(secret(OTHER)), rejected(S.CLIENT_SECRET))

    assert finding.confidence.value == "possible"
    assert finding.explains == ()


def test_a_secret_that_others_can_read_is_a_warning() -> None:
    assert told(run, settings(secret(exposed="mode 0644"))) == [("secret-exposed", "client_secret", "certain", "warn")]


@pytest.mark.parametrize(
    ("given", "taken"),
    cases(
        {
            "the value in force was accepted": (secret(OTHER), accepted(S.CLIENT_SECRET)),
            "both sources hold the same value": (
                secret(Shadowed("profile prod", same=True)),
                rejected(S.CLIENT_SECRET),
            ),
            "the cure was another one": (secret(OTHER), rejected(S.CLIENT_SECRET, "cleaned")),
            "nobody was asked": (secret(OTHER), Reception(())),
        }
    ),
)
def test_a_shadowed_value_is_left_alone_when(given: Setting, taken: Reception) -> None:
    assert told(run, settings(given), taken) == []
