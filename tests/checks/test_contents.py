"""The table of contents: every check in its file, every cause named by a check and shown by that check's test."""

import ast
from pathlib import Path

import pytest

import checks
from checks import CHECKS, causes
from checks.causes import CATALOGUE
from doctor.api import Check

FOLDER = Path(checks.__file__).parent
TESTS = Path(__file__).parent
SHARED = {"__init__", "lint", "reached", "token_words", "trust_stores"}
"""Files that hold no check."""
FROM_THE_BEGINNING = [
    "url-format",
    "realm-match",
    "trailing-whitespace",
    "token-request",
    "jwt-decode",
    "jwt-expiry",
    "bearer-header",
    "protected-get",
]


def name(check: Check) -> str:
    return check.id.replace("-", "_")


def test_the_checks_that_the_product_began_with_keep_their_order() -> None:
    assert [check.id for check in CHECKS if check.id in FROM_THE_BEGINNING] == FROM_THE_BEGINNING


def test_every_file_holds_the_check_of_its_name_and_every_check_is_listed() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} - SHARED == {name(check) for check in CHECKS}
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_every_check_has_a_test_of_its_name() -> None:
    assert [check.id for check in CHECKS if not (TESTS / f"test_{name(check)}.py").exists()] == []


def test_every_cause_of_the_catalogue_is_named_by_a_check() -> None:
    named = {cause.id for check in CHECKS for cause in check.causes}

    assert [cause for cause in CATALOGUE if cause not in named] == []


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_a_check_declares_each_cause_once(check: Check) -> None:
    assert len({cause.id for cause in check.causes}) == len(check.causes) > 0


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_every_cause_that_a_check_declares_is_shown_in_its_test(check: Check) -> None:
    """Named as a whole string there: what it looks like when it is found, or that another check has it."""
    tree = ast.parse((TESTS / f"test_{name(check)}.py").read_text())
    written = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    assert [cause.id for cause in check.causes if cause.id not in written] == []


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_every_cause_that_a_check_yields_is_declared(check: Check) -> None:
    """Read from the source: the causes that are found there by name."""
    declared = {cause.id for cause in check.causes}

    assert yielded(FOLDER / f"{name(check)}.py") - declared == set()


def yielded(path: Path) -> set[str]:
    """Ids of the causes in ``causes.X.found(…)``, and of those handed first to what finds: ``judge(causes.X, …)``."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    heads = [call.func.value for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "found"]
    firsts = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.args]
    constants = [
        node.attr
        for node in (*heads, *firsts)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "causes"
    ]
    return {getattr(causes, constant).id for constant in constants}


@pytest.mark.parametrize("check", CHECKS, ids=name)
def test_a_title_says_what_must_be_true(check: Check) -> None:
    assert check.title[0].isupper()
    assert not check.title.endswith(".")
    assert len(check.title) <= 72
