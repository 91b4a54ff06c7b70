"""keycloak.md section 4b: what an access token says, and that any JOSE library can verify it."""

from typing import Any

import jwt
import pytest

from doctor.sandbox.world import Minting, World
from tests.sandbox.asking import NOW, REALM, WORLD, ask, document, token


def key_set(world: World) -> jwt.PyJWKSet:
    return jwt.PyJWKSet.from_dict(document(ask(world, "GET", f"{REALM}/protocol/openid-connect/certs")))


def verified(world: World = WORLD) -> dict[str, Any]:
    found = token(world)
    header = jwt.get_unverified_header(found)
    options: Any = {"verify_exp": False, "verify_iat": False, "verify_aud": False}
    return jwt.decode(found, key_set(world)[header["kid"]].key, [header["alg"]], options)


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_a_token_verifies_with_the_realms_listed_key(algorithm: str) -> None:
    world = WORLD.with_client(algorithm=algorithm)
    assert verified(world)["azp"] == "demo-client"
    assert jwt.get_unverified_header(token(world))["alg"] == algorithm


def test_the_claims_are_those_of_a_service_account() -> None:
    said = verified()
    assert (said["exp"] - said["iat"], said["iat"]) == (300, int(NOW))
    assert said["iss"] == "https://localhost:8443/auth/realms/demo"
    assert (said["typ"], said["client_id"], said["preferred_username"]) == (
        "Bearer", "demo-client", "service-account-demo-client",
    )  # fmt: skip
    assert said["jti"].startswith("trrtcc:")
    assert not {"nbf", "auth_time", "sid", "session_state", "allowed-origins"} & set(said)


def test_roles_on_other_clients_make_the_audience() -> None:
    one = verified(WORLD.with_client(roles=("api-reader",)))
    two = verified(WORLD.with_client(client_roles={"api": ("read",)}))
    assert (one["aud"], two["aud"]) == ("account", ["api", "account"])
    assert "api-reader" in one["realm_access"]["roles"]
    assert two["resource_access"]["api"] == {"roles": ["read"]}


def test_a_lightweight_token_says_no_more_than_it_must() -> None:
    said = verified(WORLD.with_client(lightweight=True, roles=("api-reader",)))
    assert set(said) == {"exp", "iat", "jti", "iss", "sub", "typ", "azp", "scope"}
    assert said["jti"].startswith("trltcc:")


def test_claims_of_a_minting_stand_over_the_realms_and_none_removes_one() -> None:
    said = verified(WORLD.with_client(minting=Minting(claims={"typ": "ID", "scope": None})))
    assert said["typ"] == "ID"
    assert "scope" not in said


@pytest.mark.parametrize(
    ("minting", "error"),
    [
        (Minting(mangle="signature"), jwt.InvalidSignatureError),
        (Minting(mangle="cut"), jwt.DecodeError),
        (Minting(mangle="opaque"), jwt.DecodeError),
        (Minting(mangle="encrypted"), jwt.DecodeError),
        (Minting("none"), jwt.InvalidAlgorithmError),
        (Minting("HS256"), jwt.InvalidAlgorithmError),
    ],
)
def test_a_declared_deviation_is_refused_by_a_jose_library(minting: Minting, error: type[Exception]) -> None:
    key = next(key for key in key_set(WORLD).keys if key.algorithm_name == "RS256")
    with pytest.raises(error):
        jwt.decode(token(WORLD.with_client(minting=minting)), key.key, ["RS256"], {"verify_exp": False})


def test_an_unknown_kid_is_in_no_key_set() -> None:
    header = jwt.get_unverified_header(token(WORLD.with_client(minting=Minting(kid="other"))))
    assert header["kid"] not in {key.key_id for key in key_set(WORLD).keys}
