"""``replay`` and ``diff`` on the command line: files in, a report or what changed out, and the right exit code."""

import json
from pathlib import Path

import pytest

from doctor.evidence_file import read, to_json
from doctor.model.style import Style
from doctor.render import html, json_report
from tests.cli.running import doctor
from tests.render import reports
from tests.test_replay import examined

UNUSABLE = {
    "absent": (None, "absent.json cannot be read: No such file or directory."),
    "empty": (b"", "it is not JSON"),
    "prose": (b"verdict: failed\n", "it is not JSON"),
    "binary": (b"\x89PNG\r\n\x1a\n\xff\xfe", "it is not text in UTF-8."),
    "another program's": (b'{"status": "ok"}', "it names no schema_version."),
    "another schema": (b'{"schema_version": "2.0"}', "has schema '2.0'"),
    "cut off": (json_report.render(reports.healthy(), Style()).encode()[:-200], "it is not JSON"),
    "another page": (b"<!doctype html><title>x</title>", "no element with the id report-json"),
    "no environment": (json.dumps({**to_json(reports.healthy()), "targets": []}).encode(), "it has no environment."),
    "deep": (b"[" * 50_000, "nested too deeply"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    healthy, failed = examined(None), examined("client-disabled")
    made = {
        "healthy.json": json_report.render(healthy, Style()),
        "failed.json": json_report.render(failed, Style()),
        "failed.html": html.render(failed, Style()),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: folder / name for name in made}


@pytest.mark.parametrize(("name", "code"), [("healthy.json", 0), ("failed.json", 1), ("failed.html", 1)])
@pytest.mark.parametrize("kind", ["json", "html"])
def test_a_replay_ends_as_the_run_did_and_writes_the_same_report(
    files: dict[str, Path], tmp_path: Path, name: str, code: int, kind: str
) -> None:
    out = tmp_path / "again"
    done = doctor("replay", str(files[name]), "-q", "--report", f"{kind}={out}", home=tmp_path, env={})
    assert (done.returncode, done.stderr) == (code, "")
    assert read(out.read_text("utf-8")) == read(files[name].read_text("utf-8"))


def test_a_replay_writes_the_bytes_that_were_written(files: dict[str, Path], tmp_path: Path) -> None:
    for name, kind in (("failed.json", "json"), ("failed.html", "html")):
        done = doctor("replay", str(files["failed.html"]), "--format", kind, home=tmp_path, env={})
        assert done.stdout == files[name].read_text("utf-8")


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_is_no_report_is_one_sentence_and_a_usage_error(
    files: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    content, words = UNUSABLE[kind]
    path = tmp_path / f"{kind}.json"
    if content is not None:
        path.write_bytes(content)
    for line in (("replay", str(path)), ("diff", str(path), str(files["healthy.json"]))):
        done = doctor(*line, home=tmp_path, env={})
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    done = doctor("replay", str(tmp_path), home=tmp_path, env={})
    assert (done.returncode, done.stderr) == (2, f"ataccama-doctor: {tmp_path} cannot be read: Is a directory.\n")


def test_a_difference_is_told_from_cause_to_facts(files: dict[str, Path], tmp_path: Path) -> None:
    done = doctor("diff", str(files["healthy.json"]), str(files["failed.html"]), home=tmp_path, env={})
    places = [done.stdout.index(words) for words in ("Before", "After", "Cause", "Settings", "Facts", "Different: ")]
    assert places == sorted(places)
    assert "is        Failed: The client exists and is disabled [client-disabled" in done.stdout
    assert "first attempt, answer: was 200, is 401 invalid_client" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


def test_a_report_and_its_page_are_the_same(files: dict[str, Path], tmp_path: Path) -> None:
    done = doctor("diff", str(files["failed.json"]), str(files["failed.html"]), home=tmp_path, env={})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("The same, but for times and the like. Exit code 0.\n")


def test_two_runs_of_one_environment_are_the_same(files: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    again.write_text(json_report.render(examined(None), Style()), encoding="utf-8")
    done = doctor("diff", str(files["healthy.json"]), str(again), home=tmp_path, env={})
    assert done.returncode == 0, done.stdout
    assert "client_secret: cannot be compared" in done.stdout
