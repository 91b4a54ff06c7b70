"""The program is right about every state of a client and a realm that the running Keycloak can be in."""

from types import SimpleNamespace
from typing import cast

import pytest

from doctor.examination import examine
from doctor.sandbox.server import Sandbox
from tests.live.ingress import Ingress
from tests.live.release import Release
from tests.recordings.recorded import ERAS
from tests.worlds.eras import PLAIN, STATES, State
from tests.worlds.running import inputs, judge
from tests.worlds.world import Case

ERA = ERAS[Release.of_session().version]
HERE = {state.name: state for state in STATES if ERA in state.eras and state.edge == PLAIN}
"""What an edge would have to do is left to the embedded environment."""


@pytest.mark.parametrize("state", HERE.values(), ids=HERE)
def test_in_this_process_the_program_is_right_about(state: State, ingress: Ingress) -> None:
    case = state.case(ERA)
    judged = judge(case, examine(inputs(case, _standing(case, ingress))).report)
    assert not judged.problems, "\n".join(judged.problems)


def _standing(case: Case, ingress: Ingress) -> Sandbox:
    """The ingress as far as a case looks at its world: the URL, and the settings as typed."""
    world = cast("Sandbox", SimpleNamespace(url=ingress.url))
    typed = {"url": ingress.url, "realm": ingress.realm, "ca_bundle": str(ingress.ca_bundle), **case.settings}
    settings = {name: value(world) if callable(value) else value for name, value in typed.items()}
    return cast("Sandbox", SimpleNamespace(url=ingress.url, settings=settings))
