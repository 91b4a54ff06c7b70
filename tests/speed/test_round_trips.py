"""How many connections and round trips a healthy check takes: counted, so that nobody adds one unnoticed."""

from pathlib import Path

import pytest

from doctor.examination import examine
from tests.speed.counting import (
    CONNECTIONS,
    CUSTOM,
    DISCOVERY,
    KEYS,
    TOKEN,
    VENDOR,
    WITH,
    WITHOUT,
    counting,
)


@pytest.mark.parametrize(
    ("host", "rounds"),
    [
        (VENDOR, [{DISCOVERY, TOKEN, WITHOUT}, {KEYS, WITH}]),
        (CUSTOM, [{DISCOVERY, WITHOUT}, {KEYS, TOKEN}, {WITH}]),
    ],
    ids=["on the vendor's domain four", "elsewhere five, since discovery comes before the secret"],
)
def test_round_trips_of_a_healthy_check(
    host: str, rounds: list[set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counting(host, *map(len, rounds), folder=tmp_path, monkeypatch=monkeypatch) as (server, inputs):
        target = examine(inputs).report.targets[0]
    assert target.verdict == "healthy", target.diagnosis
    assert (server.requests.incomplete, server.connections.incomplete) == (False, False)
    # TCP and TLS are the first two.
    assert server.requests.rounds == [*rounds, set()]
    assert server.connections.rounds == [{"connection"}, set()]
    assert len(server.connections.arrived) == CONNECTIONS


def test_the_report_says_when_each_exchange_began_and_what_its_phases_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counting(VENDOR, folder=tmp_path, monkeypatch=monkeypatch) as (_, inputs):
        exchanges = examine(inputs).report.targets[0].exchanges
    first = {e.connection: e for e in reversed(exchanges)}
    assert len(exchanges) == 5
    assert len(first) == CONNECTIONS
    for exchange in exchanges:
        phases = exchange.phases_ms
        opened = (phases.dns, phases.connect, phases.tls)
        assert all(isinstance(p, float) for p in opened) == (exchange is first[exchange.connection])
        assert phases.first_byte is not None
        assert exchange.started_ms >= 0
        assert sum(p or 0.0 for p in (*opened, phases.first_byte)) <= phases.total + 1.0  # rounding
