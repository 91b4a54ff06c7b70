"""What ``check`` and ``demo`` have in common: examine, then publish."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.cli.progress import Progress
from doctor.cli.terminal import is_live, prepare, style_for, width_of
from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.inputs import Inputs
from doctor.model.spelling import unknown

if TYPE_CHECKING:
    from doctor.plugins import Plugins

_OURS = frozenset({"text", "short", "json", "html", "markdown", "junit", "github", "prometheus"})
"""The formats that ship: known without reading what else is installed."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where the report goes and how it looks."""

    format: str
    reports: Sequence[tuple[str, Path]]
    color: str
    verbose: int
    quiet: bool

    @property
    def verbosity(self) -> int:
        return -1 if self.quiet else min(self.verbose, 2)


def refuse_unknown_formats(output: Output) -> None:
    """``UsageProblem`` for a format that no installed renderer has, before anybody is asked anything."""
    asked = {output.format, *(name for name, _ in output.reports)} - _OURS
    if not asked:
        return
    from doctor.renderers import renderer_names

    known = renderer_names()
    for name in sorted(asked - set(known)):
        raise UsageProblem(unknown("format", name, known, f"Known are {', '.join(known)}."))


def chosen_from(only: Sequence[str], skip: Sequence[str]) -> "Plugins | None":
    """The plug-ins, where checks are chosen from them; ``UsageProblem`` for a pattern that selects none."""
    if not (only or skip):
        return None  # loaded later, while the servers are being asked
    from doctor.plugins import load

    plugins = load()
    names = [name for check in plugins.checks for name in (check.id, check.stage.value)]
    _refuse_idle(only, "--only", names)
    _refuse_idle(skip, "--skip", names)
    return plugins


def _refuse_idle(patterns: Sequence[str], option: str, names: Sequence[str]) -> None:
    from fnmatch import fnmatchcase

    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in names):
            listing = "ataccama-doctor list shows the checks and their stages."
            raise UsageProblem(f"{option}: {unknown('check or stage', pattern, names, listing)}")


def _load_renderers(formats: Sequence[str]) -> None:
    """Import what will be needed to write the report, while the servers are being asked."""
    from doctor.publish import load_renderers

    load_renderers(formats)


def _step_summary(formats: Sequence[str]) -> Path | None:
    """The file of a step's summary, where GitHub Actions gives one and its format was asked for."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(path) if path and "github" in formats else None


def run(inputs: Inputs, output: Output, plugins: "Plugins | None" = None) -> int:
    """Examine and publish; the exit code is the report's, whoever reads it."""
    from doctor.examination import examine

    formats = (output.format, *(name for name, _ in output.reports))
    live = is_live(sys.stderr, os.environ) and not output.quiet
    with Progress(sys.stderr, live=live, width=width_of(sys.stderr)) as progress:
        examination = examine(inputs, progress, plugins, meanwhile=lambda: _load_renderers(formats))
    from doctor.publish import publish

    prepare(sys.stdout, output.format)
    style = style_for(sys.stdout, os.environ, output.color, output.verbosity)
    try:
        return publish(examination, output.format, style, output.reports, sys.stdout, _step_summary(formats))
    except BrokenPipeError as problem:
        from doctor.cli.ending import ending

        ending(problem)
        return examination.report.exit_code
