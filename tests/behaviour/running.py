"""Run ``ataccama-doctor check`` in a world, as a person would, and hold the report to the world's row."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.behaviour.environment import Environment
from tests.behaviour.worlds import World

REPOSITORY = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "COVERAGE_PROCESS_START")
"""All that a run sees of this session's environment: no proxy, no other CA bundle, no setting."""


def check(world: World, environment: Environment, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command line in an empty home and return what it did."""
    settings = world.settings(environment)
    command = [sys.executable, "-m", "doctor", "check", "--format", "json", "--no-input"]
    command += ["--ca-bundle", str(environment.ca_bundle), *_token_option(settings, folder), *world.options]
    variables = {f"ATACCAMA_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        command,
        cwd=folder,
        env={**_clean(folder), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=world.seconds,
        check=False,
    )


def hold(world: World, environment: Environment, folder: Path) -> None:
    """Assert that the program says what the row says, and nothing of the secret."""
    done = check(world, environment, folder)
    assert done.stdout, f"no report, exit code {done.returncode}: {done.stderr}"
    report = json.loads(done.stdout)
    target = report["targets"][0]
    said = json.dumps([report["verdict"], target["diagnosis"], _findings(target)], indent=1) + done.stderr
    assert done.returncode == report["exit_code"] == world.exit_code, said
    assert world.verdict in (None, report["verdict"]), said
    _hold_cause(world, target, said)
    assert "Traceback" not in done.stderr
    secret = world.settings(environment).get("client_secret", "").strip("\ufeff \n")
    assert not secret or secret not in done.stdout + done.stderr


def _hold_cause(world: World, target: dict[str, Any], said: str) -> None:
    diagnosis = target["diagnosis"]
    if world.exit_code == 0:
        assert diagnosis is None, said
        warned = {finding["cause"] for finding in _findings(target) if finding["severity"] == "warn"}
        assert set(world.causes) <= warned, said
        return
    assert diagnosis is not None, said
    assert diagnosis["cause"] in world.causes, said
    assert world.setting in (None, diagnosis.get("setting")), said
    assert world.confidence in (None, diagnosis["confidence"]), said
    assert not world.endpoints or diagnosis.get("endpoint") in world.endpoints, said


def _findings(target: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for each in target["checks"] for finding in each["findings"]]


def _token_option(settings: dict[str, str], folder: Path) -> list[str]:
    token = settings.pop("access_token", None)
    if token is None:
        return []
    path = folder / "access-token"
    path.touch(mode=0o600)
    path.write_text(token, "utf-8")
    return ["--access-token-file", str(path)]


def _clean(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "HOME": str(folder), "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
