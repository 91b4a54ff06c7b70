"""Answers that something before the service gives, whatever the endpoint; odd answers of the service are its own."""

from typing import Any

import pytest

from checks.nothing_in_between import run
from doctor.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Challenge,
    FirstAttempt,
    PageKind,
    Reply,
    Said,
    Speaker,
)
from tests.checks.facts import Told, attempt, call, cases, discovery, found, lines, page, realm, reply, told

LINE = lines()[0]
LOGIN = "https://login.example.com/oauth2/authorize?client_id=x&response_type=code"


@pytest.mark.parametrize(
    ("answer", "cause", "severity"),
    cases(
        {
            "429 (keycloak.md 2, rate limit: never Keycloak itself)": (
                reply(429, retry_after=30.0),
                "rate-limited",
                "warn",
            ),
            "502 of an ingress": (page(502, PageKind.PLAIN, title="502 Bad Gateway"), "gateway-error", "warn"),
            "503 while starting (keycloak.md 2, overload)": (page(503, PageKind.PLAIN), "gateway-error", "warn"),
            "504": (page(504, PageKind.PLAIN), "gateway-error", "warn"),
            "Cloudflare cannot reach the origin (keycloak.md 5e: 520 to 526)": (
                page(522, PageKind.PLAIN),
                "gateway-error",
                "warn",
            ),
            "500 of Keycloak (keycloak.md 2, internal error)": (reply(500, "unknown_error"), "server-error", "warn"),
            "a bot challenge (keycloak.md 5e, Cloudflare)": (page(403, PageKind.CHALLENGE), "edge-blocks", "warn"),
            "a bot challenge in the guise of a rate limit": (page(429, PageKind.CHALLENGE), "edge-blocks", "warn"),
            "a firewall's block page": (page(403, PageKind.BLOCK), "edge-blocks", "warn"),
            "a block page with status 200": (page(200, PageKind.BLOCK), "edge-blocks", "warn"),
            "a sign-in page with status 200 (keycloak.md 5e, captive portal)": (
                page(200, PageKind.SIGN_IN),
                "login-page-in-front",
                "fail",
            ),
            "a redirect to a login": (
                reply(302, location=LOGIN, page=PageKind.SIGN_IN),
                "login-page-in-front",
                "fail",
            ),
            "a proxy on the way that asks for a login (RFC 9110 section 15.5.8)": (
                page(407, PageKind.PLAIN),
                "proxy-authentication-required",
                "warn",
            ),
            "a captive portal's 511 (RFC 6585 section 6)": (page(511, PageKind.PLAIN), "login-page-in-front", "fail"),
            "an ingress that wants a client certificate (keycloak.md 5c)": (
                page(400, PageKind.CLIENT_CERTIFICATE),
                "client-certificate-required",
                "fail",
            ),
            "CloudFront's page for an origin that fails (keycloak.md 5e)": (
                page(502, PageKind.BLOCK),
                "gateway-error",
                "warn",
            ),
            "a Basic challenge at the token URL (keycloak.md 2: comes from something in front)": (
                reply(401, challenges=(Challenge("Basic", realm="intranet"),)),
                "login-page-in-front",
                "fail",
            ),
            "a Negotiate challenge": (reply(401, challenges=(Challenge("Negotiate"),)), "login-page-in-front", "fail"),
        }
    ),
)
def test_it_names_who_stands_in_between_at_every_endpoint(answer: Reply, cause: str, severity: str) -> None:
    expected: list[Told] = [(cause, None, "certain", severity)]
    at_token = FirstAttempt(attempt(Said.ELSEWHERE, answer))
    at_api = AnonymousCall(call(ApiSaid.ELSEWHERE, **_fields(answer)))

    assert told(run, LINE, discovery(answer)) == expected
    assert told(run, LINE, at_token) == expected
    assert told(run, LINE, at_api) == expected


def _fields(answer: Reply) -> dict[str, Any]:
    kept = ("status", "body", "page", "location", "challenges", "retry_after", "error")
    return {name: getattr(answer, name) for name in kept}


def test_the_same_trouble_at_every_endpoint_is_told_once() -> None:
    down = page(502, PageKind.PLAIN)
    findings = found(run, LINE, discovery(down), FirstAttempt(attempt(Said.ELSEWHERE, down)))

    assert [(f.cause.id, f.endpoint) for f in findings] == [("gateway-error", "realm")]


def test_the_wait_that_the_server_asks_for_is_told() -> None:
    (finding,) = found(run, LINE, discovery(reply(429, retry_after=30.0)))

    assert "It asks to wait 30 s." in finding.observed


def test_an_obstacle_explains_what_was_made_of_its_answer_and_nothing_elsewhere() -> None:
    down = page(503, PageKind.PLAIN)
    (at_realm,) = found(run, LINE, discovery(down))
    (at_api,) = found(run, LINE, discovery(), AnonymousCall(call(ApiSaid.ELSEWHERE, **_fields(down))))

    assert {ref.cause for ref in at_realm.explains} == {"not-keycloak", "environment-not-there"}
    assert {ref.cause for ref in at_api.explains} >= {"api-token-refused", "api-answers-html"}
    assert "not-keycloak" not in {ref.cause for ref in at_api.explains}


def test_the_same_obstacle_elsewhere_is_named_beside_the_first() -> None:
    down = page(503, PageKind.PLAIN)
    (finding,) = found(run, LINE, discovery(down), AnonymousCall(call(ApiSaid.ELSEWHERE, **_fields(down))))

    assert "The same at the API" in finding.observed
    assert {ref.cause for ref in finding.explains} >= {"not-keycloak", "api-token-refused"}


def test_500_with_a_token_and_401_without_is_the_apis_own_trouble() -> None:
    """keycloak.md 5a, API cannot reach JWKS: 500 only with a token."""
    without = AnonymousCall(call(ApiSaid.TOKEN_MISSING, 401))

    assert told(run, LINE, without, AuthorizedCall(call(ApiSaid.SERVER_ERROR, 500))) == []


def test_500_with_a_token_and_without_is_the_servers_trouble() -> None:
    without = AnonymousCall(call(ApiSaid.SERVER_ERROR, 500))

    assert told(run, LINE, without, AuthorizedCall(call(ApiSaid.SERVER_ERROR, 500))) == [
        ("server-error", None, "certain", "warn")
    ]


@pytest.mark.parametrize(
    "answer",
    cases(
        {
            "the realm's document": reply(),
            "Keycloak's own 404 for a realm": reply(404, "Realm does not exist"),
            "an ingress that hides discovery": page(403, PageKind.PLAIN, title="403 Forbidden"),
            "an ingress without that path": page(404, PageKind.DEFAULT),
            "a redirect to another host's same path": reply(301, location="https://one.example.com/auth/realms/acme"),
            "a redirect that adds a slash": reply(308, location="https://acme.ataccama.one/auth/realms/acme/"),
            "Keycloak's refusal of a secret": reply(401, "unauthorized_client", "Invalid client secret"),
            "Spring's bare Bearer challenge": reply(401, challenges=(Challenge("Bearer"),), speaker=Speaker.SPRING),
            "an answer of Cloudflare that passes through": reply(speaker=Speaker.CLOUDFLARE),
        }
    ),
)
def test_it_is_silent_about(answer: Reply) -> None:
    assert told(run, LINE, discovery(answer), realm()) == []


def test_a_refusal_without_a_word_is_a_wall_only_where_no_realm_answered() -> None:
    answer = page(403, PageKind.PLAIN, title="403 Forbidden")

    assert told(run, LINE, discovery(answer)) == [("edge-blocks", None, "likely", "warn")]
