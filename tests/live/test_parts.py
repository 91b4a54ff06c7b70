"""Where a part of the live suite is missing, that is said by name; in CI it is a failure."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
ONE_TEST = "tests/live/test_keycloak_answers.py::test_an_access_token_names_realm_client_and_role"


def test_outside_ci_a_missing_part_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    done = _run_without_programs(tmp_path)
    assert done.returncode == 0, done.stdout
    assert " not run =" in done.stdout
    assert (
        "The live suite (1 tests with a real Keycloak) was not run: this machine lacks Java 17 or newer" in done.stdout
    )
    assert "(apt-get install openjdk-17-jre-headless)" in done.stdout
    assert "Maven, to fetch Keycloak (apt-get install maven)" in done.stdout


def test_in_ci_a_missing_part_is_a_failure(tmp_path: Path) -> None:
    done = _run_without_programs(tmp_path, CI="true")
    assert done.returncode == 4, done.stdout
    assert "lacks Java 17 or newer" in done.stderr
    assert "In CI that is a failure." in done.stderr


def test_in_ci_a_deselected_live_suite_needs_no_parts(tmp_path: Path) -> None:
    done = _run_without_programs(tmp_path, "-m", "not live", CI="true")
    assert done.returncode == 5, done.stdout
    assert "1 deselected" in done.stdout
    assert "lacks" not in done.stdout + done.stderr


def _run_without_programs(folder: Path, *options: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", ONE_TEST, *options],
        cwd=REPOSITORY,
        env={**kept, "PATH": str(folder), "XDG_CACHE_HOME": str(folder), "COLUMNS": "400", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
