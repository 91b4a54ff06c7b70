"""The page in Chromium: readable at every width, in light and dark, on paper, and asking nobody for anything."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser import programs
from tests.render import reports


def test_no_request_leaves_the_page(seen: Any) -> None:
    [only] = seen["requests"]
    assert only.startswith("file:")


def test_the_policy_stops_nothing_that_the_page_needs(seen: Any) -> None:
    assert seen["console"] == []


@pytest.mark.parametrize("width", ["360", "768", "1280", "1600"])
def test_nothing_reaches_beyond_the_window(seen: Any, width: str) -> None:
    assert seen["reach"][width] == {"beyond": 0, "outside": []}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(seen: Any, scheme: str) -> None:
    assert seen["violations"][scheme] == []


@pytest.mark.parametrize("situation", ["healthy", "failed", "inconclusive", "warnings", "demo-edge-whitespace"])
def test_verdict_cause_and_what_to_do_are_above_the_fold_of_a_phone(looks: dict[str, Any], situation: str) -> None:
    assert looks[situation]["fold"][".verdict"] > 0
    assert max(looks[situation]["fold"].values()) <= 600


def test_a_healthy_report_is_two_sheets_of_paper(looks: dict[str, Any]) -> None:
    assert looks["healthy"]["sheets"] <= 2
    assert looks["demo"]["sheets"] <= 2


@pytest.mark.parametrize("situation", reports.ALL)
def test_no_report_of_one_environment_is_more_than_three_sheets(looks: dict[str, Any], situation: str) -> None:
    assert looks[situation]["sheets"] <= 3 * len(reports.ALL[situation]().targets)


def test_the_nu_checker_finds_no_error(written: dict[str, Path]) -> None:
    assert programs.conformance(list(written.values())) == []
