"""What cannot be begun is one sentence on stderr and exit code 2; what breaks is one sentence and 4."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from doctor.cli.ending import ending
from doctor.model.errors import LeakPrevented, UsageProblem
from tests.cli.running import SECRET, VALUES, doctor, surroundings


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("chek",), "There is no command chek. Did you mean check?"),
        (("check", "--client-secret", SECRET), "There is no option that takes the secret itself"),
        (("check", f"--client-secret={SECRET}"), "There is no option that takes the secret itself"),
        (("check", "--insecure"), "No option turns the verification of certificates off"),
        (("check", SECRET), "was given one word that it has no place for"),
        (("check", "--client-secret-file", SECRET), "looks like the secret itself"),
        (("check", "--client-secret-command", f"sh -c 'echo {SECRET}; exit 3'"), "ended with exit code 3"),
        (("check", "--nonsense"), "No such option"),
        (("check", "--timeout", "5h"), "'5h' is not a duration: write 90, 90s or 5m"),
        (("check", "--deadline", "soon"), "'soon' is not a duration"),
        (("check", "--format", "jsn"), "There is no format jsn. Did you mean json?"),
        (("check", "--report", "pdf=x"), "There is no format pdf. Known are github, html, json, junit, markdown, "),
        (("check", "--report", "html"), "'html' is not NAME=PATH"),
        (("check", "--report", "html=/no/such/x"), "there is no folder /no/such"),
        (("check", "--only", "jwt-expiri"), "--only: There is no check or stage jwt-expiri. Did you mean jwt-expiry?"),
        (("check", "--skip", "x*"), "--skip: There is no check or stage x*"),
        (("check", "--fail-on", "note"), "'note' is not one of 'fail', 'warn'"),
        (("check", "--color", "red"), "'red' is not one of"),
        (("check", "--ca-bundle", "/no/such.pem"), "/no/such.pem"),
        (("demo", "--fault", "edge-whitspace"), "There is no fault edge-whitspace. Did you mean edge-whitespace"),
        (("demo", "--fault", "qqq"), "ataccama-doctor demo --list-faults shows them all"),
        (("explain", "token-expird"), "There is no check or cause token-expird. Did you mean token-expired"),
        (("explain",), "Missing argument 'ID'"),
        (("completion", "tcsh"), "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
        (("list", "--format", "xml"), "'xml' is not one of"),
    ],
)
def test_a_usage_problem_is_one_sentence_and_exit_code_2(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    done = doctor(*words, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ataccama-doctor: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert SECRET not in done.stderr


def test_absent_values_are_named_at_once_and_nobody_is_prompted_in_a_pipe(tmp_path: Path) -> None:
    done = doctor("check", home=tmp_path, env={})
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(":")[0] for line in done.stderr.splitlines()[1:] if line[2] != " "] == [
        "  url",
        "  realm",
        "  client_id",
        "  client_secret",
    ]


@pytest.mark.parametrize(
    ("problem", "code", "sentence"),
    [
        (UsageProblem("Do this."), 2, "ataccama-doctor: Do this.\n"),
        (LeakPrevented("It was stopped."), 4, "ataccama-doctor: It was stopped.\n"),
        (KeyboardInterrupt(), 130, "ataccama-doctor: Interrupted.\n"),
        (click.Abort(), 130, "ataccama-doctor: Interrupted.\n"),
        (OSError(28, "x"), 2, "ataccama-doctor: The output cannot be written: No space left on device.\n"),
    ],
)
def test_every_end_has_its_sentence_and_code(
    problem: BaseException, code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(problem) == code
    assert capsys.readouterr().err.endswith(sentence)


def test_a_fault_of_our_own_is_named_by_type_and_place_and_never_by_its_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from doctor.cli import main, root

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(root.root, "main", breaks)
    assert main.run(["list"]) == 4
    said = capsys.readouterr().err
    assert said.startswith("ataccama-doctor itself broke: RuntimeError at doctor/cli/main.py:")
    assert said.endswith("; exit code 4.\n")
    assert SECRET not in said


@pytest.mark.parametrize("words", [("list",), ("--help",), ("schema",), ("demo",)])
def test_a_full_disk_is_one_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("/dev/full is Linux's")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            (sys.executable, "-m", "doctor", *words),
            env=surroundings(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "ataccama-doctor: The output cannot be written: No space left on device.\n"


@pytest.mark.parametrize("words", [("list",), ("schema",), ("check", "--help")])
def test_a_reader_that_leaves_is_no_news(words: tuple[str, ...], tmp_path: Path) -> None:
    process = subprocess.Popen(
        (sys.executable, "-m", "doctor", *words),
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as said:
        assert said.read() == b""
    assert process.wait(30) in (0, 1)


def test_the_exit_code_of_a_report_survives_a_reader_that_leaves(tmp_path: Path) -> None:
    process = subprocess.Popen(
        (sys.executable, "-m", "doctor", "check", "--format", "json"),
        env=surroundings(tmp_path, **VALUES),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as said:
        assert said.read() == b""
    assert process.wait(30) == 3


def test_all_options_that_cannot_be_used_are_named_at_once(tmp_path: Path) -> None:
    done = doctor("check", "--timeout", "soon", "--report", "html", "--color", "blue", home=tmp_path)
    assert done.returncode == 2
    assert all(f"'{name}'" in done.stderr for name in ("--timeout", "--report", "--color"))
