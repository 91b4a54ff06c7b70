"""The report for GitHub Actions: annotations, a group that folds, and the step's summary."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from doctor.cli.main import run
from doctor.model.style import Style
from doctor.model.terms import Severity
from doctor.render.github import render
from tests.render import reports
from tests.render.hostile import ATTACKS, hostile_report

COMMAND = re.compile(r"::(\w+)(?: title=([^:,]*))?::(.*)")
OURS = {"error", "warning", "notice", "group", "endgroup"}


def commands(text: str) -> list[tuple[str, str, str]]:
    """Level, title and message of each line that a runner would act on, as a runner reads them."""
    found = [COMMAND.fullmatch(line) for line in text.splitlines() if line.lstrip().startswith("::")]
    assert all(found)
    return [(m[1], unquote(m[2] or ""), unquote(m[3])) for m in found if m]


def test_the_diagnosis_is_the_first_error_with_what_was_seen_and_what_to_do() -> None:
    level, title, message = commands(render(reports.failed(), Style()))[0]
    assert (level, title) == ("error", "acme.ataccama.one: The client secret begins or ends with whitespace")
    cause, observed, fix, more = message.split("\n")
    assert cause == "edge-whitespace (client secret), certain"
    assert observed.startswith("The client secret from ATACCAMA_CLIENT_SECRET_FILE ends with a line feed")
    assert fix.startswith("Do: Write the file again")
    assert more == "More: ataccama-doctor explain edge-whitespace"


def test_a_consequence_is_no_annotation() -> None:
    assert [level for level, _, _ in commands(render(reports.failed(), Style()))] == ["error", "group", "endgroup"]


def test_a_healthy_run_is_a_notice_with_the_counts() -> None:
    assert commands(render(reports.healthy(), Style()))[0] == (
        "notice", "acme.ataccama.one", "Healthy: 16 passed",
    )  # fmt: skip


def test_warnings_are_warnings_and_failures_come_first() -> None:
    run = reports.warnings()
    assert [level for level, _, _ in commands(render(run, Style()))[:3]] == ["warning", "warning", "notice"]
    target = run.targets[0]
    last = target.checks[12]
    graver = replace(last, findings=(replace(last.findings[0], severity=Severity.FAIL),))
    changed = replace(target, checks=(*target.checks[:12], graver, *target.checks[13:]))
    assert [c[0] for c in commands(render(replace(run, targets=(changed,)), Style()))[:2]] == ["error", "warning"]


def test_what_could_not_be_asked_is_an_error_because_the_step_fails() -> None:
    assert commands(render(reports.inconclusive(), Style()))[0][0] == "error"


def test_what_broke_is_an_error_with_the_sentence() -> None:
    level, title, message = commands(render(reports.crashed(), Style()))[0]
    assert (level, title) == ("error", "acme.ataccama.one: Quota is not used up")
    assert message == "acme:quota: broke, acme-doctor-quota raised KeyError in acme:quota"


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_server_gives_no_command(attack: str) -> None:
    honest = commands(render(hostile_report("words"), Style()))
    attacked = commands(render(hostile_report(ATTACKS[attack]), Style()))
    assert [level for level, _, _ in attacked] == [level for level, _, _ in honest]
    assert {level for level, _, _ in attacked} <= OURS


def published(format: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """What stands in the step's summary after a run of the program in this environment."""
    summary = tmp_path / "summary.md"
    summary.write_text("from the command before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run(["demo", "--fault", "edge-whitespace", "--format", format]) == 1
    return summary.read_text("utf-8")


def test_the_markdown_report_is_added_to_the_steps_summary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, _, report = published("github", monkeypatch, tmp_path).partition("\n")
    assert before == "from the command before"
    assert "- Diagnosis: **The client secret begins or ends with whitespace**" in report


def test_no_summary_is_written_for_another_format(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert published("short", monkeypatch, tmp_path) == "from the command before\n"


def test_a_summary_that_cannot_be_written_is_one_sentence_and_the_annotations_are_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert run(["demo", "--format", "github"]) == 2
    said = capsys.readouterr()
    assert said.err == f"ataccama-doctor: The report {tmp_path} cannot be written: Is a directory.\n"
    assert said.out.startswith("::notice ")
