"""A realm that is off, and an HTTPS request that Keycloak took for plain HTTP; both in Keycloak's own words."""

import pytest

from checks.realm_enabled import run
from doctor.api import Discovery, Grant, Said, TokenDoor
from tests.checks.facts import attempt, cases, discovery, grant, healthy_grant, reply, told

OFF = reply(403, "access_denied", "Realm not enabled")
HTTPS = reply(403, "invalid_request", "HTTPS required")


def test_a_disabled_realm_is_named_by_the_token_endpoint() -> None:
    """keycloak.md 2, disabled realm: discovery still answers."""
    assert told(run, discovery(), grant(attempt(Said.REALM_DISABLED, OFF))) == [
        ("realm-disabled", None, "certain", "fail")
    ]


@pytest.mark.parametrize(
    "facts",
    cases(
        {
            "the token request": ((discovery(), grant(attempt(Said.HTTPS_REQUIRED, HTTPS))),),
            "the request without credentials": ((discovery(reply(403)), TokenDoor(HTTPS)),),
            "discovery": ((discovery(HTTPS),),),
            "all of them, told once": (
                (discovery(HTTPS), grant(attempt(Said.HTTPS_REQUIRED, HTTPS)), TokenDoor(HTTPS)),
            ),
        }
    ),
)
def test_a_lost_scheme_is_the_platforms_fault_when_https_was_used_for(facts: tuple[object, ...]) -> None:
    """keycloak.md 2, https outside, but proxy does not forward the scheme."""
    assert told(run, *facts) == [("https-not-forwarded", None, "certain", "fail")]


def test_plain_http_that_the_realm_refuses_is_no_lost_scheme() -> None:
    plain = reply(403, "invalid_request", "HTTPS required", url="http://localhost:8080/auth/realms/acme")

    assert told(run, discovery(plain)) == []


@pytest.mark.parametrize(
    ("document", "requests"),
    cases(
        {
            "a token came": (discovery(), healthy_grant()),
            "the secret was wrong": (discovery(), grant(attempt(Said.SECRET_WRONG))),
            "an ingress refused discovery with 403": (discovery(reply(403, message="Forbidden")), None),
        }
    ),
)
def test_it_is_silent_when(document: Discovery, requests: Grant | None) -> None:
    assert told(run, document, *((requests,) if requests else ())) == []
