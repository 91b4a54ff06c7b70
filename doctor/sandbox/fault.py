"""A fault: one cause of the catalogue, made true by a changed world or by what a person typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from doctor.model.terms import Verdict
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import World

Typed = str | Callable[[Sandbox], str] | None
"""A value as typed, or how to make it in the running environment; None: the setting is not given."""


def unchanged(world: World) -> World:
    return world


@dataclass(frozen=True)
class Fault:
    """What is broken, and what an examination is to say of it."""

    cause: str
    """Id in the catalogue."""
    title: str
    """What was done, in a few words."""
    world: Callable[[World], World] = unchanged
    """Makes the faulty world out of the healthy one."""
    settings: Mapping[str, Typed] = field(default_factory=dict)
    """What the person typed in place of the right values: settings by the contract's names, and ``get``."""
    setting: str | None = None
    """The setting that the finding is to name."""
    verdict: Verdict = Verdict.FAILED
    """``warnings`` or ``healthy`` where everything works all the same, so that there is no diagnosis."""
    deep: bool = False
    """It shows only under ``--deep``."""
    needs: str | None = None
    """What the machine must have for this to show."""
