"""The secret goes to the token endpoint alone, a token to its origin alone, and neither is shown."""

import base64
import copy
import pickle
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from doctor.auth import ClientCredentials, TokenError
from doctor.sandbox import open_environment
from tests.auth.servers import SECRET, api, bearer, form, header, numbered, refusal, token
from tests.transport.loopback import Server, always, answer, endless, silent, within

ROOT = Path(__file__).parents[2]


def credentials(url: str, secret: str = SECRET, **more: Any) -> ClientCredentials:
    return ClientCredentials(f"{url}/token", "my-client", secret, **more)


@pytest.fixture
def realm() -> Iterator[Server]:
    with numbered(token) as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    """Another origin, which refuses everybody."""
    with Server(always(answer(b"no", status="401 Unauthorized"))) as server:
        yield server


def test_the_form_carries_the_values_exactly_as_given(realm: Server) -> None:
    credentials(realm.url, scope="one two").access_token()

    assert form(realm.requests[0]) == {
        "grant_type": ["client_credentials"],
        "scope": ["one two"],
        "client_id": ["my-client"],
        "client_secret": [SECRET],
    }
    assert header(realm.requests[0], "Authorization") is None


def test_basic_has_each_part_encoded_by_itself(realm: Server) -> None:
    ClientCredentials(f"{realm.url}/token", "a:b", "c d:é", method="client_secret_basic").access_token()

    sent = header(realm.requests[0], "Authorization", "Basic ")
    assert base64.b64decode(sent or "") == b"a%3Ab:c+d%3A%C3%A9"
    assert form(realm.requests[0]) == {"grant_type": ["client_credentials"]}


def test_bytes_that_are_no_utf8_arrive_as_they_are(realm: Server) -> None:
    credentials(realm.url, b"\xff\xfe secret".decode("utf-8", "surrogateescape")).access_token()

    assert b"client_secret=%FF%FE+secret" in realm.requests[0]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_the_secret_follows_no_redirect(status: str, elsewhere: Server) -> None:
    with Server(always(answer(b"", f"Location: {elsewhere.url}/token", status=status))) as realm:
        with pytest.raises(TokenError, match="a redirect, which a secret does not follow"):
            credentials(realm.url).access_token()

        assert (len(realm.requests), elsewhere.requests) == (1, [])


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary"])
def test_a_token_follows_no_redirect_to_another_origin(status: str, realm: Server, elsewhere: Server) -> None:
    with Server(always(answer(b"", f"Location: {elsewhere.url}/api", status=status))) as server:
        answered = requests.get(server.url, auth=credentials(realm.url), timeout=10)

    assert answered.status_code == 401
    assert [header(request, "Authorization") for request in elsewhere.requests] == [None]
    assert len(realm.requests) == 1


def test_on_its_own_origin_a_token_follows_and_is_renewed(realm: Server) -> None:
    def moved_then_refused_then_fine(number: int) -> bytes:
        return (
            answer(b"", "Location: /there", status="302 Found"),
            answer(b"", status="401 Unauthorized"),
            answer(b"fine"),
        )[number - 1]

    with numbered(moved_then_refused_then_fine) as server:
        answered = requests.get(server.url, auth=credentials(realm.url), timeout=10)

        assert answered.text == "fine"
        assert [bearer(request) for request in server.requests] == ["token-1", "token-1", "token-2"]


@pytest.mark.parametrize("url", ["http://acme.example/token", "acme.example", "ftp://acme.example", "https://", ""])
def test_a_secret_in_clear_text_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(TokenError, match="The client secret is sent"):
        ClientCredentials(url, "my-client", SECRET)


def test_a_url_with_a_login_is_refused_and_not_shown() -> None:
    with pytest.raises(TokenError, match="holds a login") as info:
        ClientCredentials("https://person:Login-5f2Qz81x@acme.example/token", "my-client", SECRET)

    assert "Login-5f2Qz81x" not in str(info.value)


def test_a_token_in_clear_text_is_refused_before_one_is_asked_for(realm: Server) -> None:
    with pytest.raises(TokenError, match=r"over HTTPS only, and http://acme\.example is not"):
        requests.get("http://acme.example/api", auth=credentials(realm.url), timeout=10)

    assert realm.requests == []


def test_the_login_of_a_netrc_file_is_used_nowhere(
    realm: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login person password Login-5f2Qz81x\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with api(lambda given: given == "token-1") as server:
        answered = requests.get(server.url, auth=credentials(realm.url), timeout=10)

    assert answered.status_code == 200
    assert header(realm.requests[0], "Authorization") is None


def test_the_token_endpoints_certificate_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    with open_environment() as env:
        url = f"{env.url}/auth/realms/demo/protocol/openid-connect/token"
        client, secret, bundle = (env.settings[name] for name in ("client_id", "client_secret", "ca_bundle"))
        with pytest.raises(TokenError, match="CERTIFICATE_VERIFY_FAILED"):
            ClientCredentials(url, client, secret).access_token()
        assert env.requests == []

        auth = ClientCredentials(url, client, secret, ca_bundle=bundle)
        answered = requests.get(f"{env.url}/api/reference-data/v1/tables?size=1", auth=auth, verify=bundle, timeout=10)
        assert answered.status_code == 200
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", bundle)
        assert ClientCredentials(url, client, secret).access_token().count(".") == 2


ECHOES = {
    "after many words": f"{'x' * 285}{SECRET}",
    "as it is": SECRET,
    "in Base64": base64.b64encode(f"my-client:{SECRET}".encode()).decode(),
    "form-encoded": "5X24WjqW%2BZh%26tA9C7%25DHZ%3D0UOoKYyh7X",
    "over several lines": f"x\n{SECRET}\x1b[31m",
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_no_error_shows_the_secret_even_when_the_server_does(echo: str) -> None:
    with numbered(lambda _: refusal("invalid_client", f"You sent {echo}.")) as realm:
        problem = failed(credentials(realm.url))

    assert problem.status == 401
    assert "You sent" in str(problem)
    assert SECRET[:6] not in str(problem)
    assert not any(ord(c) < 32 for c in str(problem))
    hidden(problem, echo)


def test_no_frame_of_an_error_holds_the_secret_whatever_failed() -> None:
    with numbered(lambda _: answer(b"<html>", status="502 Bad Gateway")) as realm:
        hidden(failed(credentials(realm.url)))
    hidden(failed(credentials(realm.url)))  # nobody listens there any more
    hidden(failed(credentials("https://localhost:1", "not\ud800sendable-7X24")), "sendable-7X24")


def test_an_application_that_calls_the_api_sees_no_secret_in_its_traceback() -> None:
    with numbered(lambda _: refusal("invalid_client", "no")) as realm, pytest.raises(requests.RequestException) as info:
        requests.get("http://localhost:1/api", auth=credentials(realm.url), timeout=10)
    assert isinstance(info.value, TokenError)
    hidden(info.value)


def failed(auth: ClientCredentials) -> TokenError:
    with pytest.raises(TokenError) as info:
        auth.access_token()
    return info.value


def hidden(problem: BaseException, *more: str) -> None:
    """The secret stands in no message, no attribute, and no local variable of a frame; nor does what caused it."""
    frames = traceback.TracebackException.from_exception(problem, capture_locals=True)
    shown = "\n".join([*frames.format(), repr(problem), str(vars(problem))])
    assert problem.__context__ is None
    for secret in (SECRET, *more):
        assert secret not in shown


WORDS = {
    "a refusal": (refusal("unauthorized_client", "No client"), "answered 401, unauthorized_client: No client."),
    "no reason": (answer(b"", status="400 Bad Request"), "answered 400, no reason."),
    "a page": (answer(b"<html>Sorry</html>", status="502 Bad Gateway"), "answered 502, no reason."),
    "no token": (answer(b"{}"), "answered 200, no access_token."),
    "no object": (answer(b"[1]"), "answered 200, no access_token."),
    "another type": (token(1, token_type="mac"), "gave a token that is no Bearer token."),
    "not HTTP": (b"\x00\x01nothing\r\n\r\n", "gave no answer: "),
}  # fmt: skip


@pytest.mark.parametrize(("said", "words"), WORDS.values(), ids=WORDS)
def test_an_error_says_what_the_server_said(said: bytes, words: str) -> None:
    with Server(always(said)) as realm:
        assert words in str(failed(credentials(realm.url)))


def test_a_refusal_has_its_parts_for_programs() -> None:
    with numbered(lambda _: refusal("unauthorized_client", "Invalid client")) as realm:
        problem = failed(credentials(realm.url))

    assert (problem.status, problem.error, problem.error_description) == (401, "unauthorized_client", "Invalid client")


def test_an_endpoint_that_is_silent_or_never_ends_is_left() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    for script in (silent, endless(head, b" ", 0.1)):
        with Server(script) as realm, within(4):
            failed(credentials(realm.url, timeout=0.5))


def test_an_answer_that_grows_without_end_is_cut() -> None:
    with Server(endless(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536, 0)) as realm, within(8):
        assert "did not end" in str(failed(credentials(realm.url)))


def test_the_object_shows_who_it_is_and_no_secret(realm: Server) -> None:
    auth = credentials(realm.url)
    held = auth.access_token()
    shown = f"{auth!r} {auth} {vars(auth)} {auth(requests.Request('GET', realm.url).prepare()).hooks}"

    assert repr(auth) == f"ClientCredentials('{realm.url}/token', 'my-client', …)"
    assert SECRET not in shown
    assert held not in shown
    for store in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            store(auth)


def test_nothing_slow_is_imported_with_it() -> None:
    program = (
        "import sys\nimport doctor.auth\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "('click', 'jinja2', 'jwt', 'cryptography', 'checks') or m.startswith('doctor.')))"
    )
    done = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(eval(done.stdout))
    assert {name for name in loaded if not name.startswith(("doctor.model", "doctor.transport"))} == {
        "doctor.auth",
        "doctor.token_endpoint",
    }
    assert "doctor.model.report" not in loaded
