"""A world is a few declared deviations from the healthy one, and what the program must say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from doctor.examination import examine
from doctor.model.facts.settings import RunOptions
from doctor.model.inputs import Given, Inputs
from doctor.model.report import Report
from doctor.model.terms import SettingName
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import World, healthy

Change = Callable[[World], World]


def unchanged(world: World) -> World:
    return world


@dataclass(frozen=True)
class Case:
    """One row: the deviations, and the right answer."""

    name: str
    """A sentence."""
    change: Change = unchanged
    settings: Mapping[str, Callable[[Sandbox], str] | str] = field(default_factory=dict)
    """Settings as typed, over the right ones."""
    cause: str | None = None
    """The first cause; None: nothing is broken."""
    setting: str | None = None
    """None: not held."""
    confidence: str | None = None
    """None: not held."""
    also: tuple[str, ...] = ()
    """Other causes that must stand in the report."""
    get: tuple[str, ...] = ()


def run(case: Case, keys: KeyRing) -> Report:
    """Examine the world in this process."""
    with Sandbox(case.change(healthy()), keys=keys) as env:
        typed = {**env.settings, **{k: v(env) if callable(v) else v for k, v in case.settings.items()}}
        given = tuple(Given(SettingName(name), value, f"--{name}") for name, value in typed.items())
        options = RunOptions(get_paths=case.get)
        return examine(Inputs(given, options, timeout=5, deadline=20)).report


def causes_in(report: Report, severity: str | None = None) -> list[str]:
    """Every cause in the report, in report order."""
    checks = report.targets[0].checks
    return [f.cause for c in checks for f in c.findings if severity in (None, f.severity.value)]
