"""The conversation asks for what is absent, looks at each answer, and asks again for what did not hold."""

from collections.abc import Mapping

import pytest

from doctor.model.inputs import Given
from doctor.model.terms import SettingName, Stage
from doctor.onboarding.guide import QUESTIONS, answers
from doctor.onboarding.looking import Eyes, Seen
from tests.checks.test_causes import SHOWN_PATH
from tests.cli.running import SECRET

S = SettingName
FINE = Seen(fine=True)


class Script:
    """A person who gives these answers, one after the other."""

    def __init__(self, *given: str | bool) -> None:
        self.left, self.said = list(given), list[str]()

    def say(self, text: str = "") -> None:
        self.said.append(text)

    def ask(self, label: str, default: str | None = None) -> str:
        return str(self._next(f"{label} [{default}]")) or default or ""

    def ask_hidden(self, label: str) -> str:
        return str(self._next(f"{label} (hidden)"))

    def confirm(self, question: str, *, default: bool) -> bool:
        answer = self._next(question)
        assert isinstance(answer, bool), f"{question} was answered with {answer}"
        return answer

    def _next(self, question: str) -> str | bool:
        self.said.append(question)
        return self.left.pop(0)


class Sight(Eyes):
    """Sees what it was told to, one look after the other; fine when nothing is left."""

    def __init__(self, *seen: Seen) -> None:
        self.left, self.looked = list(seen), list[dict[str, str]]()

    def at_realm(self, answers: Mapping[SettingName, Given]) -> Seen:
        return self._look(answers)

    def at_token(self, answers: Mapping[SettingName, Given]) -> Seen:
        return self._look(answers)

    def _look(self, answers: Mapping[SettingName, Given]) -> Seen:
        self.looked.append({name.value: given.value for name, given in answers.items()})
        return self.left.pop(0) if self.left else FINE


def values(given: Mapping[SettingName, Given]) -> dict[str, str]:
    return {name.value: each.value for name, each in given.items()}


WHOLE = {"url": "acme", "realm": "acme-prod", "client_id": "sync", "client_secret": SECRET}
WRONG_REALM = Seen(fine=False, stage=Stage.REALM, sentence="There is no such realm.")
NO_HOST = Seen(fine=False, stage=Stage.NETWORK, sentence="The name does not exist.")


def test_each_answer_is_explained_then_asked_for_and_the_secret_without_echo() -> None:
    person = Script("acme", "acme-prod", "sync", SECRET)
    assert values(answers({}, person, Sight(WRONG_REALM))) == WHOLE
    shown = [person.said.index(question.where) for question in QUESTIONS.values()]
    assert shown == sorted(shown)
    assert "Client secret (hidden)" in person.said
    assert "A token came." in person.said


def test_the_way_through_the_portal_is_the_documented_one() -> None:
    assert "your environment > Settings tab > API Clients > Create API Client" in QUESTIONS[S.CLIENT_ID].where
    assert SHOWN_PATH.removeprefix("Cloud Portal > ") in QUESTIONS[S.CLIENT_ID].where


def test_the_realm_that_answers_is_offered() -> None:
    person = Script("acme", "", "sync", SECRET)
    assert values(answers({}, person, Sight()))["realm"] == "acme"
    assert "Tenant [acme]" in person.said


def test_the_realm_in_a_token_url_is_offered() -> None:
    url = "https://acme.ataccama.one/auth/realms/other/protocol/openid-connect/token"
    person = Script(url, "", "sync", SECRET)
    found = values(answers({}, person, Sight()))
    assert (found["url"], found["realm"]) == ("https://acme.ataccama.one", "other")
    assert "The environment in it is https://acme.ataccama.one, which is kept." in person.said


def test_a_realm_that_does_not_answer_is_asked_for_again() -> None:
    person = Script("acme", "acne", True, "acme-prod", "sync", SECRET)
    found = answers({}, person, Sight(WRONG_REALM, WRONG_REALM, WRONG_REALM))
    assert values(found) == WHOLE
    assert "There is no such realm." in person.said


def test_a_host_that_does_not_answer_is_asked_for_again_from_the_url() -> None:
    person = Script("acne", "acme-prod", True, "acme", "acme-prod", "sync", SECRET)
    assert values(answers({}, person, Sight(NO_HOST, NO_HOST, WRONG_REALM))) == WHOLE


def test_the_person_may_keep_what_did_not_hold() -> None:
    person = Script("acme", "acme-prod", False, "sync", SECRET, False)
    eyes = Sight(NO_HOST, NO_HOST, Seen(fine=False, sentence="Refused."))
    assert values(answers({}, person, eyes)) == WHOLE


def test_a_client_that_gets_no_token_is_asked_for_again() -> None:
    person = Script("acme", "acme-prod", "sync", "wrong-secret-of-another", True, "sync", SECRET)
    refused = Seen(fine=False, stage=Stage.TOKEN, sentence="The secret is not this client's.")
    assert values(answers({}, person, Sight(FINE, FINE, refused))) == WHOLE
    assert "The secret is not this client's." in person.said


def test_what_is_known_is_told_and_not_asked() -> None:
    known = {name: Given(name, WHOLE[name], f"--{name}") for name in (S.URL, S.REALM, S.CLIENT_ID, S.CLIENT_SECRET)}
    person = Script()
    assert answers(known, person, Sight()) == known
    assert "Environment: acme (from --url)" in person.said
    assert SECRET not in " ".join(person.said)


def test_credentials_in_a_known_url_are_not_shown() -> None:
    given = {S.URL: "https://me:hush-hush@acme.example", S.REALM: "a", S.CLIENT_ID: "b", S.CLIENT_SECRET: "c"}
    person = Script()
    answers({name: Given(name, value, "a flag") for name, value in given.items()}, person, Sight())
    assert "hush-hush" not in " ".join(person.said)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (f"{SECRET} ", "space (U+0020) at the end"),
        (f'"{SECRET}"', "double quotes round it"),
        (f"client_secret={SECRET}", "client_secret= in front of it"),
        (f"{SECRET},", ", behind it"),
        (f"\ufeff{SECRET}", "byte order mark (U+FEFF) at the start"),
    ],
)
@pytest.mark.parametrize("agrees", [True, False])
def test_what_came_along_with_an_answer_is_taken_off_only_when_the_person_agrees(
    typed: str, words: str, agrees: bool
) -> None:
    person = Script("acme", "acme-prod", "sync", typed, agrees)
    found = values(answers({}, person, Sight()))["client_secret"]
    assert found == (SECRET if agrees else typed)
    assert f"The client secret has {words}. Use it without?" in person.said
    assert SECRET not in " ".join(person.said)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Nothing was entered."), ("<client-id>", "template's own text"), ("${ID}", "nothing replaced")],
)
def test_what_is_no_answer_is_asked_for_again(typed: str, words: str) -> None:
    person = Script("acme", "acme-prod", typed, "sync", SECRET)
    assert values(answers({}, person, Sight())) == WHOLE
    assert any(words in each for each in person.said)
