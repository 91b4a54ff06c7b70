"""The running Keycloak and the protected API answer as the tables say."""

import re
import time
from typing import Any

import jwt
import pytest
import requests

from tests.behaviour.asking import CERTS, DISCOVERY, TOKEN, Answer, Ask, Asking, authorization, get, grant, send
from tests.behaviour.environment import FOREIGN_REALM, SHORT_REALM
from tests.live.answers import ANSWERS, PAGES
from tests.live.api_answers import API_ANSWERS, LISTS, NO_KEY, ApiAnswer
from tests.live.ingress import Ingress

KEYCLOAK_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "none",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
TOKEN_RESPONSE = ["access_token", "expires_in", "refresh_expires_in", "token_type", "not-before-policy", "scope"]


def _names(table: list[ApiAnswer] | tuple[Answer, ...]) -> list[str]:
    return [row.name for row in table]


@pytest.mark.parametrize("answer", ANSWERS, ids=_names(ANSWERS))
def test_keycloak_answers(answer: Answer, ingress: Ingress) -> None:
    response = send(ingress, answer.asking(ingress))
    body = response.json()
    assert (response.status_code, body.get("error"), body.get("error_description")) == (
        answer.status,
        answer.error,
        answer.description,
    )
    assert "WWW-Authenticate" not in response.headers
    assert "Allow" not in response.headers


@pytest.mark.parametrize(("client", "status", "words"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_the_authorization_endpoint_says_it_on_a_page(client: str, status: int, words: str, ingress: Ingress) -> None:
    response = send(ingress, authorization(client, accept="text/html")(ingress))
    found = re.search(r'id="kc-error-message">\s*<p class="instruction">(.*?)</p>', response.text, re.DOTALL)
    assert (response.status_code, found and found[1].strip()) == (status, words)


@pytest.mark.parametrize("answer", API_ANSWERS, ids=_names(API_ANSWERS))
def test_the_api_answers(answer: ApiAnswer, ingress: Ingress) -> None:
    response = _get_api(ingress, answer.path, answer.value(ingress.token(answer.client)))
    challenge = response.headers.get("WWW-Authenticate")
    said = dict(re.findall(r'(\w+)="([^"]*)"', challenge or ""))
    assert (response.status_code, said.get("error"), said.get("error_description")) == (
        answer.status,
        answer.error,
        answer.description,
    )
    assert (challenge is not None) == (answer.status in (401, 403))
    assert answer.error or challenge in (None, "Bearer")


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


def test_discovery_names_the_realm_as_the_ingress_shows_it(ingress: Ingress) -> None:
    document = send(ingress, get(DISCOVERY)(ingress)).json()
    realm = f"{ingress.url}/auth/realms/{ingress.realm}"
    assert (document["issuer"], document["token_endpoint"], document["jwks_uri"]) == (
        realm,
        realm + TOKEN,
        realm + CERTS,
    )
    assert "client_credentials" in document["grant_types_supported"]


@pytest.mark.parametrize("ask", [get(""), grant("reader"), grant("reader", "wrong"), get("/nosuch"), get("", "nobody")])
def test_inside_a_realm_every_answer_carries_keycloaks_headers(ask: Asking, ingress: Ingress) -> None:
    headers = send(ingress, ask(ingress)).headers
    assert {name: headers.get(name) for name in KEYCLOAK_HEADERS} == KEYCLOAK_HEADERS


def test_outside_a_realm_no_answer_carries_keycloaks_headers(ingress: Ingress) -> None:
    headers = send(ingress, get("/auth/realm/doctor", None)(ingress)).headers
    assert not set(KEYCLOAK_HEADERS) & set(headers)


@pytest.mark.parametrize("secret", [None, "wrong"])
def test_the_token_endpoint_forbids_to_store_its_answers(secret: str | None, ingress: Ingress) -> None:
    headers = send(ingress, grant("reader", secret)(ingress)).headers
    assert (headers["Cache-Control"], headers["Pragma"]) == ("no-store", "no-cache")


def test_the_api_refuses_a_token_of_a_realm_that_it_does_not_trust(ingress: Ingress) -> None:
    response = _get_api(ingress, LISTS, f"Bearer {ingress.token('reader', FOREIGN_REALM)}")
    assert response.status_code == 401
    assert NO_KEY in response.headers["WWW-Authenticate"]


def test_the_api_refuses_a_token_past_its_end(ingress: Ingress) -> None:
    token = ingress.token("reader", SHORT_REALM)
    assert _get_api(ingress, LISTS, f"Bearer {token}").status_code == 200
    time.sleep(6)
    response = _get_api(ingress, LISTS, f"Bearer {token}")
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


def _get_api(ingress: Ingress, path: str, authorization: str | None) -> requests.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    return send(ingress, Ask(path, None, "GET", headers=headers))


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims
