"""The twin of the live environment: its API, its tokens and its doors; its Keycloak is held in ``tests/recordings``."""

from collections.abc import Iterator

import jwt
import pytest
import requests

from tests.behaviour.api_answers import API_ANSWERS, DECODING, LISTS, NO_KEY, ApiAnswer, hold
from tests.behaviour.api_answers import get as get_api
from tests.behaviour.environment import FOREIGN_REALM, SHORT_REALM, Environment
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


@pytest.mark.parametrize("answer", API_ANSWERS, ids=lambda row: row.name)
def test_the_api_answers(answer: ApiAnswer, twin: Twin) -> None:
    hold(answer, twin)


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


def session() -> requests.Session:
    found = requests.Session()
    found.trust_env = False
    return found
