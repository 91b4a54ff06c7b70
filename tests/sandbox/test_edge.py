"""What the edge takes for itself, and every misbehaviour on the wire."""

import gzip
import http.client
import time
from contextlib import closing
from typing import Any

import pytest

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.fault_worlds.network import gzip_bomb
from doctor.sandbox.message import (
    Answer,
    Delayed,
    Drip,
    Endless,
    Hang,
    Misbehaviour,
    Raw,
    Request,
    Reset,
    Truncated,
    html_answer,
    redirect,
)
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Rule, World, healthy
from tests.sandbox.asking import KEYS, REALM, SECRET, TABLES, TOKEN, WORLD, ask, get_tables, grant, header, reply, told
from tests.sandbox.client import connect, get, send


def ruled(*rules: Rule) -> World:
    return WORLD.with_edge(rules=rules)


def serving(reply: Answer | Misbehaviour) -> Sandbox:
    return Sandbox(healthy().with_edge(rules=(Rule(reply, "/api"),)), keys=KEYS)


def test_a_rule_answers_below_its_prefix_only() -> None:
    world = ruled(Rule(nginx_page(503, "Service Temporarily Unavailable"), "{realm}"))
    assert ask(world, "GET", REALM).status == 503
    assert get_tables(world, None).status == 401


@pytest.mark.parametrize(
    ("rule", "taken"),
    [
        (Rule(Answer(403), TOKEN, methods=("GET",)), False),
        (Rule(Answer(403), TOKEN, methods=("POST",)), True),
        (Rule(Answer(403), authorized=True), False),
        (Rule(Answer(403), authorized=False), True),
        (Rule(Answer(403), with_parameter="client_secret"), True),
        (Rule(Answer(403), with_parameter="scope"), False),
    ],
)
def test_a_rule_may_be_narrowed(rule: Rule, taken: bool) -> None:
    assert (grant(ruled(rule)).status == 403) is taken


def test_a_body_that_is_lost_on_the_way_is_a_missing_grant_type() -> None:
    answer = grant(ruled(Rule(Hang(), TOKEN, drops_body=True)))
    assert told(answer) == (400, "invalid_request", "Missing form parameter: grant_type")


def test_where_nothing_is_behind_the_default_answers() -> None:
    assert b"nginx" in ask(WORLD, "GET", "/").body
    world = WORLD.with_edge(default=html_answer(200, "<html></html>"))
    assert ask(world, "GET", "/elsewhere").status == 200


def test_a_redirect_has_its_location() -> None:
    answer = ask(ruled(Rule(redirect("https://elsewhere.example/", 308))), "GET", TABLES)
    assert (answer.status, header(answer, "Location")) == (308, "https://elsewhere.example/")


def test_the_same_request_at_the_same_time_gets_the_same_answer() -> None:
    form = f"grant_type=client_credentials&client_id=demo-client&client_secret={SECRET}".encode()
    request = Request("POST", TOKEN, headers=(("Content-Type", "application/x-www-form-urlencoded"),), body=form)
    assert reply(WORLD, request) == reply(WORLD, request)


def test_a_hang_lasts_until_the_client_gives_up() -> None:
    with serving(Hang()) as env, closing(connect(env, timeout=0.2)) as connection, pytest.raises(TimeoutError):
        send(connection, "GET", TABLES)


def test_a_reset_drops_the_connection_after_the_request() -> None:
    with serving(Reset()) as env, pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        get(env, TABLES)


def test_what_is_not_http_is_sent_as_it_is() -> None:
    with serving(Raw(b"\x00\x01nonsense\r\n\r\n")) as env, pytest.raises(http.client.BadStatusLine):
        get(env, TABLES)


def test_a_truncated_answer_announces_more_than_it_sends() -> None:
    with serving(Truncated(Answer(200, body=b"x" * 1000))) as env:
        with pytest.raises(http.client.IncompleteRead) as caught:
            get(env, TABLES)
        assert (len(caught.value.partial), caught.value.expected) == (500, 500)


def test_a_delayed_answer_is_that_of_what_is_behind() -> None:
    with serving(Delayed(0.15)) as env:
        begun = time.monotonic()
        assert get(env, TABLES).headers["www-authenticate"] == "Bearer"
        assert time.monotonic() - begun >= 0.15


def test_a_dripping_answer_comes_byte_by_byte() -> None:
    with serving(Drip(0.01, Answer(200, body=b"x" * 20))) as env:
        begun = time.monotonic()
        assert get(env, TABLES).body == b"x" * 20
        assert time.monotonic() - begun >= 0.2


def test_an_endless_answer_goes_on_past_any_cap() -> None:
    with serving(Endless()) as env, closing(connect(env)) as connection:
        connection.request("GET", TABLES)
        with connection.getresponse() as answer:
            assert len(answer.read(8 << 20)) == 8 << 20


def test_a_gzip_bomb_is_small_on_the_wire() -> None:
    with serving(gzip_bomb(16)) as env:
        got = get(env, TABLES)
        assert (len(got.body) < 1 << 16, len(gzip.decompress(got.body))) == (True, 16 << 20)


@pytest.mark.parametrize("sent", [b"\x80\x01\x02", b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n"])
def test_what_is_no_request_is_answered_400(sent: bytes) -> None:
    with Sandbox(keys=KEYS) as env, closing(connect(env)) as connection:
        connection.connect()
        connection.sock.sendall(sent)
        with closing(http.client.HTTPResponse(connection.sock)) as answer:
            answer.begin()
            assert answer.status == 400


def test_a_misbehaviour_in_progress_ends_with_the_environment() -> None:
    begun = time.monotonic()
    opened: list[Any] = []
    with serving(Hang()) as env:
        opened.append(connect(env))
        opened[0].request("GET", TABLES)
    assert time.monotonic() - begun < 2
    with pytest.raises((OSError, http.client.HTTPException)):
        opened[0].getresponse()
    opened[0].close()
