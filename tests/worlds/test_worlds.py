"""The program is right about every world: written down or drawn, broken or merely odd."""

from collections.abc import Mapping

import pytest

from tests.worlds.pool import examined, on_each
from tests.worlds.running import Judged
from tests.worlds.table import MOST_WRONG, WORLDS
from tests.worlds.world import Case


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
