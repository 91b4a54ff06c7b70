"""keycloak.md section 5a: a Spring Security resource server's status, challenge and empty body."""

from dataclasses import replace
from typing import Any

import pytest

from doctor.sandbox.message import json_answer
from doctor.sandbox.tokens import altered
from doctor.sandbox.world import Minting, Trust, World
from tests.sandbox.asking import NOW, TABLES, WORLD, ask, document, get_tables, header, post, token

URI = "https://tools.ietf.org/html/rfc6750#section-3.1"
DECODING = "An error occurred while attempting to decode the Jwt: "
NO_KEY = f"{DECODING}Signed JWT rejected: Another algorithm expected, or no matching key(s) found"


def refusal(world: World, authorization: str | None, now: float = NOW) -> tuple[int, str | None]:
    answer = get_tables(world, authorization, now)
    assert answer.body == b""
    return answer.status, header(answer, "WWW-Authenticate")


def invalid(description: str) -> tuple[int, str]:
    return 401, f'Bearer error="invalid_token", error_description="{description}", error_uri="{URI}"'


def minted(**claims: Any) -> World:
    return WORLD.with_client(minting=Minting(claims=claims))


def test_a_sound_token_gets_the_documented_envelope() -> None:
    answer = get_tables(WORLD, f"Bearer {token()}")
    found = document(answer)
    assert (answer.status, list(found), list(found["meta"])) == (200, ["meta", "data"], ["prev", "next", "total"])
    assert found["meta"]["total"] == len(found["data"]) == 3
    assert found["data"][0]["id"].startswith("urn:ata:demo:reference-data:table:")


def test_size_cuts_the_list_and_leaves_the_total() -> None:
    answer = ask(WORLD, "GET", f"{TABLES}?size=1", Authorization=f"Bearer {token()}")
    assert (len(document(answer)["data"]), document(answer)["meta"]["total"]) == (1, 3)


def test_catalog_items_are_known_by_their_urn() -> None:
    answer = get_tables(WORLD, f"Bearer {token()}", path="/api/catalog/v1/catalog-items")
    assert "urn" in document(answer)["data"][0]


@pytest.mark.parametrize("prefix", [None, "", "Token ", "Basic ", "JWT "])
def test_no_header_and_another_scheme_are_the_same_bare_challenge(prefix: str | None) -> None:
    assert refusal(WORLD, None if prefix is None else f"{prefix}{token()}") == (401, "Bearer")


@pytest.mark.parametrize(
    "template", ["Bearer{}", "Bearer  {}", "Bearer Bearer {}", 'Bearer "{}"', "Bearer <{}>", "Bearer: {}"]
)
def test_a_malformed_header_is_one_text_for_all(template: str) -> None:
    assert refusal(WORLD, template.format(token())) == invalid("Bearer token is malformed")


def test_lower_case_bearer_works() -> None:
    assert get_tables(WORLD, f"bearer {token()}").status == 200


@pytest.mark.parametrize(
    ("world", "description"),
    [
        (WORLD.with_client(minting=Minting(mangle="opaque")), f"{DECODING}Malformed token"),
        (WORLD.with_client(minting=Minting(mangle="cut")), f"{DECODING}Malformed token"),
        (WORLD.with_client(minting=Minting("none")), "Unsupported algorithm of none"),
        (WORLD.with_client(minting=Minting("HS256")), NO_KEY),
        (WORLD.with_client(minting=Minting(kid="other")), NO_KEY),
        (WORLD.with_client(algorithm="EdDSA"), NO_KEY),
        (WORLD.with_api(keys_known=False), NO_KEY),
        (WORLD.with_client(minting=Minting(mangle="signature")), f"{DECODING}Signed JWT rejected: Invalid signature"),
        (minted(iss="https://other.example"), f"{DECODING}The iss claim is not valid"),
        (WORLD.with_api(trusted_issuer="https://other.example"), f"{DECODING}The iss claim is not valid"),
        (WORLD.with_api(audience="one-api"), f"{DECODING}The aud claim is not valid"),
        (minted(nbf=int(NOW) + 61), f"{DECODING}Jwt used before 2027-01-15T08:01:01Z"),
    ],
)
def test_a_refused_token_is_401_with_springs_reason(world: World, description: str) -> None:
    assert refusal(world, f"Bearer {token(world)}") == invalid(description)


def test_garbage_with_two_dots_is_a_malformed_token() -> None:
    assert refusal(WORLD, "Bearer x.y.z") == invalid(f"{DECODING}Malformed token")


def test_a_token_is_let_in_until_a_minute_past_its_end() -> None:
    sent = f"Bearer {token()}"
    assert get_tables(WORLD, sent, NOW + 360).status == 200
    assert refusal(WORLD, sent, NOW + 361) == invalid(f"{DECODING}Jwt expired at 2027-01-15T08:05:00Z")


def test_a_trust_may_have_another_leeway() -> None:
    strict = WORLD.with_api(trusts=(Trust("demo", leeway=0),))
    assert refusal(strict, f"Bearer {token()}", NOW + 301)[0] == 401


def test_a_clock_ahead_sees_a_fresh_token_as_expired() -> None:
    answer = get_tables(WORLD.with_api(clock_offset=900, own_date=True), f"Bearer {token()}")
    assert "Jwt expired at" in str(header(answer, "WWW-Authenticate"))
    assert header(answer, "Date") == "Fri, 15 Jan 2027 08:15:00 GMT"


def test_a_realm_that_is_not_trusted_has_no_matching_key() -> None:
    world = replace(WORLD, realms=(WORLD.realm, replace(WORLD.realm, name="foreign")))
    form = (
        ("grant_type", "client_credentials"),
        ("client_id", "demo-client"),
        ("client_secret", WORLD.client.secret or ""),
    )
    issued = document(post(world, *form, target="/auth/realms/foreign/protocol/openid-connect/token"))
    sent = f"Bearer {issued['access_token']}"
    assert refusal(world, sent) == invalid(NO_KEY)
    assert get_tables(world.with_api(trusts=(Trust("demo"), Trust("foreign"))), sent).status == 200


def test_a_client_without_permission_is_403_insufficient_scope() -> None:
    world = WORLD.with_client(permitted=False)
    words = "The request requires higher privileges than provided by the access token."
    expected = f'Bearer error="insufficient_scope", error_description="{words}", error_uri="{URI}"'
    assert refusal(world, f"Bearer {token(world)}") == (403, expected)


def test_a_role_must_stand_in_the_token_where_one_is_required() -> None:
    world = WORLD.with_api(required_role="api-reader")
    assert get_tables(world, f"Bearer {token(world)}").status == 403
    entitled = world.with_client(roles=("api-reader",))
    assert get_tables(entitled, f"Bearer {token(entitled)}").status == 200
    assert get_tables(entitled, f"Bearer {token(entitled.with_client(lightweight=True))}").status == 403


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (WORLD.with_client(permitted=False).with_api(tells_why=False), (403, None)),
        (WORLD.with_api(audience="one-api", tells_why=False), (401, None)),
        (WORLD.with_api(strips_authorization=True), (401, "Bearer")),
    ],
)
def test_an_api_that_does_not_say_why_says_nothing(world: World, expected: tuple[int, str | None]) -> None:
    assert refusal(world, f"Bearer {token(world)}") == expected


def test_unreachable_keys_are_500_with_a_token_and_401_without() -> None:
    world = WORLD.with_api(broken_keys=True)
    answer = get_tables(world, f"Bearer {token()}")
    assert (answer.status, document(answer)["error"]) == (500, "Internal Server Error")
    assert refusal(world, None) == (401, "Bearer")


def test_an_absent_path_is_404_for_the_entitled_and_401_for_others() -> None:
    world = WORLD.with_api(paths=())
    answer = get_tables(world, f"Bearer {token()}")
    assert (answer.status, document(answer)["path"]) == (404, TABLES)
    assert refusal(world, None) == (401, "Bearer")


@pytest.mark.parametrize(
    ("changes", "status", "content_type"),
    [
        ({"html": True}, 200, "text/html;charset=utf-8"),
        ({"refuses": json_answer(412, {})}, 412, "application/json"),
        ({"document": [1]}, 200, "application/json"),
        ({"max_header": 100}, 400, "text/html;charset=utf-8"),
        ({"graphql_only": True}, 404, "text/html"),
    ],
)
def test_an_accepted_token_may_still_get_another_answer(
    changes: dict[str, Any], status: int, content_type: str
) -> None:
    answer = get_tables(WORLD.with_api(**changes), f"Bearer {token()}")
    assert (answer.status, header(answer, "Content-Type")) == (status, content_type)


def test_an_open_path_wants_no_token() -> None:
    assert get_tables(WORLD, None, path="/api/status").status == 200


def test_an_open_api_answers_without_a_token() -> None:
    assert get_tables(WORLD.with_api(protected=False), None).status == 200


def test_an_api_that_checks_too_little_lets_the_altered_and_the_expired_in() -> None:
    assert get_tables(WORLD.with_api(checks_signature=False), f"Bearer {altered(token())}").status == 200
    assert get_tables(WORLD.with_api(checks_expiry=False), f"Bearer {token()}", NOW + 9999).status == 200


def test_graphql_is_there_where_it_is_all_there_is() -> None:
    world = WORLD.with_api(graphql_only=True)
    assert document(ask(world, "POST", "/graphql", Authorization=f"Bearer {token()}")) == {
        "data": {"__typename": "Query"}
    }
    assert ask(world, "POST", "/graphql").status == 401
