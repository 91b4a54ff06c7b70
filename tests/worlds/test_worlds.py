"""The program is right about every world: written down or drawn, broken or merely odd."""

from collections.abc import Mapping

import pytest

from checks.causes import CATALOGUE
from tests.worlds.pool import examined, on_each
from tests.worlds.running import Judged
from tests.worlds.table import MOST_WRONG, WORLDS
from tests.worlds.world import Case

NO_SERVER_CAN_MAKE = {
    "certificate-trusted-elsewhere": "tests/cli/test_trust.py",
    "curl-differs": "tests/checks/test_same_as_curl.py",
    "loaders-differ": "tests/cli/test_env_file.py",
    "secret-exposed": "tests/cli/test_profiles.py",
}
"""Causes of this machine itself, with the tests that hold them."""


@pytest.fixture(scope="module")
def judged(request: pytest.FixtureRequest) -> Mapping[str, Judged]:
    """The worlds that were selected, examined side by side."""
    asked = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    cases = [spec.params["case"] for spec in asked if spec is not None]
    return on_each(examined, [case.name for case in cases])


@pytest.mark.parametrize("case", WORLDS.values(), ids=list(WORLDS))
def test_the_program_is_right_about(case: Case, judged: Mapping[str, Judged]) -> None:
    problems = judged[case.name].problems
    if case.wrong:
        assert problems, f"marked as wrong ({case.wrong}), and right"
    else:
        assert not problems, "\n".join(problems)


def test_few_worlds_are_marked_as_wrong() -> None:
    assert len([case for case in WORLDS.values() if case.wrong]) <= MOST_WRONG


def test_every_row_of_the_catalogue_has_a_broken_world() -> None:
    broken = {case.cause for case in WORLDS.values()} | {cause for case in WORLDS.values() for cause in case.also}
    assert set(CATALOGUE) - broken == set(NO_SERVER_CAN_MAKE)


def test_every_row_of_the_catalogue_has_a_healthy_look_alike() -> None:
    resembled = {case.resembles for case in WORLDS.values() if case.healthy}
    assert set(CATALOGUE) - resembled <= set(NO_SERVER_CAN_MAKE)
