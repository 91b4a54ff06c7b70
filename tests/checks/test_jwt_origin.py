"""A token of another realm, client or kind; an issuer by another name that the realm itself uses is fine."""

from typing import Any

import pytest

from checks.jwt_origin import run
from doctor.api import SettingName, TokenForm
from tests.checks.facts import ISSUER, Told, cases, discovery, found, realm, reply, settings, tokens, told

GIVEN = SettingName.ACCESS_TOKEN
FRONT = "https://login.example.com/auth/realms/acme"


@pytest.mark.parametrize(
    ("change", "expected"),
    cases(
        {
            "it is another realm's (keycloak.md 4e, token from another realm)": (
                {"issuer": ISSUER.replace("acme/", "x/").replace("realms/acme", "realms/globex")},
                ("token-issuer-differs", "access_token", "certain", "fail"),
            ),
            "its issuer has a slash more (keycloak.md 4e: the compare is exact)": (
                {"issuer": f"{ISSUER}/"},
                ("token-issuer-differs", "access_token", "certain", "fail"),
            ),
            "it is another client's": (
                {"client": "other-client"},
                ("token-client-differs", "access_token", "certain", "fail"),
            ),
            "it is an ID token (keycloak.md 4b, typ)": (
                {"kind": "ID"},
                ("token-wrong-kind", "access_token", "certain", "fail"),
            ),
            "it is a refresh token": ({"kind": "Refresh"}, ("token-wrong-kind", "access_token", "certain", "fail")),
            "it is a logout token": (
                {"kind": None, "media_type": "logout+jwt"},
                ("token-wrong-kind", "access_token", "certain", "fail"),
            ),
            "it is bound to a certificate (keycloak.md 4b, cnf)": (
                {"bound": "x5t#S256"},
                ("token-sender-constrained", "access_token", "certain", "fail"),
            ),
        }
    ),
)
def test_a_given_token_is_named_when(change: dict[str, Any], expected: Told) -> None:
    assert told(run, tokens(GIVEN, **change), realm(), discovery(), settings()) == [expected]


def test_both_issuers_are_told() -> None:
    (finding,) = found(run, tokens(GIVEN, issuer=FRONT), realm(), discovery(), settings())

    assert FRONT in finding.observed
    assert ISSUER in finding.observed


def test_a_given_token_is_held_only_likely_against_an_issuer_that_the_realm_did_not_state() -> None:
    hidden = discovery(reply(403))

    assert told(run, tokens(GIVEN, issuer=FRONT), realm(), hidden, settings()) == [
        ("token-issuer-differs", "access_token", "likely", "fail")
    ]


def test_the_issued_tokens_issuer_is_not_held_against_a_guess() -> None:
    """An ingress hides discovery, and the realm calls itself by its front-end name: healthy."""
    assert told(run, tokens(issuer=FRONT), realm(), discovery(reply(403)), settings()) == []


def test_an_issuer_that_the_realm_states_is_right_whatever_the_url() -> None:
    document = discovery(issuer=FRONT)

    assert told(run, tokens(issuer=FRONT), realm(issuer=FRONT), document, settings()) == []


@pytest.mark.parametrize(
    "change",
    cases(
        {
            "it has no client claim": {"client": None},
            "it has no issuer": {"issuer": None},
            "its kind is not stated": {"kind": None},
            "its media type is at+jwt (keycloak.md 4b)": {"media_type": "at+jwt"},
            "it has no audience": {"audience": None},
            "it has several audiences": {"audience": ("account", "one-api")},
            "it is opaque, which another check tells": {"form": TokenForm.OPAQUE, "issuer": "https://x.example"},
        }
    ),
)
def test_a_token_is_left_alone_when(change: dict[str, Any]) -> None:
    assert told(run, tokens(GIVEN, **change), realm(), discovery(), settings()) == []


def test_the_issued_token_is_the_clients_own_under_whatever_name() -> None:
    assert told(run, tokens(client="CATALOG-SYNC"), realm(), discovery(), settings()) == []


def test_without_a_realm_no_issuer_is_compared() -> None:
    assert told(run, tokens(GIVEN, issuer=FRONT), settings()) == []
