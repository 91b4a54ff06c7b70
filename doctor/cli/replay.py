"""``ataccama-doctor replay``: today's checks on the facts of a saved report."""

from pathlib import Path
from typing import Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import output_options


@click.command(
    "replay",
    cls=Command,
    examples=("ataccama-doctor replay report.html", "ataccama-doctor replay report.json --report html=report.html"),
)
@click.argument("file", type=click.Path(path_type=Path))
@output_options
def command(file: Path, **asked: Any) -> int:
    """Re-run today's checks on the facts inside a saved report, JSON or HTML.

    Nobody is asked: no network, no secret. Where nothing changed, the report comes out as it was; the exit code is the
    one that check would end with.
    """
    from doctor.cli.running import hand_out, output_from

    output = output_from(asked)
    return hand_out(_examined_again(file), output)


def _examined_again(file: Path) -> Any:
    from doctor.evidence_file import load
    from doctor.examination import Examination
    from doctor.redaction import Redactor
    from doctor.replay import replay

    return Examination(replay(load(file)), Redactor())
