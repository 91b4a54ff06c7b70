"""``ataccama-doctor diff``: what changed between two saved reports."""

import os
import sys
from pathlib import Path

import click

from doctor.cli.commands import Command
from doctor.cli.options import color_option


@click.command(
    "diff", cls=Command, examples=("ataccama-doctor diff monday.html today.html", "ataccama-doctor diff a.json b.html")
)
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@color_option
def command(before: Path, after: Path, color: str) -> int:
    """Say what changed from one saved report, JSON or HTML, to another: the cause, then settings, then facts.

    Times, numbers of exchanges and ports of loopback are left out. Secrets are compared by their fingerprints. The
    exit code is 0 when nothing changed, 1 when something did, 2 when a file cannot be used.
    """
    from doctor.cli.terminal import prepare, style_for
    from doctor.comparison.reports import compare
    from doctor.evidence_file import load
    from doctor.render.differences import render

    old, new = load(before), load(after)
    comparison = compare(old, new)
    prepare(sys.stdout, "text")
    style = style_for(sys.stdout, os.environ, color, 0)
    sys.stdout.write(render(comparison, (str(before), old), (str(after), new), style))
    return int(comparison.differs)
