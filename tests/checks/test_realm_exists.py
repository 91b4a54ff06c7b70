"""Where the realm is, when it is not where the settings say; a realm that hides behind its ingress is left alone."""

from typing import Any

import pytest

from checks.realm_exists import run
from doctor.api import (
    BodyKind,
    Discovery,
    FailureKind,
    PageKind,
    Realm,
    RealmPage,
    RealmSearch,
    RealmTried,
    Reply,
    TokenDoor,
)
from tests.checks.facts import ORIGIN, Told, cases, discovery, failure, found, page, realm, reply, target, told

UNKNOWN = reply(404, "Realm does not exist", exchange=2)
NO_PATH = reply(404, "Unable to find matching target resource method", exchange=2)
NOTHING = RealmSearch(())


def elsewhere(name: str = "acme", base: str = "/auth", how: str = "case") -> tuple[RealmSearch, Realm]:
    """The search that found the realm there, and the realm that is then in force."""
    tried = RealmTried(name, base, how, found=True, exchange=5)
    return RealmSearch((tried,), discovery(), keycloak_at=base), realm(name=name, base_path=base, corrected=how)


@pytest.mark.parametrize(
    ("given", "answer", "place", "expected"),
    cases(
        {
            "it has another spelling of case (keycloak.md 2, realm case mismatch)": (
                {"realm": "ACME"},
                UNKNOWN,
                elsewhere(),
                ("realm-case-differs", "realm", "certain", "fail"),
            ),
            "another URL given names the right one": (
                {"realm": "acme-prod"},
                UNKNOWN,
                elsewhere(how="in another URL given"),
                ("realm-not-found", "realm", "certain", "fail"),
            ),
            "the server has no /auth (keycloak.md 2, /auth given but server has none)": (
                {},
                NO_PATH,
                elsewhere(base="", how="path"),
                ("auth-path-differs", None, "certain", "fail"),
            ),
            "the server needs /auth (keycloak.md 2, /auth missing)": (
                {"base_path": ""},
                page(404, PageKind.PLAIN, title="Resource not found"),
                elsewhere(how="path"),
                ("auth-path-differs", None, "certain", "fail"),
            ),
        }
    ),
)
def test_the_realm_that_was_found_elsewhere_is_shown_when(
    given: dict[str, Any], answer: Reply, place: tuple[RealmSearch, Realm], expected: Told
) -> None:
    (finding,) = found(run, target(**given), discovery(answer), *place)

    assert (finding.cause.id, finding.setting, finding.confidence, finding.severity) == expected
    assert place[1].name in finding.fix
    assert 5 in finding.exchanges, "the exchange that proves it is among the evidence"


def test_another_path_and_another_case_are_two_faults() -> None:
    given = target(realm="ACME")

    assert [c for c, *_ in told(run, given, discovery(NO_PATH), *elsewhere(base="", how="case"))] == [
        "auth-path-differs",
        "realm-case-differs",
    ]


@pytest.mark.parametrize(
    ("answer", "search", "expected"),
    cases(
        {
            "Keycloak knows no realm of that name (keycloak.md 2, unknown realm)": (
                UNKNOWN,
                RealmSearch((RealmTried("acme", "/auth", "case", found=False, exchange=4),), keycloak_at="/auth"),
                ("realm-not-found", "realm", "certain", "fail"),
            ),
            "the edge's default page answers wherever one asks": (
                page(404, PageKind.DEFAULT, title="default backend - 404"),
                NOTHING,
                ("environment-not-there", "url", "likely", "fail"),
            ),
            "the web application answers with its page": (
                page(200, PageKind.PLAIN, title="Acme Portal"),
                NOTHING,
                ("not-keycloak", "url", "certain", "fail"),
            ),
            "another service answers with JSON": (
                reply(404, message="Not Found"),
                NOTHING,
                ("not-keycloak", "url", "certain", "fail"),
            ),
            "an empty 404 answers": (
                reply(404, body=BodyKind.EMPTY),
                NOTHING,
                ("not-keycloak", "url", "certain", "fail"),
            ),
        }
    ),
)
def test_a_realm_that_was_not_found_at_all_is_named_when(answer: Reply, search: RealmSearch, expected: Told) -> None:
    assert told(run, target(), discovery(answer), search) == [expected]


def test_nobody_there_explains_what_the_same_host_says_at_the_api() -> None:
    (finding,) = found(run, target(), discovery(page(404, PageKind.DEFAULT)), NOTHING)

    assert {ref.cause for ref in finding.explains} == {"api-not-found", "api-answers-html"}
    assert ORIGIN in finding.observed


HIDDEN = page(403, PageKind.PLAIN, title="403 Forbidden")


@pytest.mark.parametrize(
    "facts",
    cases(
        {
            "it answers where it should": ((discovery(), realm()),),
            "the ingress hides discovery, and its page answers": (
                (discovery(HIDDEN), RealmPage(reply(), realm="acme"), realm()),
            ),
            "the ingress hides all but the token endpoint": (
                (
                    discovery(HIDDEN),
                    TokenDoor(reply(400, "invalid_request", "Missing form parameter: grant_type"), keycloak=True),
                    realm(),
                ),
            ),
            "its host gave no answer": ((discovery(failure(FailureKind.RESPONSE_TIMED_OUT)),),),
            "a sign-in page stands before it": ((discovery(page(200, PageKind.SIGN_IN)), NOTHING),),
            "a bot challenge stands before it": ((discovery(page(403, PageKind.CHALLENGE)), NOTHING),),
            "the port wants TLS": ((discovery(page(400, PageKind.TLS_EXPECTED)), NOTHING),),
            "its gateway is down, so nobody looked elsewhere": ((discovery(page(502, PageKind.PLAIN)),),),
        }
    ),
)
def test_it_says_nothing_of_the_realm_when(facts: tuple[object, ...]) -> None:
    assert told(run, target(), *facts) == []


def test_a_realm_of_unusual_letters_that_answers_is_left_alone() -> None:
    odd = "Münchner Rück"

    assert told(run, target(realm=odd), _document(odd), realm(name=odd)) == []


def _document(name: str) -> Discovery:
    return discovery(issuer=f"{ORIGIN}/auth/realms/{name}")


def test_a_server_that_redirects_the_realm_and_the_token_endpoint_is_told() -> None:
    moved = reply(301, location="https://one.example.com/auth/realms/acme", exchange=2)

    assert told(run, target(), discovery(moved), TokenDoor(moved)) == [
        ("token-url-redirects", "url", "certain", "fail"),
    ]


def test_a_redirect_of_discovery_alone_is_left_alone_where_the_token_endpoint_answers() -> None:
    moved = reply(301, location="https://one.example.com/auth/realms/acme", exchange=2)
    door = TokenDoor(reply(400, "invalid_request", "Missing form parameter: grant_type"), keycloak=True)

    assert told(run, target(), discovery(moved), door, realm()) == []
