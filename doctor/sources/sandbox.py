"""What a run over the environment that ships inside starts from."""

from collections.abc import Mapping

from doctor.model.facts.settings import RunOptions
from doctor.model.inputs import Given, Inputs
from doctor.model.terms import SettingName

SOURCE = "the demo"
_TIMEOUT = 5.0
"""Seconds; nothing on loopback is slower unless that is the fault."""


def sandbox_inputs(settings: Mapping[str, str], *, deep: bool) -> Inputs:
    """The settings as typed, and nothing of this machine: no proxy, no other CA, no folder of the user's."""
    given = tuple(Given(name, settings[name], SOURCE) for name in SettingName if name in settings)
    paths = (settings["get"],) if "get" in settings else ()
    return Inputs(given, RunOptions(deep=deep, get_paths=paths), timeout=_TIMEOUT)
