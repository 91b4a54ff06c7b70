"""The embedded environment answers every request of the live suite's tables as the real Keycloak and API did."""

import re
from collections.abc import Iterator

import jwt
import pytest
import requests

from tests.behaviour.asking import TOKEN, Answer, Ask, authorization, get, grant, send
from tests.behaviour.environment import FOREIGN_REALM, SHORT_REALM, Environment
from tests.live.answers import ANSWERS, PAGES
from tests.live.api_answers import API_ANSWERS, DECODING, LISTS, NO_KEY, ApiAnswer
from tests.sandbox.twin import Twin, running

LIGHTWEIGHT = {"exp", "iat", "jti", "iss", "sub", "typ", "azp", "scope"}
FULL = {"aud", "acr", "realm_access", "resource_access", "clientHost", "clientAddress", "client_id"} | {
    "email_verified",
    "preferred_username",
}


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    with running(tmp_path_factory.mktemp("twin")) as started:
        yield started


@pytest.mark.parametrize("answer", ANSWERS, ids=[answer.name for answer in ANSWERS])
def test_the_realm_answers(answer: Answer, twin: Twin) -> None:
    response = send(twin, answer.asking(twin))
    body = response.json()
    assert (response.status_code, body.get("error"), body.get("error_description")) == (
        answer.status,
        answer.error,
        answer.description,
    )
    assert "WWW-Authenticate" not in response.headers
    assert "Allow" not in response.headers


@pytest.mark.parametrize(("client", "status", "words"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_the_authorization_endpoint_says_it_on_a_page(client: str, status: int, words: str, twin: Twin) -> None:
    response = send(twin, authorization(client, accept="text/html")(twin))
    found = re.search(r'id="kc-error-message">\s*<p class="instruction">(.*?)</p>', response.text, re.DOTALL)
    assert (response.status_code, found and found[1].strip()) == (status, words)


@pytest.mark.parametrize("answer", API_ANSWERS, ids=[answer.name for answer in API_ANSWERS])
def test_the_api_answers(answer: ApiAnswer, twin: Twin) -> None:
    response = get_api(twin, answer.path, answer.value(twin.token(answer.client)))
    challenge = response.headers.get("WWW-Authenticate")
    said = dict(re.findall(r'(\w+)="([^"]*)"', challenge or ""))
    assert (response.status_code, said.get("error"), said.get("error_description")) == (
        answer.status,
        answer.error,
        answer.description,
    )
    assert answer.error or challenge in (None, "Bearer")


@pytest.mark.parametrize(
    ("client", "algorithm", "claims"),
    [
        ("reader", "RS256", LIGHTWEIGHT | FULL),
        ("lightweight", "RS256", LIGHTWEIGHT),
        ("eddsa", "EdDSA", None),
    ],
)
def test_an_access_token_has_the_claims_of_the_real_one(
    client: str, algorithm: str, claims: set[str] | None, twin: Twin
) -> None:
    token = twin.token(client)
    assert jwt.get_unverified_header(token)["alg"] == algorithm
    found = jwt.decode(token, options={"verify_signature": False})
    assert claims in (None, set(found))


def test_tokens_of_a_foreign_realm_and_tokens_past_their_end_are_refused(twin: Twin) -> None:
    foreign = get_api(twin, LISTS, f"Bearer {twin.token('reader', FOREIGN_REALM)}")
    assert (foreign.status_code, NO_KEY in foreign.headers["WWW-Authenticate"]) == (401, True)
    expired = get_api(twin, LISTS, f"Bearer {twin.expired_token()}")
    assert (expired.status_code, f"{DECODING}Jwt expired at" in expired.headers["WWW-Authenticate"]) == (401, True)
    assert get_api(twin, LISTS, f"Bearer {twin.token('reader', SHORT_REALM)}").status_code == 200


def test_every_door_leads_to_what_it_is_for(twin: Twin) -> None:
    environment: Environment = twin
    for door, words in ((environment.url_expired, "has expired"), (environment.url_wrong_host, "Hostname mismatch")):
        with pytest.raises(requests.exceptions.SSLError, match=words):
            session().get(door, verify=str(twin.ca_bundle), timeout=5)
    with pytest.raises(requests.exceptions.SSLError, match="unable to get local issuer"):
        session().get(environment.url_untrusted, verify=str(twin.ca_bundle), timeout=5)
    down = session().get(environment.url_gateway_down + "/auth/realms/doctor", verify=str(twin.ca_bundle), timeout=5)
    plain = session().get(environment.url_plain_http_to_tls, timeout=5)
    assert (down.status_code, plain.status_code) == (502, 400)


def test_the_headers_of_storing_are_the_real_ones(twin: Twin) -> None:
    found = {
        path: send(twin, get(path)(twin)).headers.get("Cache-Control")
        for path in ("", "/.well-known/openid-configuration", "/protocol/openid-connect/certs", TOKEN)
    }
    assert found == {
        "": "no-cache",
        "/.well-known/openid-configuration": "no-cache, must-revalidate, no-transform, no-store",
        "/protocol/openid-connect/certs": "no-cache",
        TOKEN: None,
    }
    assert send(twin, grant("reader")(twin)).headers["Cache-Control"] == "no-store"


def get_api(twin: Twin, path: str, header: str | None) -> requests.Response:
    headers = {} if header is None else {"Authorization": header}
    return send(twin, Ask(path, None, "GET", headers=headers))


def session() -> requests.Session:
    found = requests.Session()
    found.trust_env = False
    return found
