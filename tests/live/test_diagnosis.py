"""The program is right about every world, against a real Keycloak."""

from pathlib import Path

import pytest

from tests.behaviour.running import hold
from tests.behaviour.worlds import WORLDS, World
from tests.live.ingress import Ingress
from tests.live.release import Release


@pytest.mark.parametrize("world", WORLDS, ids=[world.name for world in WORLDS])
def test_the_program_is_right_about(world: World, ingress: Ingress, tmp_path: Path) -> None:
    hold(world.under(Release.of_session().major), ingress, tmp_path)
