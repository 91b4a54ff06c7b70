"""Where a program that a suite needs is missing, that is said by name; in CI it is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
LIVE = (
    "tests/live/test_keycloak_answers.py::test_an_access_token_names_realm_client_and_role",
    "The live suite (1 tests with a real Keycloak) was not run: this machine lacks Java 17 or newer",
    "Maven, to fetch Keycloak (apt-get install maven)",
)
BROWSER = (
    "tests/browser/test_page.py::test_a_healthy_report_is_two_sheets_of_paper",
    "The browser suite (1 tests of the HTML report in Chromium) was not run: this machine lacks Chromium",
    "npm, to fetch node's modules (apt-get install npm)",
)
SUITES = pytest.mark.parametrize(("test", "sentence", "part"), [LIVE, BROWSER], ids=["live", "browser"])


@SUITES
def test_outside_ci_a_missing_part_is_named_with_the_way_to_get_it(
    tmp_path: Path, test: str, sentence: str, part: str
) -> None:
    done = _run_without_programs(tmp_path, test)
    assert done.returncode == 0, done.stdout
    assert " not run =" in done.stdout
    assert sentence in done.stdout
    assert part in done.stdout


@SUITES
def test_in_ci_a_missing_part_is_a_failure(tmp_path: Path, test: str, sentence: str, part: str) -> None:
    done = _run_without_programs(tmp_path, test, CI="true")
    assert done.returncode == 4, done.stdout
    assert sentence in done.stderr
    assert "In CI that is a failure." in done.stderr


@SUITES
def test_in_ci_a_deselected_suite_needs_no_parts(tmp_path: Path, test: str, sentence: str, part: str) -> None:
    done = _run_without_programs(tmp_path, test, "-m", "not live and not browser", CI="true")
    assert done.returncode == 5, done.stdout
    assert "1 deselected" in done.stdout
    assert "lacks" not in done.stdout + done.stderr


def _run_without_programs(
    folder: Path, test: str, *options: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", test, *options],
        cwd=REPOSITORY,
        env={**kept, "PATH": str(folder), "XDG_CACHE_HOME": str(folder), "COLUMNS": "400", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
