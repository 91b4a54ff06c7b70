"""A credential goes to the configured origin only, over TLS (loopback aside), and the secret at most five times."""

import threading
from pathlib import Path
from typing import Any

import pytest

from doctor.model.facts.failure import FailureKind
from doctor.model.facts.network import TransportFailure
from doctor.model.request import Basic, Bearer, RawAuthorization, Request, Response
from doctor.model.secret import Secret, SecretRef, Vault
from doctor.model.terms import Endpoint
from doctor.redaction import Redactor
from doctor.transport.dial import Origin
from doctor.transport.policy import SECRET_BUDGET, Policy
from tests.transport.loopback import SECRET, Server, always, answer, seam

HERE = "https://one.example"
CREDENTIALS: dict[str, dict[str, Any]] = {
    "the secret in a form": {"form": {"client_secret": SecretRef("client_secret")}},
    "the secret under another name": {"form": {"note": SecretRef("client_secret")}},
    "a cleaned secret": {"form": {"client_secret": SecretRef("client_secret", "cleaned")}},
    "the secret in the place of the id": {"form": {"client_id": SecretRef("client_id", "swapped")}},
    "a token in a form": {"form": {"token": SecretRef("access_token")}},
    "a header in a form": {"form": {"x": SecretRef("authorization")}},
    "Basic": {"authorization": Basic(SecretRef("client_id"), SecretRef("client_secret"))},
    "Bearer": {"authorization": Bearer(SecretRef("access_token"))},
    "a header as given": {"authorization": RawAuthorization(SecretRef("authorization"))},
}


def request(url: str, **more: Any) -> Request:
    return Request("a test", Endpoint.TOKEN, "POST", url, **more)


def refusal(url: str, policy: Policy | None = None, **more: Any) -> str | None:
    policy = policy or Policy(frozenset({Origin.of(HERE)}))
    return policy.refuses(request(url, **more), Origin.of(url))


@pytest.mark.parametrize("more", CREDENTIALS.values(), ids=CREDENTIALS)
@pytest.mark.parametrize("url", ["https://two.example", "https://one.example:8443", "https://one.example.evil.example"])
def test_another_origin_gets_nothing(url: str, more: dict[str, Any]) -> None:
    assert "not the origin that was configured" in (refusal(url, **more) or "")


@pytest.mark.parametrize("more", CREDENTIALS.values(), ids=CREDENTIALS)
@pytest.mark.parametrize("url", ["http://one.example", "http://127.one.example", "http://10.0.0.1"])
def test_plain_http_gets_nothing(url: str, more: dict[str, Any]) -> None:
    assert "not HTTPS" in (refusal(url, Policy(frozenset({Origin.of(url)})), **more) or "")


@pytest.mark.parametrize("more", CREDENTIALS.values(), ids=CREDENTIALS)
@pytest.mark.parametrize("url", [HERE, "http://localhost:8080", "http://127.0.0.1", "http://[::1]:80"])
def test_the_configured_origin_and_plain_http_on_loopback_get_it(url: str, more: dict[str, Any]) -> None:
    assert refusal(url, Policy(frozenset({Origin.of(url)})), **more) is None


def test_what_carries_nothing_may_go_anywhere() -> None:
    assert refusal("http://two.example", form={"client_id": SecretRef("client_id")}) is None
    assert refusal("http://two.example", form={"a": "b"}) is None


@pytest.mark.parametrize(("deep", "most"), [(False, SECRET_BUDGET), (True, SECRET_BUDGET + 1)])
def test_the_secret_is_sent_so_often_and_no_oftener(deep: bool, most: int) -> None:
    policy = Policy(frozenset({Origin.of(HERE)}), SECRET_BUDGET + deep)
    carrying = [CREDENTIALS[name] for name in ("the secret in a form", "the secret in the place of the id", "Basic")]
    for n in range(most):
        assert refusal(HERE, policy, **carrying[n % 3]) is None
    assert "as often as one run may" in (refusal(HERE, policy, **carrying[0]) or "")
    assert refusal(HERE, policy, **CREDENTIALS["Bearer"]) is None


def test_threads_share_the_budget() -> None:
    policy = Policy(frozenset({Origin.of(HERE)}))
    refused: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: refused.append(refusal(HERE, policy, **CREDENTIALS["Basic"])))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused.count(None) == SECRET_BUDGET


def test_what_is_refused_never_reaches_the_wire() -> None:
    with Server(always(answer())) as server:
        asking = seam("https://elsewhere.example")
        results = [asking.transport.ask(request(server.url, **CREDENTIALS["the secret in a form"])) for _ in range(7)]
        assert (server.connections, server.requests) == (0, [])
    assert {r.kind for r in results if isinstance(r, TransportFailure)} == {FailureKind.NOT_SENT}


def test_the_sixth_request_with_the_secret_never_reaches_the_wire() -> None:
    with Server(always(answer())) as server:
        asking = seam(server.url)
        results = [asking.transport.ask(request(server.url, **CREDENTIALS["the secret in a form"])) for _ in range(8)]
        assert sum(SECRET.encode() in r for r in server.requests) == SECRET_BUDGET
    assert [type(r) for r in results] == [Response] * 5 + [TransportFailure] * 3


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_no_redirect_is_followed(status: str) -> None:
    with Server(always(answer())) as elsewhere:
        with Server(always(answer(b"", f"Location: {elsewhere.url}/x", status=status))) as server:
            asking = seam(server.url)
            results = [asking.transport.ask(request(server.url, **more)) for more in (CREDENTIALS["Basic"], {})]
        assert (elsewhere.connections, len(server.requests)) == (0, 2)
    assert {r.status for r in results if isinstance(r, Response)} == {int(status[:3])}


def test_no_login_comes_from_a_netrc_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine localhost login someone password Netrc-9d2k\ndefault login x password Netrc-9d2k\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    with Server(always(answer())) as server:
        asking = seam(server.url)
        asking.get(server.url)
        asking.get(server.url, authorization=Bearer(SecretRef("access_token", "exchange 1")))
        first, second = server.requests
    assert b"Authorization" not in first
    assert f"Authorization: Bearer token-{SECRET}".encode() in second


def test_the_tokens_and_cookies_of_an_answer_are_secrets_at_once() -> None:
    vault, redactor = Vault(), Redactor()
    document = {"access_token": "Acc-123456789", "refresh_token": "Ref-123456789", "id_token": "Idt-123456789", "x": 1}
    headers = (("Set-Cookie", "session=Cookie-123456789; Path=/"), ("set-cookie", "a=b"))
    response = Response(3, 200, HERE, headers, "", document, False, 0.0, 0.0, True)
    Policy(frozenset()).learn(response, vault, redactor)
    said = redactor.clean("Acc-123456789 Ref-123456789 Idt-123456789 Cookie-123456789 a=b")
    assert "123456789" not in said
    assert vault.get("access_token", "exchange 3") == Secret("Acc-123456789")


@pytest.mark.parametrize(
    "document", [None, [], "x", 5, {"access_token": None}, {"access_token": ["x"]}, {"access_token": ""}]
)
def test_an_answer_without_tokens_teaches_nothing(document: object) -> None:
    vault = Vault()
    Policy(frozenset()).learn(Response(1, 200, HERE, (), "", document, False, 0, 0, True), vault, Redactor())
    assert vault.secrets() == ()
