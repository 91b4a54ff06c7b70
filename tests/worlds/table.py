"""All worlds, by name: of the demonstration, written down by stage, of Keycloak's eras, pairs of faults, and drawn."""

from collections.abc import Mapping
from types import MappingProxyType

from doctor.model.terms import Verdict
from doctor.sandbox.fault import Fault
from doctor.sandbox.faults import FAULTS
from tests.worlds import access_token, api, eras, generated, look_alikes, network, pairs, realm, settings, token
from tests.worlds.world import Case

STAGES = (settings, network, realm, token, access_token, api)
"""Each with its ``FAULTS`` and its ``HEALTHY`` look-alikes."""
MOST_WRONG = 3
"""So many worlds may be marked as wrong."""


def _demonstrated(fault: Fault) -> Case:
    """The world of ``demo --fault``; where everything works all the same, its cause is a remark."""
    works = fault.verdict in (Verdict.WARNINGS, Verdict.HEALTHY)
    return Case(
        f"demo: {fault.title}",
        fault.world,
        fault.settings,
        cause=None if works else fault.cause,
        setting=fault.setting,
        also=(fault.cause,) if works else (),
        resembles=fault.cause if works else None,
        deep=fault.deep,
    )


def _by_name(cases: tuple[Case, ...]) -> Mapping[str, Case]:
    table = {case.name: case for case in cases}
    assert len(table) == len(cases), "two worlds have one name"
    return MappingProxyType(table)


WORLDS = _by_name(
    tuple(
        [_demonstrated(fault) for fault in FAULTS.values()]
        + [case for stage in STAGES for case in (*stage.FAULTS, *stage.HEALTHY)]
        + list(look_alikes.HEALTHY)
        + list(eras.CASES)
        + list(pairs.FAULTS)
        + list(generated.generate())
    )
)
