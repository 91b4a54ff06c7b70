"""The realm is a name, and a token URL given is the realm's own; a token URL elsewhere that the realm names is fine."""

from dataclasses import replace

import pytest

from checks.realm_match import run
from doctor.api import Discovery, Reply, SettingName, Speaker, TokenDoor, UrlsRead
from tests.checks.facts import ISSUER, TOKEN_URL, cases, discovery, found, realm, reply, told

OTHER = "https://acme.ataccama.one/auth/realms/globex/protocol/openid-connect/token"
MISSPELT = f"{ISSUER}/protocol/openid-connect/tokens"
FRONT = "https://login.example.com/auth/realms/acme/protocol/openid-connect/token"
DOOR = TokenDoor(reply(400, "invalid_request", "Missing form parameter: grant_type"), keycloak=True)
NO_DOOR = TokenDoor(reply(404, "HTTP 404 Not Found"))


def given(token_url: str, *, named: str | None = None) -> UrlsRead:
    names = ((SettingName.TOKEN_URL, named),) if named else ()
    return UrlsRead(realm="acme", realms_named=names, token_endpoint=TOKEN_URL, token_url=token_url)


@pytest.mark.parametrize(
    "value",
    cases(
        {
            "the realm's path": "realms/acme",
            "the realm's URL": ISSUER,
            "a Windows path": "realms\\acme",
            "a leading slash": "/acme",
        }
    ),
)
def test_a_realm_that_is_a_path_is_no_name(value: str) -> None:
    (finding,) = found(run, UrlsRead(realm=value, realm_in_value="acme"))

    assert (finding.cause.id, finding.setting, finding.confidence.value) == ("realm-not-a-name", "realm", "certain")
    assert finding.fix == "Set the realm to acme."


@pytest.mark.parametrize(
    ("urls", "document", "door", "confidence"),
    cases(
        {
            "it has a typo, and discovery names the right one": (given(MISSPELT), discovery(), NO_DOOR, "certain"),
            "it is another realm's, and answers": (given(OTHER, named="globex"), discovery(), DOOR, "certain"),
            "discovery is hidden, and nothing answers there": (
                given(MISSPELT),
                discovery(reply(403)),
                NO_DOOR,
                "likely",
            ),
        }
    ),
)
def test_a_token_url_is_wrong_when(urls: UrlsRead, document: Discovery, door: TokenDoor, confidence: str) -> None:
    assert told(run, urls, realm(), document, door) == [("token-url-wrong", "token_url", confidence, "fail")]


@pytest.mark.parametrize(("named", "cause"), [("globex", "realm-not-found"), ("Acme", "realm-case-differs")])
def test_where_the_realm_is_not_there_and_the_token_url_names_one_that_is_the_realm_is_wrong(
    named: str, cause: str
) -> None:
    unknown = discovery(replace(reply(404, "Realm does not exist"), speaker=Speaker.KEYCLOAK))
    (finding,) = found(run, given(OTHER, named=named), realm(), unknown, DOOR)

    assert (finding.cause.id, finding.setting) == (cause, "realm")
    assert finding.fix == f"Set the realm to {named}."


def test_the_right_token_url_is_shown() -> None:
    (finding,) = found(run, given(MISSPELT), realm(), discovery(), NO_DOOR)

    assert TOKEN_URL in finding.fix


HIDDEN: Reply = reply(403)


@pytest.mark.parametrize(
    ("urls", "document", "door"),
    cases(
        {
            "none is given": (UrlsRead(realm="acme", token_endpoint=TOKEN_URL), discovery(), None),
            "it is the one that the settings make": (given(TOKEN_URL, named="acme"), discovery(), None),
            "it is on another host, as discovery has it": (
                given(FRONT, named="acme"),
                discovery(token_endpoint=FRONT),
                None,
            ),
            "a token endpoint of the same realm answers there, and discovery is hidden": (
                given(FRONT, named="acme"),
                discovery(HIDDEN),
                DOOR,
            ),
            "a token endpoint answers at a path without a realm": (
                given("https://sso.example.com/oauth/token"),
                discovery(HIDDEN),
                DOOR,
            ),
        }
    ),
)
def test_a_token_url_is_left_alone_when(urls: UrlsRead, document: Discovery, door: TokenDoor | None) -> None:
    assert told(run, urls, realm(), document, *((door,) if door else ())) == []


@pytest.mark.parametrize("name", ["Acme Insurance", "münchen", "acme.prod_1"])
def test_an_unusual_realm_is_a_name_all_the_same(name: str) -> None:
    assert told(run, UrlsRead(realm=name)) == []
