"""One connection carries a lane's requests; a stale one is replaced for what may be repeated, and only for that."""

from typing import Any

import pytest

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.facts.network import TransportFailure
from doctor.model.request import Basic, Request, Response
from doctor.model.secret import SecretRef
from doctor.model.terms import Endpoint
from doctor.transport.policy import SECRET_BUDGET
from tests.transport.loopback import Peer, Script, Server, always, answer, seam, within

WITH_SECRET = {"client_secret": SecretRef("client_secret")}
PAIR = Basic(SecretRef("client_id"), SecretRef("client_secret"))


def then_dropped(after: int) -> Script:
    """So many answers on the first connection, then a reset on the next request; later connections work."""

    def script(peer: Peer) -> None:
        served = 0
        while peer.read():
            if peer.number == 1 and served == after:
                peer.reset()
                return
            served += 1
            peer.say(answer())

    return script


def post(url: str, **more: object) -> Request:
    return Request("a test", Endpoint.API, "POST", url, **more)  # type: ignore[arg-type]


def test_requests_of_one_lane_share_a_connection() -> None:
    with Server(always(answer())) as server:
        asking = seam(server.url)
        assert all(isinstance(asking.get(server.url), Response) for _ in range(4))
        assert (server.connections, len(server.requests)) == (1, 4)
    assert {e.connection for e in asking.transport.exchanges()} == {1}


def test_lanes_have_connections_of_their_own() -> None:
    with Server(always(answer())) as server:
        asking = seam(server.url)
        asking.get(server.url, lane="one")
        asking.get(server.url, lane="two")
        assert server.connections == 2


def test_the_connection_opened_by_connect_carries_the_first_request() -> None:
    with Server(always(answer())) as server:
        asking = seam(server.url)
        assert asking.transport.connect(Endpoint.API, server.url).failure is None
        assert isinstance(asking.get(server.url), Response)
        assert server.connections == 1


def test_a_connection_that_the_server_closed_is_replaced() -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.say(answer())

    with Server(script) as server:
        asking = seam(server.url)
        assert [type(asking.get(server.url)) for _ in range(3)] == [Response] * 3
        assert server.connections == 3


def test_a_get_on_a_stale_connection_is_repeated_on_a_new_one() -> None:
    for after in (1, 2):
        with Server(then_dropped(after)) as server:
            asking = seam(server.url)
            results = [asking.get(server.url) for _ in range(after + 1)]
            assert [type(r) for r in results] == [Response] * (after + 1), (after, results)
            assert (server.connections, len(server.requests)) == (2, after + 2)


@pytest.mark.parametrize("carried", [{"form": WITH_SECRET}, {"authorization": PAIR}], ids=["form", "header"])
def test_a_request_with_the_secret_is_repeated_once_counted_and_listed(carried: dict[str, Any]) -> None:
    with Server(then_dropped(2)) as server:
        asking = seam(server.url)
        assert [type(asking.get(server.url)) for _ in range(2)] == [Response] * 2
        assert isinstance(asking.transport.ask(post(server.url, **carried)), Response)
        with_secret = sum(b"client_secret=" in r or b"Authorization: Basic" in r for r in server.requests)
    exchanges = asking.transport.exchanges()
    assert (with_secret, [e.failure is None for e in exchanges]) == (2, [True, True, False, True])


def test_a_request_with_the_secret_is_not_repeated_beyond_the_budget() -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.say(answer())
        if peer.read():
            peer.reset()

    with Server(script) as server:
        asking = seam(server.url)
        for _ in range(SECRET_BUDGET + 2):
            asking.transport.ask(post(server.url, form=WITH_SECRET))
        assert sum(b"client_secret=" in r for r in server.requests) <= SECRET_BUDGET


def test_a_reset_on_a_fresh_connection_is_no_stale_one() -> None:
    with Server(then_dropped(0)) as server:
        result = seam(server.url).get(server.url)
        assert isinstance(result, TransportFailure)
        assert (result.kind, server.connections) == (FailureKind.RESET, 1)


def test_the_repeated_request_has_no_more_time_than_one() -> None:
    def script(peer: Peer) -> None:
        if peer.number == 1:
            peer.read()
            peer.say(answer())
            peer.read()
            peer.say(answer())
            peer.read()
            peer.reset()
        else:
            peer.read()
            peer.keep_saying(b"", 0.05)

    with Server(script) as server, within(1.5):
        asking = seam(server.url, timeout=0.5)
        results = [asking.get(server.url) for _ in range(3)]
    assert results[2].kind is FailureKind.RESPONSE_TIMED_OUT


def test_the_lane_works_again_after_a_failure() -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.say(b"garbage\r\n\r\n" if peer.number == 1 else answer())

    with Server(script) as server:
        asking = seam(server.url)
        assert isinstance(asking.get(server.url), TransportFailure)
        assert isinstance(asking.get(server.url), Response)


def test_a_connection_that_cannot_be_opened_again_is_told_as_what_it_is() -> None:
    def script(peer: Peer) -> None:
        peer.read()
        peer.say(answer(b"{}", "Connection: close"))

    with Server(script) as server:
        asking = seam(server.url)
        assert isinstance(asking.get(server.url), Response)
    result = asking.get(server.url)
    assert isinstance(result, TransportFailure)
    assert (result.kind, result.phase) == (FailureKind.REFUSED, Phase.CONNECT)
