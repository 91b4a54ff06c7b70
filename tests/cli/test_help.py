"""The help is short, grouped and complete, and whoever asks for it or for the version waits for nothing."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from doctor import __version__
from doctor.cli.root import COMMANDS, root
from tests.cli.running import ROOT, doctor

SLOW = ("requests", "jinja2", "jwt", "cryptography", "ssl", "doctor.sandbox", "importlib.metadata", "doctor.model")
CHECK_OPTIONS = (
    "--url --realm --client-id --client-secret-file --client-secret-command --scope --token-url --api-url --get "
    "--authorization-file --access-token-file --format --report --only --skip --fail-on --timeout --deadline --wait "
    "--ca-bundle --proxy --deep --no-browser-endpoint --env-file --profile --no-input --color --verbose --quiet "
    "--version --help"
)


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_version_and_help_answer_on_every_level(words: tuple[str, ...], tmp_path: Path) -> None:
    version = doctor(*words, "--version", home=tmp_path)
    assert (version.returncode, version.stdout) == (0, f"ataccama-doctor {__version__}\n")
    long, short = doctor(*words, "--help", home=tmp_path), doctor(*words, "-h", home=tmp_path)
    assert (long.returncode, long.stderr) == (0, "")
    assert long.stdout == short.stdout
    assert "Examples:" in long.stdout
    assert max(map(len, long.stdout.splitlines())) <= 100


def command_of(name: str) -> click.Command:
    found = root.get_command(click.Context(root), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_mentions_every_option_with_what_it_does(name: str, tmp_path: Path) -> None:
    shown = doctor(name, "--help", home=tmp_path).stdout
    for parameter in command_of(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert all(option in shown for option in parameter.opts), parameter.opts


def test_check_has_the_contracts_options_and_none_that_takes_the_secret_or_weakens_trust(tmp_path: Path) -> None:
    shown = set(re.findall(r"(?m)^  (?:-\w, )?(--[a-z-]+)", doctor("check", "--help", home=tmp_path).stdout))
    assert shown == set(CHECK_OPTIONS.split())


def test_checks_options_stand_in_their_groups(tmp_path: Path) -> None:
    shown = doctor("check", "--help", home=tmp_path).stdout
    headings = re.findall(r"(?m)^([A-Z][a-z ]+):$", shown)
    assert headings == ["Settings", "What to ask", "Time", "Network", "Output", "General", "Examples"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_use_options_that_exist(name: str) -> None:
    words = " ".join(getattr(command_of(name), "examples", ()))
    offered = {option for p in command_of(name).params for option in p.opts} | {"-field", "--help"}
    assert set(re.findall(r"(?<= )--[a-z-]+", words)) <= offered


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_version_and_help_import_nothing_slow(words: list[str]) -> None:
    program = (
        f"import sys\nfrom doctor.cli.main import run\nassert run({words!r}) == 0\n"
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )
    done = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stdout + done.stderr


@pytest.mark.parametrize("name", ["check", "demo"])
def test_the_help_of_a_command_imports_neither_network_nor_templates(name: str) -> None:
    program = (
        f"import sys\nfrom doctor.cli.main import run\nassert run([{name!r}, '--help']) == 0\n"
        f"print([name for name in {SLOW[:-1]!r} if name in sys.modules])"
    )
    done = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stdout + done.stderr
