"""The running Keycloak answers as recorded, and the protected API as its table says."""

import re
import time
from collections.abc import Mapping
from typing import Any

import jwt
import pytest
import requests

from tests.behaviour.api_answers import API_ANSWERS, LISTS, NO_KEY, ApiAnswer, hold
from tests.behaviour.api_answers import get as get_api
from tests.behaviour.asking import CERTS, get, grant, send
from tests.behaviour.environment import FOREIGN_REALM, SHORT_REALM
from tests.live.ingress import Ingress
from tests.live.release import Release
from tests.recordings.questions import QUESTIONS
from tests.recordings.recorded import Recorded, answer, load

TOKEN_RESPONSE = ["access_token", "expires_in", "refresh_expires_in", "token_type", "not-before-policy", "scope"]


@pytest.fixture(scope="module")
def recordings() -> Mapping[str, Recorded]:
    return load(Release.of_session().version)


@pytest.mark.parametrize("name", QUESTIONS)
def test_keycloak_answers_as_recorded(name: str, ingress: Ingress, recordings: Mapping[str, Recorded]) -> None:
    assert answer(ingress, QUESTIONS[name]) == recordings[name]


@pytest.mark.parametrize("api_answer", API_ANSWERS, ids=lambda row: row.name)
def test_the_api_answers(api_answer: ApiAnswer, ingress: Ingress) -> None:
    hold(api_answer, ingress)


def test_a_token_response_has_these_fields_and_this_lifetime(ingress: Ingress) -> None:
    body = send(ingress, grant("reader")(ingress)).json()
    assert list(body) == TOKEN_RESPONSE
    assert (body["expires_in"], body["refresh_expires_in"], body["token_type"]) == (300, 0, "Bearer")


def test_an_access_token_names_realm_client_and_role(ingress: Ingress) -> None:
    claims = _claims(ingress.token("reader"))
    assert claims["iss"] == f"{ingress.url}/auth/realms/{ingress.realm}"
    assert (claims["azp"], claims["client_id"], claims["typ"], claims["aud"]) == (
        "reader",
        "reader",
        "Bearer",
        "account",
    )
    assert "api-reader" in claims["realm_access"]["roles"]
    assert claims["jti"].startswith("trrtcc:")
    assert claims["exp"] - claims["iat"] == 300


def test_a_lightweight_access_token_lacks_roles_and_audience(ingress: Ingress) -> None:
    claims = _claims(ingress.token("lightweight"))
    assert set(claims) == {"exp", "iat", "jti", "iss", "sub", "typ", "azp", "scope"}


@pytest.mark.parametrize(
    ("client", "algorithm"), [("reader", "RS256"), ("es256", "ES256"), ("ps256", "PS256"), ("eddsa", "EdDSA")]
)
def test_an_access_token_is_signed_by_a_listed_key(client: str, algorithm: str, ingress: Ingress) -> None:
    header = jwt.get_unverified_header(ingress.token(client))
    keys = send(ingress, get(CERTS)(ingress)).json()["keys"]
    assert (header["typ"], header["alg"]) == ("JWT", algorithm)
    assert [(key["alg"], key["use"]) for key in keys if key["kid"] == header["kid"]] == [(algorithm, "sig")]


def test_the_api_refuses_a_token_of_a_realm_that_it_does_not_trust(ingress: Ingress) -> None:
    response = get_api(ingress, LISTS, f"Bearer {ingress.token('reader', FOREIGN_REALM)}")
    assert response.status_code == 401
    assert NO_KEY in response.headers["WWW-Authenticate"]


def test_the_api_refuses_a_token_past_its_end(ingress: Ingress) -> None:
    token = ingress.token("reader", SHORT_REALM)
    assert get_api(ingress, LISTS, f"Bearer {token}").status_code == 200
    time.sleep(6)
    response = get_api(ingress, LISTS, f"Bearer {token}")
    assert response.status_code == 401
    assert re.search(r"decode the Jwt: Jwt expired at 20[0-9T:-]+Z", response.headers["WWW-Authenticate"])


def test_plain_http_to_the_https_port_is_refused_by_nginx(ingress: Ingress) -> None:
    response = requests.get(f"{ingress.url_plain_http_to_tls}/auth/realms/doctor", timeout=5)
    assert response.status_code == 400
    assert "The plain HTTP request was sent to HTTPS port" in response.text


def test_an_ingress_without_keycloak_answers_502_and_its_api_works(ingress: Ingress) -> None:
    realm, api = (
        requests.get(ingress.url_gateway_down + path, verify=str(ingress.ca_bundle), timeout=5)
        for path in ("/auth/realms/doctor", "/api/status")
    )
    assert (realm.status_code, api.status_code) == (502, 200)
    assert "<center><h1>502 Bad Gateway</h1></center>" in realm.text


@pytest.mark.parametrize(
    ("door", "words"),
    [
        ("url_untrusted", "unable to get local issuer certificate"),
        ("url_expired", "certificate has expired"),
        ("url_wrong_host", "Hostname mismatch"),
    ],
)
def test_a_wrong_certificate_is_refused_for_its_own_reason(door: str, words: str, ingress: Ingress) -> None:
    with pytest.raises(requests.exceptions.SSLError, match=words):
        requests.get(getattr(ingress, door), verify=str(ingress.ca_bundle), timeout=5)


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims
