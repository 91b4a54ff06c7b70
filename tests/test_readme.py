"""What README and its companions say is there: options, commands, make targets, formats, faults and files."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from doctor.cli.root import COMMANDS
from doctor.model.terms import Verdict

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def help_of(*command: str) -> str:
    """What the program itself says of a command."""
    done = subprocess.run(
        (sys.executable, "-m", "doctor", *command, "--help"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{command} --help: {done.stderr}"
    return done.stdout


def invocations() -> set[str]:
    """Every call of the program in README: in a code block, or as code in a sentence."""
    return {line.strip() for line in re.findall(r"ataccama-doctor ((?:[a-z]|--)[^`\n#)]*)", text("README.md"))}


@pytest.mark.parametrize("line", sorted(invocations()))
def test_an_invocation_in_readme_uses_a_command_and_options_that_exist(line: str) -> None:
    command = line.split(maxsplit=1)[0]
    assert command in help_of()
    offered = set(OPTION.findall(help_of(command)))
    assert set(OPTION.findall(line)) <= offered


def test_every_option_in_readmes_settings_is_one_of_check() -> None:
    section = text("README.md").split("## Settings")[1].split("\n## ")[0]
    assert set(OPTION.findall(section)) - {"--help", "--profiles"} <= set(OPTION.findall(help_of("check")))


def test_the_exit_code_table_names_every_verdict_and_code() -> None:
    section = text("README.md").split("## Exit codes")[1].split("\n## ")[0]
    assert re.findall(r"(?m)^\| (\d+) \|", section) == ["0", "1", "2", "3", "4", "130"]
    named = set(re.findall(r"`([a-z]+)`", section))
    assert named - set(COMMANDS) == {verdict.value for verdict in Verdict}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", text("Makefile")))
    assert set(re.findall(r"(?m)(?:`|^)make ([a-z]+)", text(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_link_that_is_named_exists(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text(document))
    paths = re.findall(r"`((?:doctor|checks|tests|requirements|templates|bench)/[\w./-]*)`", text(document))
    assert not [name for name in (*links, *paths) if not (ROOT / name).exists()]


def test_the_diagnosis_in_readme_is_what_the_demo_prints() -> None:
    done = subprocess.run(
        (sys.executable, "-m", "doctor", "demo", "--fault", "edge-whitespace", "--quiet"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert f"```text\n{done.stdout}```" in text("README.md")
