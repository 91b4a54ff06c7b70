"""Where else a realm is looked for: what the settings suggest first, then path and case, each once, a few at most."""

import pytest

from doctor.api import SettingName, SettingsSeen, Target
from doctor.probes.realm_search import names_of, next_spelling
from tests.checks.facts import cases, setting, settings, target

Spelling = tuple[str, str, str]


def spellings(target: Target, router: str | None, given: SettingsSeen | None = None) -> list[Spelling]:
    """All of them in order, as if none were there."""
    asked: set[tuple[str, str]] = set()
    found: list[Spelling] = []
    while (step := next_spelling(target, names_of(target, given or settings()), router, asked)) is not None:
        asked.add(step[:2])
        found.append(step)
    return found


def test_where_keycloak_answered_only_the_name_is_in_doubt() -> None:
    """keycloak.md 2, realm case mismatch."""
    assert spellings(target(realm="acmE"), "/auth") == [
        ("/auth", "acme", "case"),
        ("/auth", "ACME", "case"),
        ("/auth", "Acme", "case"),
    ]


def test_where_nobody_answered_the_other_path_is_tried() -> None:
    assert spellings(target(), None) == [("", "acme", "path")]


@pytest.mark.parametrize(
    ("base", "other"), [("/auth", ""), ("", "/auth"), ("/one/auth", "/one"), ("/sso", "/sso/auth")]
)
def test_the_other_path_has_auth_more_or_less(base: str, other: str) -> None:
    assert spellings(target(base_path=base), None)[0] == (other, "acme", "path")


def test_a_router_that_answered_below_another_path_is_asked_there() -> None:
    assert spellings(target(realm="ACME"), "")[:2] == [("", "ACME", "path"), ("", "acme", "case")]


@pytest.mark.parametrize(
    ("where", "given", "expected"),
    cases(
        {
            "the name inside the value": (
                target(realm="realms/acme", realm_in_value="acme"),
                settings(),
                ("/auth", "acme", "inside the value"),
            ),
            "the cleaned name": (
                target(realm="acme\t"),
                settings(setting(SettingName.REALM, "acme\t")),
                ("/auth", "acme", "cleaned"),
            ),
            "the name in another URL": (
                target(realm="acme", realms_named=((SettingName.TOKEN_URL, "globex"),)),
                settings(),
                ("/auth", "globex", "in another URL given"),
            ),
        }
    ),
)
@pytest.mark.parametrize("router", ["/auth", None])
def test_what_the_settings_suggest_comes_first(
    where: Target, given: SettingsSeen, expected: Spelling, router: str | None
) -> None:
    assert spellings(where, router, given)[0] == expected


@pytest.mark.parametrize("router", ["/auth", "", None])
def test_nothing_is_asked_twice_nor_what_the_settings_say(router: str | None) -> None:
    where = target(realm="Acme Prod\t", realm_in_value=None, realms_named=((SettingName.URL, "acme prod"),))
    places = [step[:2] for step in spellings(where, router, settings(setting(SettingName.REALM, "Acme Prod\t")))]

    assert len(set(places)) == len(places)
    assert ("/auth", "Acme Prod\t") not in places
