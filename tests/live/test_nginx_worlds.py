"""The program is right about what a real nginx does in front of a real Keycloak."""

from pathlib import Path

import pytest

from tests.behaviour.running import hold
from tests.behaviour.worlds import World, given
from tests.live.ingress import Ingress
from tests.live.nginx_worlds import WORLDS, NginxWorld


@pytest.mark.parametrize("world", WORLDS, ids=[world.name for world in WORLDS])
def test_the_program_is_right_when(world: NginxWorld, ingress: Ingress, tmp_path: Path) -> None:
    url = f"https://localhost:{ingress.doors[world.name]}"
    causes, endpoints = (world.cause,) if world.cause else (), (world.endpoint,) if world.endpoint else ()
    hold(
        World(world.name, given(url=url), causes, exit_code=world.exit_code, endpoints=endpoints),
        ingress,
        tmp_path,
    )
