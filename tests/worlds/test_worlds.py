"""The program is right about every world that is written down."""

import pytest

from tests.worlds.running import judge, run
from tests.worlds.table import MOST_WRONG, WORLDS
from tests.worlds.world import Case


@pytest.mark.parametrize("case", [case for case in WORLDS.values() if not case.wrong], ids=lambda case: case.name)
def test_the_program_is_right_about(case: Case) -> None:
    judged = judge(case, run(case))
    assert not judged.problems, "\n".join(judged.problems)


def test_few_worlds_are_marked_as_wrong() -> None:
    assert len([case for case in WORLDS.values() if case.wrong]) <= MOST_WRONG
