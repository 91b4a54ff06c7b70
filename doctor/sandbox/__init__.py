"""The environment that ships inside the package: a realm, a protected API, and every fault they can have."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doctor.sandbox.key_ring import KeyRing
    from doctor.sandbox.server import Sandbox


def open_environment(fault: str | None = None, *, port: int = 0, keys: "KeyRing | None" = None) -> "Sandbox":
    """The healthy environment, or the one with this fault (a cause's id); use it with ``with``.

    ``settings`` of what it gives is what the person would have typed. ``KeyError`` for a cause that has no world.
    ``keys`` saves making new ones, for who opens many.
    """
    from doctor.sandbox.server import Sandbox
    from doctor.sandbox.world import healthy

    if fault is None:
        return Sandbox(healthy(), port=port, keys=keys)
    from doctor.sandbox.faults import FAULTS

    chosen = FAULTS[fault]
    return Sandbox(chosen.world(healthy()), port=port, overrides=chosen.settings, keys=keys)
