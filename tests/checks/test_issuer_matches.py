"""An issuer of another scheme, host, port or path is remarked; the same one in another encoding is not."""

import pytest

from checks.issuer_matches import run
from doctor.api import Discovery, Realm
from tests.checks.facts import ISSUER, cases, discovery, found, realm, reply, told


@pytest.mark.parametrize(
    "issuer",
    cases(
        {
            "another host (keycloak.md 4e, frontend URL)": "https://login.example.com/auth/realms/acme",
            "http, since the forwarded headers were lost": ISSUER.replace("https", "http"),
            "an inner host and port": "http://keycloak.internal:8080/auth/realms/acme",
            "another path": "https://acme.ataccama.one/realms/acme",
            "a slash at its end (OpenID Connect compares exactly)": f"{ISSUER}/",
        }
    ),
)
def test_an_issuer_that_differs_is_a_warning(issuer: str) -> None:
    assert told(run, discovery(issuer=issuer), realm()) == [("issuer-differs", "url", "certain", "warn")]


def test_both_urls_are_told() -> None:
    (finding,) = found(run, discovery(issuer="https://login.example.com/auth/realms/acme"), realm())

    assert ISSUER in finding.observed
    assert "https://login.example.com/auth/realms/acme" in finding.observed


ODD = "Münchner Rück"


@pytest.mark.parametrize(
    ("document", "in_force"),
    cases(
        {
            "the issuer is the URL that was used": (discovery(), realm()),
            "the issuer is percent-encoded": (
                discovery(issuer="https://acme.ataccama.one/auth/realms/M%C3%BCnchner%20R%C3%BCck"),
                realm(name=ODD, url=f"https://acme.ataccama.one/auth/realms/{ODD}"),
            ),
            "the ingress hides discovery": (discovery(reply(403)), realm()),
            "the realm was found elsewhere, which is told already": (
                discovery(reply(404)),
                realm(corrected="case"),
            ),
        }
    ),
)
def test_it_is_silent_when(document: Discovery, in_force: Realm) -> None:
    assert told(run, document, in_force) == []
