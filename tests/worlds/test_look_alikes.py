"""Healthy worlds that look like broken ones are left alone: no failure, no diagnosis."""

from dataclasses import replace

import pytest

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.world import Rule, TokenAnswer
from tests.worlds.world import Case, causes_in, run

SPECIAL = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ and letters 09"
BLOCKED = html_answer(403, "<html><head><title>403 Forbidden</title></head><body>no</body></html>")
WELL_KNOWN = "{realm}/.well-known/openid-configuration"


def with_secret(secret: str) -> Case:
    return Case(
        f"a secret of {len(secret)} characters that ends in {secret[-1]!r}",
        lambda world: world.with_client(secret=secret),
        {"client_secret": secret},
    )


CASES = (
    Case("nothing is unusual"),
    *map(
        with_secret,
        (
            SPECIAL,
            "ends-with-equals==",
            "ends-with-semicolon;",
            "ends-with-comma,",
            '"quoted-but-right"',
            "client_secret=right-as-it-is",
            "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4",
            "a%20b%2Bc%3D12345",
            " leading and trailing space ",
            "$ecret$12345678",
            "q9Zt" * 64,
            "Пароль-с-буквами",
        ),
    ),
    Case("the ingress hides discovery", lambda w: w.with_edge(rules=(Rule(nginx_page(404, "Not Found"), WELL_KNOWN),))),
    Case("the ingress forbids discovery", lambda w: w.with_edge(rules=(Rule(BLOCKED, WELL_KNOWN),))),
    Case(
        "the ingress hides discovery and the realm's page",
        lambda w: w.with_edge(
            rules=(
                Rule(nginx_page(404, "Not Found"), WELL_KNOWN),
                Rule(nginx_page(404, "Not Found"), "{realm}", methods=("GET",)),
            )
        ),
    ),
    Case(
        "the login page is hidden",
        lambda w: w.with_edge(rules=(Rule(BLOCKED, "{realm}/protocol/openid-connect/auth"),)),
    ),
    Case("tokens are signed with ES256", lambda w: w.with_client(algorithm="ES256")),
    Case("tokens are signed with PS256", lambda w: w.with_client(algorithm="PS256")),
    Case("tokens live for a minute", lambda w: w.with_client(lifespan=60)),
    Case("tokens live for ten hours", lambda w: w.with_client(lifespan=36_000)),
    Case("no Date header comes", lambda w: w.with_edge(sends_date=False)),
    Case("every clock there is two seconds ahead", lambda w: replace(w, clock_offset=2)),
    Case(
        "token_type is in lower case",
        lambda w: w.with_client(token_answer=TokenAnswer({"token_type": "bearer"})),
    ),
    Case(
        "expires_in is a string",
        lambda w: w.with_client(token_answer=TokenAnswer({"expires_in": "300"})),
    ),
    Case(
        "reference data is absent and the catalog answers",
        lambda w: w.with_api(paths=("/catalog/v1/catalog-items",)),
    ),
    Case(
        "reference data is forbidden and the catalog answers",
        lambda w: w.with_edge(
            rules=(Rule(Answer(403), "/api/reference-data", authorized=True),),
        ),
    ),
    Case(
        "data is empty",
        lambda w: w.with_api(document={"meta": {"prev": None, "next": None, "total": 0}, "data": []}),
    ),
    Case("the URL has a slash at its end", settings={"url": lambda env: f"{env.url}/"}),
    Case("the URL is given without scheme", settings={"url": lambda env: env.url.removeprefix("https://")}),
    Case("the token URL is given too, and is right", settings={"token_url": lambda env: env.token_endpoint}),
    Case("the API URL is given too, and is right", settings={"api_url": lambda env: f"{env.url}/api"}),
    Case("the scope is an allowed one", settings={"scope": "profile"}),
    Case(
        "an unknown member stands in the token response",
        lambda w: w.with_client(token_answer=TokenAnswer({"surprise": {"deep": [1, 2]}})),
    ),
    Case(
        "the realm's name has a space and letters of another script",
        lambda w: w.with_realm(name="Über tenant"),
        {"realm": "Über tenant"},
    ),
    Case("the API answers another path only", lambda w: w.with_api(paths=("/x/v1/y",)), get=("/api/x/v1/y",)),
    Case(
        "errors of the catalog do not matter",
        lambda w: w.with_edge(rules=(Rule(json_answer(500, {}), "/api/catalog"),)),
    ),
)


@pytest.fixture(scope="module")
def keys() -> KeyRing:
    return KeyRing()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_is_left_alone(case: Case, keys: KeyRing) -> None:
    report = run(case, keys)
    assert report.targets[0].diagnosis is None, report.targets[0].diagnosis
    assert report.exit_code == 0
    assert causes_in(report, "fail") == []
