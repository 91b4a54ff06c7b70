"""``demo`` examines the environment that ships inside, whole or broken, and can keep it up."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.cli.demonstration import exports
from doctor.sandbox.faults import FAULTS
from doctor.sources.sandbox import sandbox_inputs
from tests.cli.running import doctor, surroundings


def test_the_whole_environment_is_healthy_whatever_the_variables_say(tmp_path: Path) -> None:
    env = {
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "REQUESTS_CA_BUNDLE": "/no/such",
        "ATACCAMA_URL": "https://other.invalid",
    }
    done = doctor("demo", "--format", "json", home=tmp_path, env=env)
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (0, "healthy"), done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("fault", "code"),
    [("edge-whitespace", 1), ("realm-not-found", 1), ("connection-refused", 3), ("bearer-token-quoted", 1)],
)
def test_a_fault_is_named_with_the_exit_code_of_check(fault: str, code: int, tmp_path: Path) -> None:
    done = doctor("demo", "--fault", fault, "--format", "json", home=tmp_path, env={})
    assert done.returncode == code
    assert json.loads(done.stdout)["targets"][0]["diagnosis"]["cause"] == fault


def test_the_inputs_are_what_the_fault_typed_and_nothing_of_this_machine() -> None:
    inputs = sandbox_inputs({"url": "u", "client_secret": "x\n", "get": "/tables"}, deep=True)
    assert [(g.name.value, g.value, g.source) for g in inputs.given] == [
        ("url", "u", "the demo"),
        ("client_secret", "x\n", "the demo"),
    ]
    assert (dict(inputs.environ), inputs.user_folder) == ({}, None)
    assert (inputs.options.deep, inputs.options.get_paths) == (True, ("/tables",))


def test_every_settings_export_survives_the_shell() -> None:
    settings = {"url": "https://x", "client_secret": "a'b $c\n", "ca_bundle": "/tmp/a b", "get": "/x", "proxy": "p"}
    script = "\n".join(exports(settings)) + '\nprintf "%s|" "$ATACCAMA_CLIENT_SECRET" "$CURL_CA_BUNDLE" "$HTTPS_PROXY"'
    done = subprocess.run(("sh", "-c", script), capture_output=True, text=True, check=True)
    assert done.stdout == "a'b $c\n|/tmp/a b|p|"
    assert "ATACCAMA_GET" not in script


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_settings_that_check_can_use_and_leaves_nothing_behind(
    ended_by: signal.Signals, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        (sys.executable, "-m", "doctor", "demo", "--serve"),
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = dict(re.findall(r"export (\w+)=(.*)", "".join(process.stdout.readline() for _ in range(6))))
    checked = doctor("check", "--format", "short", home=tmp_path, env=printed)
    process.send_signal(ended_by)
    out, err = process.communicate(timeout=30)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert (process.returncode, out, err) == (0, "", "")
    assert not Path(printed["CURL_CA_BUNDLE"]).exists()


def test_list_faults_names_what_a_machine_must_have(tmp_path: Path) -> None:
    shown = doctor("demo", "--list-faults", home=tmp_path).stdout
    assert all(f"(needs: {fault.needs})" in shown for fault in FAULTS.values() if fault.needs)
