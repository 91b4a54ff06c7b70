"""A name is looked up once a run, however many ask, and nobody waits longer than he may."""

import socket
import threading
import time

import pytest

from doctor.transport.names import Names


def test_a_name_is_looked_up_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> object:
        asked.append(host)
        time.sleep(0.1)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    names, found = Names(), []
    threads = [threading.Thread(target=lambda: found.append(names.resolve("a.example", 443, 2))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[(int(socket.AF_INET), ("192.0.2.1", 443))]] * 5
    assert asked == ["a.example"]


def test_the_order_of_the_resolver_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (socket.AF_INET6, 1, 6, "", ("2001:db8::1", 443, 0, 0)),
        (socket.AF_INET, 1, 6, "", ("192.0.2.1", 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    assert [address[0] for _, address in Names().resolve("a", 443, 1)] == ["2001:db8::1", "192.0.2.1"]


def test_who_may_wait_no_longer_is_told_so_and_others_still_get_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> object:
        time.sleep(0.3)
        return [(socket.AF_INET, 1, 6, "", ("192.0.2.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    names = Names()
    with pytest.raises(TimeoutError):
        names.resolve("a", 443, 0.05)
    assert names.resolve("a", 443, 2)


def test_a_problem_is_every_askers_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    names = Names()
    for _ in range(2):
        with pytest.raises(socket.gaierror):
            names.resolve("a", 443, 1)


def test_a_name_that_no_resolver_takes_does_not_exist() -> None:
    with pytest.raises(socket.gaierror) as caught:
        Names().resolve("\udce9" * 70 + ".example", 443, 1)
    assert caught.value.errno == socket.EAI_NONAME
