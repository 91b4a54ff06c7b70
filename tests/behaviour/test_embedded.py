"""The program is right about every world, against the environment that ships inside: the live suite's own table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.behaviour.running import hold
from tests.behaviour.worlds import WORLDS, World
from tests.sandbox.twin import Twin, running


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    with running(tmp_path_factory.mktemp("twin")) as environment:
        yield environment


@pytest.mark.parametrize("world", WORLDS, ids=[world.name for world in WORLDS])
def test_the_program_is_right_about(world: World, twin: Twin, tmp_path: Path) -> None:
    hold(world, twin, tmp_path)
