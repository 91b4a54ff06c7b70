"""What a token says of itself, and what is wrong with its form; nothing of its signature."""

import base64
import json
from typing import Any

import pytest

from doctor.api import SettingName, TokenForm
from doctor.probes.access_token import look_at
from tests.checks.facts import cases


def segment(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def jwt(header: dict[str, Any] | None = None, signature: str = "c2ln", **claims: Any) -> str:
    return f"{segment(header or {'alg': 'RS256', 'kid': 'k1', 'typ': 'JWT'})}.{segment(claims)}.{signature}"


def test_the_claims_of_keycloak_are_read() -> None:
    """keycloak.md 4b."""
    token = jwt(
        iss="https://x/realms/acme",
        azp="sync",
        exp=300,
        iat=0,
        typ="Bearer",
        aud=["account", "api"],
        realm_access={"roles": ["reader"]},
        resource_access={"catalog": {"roles": ["viewer"]}},
        preferred_username="service-account-sync",
        cnf={"x5t#S256": "x"},
    )
    seen = look_at(token, SettingName.ACCESS_TOKEN)

    assert (seen.form, seen.algorithm, seen.key_id, seen.kind) == (TokenForm.JWS, "RS256", "k1", "Bearer")
    assert (seen.client, seen.issued_at, seen.expires_at) == ("sync", 0.0, 300.0)
    assert (seen.audience, seen.roles) == (("account", "api"), ("reader", "catalog:viewer"))
    assert (seen.bound, seen.size) == ("x5t#S256", len(token))


@pytest.mark.parametrize(
    ("claims", "client"),
    cases(
        {
            "azp": ({"azp": "a", "client_id": "b"}, "a"),
            "client_id, from 21 on": ({"client_id": "b", "clientId": "c"}, "b"),
            "clientId, before": ({"clientId": "c"}, "c"),
            "nothing": ({}, None),
        }
    ),
)
def test_the_client_is_read_from(claims: dict[str, Any], client: str | None) -> None:
    assert look_at(jwt(**claims), None).client == client


@pytest.mark.parametrize(
    ("aud", "audience"),
    cases({"a string": ("api", ("api",)), "a list": (["a", "b"], ("a", "b")), "an empty list": ([], ())}),
)
def test_the_audience_may_be(aud: object, audience: tuple[str, ...]) -> None:
    """keycloak.md 4b, aud."""
    try:
        seen = look_at(jwt(aud=aud), None)
    except Exception as problem:  # noqa: BLE001 - a probe never raises for what a server sent
        pytest.fail(f"look_at raised {type(problem).__name__}")

    assert seen.audience == audience


@pytest.mark.parametrize(
    ("token", "form"),
    cases(
        {
            "opaque": ("2YotnFZFEjr1zCsicMWpAA", TokenForm.OPAQUE),
            "opaque with a dot": ("abc.def", TokenForm.OPAQUE),
            "five segments": ("a.b.c.d.e", TokenForm.JWE),
            "cut after the claims": (jwt().rsplit(".", 1)[0], TokenForm.MALFORMED),
            "cut inside the claims": (f"{jwt()[:30]}..x", TokenForm.MALFORMED),
            "without its signature": (jwt(signature=""), TokenForm.MALFORMED),
            "padded": (jwt(signature="c2ln="), TokenForm.MALFORMED),
            "a space inside": (jwt().replace(".", ". ", 1), TokenForm.MALFORMED),
            "a header that is no JSON": ("eyJ4.eyJ4.c2ln", TokenForm.MALFORMED),
            "claims that are a list": (f"{segment({'alg': 'RS256'})}.{segment([1])}.c2ln", TokenForm.MALFORMED),
            "empty": ("", TokenForm.OPAQUE),
            "letters beyond ASCII": ("é.ü.ö", TokenForm.MALFORMED),
            "unsigned by its own word": (jwt({"alg": "none"}, signature=""), TokenForm.JWS),
            "another algorithm": (jwt({"alg": "EdDSA"}), TokenForm.JWS),
        }
    ),
)
def test_the_form_is_told_of_a_token_that_is(token: str, form: TokenForm) -> None:
    assert look_at(token, None).form is form


@pytest.mark.parametrize(
    "claims",
    cases(
        {
            "exp as a string": {"exp": "soon"},
            "exp as true": {"exp": True},
            "exp beyond all time": {"exp": 1e300},
            "nothing at all": {},
        }
    ),
)
def test_a_time_that_is_none_is_unknown(claims: dict[str, Any]) -> None:
    assert look_at(jwt(**claims), None).expires_at is None


@pytest.mark.parametrize(
    "claims",
    cases(
        {
            "roles that are no list": {"realm_access": {"roles": 7}},
            "roles that are null": {"realm_access": {"roles": None}},
            "a client's roles that are no object": {"resource_access": {"x": []}},
            "an issuer that is a number": {"iss": 7},
            "a subject that is a list": {"sub": [1]},
            "an id that is a number": {"jti": 7},
        }
    ),
)
def test_odd_claims_break_nothing(claims: dict[str, Any]) -> None:
    assert look_at(jwt(**claims), None).form in (TokenForm.JWS, TokenForm.MALFORMED)


@pytest.mark.parametrize("claims", [{}, {"realm_access": 7}])
def test_without_a_role_claim_roles_are_unknown_and_not_empty(claims: dict[str, Any]) -> None:
    assert look_at(jwt(**claims), None).roles is None
