"""``check`` with profiles: what is in force, what it hides when that matters, and where a secret never goes."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from doctor.sandbox.server import Sandbox
from tests.cli.running import SECRET, doctor

FILE = "ataccama-doctor.toml"
OWN = Path(".config") / "ataccama-doctor"


def written(folder: Path, environment: Sandbox, **settings: str) -> Path:
    """A file whose profile dev is the environment; with what is set otherwise."""
    made = {"url": environment.url, "realm": environment.realm, "client_id": environment.client_id, **settings}
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {json.dumps(value)}" for name, value in made.items()]
    (folder / FILE).write_text("\n".join(('default = "dev"', "[profiles.dev]", *lines)))
    (folder / FILE).chmod(0o600)
    return folder / FILE


def examined(home: Path, environment: Sandbox, *words: str, **env: str) -> dict[str, Any]:
    env["REQUESTS_CA_BUNDLE"] = environment.ca_bundle
    done = doctor("check", "--format", "json", *words, home=home, env=env)
    assert done.stdout, done.stderr
    assert environment.client_secret not in done.stdout + done.stderr
    target: dict[str, Any] = json.loads(done.stdout)["targets"][0]
    return target


def test_a_profile_is_enough_and_gives_the_report_its_name(environment: Sandbox, tmp_path: Path) -> None:
    written(tmp_path / OWN, environment, client_secret=environment.client_secret)
    target = examined(tmp_path, environment)
    assert (target["verdict"], target["name"]) == ("healthy", "dev")
    sources = {setting["name"]: setting["source"] for setting in target["settings"]}
    assert sources.pop("ca_bundle") == "REQUESTS_CA_BUNDLE"
    assert set(sources.values()) == {f"profile dev in {FILE}"}


def test_the_paths_of_a_profile_are_tried_unless_an_option_names_others(environment: Sandbox, tmp_path: Path) -> None:
    written(tmp_path / OWN, environment, client_secret=environment.client_secret, get="/api/nope")
    assert examined(tmp_path, environment)["diagnosis"]["cause"] == "api-not-found"
    assert examined(tmp_path, environment, "--get", "/api/reference-data/v1/tables")["diagnosis"] is None


def test_a_stale_variable_that_hides_the_right_secret_is_the_cause(environment: Sandbox, tmp_path: Path) -> None:
    written(tmp_path / OWN, environment, client_secret=environment.client_secret)
    diagnosis = examined(tmp_path, environment, ATACCAMA_CLIENT_SECRET=SECRET)["diagnosis"]
    assert (diagnosis["cause"], diagnosis["setting"], diagnosis["confidence"]) == (
        "setting-shadowed",
        "client_secret",
        "certain",
    )
    assert "Take the client secret out of ATACCAMA_CLIENT_SECRET" in diagnosis["fix"]


def test_a_difference_that_does_not_matter_is_no_finding(environment: Sandbox, tmp_path: Path) -> None:
    written(tmp_path / OWN, environment, client_secret=SECRET)
    target = examined(tmp_path, environment, ATACCAMA_CLIENT_SECRET=environment.client_secret)
    assert target["verdict"] == "healthy"
    assert {s["name"]: s["shadowed"] for s in target["settings"]}["client_secret"] == [f"profile dev in {FILE}"]


@pytest.mark.parametrize("words", [(), ("--profile", "dev")])
def test_no_secret_goes_to_an_address_that_was_merely_found(
    words: tuple[str, ...], environment: Sandbox, tmp_path: Path
) -> None:
    path = written(tmp_path, environment)
    before = len(environment.requests)
    env = {"REQUESTS_CA_BUNDLE": environment.ca_bundle, "ATACCAMA_CLIENT_SECRET": environment.client_secret}
    done = doctor("check", *words, home=tmp_path, env=env)
    assert done.returncode == 2
    assert f"If the file is yours, name it: --profile {path}:dev" in done.stderr
    assert len(environment.requests) == before
    assert doctor("check", "--profile", f"{path}:dev", home=tmp_path, env=env).returncode == 0


def test_a_secret_in_a_profile_that_git_would_take_along_is_a_warning(environment: Sandbox, tmp_path: Path) -> None:
    subprocess.run(("git", "init", "--quiet", str(tmp_path)), check=True)
    written(tmp_path, environment, client_secret=environment.client_secret)
    target = examined(tmp_path, environment)
    found = [found for check in target["checks"] for found in check["findings"] if found["cause"] == "secret-exposed"]
    assert [(each["severity"], each["setting"]) for each in found] == [("warn", "client_secret")]
    assert "not ignored by git" in found[0]["observed"]


def test_a_literal_secret_is_accepted_with_a_remark(environment: Sandbox, tmp_path: Path) -> None:
    written(tmp_path / OWN, environment, client_secret=environment.client_secret)
    done = doctor("check", home=tmp_path, env={"REQUESTS_CA_BUNDLE": environment.ca_bundle})
    assert done.returncode == 0
    assert "The client secret stands in profile dev in ataccama-doctor.toml itself" in " ".join(done.stdout.split())
