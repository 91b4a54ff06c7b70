"""What ``check``, ``demo`` and ``replay`` have in common: a report that is handed out."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doctor.cli.progress import Progress
from doctor.cli.terminal import is_live, prepare, style_for
from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.inputs import Inputs
from doctor.model.spelling import unknown

if TYPE_CHECKING:
    from doctor.examination import Examination

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
    def formats(self) -> tuple[str, ...]:
        """Every format that is written."""
        return self.format, *(name for name, _ in self.reports)

    @property
    def verbosity(self) -> int:
        return -1 if self.quiet else min(self.verbose, 2)


def output_from(asked: Mapping[str, Any]) -> Output:
    """What the command line says of the report; ``UsageProblem`` for a format that no installed renderer has."""
    output = Output(asked["format"], asked["reports"], asked["color"], asked["verbose"], asked["quiet"])
    _refuse_unknown_formats(output)
    return output


def _refuse_unknown_formats(output: Output) -> None:
    asked = set(output.formats) - _OURS
    if not asked:
        return
    from doctor.renderers import renderer_names

    known = renderer_names()
    for name in sorted(asked - set(known)):
        raise UsageProblem(unknown("format", name, known, f"Known are {', '.join(known)}."))


def refuse_idle_patterns(patterns: Sequence[str], option: str) -> None:
    """``UsageProblem`` for a pattern that selects no check."""
    if not patterns:
        return  # most runs need no plug-in before the servers are being asked
    from fnmatch import fnmatchcase

    from doctor.plugins import load

    names = [name for check in load().checks for name in (check.id, check.stage.value)]
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


def _waited(
    inputs: Inputs, seconds: float, examine: Callable[[Inputs], "Examination"], say: Callable[[str], None]
) -> "Examination":
    """The examination that stands once the environment has started, or when the time is up."""
    from doctor.examination import look
    from doctor.plugins import load
    from doctor.waiting import Waiting

    heals = frozenset(cause.id for check in load().checks for cause in check.causes if cause.heals)
    return Waiting(seconds, examine=examine, look=look, heals=heals, say=say).examination(inputs)


def run(inputs: Inputs, output: Output, *, wait: float | None = None) -> int:
    """Examine, again and again for ``wait`` seconds while that may help, and publish."""
    return hand_out(watch(inputs, output, wait=wait), output)


def watch(inputs: Inputs, output: Output, *, wait: float | None = None) -> "Examination":
    """Examine, with progress for whoever watches."""
    from doctor.examination import examine

    live = is_live(sys.stderr, os.environ) and not output.quiet
    with Progress(sys.stderr, live=live, style=style_for(sys.stderr, os.environ, output.color, 0)) as progress:
        ahead = partial(_load_renderers, output.formats)
        once = partial(examine, on_result=progress, on_wait=progress.waits, meanwhile=ahead)
        say = (lambda _: None) if output.quiet else progress.say
        return _waited(inputs, wait, once, say) if wait else once(inputs)


def hand_out(examination: "Examination", output: Output) -> int:
    """Publish; the exit code is the report's, whoever reads it."""
    from doctor.publish import publish

    prepare(sys.stdout, output.format)
    style = style_for(sys.stdout, os.environ, output.color, output.verbosity)
    try:
        return publish(examination, output.format, style, output.reports, sys.stdout, _step_summary(output.formats))
    except BrokenPipeError as problem:
        from doctor.cli.ending import ending

        ending(problem)
        return examination.report.exit_code
