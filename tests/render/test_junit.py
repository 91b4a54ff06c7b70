"""The JUnit report: valid by the strict schema, and what a pipeline's test pane shows of it.

``tests/data/junit-10.xsd`` is the schema of Jenkins' xunit plugin, as the source distribution of pytest 9.2.0 carries
it, where a time has three decimals at most; its licence (MIT) stands in its head.
"""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from xmlschema import XMLSchema10

from doctor.model.report import Report
from doctor.model.style import Style
from doctor.render.junit import render
from tests.factories import report, target
from tests.render import reports
from tests.render.hostile import ATTACKS, hostile_report

SCHEMA = Path(__file__).parents[1] / "data" / "junit-10.xsd"


@cache
def schema() -> XMLSchema10:
    return XMLSchema10(SCHEMA)


def suites(run: Report) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(render(run, Style())))


def case(run: Report, check: str) -> ElementTree.Element:
    return next(c for s in suites(run) for c in s.iter("testcase") if c.attrib["name"].startswith(f"{check}: "))


@pytest.mark.parametrize("situation", reports.ALL)
def test_it_is_valid_for_a_report_that_is(situation: str) -> None:
    schema().validate(render(reports.ALL[situation](), Style()))


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_valid_whatever_a_server_says_with(attack: str) -> None:
    schema().validate(render(hostile_report(ATTACKS[attack]), Style()))


def test_it_is_valid_after_a_run_of_hours() -> None:
    schema().validate(render(report(target(), duration_ms=12_345_678.9), Style()))


def test_each_environment_is_a_suite_with_its_own_verdict_and_cause() -> None:
    first, second = suites(reports.several())
    assert (first.attrib["name"], second.attrib["name"]) == ("acme.ataccama.one", "acme-test.ataccama.one")
    said = [{p.attrib["name"]: p.attrib["value"] for p in suite.iter("property")} for suite in (first, second)]
    assert [given["verdict"] for given in said] == ["healthy", "failed"]
    assert "cause" not in said[0]
    assert (said[1]["cause"], said[1]["setting"], said[1]["confidence"]) == (
        "edge-whitespace", "client_secret", "certain",
    )  # fmt: skip


def test_a_failure_says_what_is_wrong_what_was_seen_and_what_to_do() -> None:
    failure = case(reports.failed(), "trailing-whitespace").find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "edge-whitespace"
    assert failure.attrib["message"].startswith(
        "The client secret begins or ends with whitespace. Observed: The client"
    )
    assert "Do: Write the file again without a line end" in failure.attrib["message"]
    assert "More: ataccama-doctor explain edge-whitespace" in (failure.text or "")


def test_a_consequence_names_what_it_follows_from_in_place_of_a_fix() -> None:
    failure = case(reports.failed(), "token-request").find("failure")
    assert failure is not None
    assert "Follows from: The client secret begins or ends with whitespace" in failure.attrib["message"]
    assert "Do:" not in failure.attrib["message"] + (failure.text or "")


def test_what_could_not_be_asked_is_skipped_with_its_cause() -> None:
    skipped = case(reports.inconclusive(), "host-name").find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"].startswith("The host name does not exist. Observed: The resolver")


def test_a_warning_passes_and_stands_in_the_output_of_its_case() -> None:
    warned = case(reports.warnings(), "issuer")
    assert [child.tag for child in warned] == ["system-out"]
    assert "Cause: issuer-differs, certain" in (warned.findtext("system-out") or "")


def test_what_broke_is_an_error_with_the_sentence() -> None:
    error = case(reports.crashed(), "acme:quota").find("error")
    assert error is not None
    assert error.attrib["message"] == "broke, acme-doctor-quota raised KeyError in acme:quota"


def test_the_times_of_the_cases_add_up_to_no_more_than_the_run() -> None:
    (suite,) = suites(reports.healthy())
    assert 0 < sum(float(c.attrib["time"]) for c in suite.iter("testcase")) <= float(suite.attrib["time"])
