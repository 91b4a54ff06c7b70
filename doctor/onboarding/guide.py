"""The conversation: four answers, each explained before it is asked and looked at after it is given."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from doctor.model.facts.settings import UrlProblemKind
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given
from doctor.model.shape import showable
from doctor.model.terms import SettingName, Stage
from doctor.onboarding.dialogue import Dialogue
from doctor.onboarding.looking import Eyes, Seen
from doctor.onboarding.tidy import tidied

URL, REALM, ID, SECRET = SettingName.URL, SettingName.REALM, SettingName.CLIENT_ID, SettingName.CLIENT_SECRET
SOURCE = "the prompt"


@dataclass(frozen=True, slots=True)
class Question:
    label: str
    where: str
    """Where the answer stands."""


QUESTIONS = {
    URL: Question(
        "Environment",
        "The domain of your environment, as the Cloud Portal states it: acme, acme.ataccama.one, or an address from "
        "it. Its identifier is in the Cloud Portal's own URL while you are logged in to your environment.",
    ),
    REALM: Question("Tenant", "The tenant name, as the Cloud Portal states it. Token URLs call it the realm."),
    ID: Question(
        "Client ID",
        "Of the API client. Somebody with admin access to the Cloud Portal creates one: your environment > Settings "
        "tab > API Clients > Create API Client, then a name and Create.",
    ),
    SECRET: Question(
        "Client secret",
        "Shown with the client ID, once, when the API client is created; if it is lost, create a new API client. What "
        "you type or paste is not shown.",
    ),
}


def answers(known: Mapping[SettingName, Given], dialogue: Dialogue, eyes: Eyes) -> dict[SettingName, Given]:
    """Every setting that a profile needs; what is known already is told, and asked again only when it does not hold."""
    given = dict(known)
    for name, question in QUESTIONS.items():
        if name in known:
            shown = known[name].value if showable(name, known[name].value) else "given"
            dialogue.say(f"{question.label}: {shown} (from {known[name].source})")
    _environment(given, dialogue, eyes)
    _client(given, dialogue, eyes)
    return given


def _environment(given: dict[SettingName, Given], dialogue: Dialogue, eyes: Eyes) -> None:
    """URL and realm: asked until the realm answers, or the person wants them kept as they are."""
    while True:
        if URL not in given and SettingName.TOKEN_URL not in given:
            given[URL] = _asked(URL, dialogue)
        if REALM not in given:
            given[REALM] = _asked(REALM, dialogue, _guess(given, dialogue, eyes))
        _shorten(given, dialogue, eyes)
        seen = _looked(dialogue, "Looking whether the realm answers", lambda: eyes.at_realm(given))
        if seen.fine:
            dialogue.say(f"The realm {given[REALM].value} answers.")
            return
        dialogue.say(seen.sentence)
        if not dialogue.confirm("Enter it again?", default=True):
            return
        given.pop(REALM)
        if seen.stage is not Stage.REALM:
            given.pop(URL, None)


def _guess(given: Mapping[SettingName, Given], dialogue: Dialogue, eyes: Eyes) -> str | None:
    """The realm that the URL names, or the environment's own name, where such a realm answers."""
    target = eyes.target(given)
    if target is None:
        target = eyes.target({**given, REALM: Given(REALM, "any", SOURCE)})
        label = (urlsplit(target.origin).hostname or "").split(".")[0] if target else ""
        target = eyes.target({**given, REALM: Given(REALM, label, SOURCE)}) if label else None
    if target is None:
        return None
    tried = {**given, REALM: Given(REALM, target.realm, SOURCE)}
    seen = _looked(dialogue, f"Looking at {target.origin}", lambda: eyes.at_realm(tried))
    if seen.fine or seen.stage is Stage.REALM:
        dialogue.say(f"{target.origin} answers.")
    return target.realm if seen.fine else None


def _shorten(given: dict[SettingName, Given], dialogue: Dialogue, eyes: Eyes) -> None:
    """A deep link becomes the environment in it, so that no later run has to say that it was one."""
    target = eyes.target(given)
    extra = any(p.setting is URL and p.kind is UrlProblemKind.EXTRA_PARTS for p in target.problems) if target else False
    if target and extra and given[URL].source == SOURCE:
        given[URL] = Given(URL, target.origin, SOURCE)
        dialogue.say(f"The environment in it is {target.origin}, which is kept.")


def _client(given: dict[SettingName, Given], dialogue: Dialogue, eyes: Eyes) -> None:
    """Client ID and secret: asked until a token comes, or the person wants them kept as they are."""
    while True:
        for name in (ID, SECRET):
            if name not in given:
                given[name] = _asked(name, dialogue)
        seen = _looked(dialogue, "Requesting a token", lambda: eyes.at_token(given))
        if seen.fine:
            dialogue.say("A token came.")
            return
        dialogue.say(seen.sentence)
        if not dialogue.confirm("Enter client ID and client secret again?", default=True):
            return
        for name in (ID, SECRET):
            given.pop(name)


def _asked(name: SettingName, dialogue: Dialogue, default: str | None = None) -> Given:
    question = QUESTIONS[name]
    dialogue.say()
    dialogue.say(question.where)
    ask: Callable[[], str] = (
        (lambda: dialogue.ask_hidden(question.label))
        if name.secret
        else (lambda: dialogue.ask(question.label, default))
    )
    return Given(name, tidied(name, ask, dialogue), SOURCE)


def _looked(dialogue: Dialogue, what: str, look: Callable[[], Seen]) -> Seen:
    dialogue.say(f"{what} ...")
    return look()
