"""``check --env-file``: the cause is what the line does to the value, and the fix is the line as it should be."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from tests.cli.running import doctor

HASH = "Zq7RkT2mVx9L #WpNsYb8HdGf3JaUe6K"


@pytest.fixture(scope="module")
def with_hash() -> Iterator[Sandbox]:
    with Sandbox(healthy().with_client(secret=HASH)) as running:
        yield running


def examined(environment: Sandbox, folder: Path, line: str, end: str = "\n") -> dict[str, Any]:
    """The report of a run whose settings stand in an env file, the secret in this line."""
    lines = [f"ATACCAMA_URL={environment.url}", f"ATACCAMA_REALM={environment.realm}"]
    lines += [f"ATACCAMA_CLIENT_ID={environment.client_id}", line.format(s=environment.client_secret)]
    path = folder / ".env"
    path.write_bytes("".join(each + end for each in lines).encode())
    path.chmod(0o600)
    env = {"REQUESTS_CA_BUNDLE": environment.ca_bundle}
    done = doctor("check", "--format", "json", "--env-file", str(path), home=folder, env=env)
    assert environment.client_secret not in done.stdout + done.stderr
    target: dict[str, Any] = json.loads(done.stdout)["targets"][0]
    return target


def test_without_an_env_file_nothing_is_said_of_its_lines(environment: Sandbox, tmp_path: Path) -> None:
    env = {f"ATACCAMA_{name.upper()}": value for name, value in environment.settings.items()}
    done = doctor("check", "--format", "json", home=tmp_path, env=env)
    (check,) = (c for c in json.loads(done.stdout)["targets"][0]["checks"] if c["id"] == "env-file-read")
    assert (check["outcome"], check["skip_reason"]) == ("skip", "no env file gave a setting")


def findings(target: dict[str, Any]) -> dict[str, str]:
    return {found["cause"]: found["severity"] for check in target["checks"] for found in check["findings"]}


def test_a_plain_file_is_healthy_and_each_value_has_its_line(environment: Sandbox, tmp_path: Path) -> None:
    target = examined(environment, tmp_path, "ATACCAMA_CLIENT_SECRET={s}")
    assert (target["verdict"], target["diagnosis"]) == ("healthy", None)
    given = [s["source"] for s in target["settings"] if s["name"] != "ca_bundle"]
    assert given == [f".env, line {n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("line", "end", "cause", "severity"),
    [
        ('ATACCAMA_CLIENT_SECRET="{s}"', "\n", "quotes-kept", "note"),
        ("ATACCAMA_CLIENT_SECRET={s} # from the portal", "\n", "loaders-differ", "note"),
        ("ATACCAMA_CLIENT_SECRET={s}", "\r\n", "edge-whitespace", "warn"),
    ],
)
def test_what_works_is_not_broken_and_what_another_loader_would_do_is_told(
    line: str, end: str, cause: str, severity: str, environment: Sandbox, tmp_path: Path
) -> None:
    target = examined(environment, tmp_path, line, end)
    assert target["diagnosis"] is None
    assert findings(target)[cause] == severity


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("ATACCAMA_CLIENT_SECRET=“{s}”", "quotes-kept"),
        ('ATACCAMA_CLIENT_SECRET="{s} "', "edge-whitespace"),
        ("ATACCAMA_CLIENT_SECRET=client_secret={s}", "label-pasted"),
        ("ATACCAMA_CLIENT_SECRET={s},", "label-pasted"),
        ("ATACCAMA_CLIENT_SECRET=\ufeff{s}", "invisible-character"),
        ("ATACCAMA_CLIENT_SECRET=$CLIENT_SECRET", "variable-not-expanded"),
        ("ATACCAMA_CLIENT_SECRET=${{CLIENT_SECRET}}", "value-empty"),
    ],
)
def test_what_the_line_does_to_the_value_is_the_cause(
    line: str, cause: str, environment: Sandbox, tmp_path: Path
) -> None:
    target = examined(environment, tmp_path, line)
    assert (target["diagnosis"]["cause"], target["diagnosis"]["setting"]) == (cause, "client_secret")


def test_the_fix_is_the_line_as_it_should_be_with_the_secret_masked(environment: Sandbox, tmp_path: Path) -> None:
    target = examined(environment, tmp_path, "ATACCAMA_CLIENT_SECRET=“{s}”")
    assert target["diagnosis"]["fix"] == "Write .env, line 4 as: ATACCAMA_CLIENT_SECRET=***"


def test_a_secret_that_a_loader_cuts_at_a_hash_is_proved_by_the_line_as_it_stands(
    with_hash: Sandbox, tmp_path: Path
) -> None:
    target = examined(with_hash, tmp_path, "ATACCAMA_CLIENT_SECRET={s}")
    diagnosis = target["diagnosis"]
    assert (diagnosis["cause"], diagnosis["setting"], diagnosis["confidence"]) == (
        "loaders-differ",
        "client_secret",
        "certain",
    )
    assert diagnosis["fix"] == "Write .env, line 4 as: ATACCAMA_CLIENT_SECRET='***'"


def test_in_single_quotes_the_same_secret_works(with_hash: Sandbox, tmp_path: Path) -> None:
    assert examined(with_hash, tmp_path, "ATACCAMA_CLIENT_SECRET='{s}'")["diagnosis"] is None
