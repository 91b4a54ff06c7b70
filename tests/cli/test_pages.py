"""List, explain, schema and completion: offline, and about everything that is installed."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from doctor.cli.contents import as_json, as_text
from doctor.cli.pages import page
from doctor.model.errors import UsageProblem
from doctor.plugins import load
from doctor.sandbox.faults import FAULTS
from tests.cli.running import ROOT, doctor, surroundings

CHECKS = load().checks
CAUSES = {cause.id: cause for check in CHECKS for cause in check.causes}


def test_list_has_every_check_in_report_order_with_its_causes_and_provider(tmp_path: Path) -> None:
    done = doctor("list", "--format", "json", home=tmp_path)
    listed = json.loads(done.stdout)["checks"]
    assert [each["id"] for each in listed] == [check.id for check in CHECKS]
    assert {cause for each in listed for cause in each["causes"]} == set(CAUSES)
    assert {each["provider"] for each in listed} == {"ataccama-doctor"}


def test_list_as_text_names_every_check_and_cause_within_100_columns() -> None:
    words = as_text(CHECKS).replace(",", " ").split()
    assert {check.id for check in CHECKS} | set(CAUSES) <= set(words)
    assert max(map(len, as_text(CHECKS).splitlines())) <= 100


def test_a_check_of_a_plug_in_says_who_brought_it() -> None:
    foreign = CHECKS[0].provided_by("acme-checks")
    assert "(from acme-checks)" in as_text([foreign])
    assert json.loads(as_json([foreign]))["checks"][0]["provider"] == "acme-checks"


def test_what_the_examples_explain_has_a_page(tmp_path: Path) -> None:
    shown = [doctor(*command, "--help", home=tmp_path).stdout for command in ((), ("explain",))]
    named = re.findall(r"doctor explain ([a-z-]+)", " ".join(shown))
    assert len(named) == 3
    assert set(named) <= {check.id for check in CHECKS} | set(CAUSES)


@pytest.mark.parametrize("id", [check.id for check in CHECKS])
def test_the_page_of_a_check_has_its_title_its_reasons_and_its_causes(id: str) -> None:
    check = next(c for c in CHECKS if c.id == id)
    shown = " ".join(page(id, CHECKS).split())
    assert f"{check.title}." in shown
    assert " ".join(check.doc.replace("``", "").split()[:5]) in shown
    assert all(f"{cause.id}: " in shown for cause in check.causes)


@pytest.mark.parametrize("id", CAUSES)
def test_the_page_of_a_cause_has_every_word_that_is_written_about_it(id: str) -> None:
    cause, shown = CAUSES[id], " ".join(page(id, CHECKS).split())
    for text in (cause.meaning, cause.detection, cause.origin, cause.prevention, cause.reference, *cause.steps):
        assert " ".join(text.split()) in shown
    assert all(check.id in shown for check in CHECKS if cause in check.causes)
    assert "{setting}" not in shown
    assert "{endpoint}" not in shown


def test_an_unknown_page_is_answered_with_those_spelled_nearly_so() -> None:
    with pytest.raises(UsageProblem, match=r"Did you mean token-expired"):
        page("token-expird", CHECKS)


def test_explain_prints_the_page(tmp_path: Path) -> None:
    done = doctor("explain", "edge-whitespace", home=tmp_path)
    assert (done.returncode, done.stdout) == (0, page("edge-whitespace", CHECKS) + "\n")


def test_schema_is_the_reports_with_the_catalogue_in_it(tmp_path: Path) -> None:
    schema = json.loads(doctor("schema", home=tmp_path).stdout)
    assert schema["$defs"]["cause"]["anyOf"][0]["enum"] == sorted(CAUSES)
    assert schema["$ref"] == "#/$defs/Report"


def completed(shell_words: str, home: Path) -> set[str]:
    words = shell_words.split(" ")
    env = {"_ATACCAMA_DOCTOR_COMPLETE": "bash_complete", "COMP_WORDS": shell_words, "COMP_CWORD": str(len(words) - 1)}
    done = doctor(*[], home=home, env=env)
    return {line.partition(",")[2] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(shell: str, tmp_path: Path) -> None:
    done = doctor("completion", shell, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_ATACCAMA_DOCTOR_COMPLETE={shell}_complete" in done.stdout


def test_the_bash_script_is_one_that_bash_reads(tmp_path: Path) -> None:
    script = doctor("completion", "bash", home=tmp_path).stdout
    done = subprocess.run(
        ("bash", "-n"), input=script, env=surroundings(tmp_path), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ataccama-doctor sch", {"schema"}),
        ("ataccama-doctor check --only jwt-e", {"jwt-expiry"}),
        ("ataccama-doctor check --skip access", {"access_token"}),
        ("ataccama-doctor check --format ht", {"html"}),
        ("ataccama-doctor check --report ht", {"html="}),
        ("ataccama-doctor check --color al", {"always"}),
        ("ataccama-doctor demo --fault edge-w", {"edge-whitespace"}),
        ("ataccama-doctor explain realm-c", {"realm-case-differs"}),
        ("ataccama-doctor completion f", {"fish"}),
        ("ataccama-doctor check --dea", {"--deadline"}),
    ],
)
def test_a_shell_is_offered_what_fits(typed: str, offered: set[str], tmp_path: Path) -> None:
    assert completed(typed, tmp_path) == offered


def test_list_faults_has_each_fault_on_a_line_with_what_was_done(tmp_path: Path) -> None:
    lines = doctor("demo", "--list-faults", home=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(FAULTS)
    assert all(fault.title in line for fault, line in zip(FAULTS.values(), lines, strict=True))
