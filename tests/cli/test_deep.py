"""``check --deep`` waits for the token to expire, shows the wait on a terminal, and excuses nothing."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from doctor.examination import examine
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Trust, World, healthy
from doctor.sources.sandbox import sandbox_inputs
from tests.cli.running import doctor, on_terminal, variables

DEEP = ("token-renewal", "altered-token-refused", "expired-token-refused")


def short_lived(leeway: float = 0, lifespan: int = 3) -> World:
    return healthy().with_client(lifespan=lifespan).with_api(trusts=(Trust("demo", leeway=leeway),))


@pytest.fixture(scope="module")
def environment() -> Iterator[Sandbox]:
    with Sandbox(short_lived()) as running:
        yield running


def outcomes(report: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    checks = {check["id"]: check for check in report["targets"][0]["checks"]}
    return {name: (checks[name]["outcome"], checks[name].get("skip_reason")) for name in DEEP}


def test_the_token_is_altered_then_outlived_and_only_then_renewed(environment: Sandbox, tmp_path: Path) -> None:
    done = doctor("check", "--deep", "--format", "json", home=tmp_path, env=variables(environment))
    report = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert set(outcomes(report).values()) == {("pass", None)}
    asked = [(e["purpose"], e["response"]["status"]) for e in report["targets"][0]["exchanges"]]
    wanted = [
        ("see whether an altered token is refused", 401),
        ("see whether the expired token is refused", 401),
        ("request a second token", 200),
    ]
    assert [step for step in asked if step in wanted] == wanted
    started = {e["purpose"]: e["started_ms"] for e in report["targets"][0]["exchanges"]}
    assert started["see whether the expired token is refused"] > 2500


def test_on_a_terminal_the_wait_has_a_bar_and_the_time_left_and_leaves_nothing(
    environment: Sandbox, tmp_path: Path
) -> None:
    code, shown = on_terminal(["check", "--deep"], variables(environment), tmp_path)
    lines = shown.split("\r\x1b[2K")
    waits = [line for line in lines if line.startswith("waiting for the token to expire")]

    assert code == 0
    assert all(re.fullmatch(r"waiting for the token to expire \[#*\.*\] 0:0\d left", line) for line in waits)
    assert len({line.count("#") for line in waits}) >= 3
    assert "waiting" not in lines[-1]


def test_a_deadline_that_comes_first_skips_it_with_the_reason(tmp_path: Path) -> None:
    with Sandbox(healthy()) as env:
        begun = time.monotonic()
        done = doctor("check", "--deep", "--deadline", "20s", "--format", "json", home=tmp_path, env=variables(env))
        took = time.monotonic() - begun

    found = outcomes(json.loads(done.stdout))
    outcome, reason = found.pop("expired-token-refused")
    assert (done.returncode, outcome) == (0, "skip")
    assert re.fullmatch(r"the token expires in \d+ s, after the deadline that was set", reason or "")
    assert set(found.values()) == {("pass", None)}
    assert took < 15


def test_an_api_with_a_leeway_is_asked_until_it_is_over(tmp_path: Path) -> None:
    with Sandbox(short_lived(leeway=3, lifespan=2)) as env:
        done = doctor("check", "--deep", "--format", "json", home=tmp_path, env=variables(env))

    report = json.loads(done.stdout)
    assert outcomes(report)["expired-token-refused"] == ("pass", None)
    asked = [e["response"]["status"] for e in report["targets"][0]["exchanges"] if "expired token" in e["purpose"]]
    assert asked[-1] == 401
    assert 200 in asked


@pytest.mark.parametrize(("deep", "verdict"), [(False, "warnings"), (True, "failed")])
def test_what_works_is_not_excused_under_deep(deep: bool, verdict: str) -> None:
    with Sandbox(replace(short_lived(), clock_offset=7200)) as env:
        report = examine(sandbox_inputs(env.settings, deep=deep)).report

    diagnosis = report.targets[0].diagnosis
    assert report.verdict.value == verdict
    assert (diagnosis.cause if diagnosis else None) == ("clock-wrong" if deep else None)
