"""What is recorded of an exchange holds no secret; what is sent is what was asked for; what is handed out is clean."""

import base64
import json
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qs

import pytest

from doctor.model.facts.network import TransportFailure
from doctor.model.request import Basic, Bearer, RawAuthorization, Request, Response
from doctor.model.secret import Secret, SecretRef
from doctor.model.terms import Endpoint
from doctor.transport.guarded import Guarded
from doctor.transport.message import compose, shown
from tests.transport.loopback import SECRET, Peer, Seam, Server, always, answer, once, seam

FORM: dict[str, str | SecretRef] = {"grant_type": "client_credentials", "client_secret": SecretRef("client_secret")}
PAIR = Basic(SecretRef("client_id"), SecretRef("client_secret"))
BEARER = Bearer(SecretRef("access_token", "exchange 1"))


def recorded(asking: Seam) -> str:
    return json.dumps([asdict(exchange) for exchange in asking.transport.exchanges()], ensure_ascii=False)


def echo(peer: Peer) -> None:
    """Everything that was asked, in the body, a header and the reason."""
    while peer.read():
        request = peer.server.requests[-1]
        line = request.replace(b"\r\n", b" ").decode()
        body = request + json.dumps({"you": request.decode()}).encode()
        peer.say(answer(body, f"X-Echo: {line}", f"Set-Cookie: a={SECRET}", status=f"200 {line}"))


@pytest.mark.parametrize("more", [{"form": FORM}, {"authorization": PAIR}, {"authorization": BEARER}])
def test_a_server_that_echoes_everything_teaches_nobody_the_secret(more: dict[str, Any]) -> None:
    with Server(echo) as server:
        asking = seam(server.url)
        guarded = Guarded(asking.transport, asking.redactor)
        result = guarded.ask(Request("a test", Endpoint.TOKEN, "POST", server.url, **more))
    assert isinstance(result, Response)
    handed_out = f"{result.headers} {result.text} {result.document}" + recorded(asking)
    assert SECRET not in handed_out
    assert base64.b64encode(f"a-client:{SECRET}".encode()).decode() not in handed_out
    assert "removed]" in handed_out


def test_basic_is_form_encoded_before_base64() -> None:
    asking = seam("https://h")
    asking.vault.put("client_secret", "odd", Secret("a:b+c d%\N{EURO SIGN}"))
    pair = Basic(SecretRef("client_id"), SecretRef("client_secret", "odd"))
    headers, body = compose(Request("", Endpoint.TOKEN, "POST", "https://h", authorization=pair), asking.vault)
    assert body is None
    assert base64.b64decode(headers["Authorization"].removeprefix(b"Basic ")) == b"a-client:a%3Ab%2Bc+d%25%E2%82%AC"


def test_a_form_carries_every_character() -> None:
    asking = seam("https://h")
    odd = "a&b=c+d %41\n\t\N{EURO SIGN}\N{GRINNING FACE}\0\u202e"
    asking.vault.put("client_secret", "odd", Secret(odd))
    form = {"client_secret": SecretRef("client_secret", "odd")}
    headers, body = compose(Request("", Endpoint.TOKEN, "POST", "https://h", form=form), asking.vault)
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs((body or b"").decode())["client_secret"] == [odd]


def test_a_secret_of_bytes_that_are_no_utf_8_is_sent_as_those_bytes() -> None:
    asking = seam("https://h")
    asking.vault.put("client_secret", "odd", Secret(b"caf\xe9!".decode("utf-8", "surrogateescape")))
    form = {"client_secret": SecretRef("client_secret", "odd")}
    assert compose(Request("", Endpoint.TOKEN, "POST", "https://h", form=form), asking.vault)[1] == (
        b"client_secret=caf%E9%21"
    )


@pytest.mark.parametrize("value", ["\ud800", "abc\udfff\ud800xyz", "\udcff" * 3])
def test_no_value_breaks_a_request(value: str) -> None:
    with Server(always(answer())) as server:
        asking = seam(server.url)
        asking.vault.put("client_secret", "odd", Secret(value))
        asking.vault.put("authorization", "odd", Secret(value))
        ref = SecretRef("client_secret", "odd")
        for more in (
            {"form": {"client_secret": ref}},
            {"authorization": Basic(SecretRef("client_id"), ref)},
            {"authorization": Bearer(ref)},
        ):
            result = asking.transport.ask(Request("a test", Endpoint.TOKEN, "POST", server.url, **more))
            assert isinstance(result, Response), result


@pytest.mark.parametrize("value", ["Bearer a\nb", "Bearer a\r\nX-Evil: 1", " Bearer a", "Bearer a\n"])
def test_a_header_that_http_forbids_is_not_sent_and_not_shown(value: str) -> None:
    secret = value.replace("a", "Header-4k2Qm8Zr")
    with Server(always(answer())) as server:
        asking = seam(server.url)
        asking.vault.put("authorization", "as given", Secret(secret, what="authorization header"))
        asking.redactor.learn(Secret(secret, what="authorization header"))
        asking.redactor.learn(Secret("Header-4k2Qm8Zr", what="access token"))
        result = asking.get(server.url, authorization=RawAuthorization(SecretRef("authorization")))
        assert server.requests == []
    assert isinstance(result, TransportFailure)
    assert "Header-4k2Qm8Zr" not in recorded(asking) + asking.redactor.clean(result.detail)


@pytest.mark.parametrize("authorization", [PAIR, BEARER, RawAuthorization(SecretRef("authorization")), None])
def test_the_request_as_shown_names_what_was_removed(authorization: Any) -> None:
    request = Request("", Endpoint.API, "POST", "https://h/x", {"X-A": "b"}, FORM, authorization)
    report = shown(request)
    headers = dict(report.headers)
    assert report.body == "grant_type=client_credentials&client_secret=[client secret removed]"
    assert headers["X-A"] == "b"
    assert ("Authorization" in headers) == (authorization is not None)
    assert "removed]" in headers.get("Authorization", "removed]")


def test_exchanges_are_numbered_in_the_order_of_their_beginning() -> None:
    with Server(always(answer())) as server:
        asking = seam(server.url)
        results = [asking.get(server.url, lane=lane) for lane in ("a", "b", "a")]
    exchanges = asking.transport.exchanges()
    assert [e.n for e in exchanges] == [r.exchange for r in results] == [1, 2, 3]
    assert [e.connection for e in exchanges] == [1, 2, 1]
    assert all(e.purpose == "a test" and e.started_ms >= 0 for e in exchanges)


def test_a_failure_is_recorded_with_its_phase_and_words() -> None:
    with Server(once(b"garbage\r\n\r\n")) as server:
        asking = seam(server.url)
        asking.get(server.url)
    (exchange,) = asking.transport.exchanges()
    assert exchange.response is None
    assert exchange.failure is not None
    assert (exchange.failure.phase, "garbage" in exchange.failure.detail) == ("wait", True)


def test_a_long_body_is_cut_in_the_record_and_whole_for_the_probe() -> None:
    with Server(always(answer(b"x" * 10_000))) as server:
        asking = seam(server.url)
        result = asking.get(server.url)
    (exchange,) = asking.transport.exchanges()
    assert exchange.response is not None
    assert (len(exchange.response.body), exchange.response.truncated) == (4096, True)
    assert len(result.text) == 10_000


def test_a_secret_at_the_cut_is_not_left_in_half() -> None:
    with Server(always(answer(b"x" * 4080 + SECRET.encode()))) as server:
        asking = seam(server.url)
        asking.get(server.url)
    assert SECRET[:8] not in recorded(asking)


def test_with_a_short_secret_the_servers_words_are_withheld() -> None:
    with Server(always(answer(b"hello abc"))) as server:
        asking = seam(server.url)
        asking.redactor.learn(Secret("abc"))
        asking.get(server.url)
    assert "hello" not in recorded(asking)
