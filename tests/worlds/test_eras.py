"""What the worlds of the eras rest on: every answer in them was recorded, and few questions lead to each."""

import json
import re
from functools import cache
from typing import Any

import pytest

from doctor.model.report import Exchange
from doctor.sandbox.world import Era
from tests.recordings.recorded import ERAS, load
from tests.worlds import eras
from tests.worlds.running import run
from tests.worlds.world import Case

CASES = {case.name: case for case in eras.CASES}
VERSIONS = {era: version for version, era in ERAS.items()}
MOST_WITH_SECRET = 5
MOST_WITHOUT = 20
"""Of the questions that carry no secret; the contract only says that they are bounded."""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_run_asks_few_questions_and_gets_recorded_answers(case: Case) -> None:
    exchanges = run(case).targets[0].exchanges
    version = VERSIONS[Era(case.name.split()[1].rstrip(":"))]
    carrying = [each for each in exchanges if _carries_secret(each)]
    assert len(carrying) <= MOST_WITH_SECRET
    assert len(exchanges) - len(carrying) <= MOST_WITHOUT
    assert [said for each in exchanges if (said := _refusal(each)) and said not in _recorded(version)] == []


def _carries_secret(exchange: Exchange) -> bool:
    headers = dict(exchange.request.headers)
    return "client_secret=" in (exchange.request.body or "") or headers.get("Authorization", "").startswith("Basic ")


def _refusal(exchange: Exchange) -> str | None:
    """Keycloak's refusal without what differs from world to world; None for all other answers."""
    answer, body = exchange.response, exchange.response.body if exchange.response else None
    if answer is None or answer.status < 400 or not body or "/api/" in exchange.request.url or "<hr>" in body:
        return None
    if body.startswith("{"):
        return _plain(answer.status, json.loads(body))
    message = re.search(r'id="kc-error-message">\s*<p[^>]*>(.*?)</p>', body, re.DOTALL)
    return f"{answer.status} {message[1]}" if message else None


@cache
def _recorded(version: str) -> frozenset[str]:
    pages = [(each.status, each.body["words"]) for each in load(version).values() if "words" in (each.body or {})]
    said = {_plain(each.status, each.body) for each in load(version).values() if each.status >= 400}
    return frozenset(said | {f"{status} {words.partition('... ')[2]}" for status, words in pages})


def _plain(status: int, body: Any) -> str:
    words = f"{status} {body.get('error')} {body.get('error_description')}"
    return re.sub(r"full path: \S+", "full path", words)
