"""keycloak.md sections 1, 3 and 3a: client authentication and the grant, in Keycloak 26's words and order."""

import base64
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

import pytest

from doctor.sandbox.world import Client, World
from tests.sandbox.asking import SECRET, WORLD, document, grant, header, post, told

ICC = "Invalid client or Invalid client credentials"
MISMATCH = (401, "unauthorized_client", ICC)
PINNED = (
    "Invalid method used to get client secret. Client requires method 'client_secret_basic' "
    "to obtain client secret from the request"
)
UNUSABLE = (401, "invalid_client", ICC)


def client(**changes: Any) -> World:
    return WORLD.with_client(**changes)


def basic(client_id: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def by_basic(world: World, client_id: str, secret: str, *more: tuple[str, str]) -> Any:
    return post(world, ("grant_type", "client_credentials"), *more, **basic(client_id, secret))


@pytest.mark.parametrize("name", ["nobody", "Demo-Client", "demo-client ", "", None])
def test_an_unknown_client_id_is_invalid_client(name: str | None) -> None:
    assert told(grant(client_id=name)) == UNUSABLE


@pytest.mark.parametrize("secret", ["wrong", SECRET + "\n", SECRET + " ", "\ufeff" + SECRET, SECRET.lower(), "", None])
def test_a_wrong_or_missing_secret_is_unauthorized_client_and_nothing_is_trimmed(secret: str | None) -> None:
    assert told(grant(client_secret=secret)) == MISMATCH


@pytest.mark.parametrize(
    ("row", "world", "expected"),
    [
        ("disabled client", client(enabled=False), UNUSABLE),
        ("X.509 client", client(authenticator="client-x509"), UNUSABLE),
        ("no secret stored", client(secret=None), MISMATCH),
        (
            "signed JWT",
            client(authenticator="client-jwt"),
            (400, "invalid_client", "Parameter client_assertion_type is missing"),
        ),
        (
            "signed JWT of a disabled client",
            client(authenticator="client-jwt", enabled=False),
            (400, "invalid_client", "Parameter client_assertion_type is missing"),
        ),
        ("SAML", client(protocol="saml"), (400, "invalid_client", "Wrong client protocol.")),
        ("bearer-only", client(bearer_only=True), (400, "invalid_client", "Bearer-only not allowed")),
        (
            "public client",
            client(public=True),
            (401, "unauthorized_client", "Public client not allowed to retrieve service account"),
        ),
        (
            "service accounts off",
            client(service_account=False),
            (401, "unauthorized_client", "Client not enabled to retrieve service account"),
        ),
        (
            "user deleted",
            client(service_account_enabled=None),
            (401, "invalid_request", "The associated service account for the client does not exist"),
        ),
        (
            "user disabled",
            client(service_account_enabled=False),
            (401, "invalid_request", "User 'service-account-demo-client' disabled"),
        ),
        ("DPoP", client(dpop=True), (400, "invalid_request", "DPoP proof is missing")),
        (
            "certificate-bound",
            client(certificate_bound=True),
            (400, "invalid_request", "Client Certification missing for MTLS HoK Token Binding"),
        ),
        ("client policy", client(policy=("invalid_request", "Not today")), (400, "invalid_request", "Not today")),
        (
            "method pinned to Basic",
            client(allowed_method="client_secret_basic"),
            (
                401,
                "unauthorized_client",
                PINNED,
            ),
        ),
    ],
)
def test_the_right_secret_is_refused_in_the_words_of_row(
    row: str, world: World, expected: tuple[int, str, str]
) -> None:
    answer = grant(world)
    assert told(answer) == expected, row
    assert header(answer, "Cache-Control") == "no-store"
    assert header(answer, "WWW-Authenticate") is None


@pytest.mark.parametrize(
    "hidden", [{"service_account": False}, {"bearer_only": True}, {"dpop": True}, {"protocol": "saml"}]
)
def test_a_wrong_secret_hides_every_later_fault(hidden: dict[str, Any]) -> None:
    assert told(grant(client(**hidden), client_secret="wrong")) == MISMATCH


def test_a_public_clients_secret_is_not_looked_at() -> None:
    assert (
        told(grant(client(public=True), client_secret="wrong"))[2]
        == "Public client not allowed to retrieve service account"
    )


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (WORLD, MISMATCH),
        (client(public=True), (401, "unauthorized_client", "Public client not allowed to retrieve service account")),
        (client(authenticator="client-jwt"), (400, "invalid_client", "Parameter client_assertion_type is missing")),
        (client(enabled=False), UNUSABLE),
    ],
)
def test_without_a_secret_the_kind_of_client_shows(world: World, expected: tuple[int, str, str]) -> None:
    assert told(grant(world, client_secret=None)) == expected


def test_a_duplicated_parameter_is_refused_after_the_secret_was_accepted() -> None:
    pairs = (("grant_type", "client_credentials"), ("client_id", "demo-client"), ("client_secret", SECRET))
    assert told(post(WORLD, *pairs, ("client_secret", "second"))) == (400, "invalid_request", "duplicated parameter")
    assert told(post(WORLD, ("client_secret", "first"), *pairs)) == MISMATCH


def test_a_scope_that_the_client_lacks_is_named() -> None:
    assert told(grant(scope="email nonsense")) == (400, "invalid_scope", "Invalid scopes: email nonsense")


def test_an_optional_scope_is_added_and_openid_brings_an_id_token() -> None:
    assert set(document(grant(scope="phone"))["scope"].split()) == {"profile", "email", "phone"}
    assert "id_token" in document(grant(scope="openid"))
    assert "id_token" not in document(grant())


def test_the_token_response_has_keycloaks_members_in_its_order() -> None:
    answer = grant()
    members = ["access_token", "expires_in", "refresh_expires_in", "token_type", "not-before-policy", "scope"]
    found = document(answer)
    assert (answer.status, list(found)) == (200, members)
    assert (found["expires_in"], found["refresh_expires_in"], found["token_type"]) == (300, 0, "Bearer")
    assert (header(answer, "Cache-Control"), header(answer, "Pragma")) == ("no-store", "no-cache")


def test_basic_and_form_are_both_taken() -> None:
    assert by_basic(WORLD, "demo-client", SECRET).status == 200
    assert by_basic(WORLD, "demo-client", SECRET, ("client_id", "demo-client")).status == 200


def test_an_empty_secret_in_the_form_beats_the_right_one_in_basic() -> None:
    assert told(by_basic(WORLD, "demo-client", SECRET, ("client_secret", ""))) == MISMATCH


def test_a_pinned_method_is_asked_for_before_the_secret_is_compared() -> None:
    pinned = client(allowed_method="client_secret_post")
    assert "Client requires method 'client_secret_post'" in str(told(by_basic(pinned, "demo-client", "wrong"))[2])
    assert grant(pinned).status == 200
    assert by_basic(client(allowed_method="client_secret_basic"), "demo-client", SECRET).status == 200


@pytest.mark.parametrize(
    "secret", ["plus+plus", "per%41cent", "per%cent", "a&b=c", "p%", "space in", "col:on", "h\u00e9"]
)
def test_percent_encoded_basic_and_an_encoded_form_carry_every_secret(secret: str) -> None:
    world = client(secret=secret)
    assert by_basic(world, "demo-client", quote_plus(secret)).status == 200
    assert grant(world, client_secret=secret).status == 200


def test_raw_plus_and_raw_escapes_in_basic_become_another_secret() -> None:
    assert told(by_basic(client(secret="plus+plus"), "demo-client", "plus+plus")) == MISMATCH
    assert told(by_basic(client(secret="per%41cent"), "demo-client", "per%41cent")) == MISMATCH


def test_a_raw_percent_in_basic_breaks_the_decoder() -> None:
    expected = (400, "unauthorized_client", "Unexpected error when authenticating client")
    assert told(by_basic(client(secret="100%"), "demo-client", "100%")) == expected


def test_a_client_id_with_a_colon_must_be_encoded_in_basic() -> None:
    world = client(client_id="wo:colon")
    assert by_basic(world, "wo%3Acolon", SECRET).status == 200
    assert told(by_basic(world, "wo:colon", SECRET)) == UNUSABLE


@pytest.mark.parametrize("value", ["Basic !!!", "Basic bm9jb2xvbg==", "Bearer abc", "Basic"])
def test_an_authorization_header_that_carries_no_credentials_is_ignored(value: str) -> None:
    assert grant(headers={"Authorization": value}).status == 200


def test_a_discreet_realm_tells_no_failure_from_another() -> None:
    world = WORLD.with_realm(discreet=True)
    answers = [grant(world, client_id="nobody"), grant(world, client_secret="wrong")]
    assert {(answer.status, answer.body) for answer in answers} == {(401, b'{"error":"invalid_client"}')}


def test_each_realm_has_its_own_clients() -> None:
    other = replace(WORLD.realm, name="other", clients=(Client("somebody", "else"),))
    world = replace(WORLD, realms=(WORLD.realm, other))
    target = "/auth/realms/other/protocol/openid-connect/token"
    form = (("grant_type", "client_credentials"), ("client_id", "demo-client"), ("client_secret", SECRET))
    assert told(post(world, *form, target=target)) == UNUSABLE
