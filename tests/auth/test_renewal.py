"""One token for all calls and threads: renewed in time, by one thread, and once more after a 401."""

import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from doctor.auth import ClientCredentials, TokenError
from tests.auth.servers import SECRET, Clock, api, bearer, body, numbered, refusal, token
from tests.transport.loopback import Server, always, answer

THREADS = 32


def credentials(realm: Server, **more: Any) -> ClientCredentials:
    return ClientCredentials(f"{realm.url}/token", "my-client", SECRET, **more)


def at_once(work: Callable[[], object]) -> list[object]:
    """What each of many threads gets, or raises, that begin together."""
    start, results = threading.Barrier(THREADS), []

    def one() -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as problem:  # noqa: BLE001 - what a thread raises is what is being tested
            results.append(problem)

    threads = [threading.Thread(target=one) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("doctor.auth.time", clock)
    monkeypatch.setattr("doctor.token_endpoint.time", clock)
    return clock


@pytest.fixture
def realm() -> Iterator[Server]:
    """Gives token-1, token-2, … for 300 seconds each."""
    with numbered(token) as server:
        yield server


def test_many_threads_share_one_token(realm: Server) -> None:
    auth = credentials(realm)
    with api(lambda _: True) as server:
        found = at_once(lambda: requests.get(server.url, auth=auth, timeout=10).status_code)

        assert found == [200] * THREADS
        assert {bearer(request) for request in server.requests} == {"token-1"}
    assert len(realm.requests) == 1


@pytest.mark.parametrize(
    ("lifetime", "age", "asked"),
    [
        (300, 269, 1),
        (300, 271, 2),
        ("300", 271, 2),
        (36000, 35969, 1),
        (10, 7.9, 1),
        (10, 8.1, 2),
        (1, 0.79, 1),
        (1, 0.81, 2),
        (0, 0, 2),
        (-5, 0, 2),
        (None, 100_000, 1),
        ("soon", 100_000, 1),
    ],
)
def test_a_token_is_renewed_before_its_end_and_not_much_before(
    clock: Clock, lifetime: object, age: float, asked: int
) -> None:
    with numbered(lambda number: token(number, lifetime)) as realm:
        auth = credentials(realm)
        auth.access_token()
        clock.now += age

        assert auth.access_token() == f"token-{asked}"
        assert len(realm.requests) == asked


def test_the_margin_is_the_callers(clock: Clock, realm: Server) -> None:
    auth = credentials(realm, margin=5)
    auth.access_token()
    clock.now += 294

    assert auth.access_token() == "token-1"


def test_a_lifetime_counts_from_before_the_request(clock: Clock) -> None:
    def slowly(number: int) -> bytes:
        clock.now += 8.5
        return token(number, 10)

    with numbered(slowly) as realm:
        auth = credentials(realm, timeout=60)

        assert [auth.access_token(), auth.access_token()] == ["token-1", "token-2"]


def test_an_expired_token_is_renewed_by_one_thread_while_the_others_wait(clock: Clock) -> None:
    busy: list[int] = []

    def one_at_a_time(number: int) -> bytes:
        busy.append(number)
        threading.Event().wait(0.05)
        assert busy == [number]
        busy.clear()
        return token(number)

    with numbered(one_at_a_time) as realm:
        auth = credentials(realm)
        auth.access_token()
        clock.now += 301

        assert at_once(auth.access_token) == ["token-2"] * THREADS
        assert len(realm.requests) == 2


def test_while_one_thread_renews_early_the_others_go_on_with_the_token_they_have(clock: Clock) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def second_waits(number: int) -> bytes:
        if number == 2:
            asked.set()
            go_on.wait(10)
        return token(number)

    with numbered(second_waits) as realm:
        auth = credentials(realm)
        auth.access_token()
        clock.now += 280
        renewing = threading.Thread(target=auth.access_token)
        renewing.start()
        asked.wait(10)
        meanwhile = auth.access_token()
        go_on.set()
        renewing.join(10)

        assert (meanwhile, auth.access_token()) == ("token-1", "token-2")


def test_a_renewal_that_fails_early_leaves_the_token_in_use_and_is_tried_again_later(clock: Clock) -> None:
    def second_fails(number: int) -> bytes:
        return token(number) if number != 2 else refusal("temporarily_unavailable", "later", "503 Unavailable")

    with numbered(second_fails) as realm:
        auth = credentials(realm)
        used = []
        for age in (0, 275, 5, 10):  # 0, 275, 280 and 290 s old; after the failure it is due again at 287.5 s
            clock.now += age
            used.append(auth.access_token())

        assert used == ["token-1", "token-1", "token-1", "token-3"]


def test_after_the_end_a_renewal_that_fails_is_told(clock: Clock) -> None:
    with numbered(lambda number: token(number) if number == 1 else refusal("invalid_client", "gone")) as realm:
        auth = credentials(realm)
        auth.access_token()
        clock.now += 301

        with pytest.raises(TokenError, match="gone"):
            auth.access_token()


def test_a_failure_is_shared_by_all_who_waited_and_asked_for_once() -> None:
    def refused(number: int) -> bytes:
        threading.Event().wait(0.3)
        return refusal("invalid_client", "Invalid client or Invalid client credentials")

    with numbered(refused) as realm:
        found = at_once(credentials(realm).access_token)

        assert len(realm.requests) == 1
    words = "answered 401, invalid_client: Invalid client or Invalid client credentials."
    assert {str(problem) for problem in found} == {f"The token endpoint {realm.url}/token {words}"}
    assert len({id(problem) for problem in found}) == THREADS


def test_an_interrupted_request_leaves_nobody_waiting(monkeypatch: pytest.MonkeyPatch, realm: Server) -> None:
    auth = credentials(realm)
    asked, go_on = threading.Event(), threading.Event()
    waiting: list[object] = []

    def interrupted(_: object) -> None:
        asked.set()
        go_on.wait(10)
        raise KeyboardInterrupt

    def wait_too() -> None:
        try:
            waiting.append(auth.access_token())
        except TokenError as problem:
            waiting.append(str(problem))

    def ask() -> None:
        with pytest.raises(KeyboardInterrupt):
            auth.access_token()

    with monkeypatch.context() as patch:
        patch.setattr("doctor.token_endpoint.TokenEndpoint.ask", interrupted)
        first = threading.Thread(target=ask)
        first.start()
        asked.wait(10)
        second = threading.Thread(target=wait_too)
        second.start()
        while second.is_alive() and not auth._renewal._condition._waiters:  # type: ignore[union-attr]
            threading.Event().wait(0.01)
        go_on.set()
        first.join(10)
        second.join(10)

    assert waiting == ["The token request was interrupted."]
    assert auth.access_token() == "token-1"


@pytest.fixture
def refusing_the_first() -> Iterator[Server]:
    with api(lambda given: given != "token-1") as server:
        yield server


BODIES: dict[str, Callable[[], dict[str, Any]]] = {
    "none": dict,
    "bytes": lambda: {"data": b"\x00\xff" * 50},
    "text": lambda: {"data": "žluťoučký".encode()},
    "a form": lambda: {"data": {"a": "1", "b": "2 3"}},
    "JSON": lambda: {"json": {"rows": list(range(100))}},
    "an upload": lambda: {"files": {"file": ("rows.csv", io.BytesIO(b"a;b\n" * 1000))}},
    "a file": lambda: {"data": io.BytesIO(b"0123456789" * 10_000)},
    "the rest of a file": lambda: {"data": _read_to(io.BytesIO(b"0123456789" * 10_000), 7)},
}


def _read_to(file: io.BytesIO, position: int) -> io.BytesIO:
    file.seek(position)
    return file


@pytest.mark.parametrize("given", BODIES.values(), ids=BODIES)
def test_a_request_that_is_refused_goes_out_once_more_with_the_same_body(
    given: Callable[[], dict[str, Any]], realm: Server, refusing_the_first: Server
) -> None:
    answered = requests.post(refusing_the_first.url, auth=credentials(realm), timeout=10, **given())

    first, second = refusing_the_first.requests
    assert (answered.status_code, answered.text, len(answered.history)) == (200, "fine", 1)
    assert (bearer(first), bearer(second)) == ("token-1", "token-2")
    assert body(first) == body(second)
    assert (body(first) != b"") == bool(given())


def chunked(server_answer: bytes) -> Server:
    """Reads a chunked request to its end."""

    def script(peer: Any) -> None:
        data = peer.sock.recv(65536)
        while not data.endswith(b"0\r\n\r\n"):
            data += peer.sock.recv(65536)
        peer.server.requests.append(data)
        peer.say(server_answer)

    return Server(script)


def test_a_stream_that_cannot_be_sent_again_is_not_and_the_next_request_has_a_new_token(realm: Server) -> None:
    auth = credentials(realm)
    with chunked(answer(b"no", status="401 Unauthorized")) as server:
        answered = requests.post(server.url, data=iter([b"one", b"two"]), auth=auth, timeout=10)

        assert (answered.status_code, len(server.requests)) == (401, 1)
    assert auth.access_token() == "token-2"


class Spent(io.BytesIO):
    """A file that can be read once and not be wound back, as one that is closed when it has been read."""

    def __len__(self) -> int:
        return len(self.getvalue())

    def seek(self, *_: int) -> int:
        raise ValueError("I/O operation on closed file.")


def test_a_file_that_cannot_be_wound_back_is_not_sent_again(realm: Server) -> None:
    with api(lambda _: False) as server:
        answered = requests.post(server.url, data=Spent(b"0123456789"), auth=credentials(realm), timeout=10)

        assert (answered.status_code, len(server.requests)) == (401, 1)
        assert body(server.requests[0]) == b"0123456789"


def test_an_api_that_always_refuses_is_asked_twice_and_no_more(realm: Server) -> None:
    with api(lambda _: False) as server:
        answered = requests.get(server.url, auth=credentials(realm), timeout=10)

        assert (answered.status_code, len(server.requests), len(realm.requests)) == (401, 2, 2)


def test_a_token_that_many_threads_see_refused_is_renewed_once(realm: Server, refusing_the_first: Server) -> None:
    auth = credentials(realm)
    auth.access_token()

    found = at_once(lambda: requests.get(refusing_the_first.url, auth=auth, timeout=10).status_code)

    assert found == [200] * THREADS
    assert len(realm.requests) == 2


def test_a_prepared_request_can_be_sent_again_long_after(clock: Clock, realm: Server) -> None:
    with api(lambda given: given == f"token-{len(realm.requests)}") as server, requests.Session() as session:
        prepared = session.prepare_request(requests.Request("GET", server.url, auth=credentials(realm)))
        clock.now += 1000

        assert [session.send(prepared, timeout=10).status_code for _ in range(2)] == [200, 200]


def test_what_the_api_says_otherwise_is_left_alone(realm: Server) -> None:
    with Server(always(answer(b"", status="403 Forbidden"))) as server:
        answered = requests.get(server.url, auth=credentials(realm), timeout=10)

        assert (answered.status_code, len(server.requests), len(realm.requests)) == (403, 1, 1)
