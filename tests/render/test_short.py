"""The report in a chat: problems, and one summary line."""

from dataclasses import replace

import pytest

from doctor.model.style import Style
from doctor.render import short
from tests.factories import finding
from tests.render import reports


def shown(situation: str) -> list[str]:
    return short.render(reports.ALL[situation](), Style()).splitlines()


@pytest.mark.parametrize("situation", reports.ALL)
def test_one_summary_line_stands_last(situation: str) -> None:
    lines = shown(situation)
    assert [line for line in lines if "Exit code" in line] == [lines[-1]]


def test_a_healthy_run_is_two_lines() -> None:
    assert shown("healthy") == [
        "✓ acme.ataccama.one: Healthy",
        "Healthy: 16 passed. Exit code 0 (ataccama-doctor 1.0.0).",
    ]


def test_a_failed_run_is_the_cause_and_the_one_thing_to_do() -> None:
    lines = shown("failed")
    assert "[edge-whitespace (client secret), certain]" in lines[0]
    assert lines[1].startswith("  Observed: ")
    assert lines[2].startswith("  Do: Write the file again")
    assert len(lines) == 4


def test_what_the_diagnosis_explains_is_no_problem_of_its_own() -> None:
    assert "client-secret-mismatch" not in "\n".join(shown("failed"))


def test_an_independent_problem_is_a_line_of_its_own() -> None:
    run = reports.failed()
    other = finding("realm-disabled", title="The realm is switched off", fix="Switch it on.")
    checks = (*run.targets[0].checks[:-1], replace(run.targets[0].checks[-1], findings=(other,)))
    output = short.render(replace(run, targets=(replace(run.targets[0], checks=checks),)), Style())
    assert "✗ acme.ataccama.one: The realm is switched off [realm-disabled, certain]. Do: Switch it on.\n" in output


def test_every_warning_is_named() -> None:
    lines = shown("warnings")
    assert [line[0] for line in lines[:2]] == ["!", "!"]
    assert "secret-needs-encoding" not in "\n".join(lines)


def test_a_crashed_check_is_named() -> None:
    assert shown("crashed")[0].endswith("Quota is not used up: broke, acme-doctor-quota raised KeyError in acme:quota")


def test_each_environment_is_named() -> None:
    lines = shown("several")
    assert lines[0].startswith("✓ acme.ataccama.one: ")
    assert lines[1].startswith("✗ acme-test.ataccama.one: ")


def test_an_address_is_no_mention() -> None:
    run = reports.healthy()
    named = replace(run, targets=(replace(run.targets[0], name="a@b.example @here"),))
    assert r"a@b.example \x40here" in short.render(named, Style())
