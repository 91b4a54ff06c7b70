"""``check`` asks for what was asked, writes what was asked, and ends with the report's exit code."""

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from doctor import plugins
from doctor.cli.main import run
from doctor.model.errors import UsageProblem
from doctor.model.inputs import Inputs
from doctor.model.terms import Severity
from doctor.sandbox.server import Sandbox
from tests.cli.running import SECRET, VALUES, doctor, on_terminal, variables


@pytest.fixture
def inputs_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """What a command line hands to the examination."""
    seen: list[Inputs] = []

    def examine(inputs: Inputs, *_: object, **__: object) -> object:
        seen.append(inputs)
        raise UsageProblem("seen")

    for name in [name for name in os.environ if name.startswith("ATACCAMA")]:
        monkeypatch.delenv(name)
    for name, value in VALUES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, "doctor.examination", SimpleNamespace(examine=examine))

    def inputs(*words: str) -> Inputs:
        assert run(["check", *words]) == 2
        return seen.pop()

    return inputs


def _words(line: str) -> list[str]:
    return line.split()


def test_without_patterns_no_plug_in_is_loaded_before_the_servers_are_asked(
    inputs_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doctor.plugins.load", lambda: pytest.fail("loaded"))
    assert inputs_of().only == ()


def test_what_is_installed_is_read_once() -> None:
    assert plugins.load() is plugins.load()


def test_the_defaults_are_the_contracts(inputs_of: Any) -> None:
    inputs = inputs_of()
    assert (inputs.timeout, inputs.deadline, inputs.deadline_set) == (10, 60, False)
    assert (inputs.only, inputs.skip, inputs.fail_on) == ((), (), Severity.FAIL)
    assert (inputs.options.deep, inputs.options.browser_endpoint, inputs.options.get_paths) == (False, True, ())
    assert inputs.user_folder.name == "ataccama-doctor"
    assert inputs.environ["PATH"] == os.environ["PATH"]


def test_every_option_reaches_the_examination(inputs_of: Any, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("eyJ")
    given = {"--url": "u", "--realm": "r", "--client-id": "c", "--scope": "s", "--token-url": "t", "--api-url": "a"}
    given |= {"--ca-bundle": "b", "--proxy": "p", "--authorization-file": str(token), "--access-token-file": str(token)}
    words = [word for pair in given.items() for word in pair]
    inputs = inputs_of(*words, *_words("--get /a --get /b --only jwt-* --only api --skip token --deep"))
    assert {g.source: g.value for g in inputs.given if g.source in given} == {**given, **dict.fromkeys(
        ("--authorization-file", "--access-token-file"), "eyJ")}  # fmt: skip
    assert inputs.options.get_paths == ("/a", "/b")
    assert (inputs.only, inputs.skip, inputs.options.deep) == (("jwt-*", "api"), ("token",), True)
    inputs = inputs_of(*_words("--no-browser-endpoint --fail-on warn --timeout 2s --deadline 5m"))
    assert (inputs.options.browser_endpoint, inputs.fail_on) == (False, Severity.WARN)
    assert (inputs.timeout, inputs.deadline, inputs.deadline_set) == (2, 300, True)


def test_a_healthy_environment_ends_with_0_and_the_report_alone_on_stdout(environment: Sandbox, tmp_path: Path) -> None:
    done = doctor("check", "--format", "json", home=tmp_path, env=variables(environment))
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["verdict"]) == (0, "", "healthy")
    assert {s["name"]: s["source"] for s in report["targets"][0]["settings"]}["url"] == "ATACCAMA_URL"


def test_several_reports_are_written_in_one_run(environment: Sandbox, tmp_path: Path) -> None:
    words = ("--format", "short", "--report", "json=r.json", "--report", f"html={tmp_path / 'r.html'}")
    done = doctor("check", *words, home=tmp_path, env=variables(environment))
    assert done.returncode == 0
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["verdict"] == "healthy"
    assert "<html" in (tmp_path / "r.html").read_text("utf-8")


def test_the_secret_from_stdin_loses_one_line_end_and_the_report_says_so(environment: Sandbox, tmp_path: Path) -> None:
    env = variables(environment)
    secret = env.pop("ATACCAMA_CLIENT_SECRET")
    words = ("check", "--format", "json", "--client-secret-file", "-")
    done = doctor(*words, home=tmp_path, env=env, stdin=f"{secret}\n".encode())
    settings = {s["name"]: s for s in json.loads(done.stdout)["targets"][0]["settings"]}
    assert done.returncode == 0
    assert settings["client_secret"]["source"] == "--client-secret-file - (stdin, one line end removed)"
    assert settings["client_secret"]["value"] is None


def test_a_secret_file_with_a_line_feed_is_diagnosed_and_not_repaired(environment: Sandbox, tmp_path: Path) -> None:
    env = variables(environment)
    path = tmp_path / "secret"
    path.write_text(env.pop("ATACCAMA_CLIENT_SECRET") + "\n")
    done = doctor("check", "--format", "json", "--client-secret-file", str(path), home=tmp_path, env=env)
    assert done.returncode == 1
    assert json.loads(done.stdout)["targets"][0]["diagnosis"]["cause"] == "edge-whitespace"
    assert environment.client_secret not in done.stdout + done.stderr


@pytest.mark.parametrize("format", ["text", "short", "json", "html"])
def test_a_wrong_secret_ends_with_1_in_every_format(format: str, environment: Sandbox, tmp_path: Path) -> None:
    env = variables(environment, ATACCAMA_CLIENT_SECRET=SECRET[::-1])
    done = doctor("check", "--format", format, "-vv", home=tmp_path, env=env)
    assert done.returncode == 1
    assert SECRET[::-1] not in done.stdout + done.stderr


def test_an_unreachable_environment_ends_with_3(tmp_path: Path) -> None:
    assert doctor("check", "--format", "short", home=tmp_path).returncode == 3


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_stream_that_cannot_encode_the_signs_gets_ascii(encoding: str, environment: Sandbox, tmp_path: Path) -> None:
    env = variables(environment, PYTHONIOENCODING=encoding)
    done = doctor("check", "-v", home=tmp_path, env=env)
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_on_a_terminal_the_secret_is_asked_for_without_echo(environment: Sandbox, tmp_path: Path) -> None:
    env = variables(environment)
    secret = env.pop("ATACCAMA_CLIENT_SECRET")
    code, shown = on_terminal(["check", "-v"], env, tmp_path, f"{secret}\n")
    assert code == 0
    assert "Client secret:" in shown
    assert secret not in shown


def test_with_no_input_nobody_is_asked(environment: Sandbox, tmp_path: Path) -> None:
    env = variables(environment)
    del env["ATACCAMA_CLIENT_SECRET"]
    code, shown = on_terminal(["check", "--no-input"], env, tmp_path)
    assert code == 2
    assert "A value is absent, so nothing was asked" in shown


def test_on_a_terminal_progress_is_live_and_gone_at_the_end(environment: Sandbox, tmp_path: Path) -> None:
    code, shown = on_terminal(["check"], variables(environment), tmp_path)
    lines = shown.split("\r\x1b[2K")
    assert code == 0
    assert "✓ The client gets a token" in lines
    assert "pass: " not in lines[-1]
    assert "\x1b[32m" in lines[-1]


@pytest.mark.parametrize(("words", "more"), [(["-q"], {}), ([], {"TERM": "dumb"})])
def test_quiet_and_a_dumb_terminal_have_no_progress(
    words: list[str], more: dict[str, str], environment: Sandbox, tmp_path: Path
) -> None:
    code, shown = on_terminal(["check", *words], {**variables(environment), **more}, tmp_path)
    assert code == 0
    assert "\x1b[2K" not in shown
