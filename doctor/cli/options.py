"""The options that commands share, and the types of their values."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from doctor.cli.commands import Option

F = TypeVar("F", bound=Callable[..., Any])
SETTINGS, ASKED, TIME, NETWORK, OUTPUT = "Settings", "What to ask", "Time", "Network", "Output"


def option(group: str, *names: str, **attrs: Any) -> Callable[[F], F]:
    """An option under a heading of the help."""
    return click.option(*names, cls=Option, group=group, **attrs)


def together(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, in this order in the help."""

    def decorate(function: F) -> F:
        for each in reversed(decorators):
            function = each(function)
        return function

    return decorate


def offers(what: str) -> Callable[..., Any]:
    """What a shell is offered, by the name of a function in ``completing``, imported when a shell asks."""

    def offer(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> Any:
        from doctor.cli import completing

        return getattr(completing, what)(incomplete)

    return offer


class Duration(click.ParamType[float]):
    """``90``, ``90s`` or ``5m``."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        from doctor.model.errors import UsageProblem
        from doctor.sources import seconds

        try:
            return value if isinstance(value, float) else seconds(value)
        except UsageProblem as problem:
            self.fail(str(problem), param, ctx)


class ReportFile(click.ParamType[tuple[str, Path]]):
    """``html=report.html``."""

    name = "name=path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        name, _, path = value.partition("=")
        if not name or not path:
            self.fail(f"{value!r} is not NAME=PATH, such as html=report.html.", param, ctx)
        if not Path(path).parent.is_dir():
            self.fail(f"{value} cannot be written: there is no folder {Path(path).parent}.", param, ctx)
        return name, Path(path)


color_option = option(OUTPUT, "--color", type=click.Choice(["auto", "always", "never"]), default="auto",
                      metavar="WHEN", help="auto (default: on a terminal), always or never.")  # fmt: skip
"""Whether what goes to stdout has colours."""


output_options = together(
    option(OUTPUT, "--format", default="text", metavar="NAME", shell_complete=offers("formats"),
           help="What goes to stdout: text (default), short, json, html, markdown, junit, github, prometheus, "
           "or a plug-in's."),
    option(OUTPUT, "--report", "reports", multiple=True, type=ReportFile(),
        shell_complete=offers("report_files"), metavar="NAME=PATH",
           help="Write the report in that format to a file too; repeatable."),
    color_option,
    option(OUTPUT, "-v", "--verbose", count=True, help="More: every check; -vv also every exchange."),
    option(OUTPUT, "-q", "--quiet", is_flag=True, help="Less: the diagnosis and the verdict alone."),
)  # fmt: skip
"""Where the report goes and how it looks."""


time_options = together(
    option(
        TIME,
        "--timeout",
        type=Duration(),
        default=10.0,
        metavar="DURATION",
        help="Each request, by the wall clock (default 10s).",
    ),
    option(
        TIME,
        "--deadline",
        type=Duration(),
        metavar="DURATION",
        help="The whole run (default 60s). Durations are 90, 90s, 5m.",
    ),
)
"""How long a run may take."""
