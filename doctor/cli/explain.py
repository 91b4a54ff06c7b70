"""``ataccama-doctor explain``: the page of one check or cause."""

import click

from doctor.cli.commands import Command
from doctor.cli.options import offers


@click.command(
    "explain",
    cls=Command,
    examples=("ataccama-doctor explain token-request", "ataccama-doctor explain client-secret-mismatch"),
)
@click.argument("id", shell_complete=offers("checks_and_causes"))
def command(id: str) -> int:
    """Print the page of one check or cause, offline.

    Of a check: what must be true and why, and the causes it can name. Of a cause: what it means, how it comes about,
    how it is told from its look-alikes, how to mend it step by step, and how to avoid it.
    """
    from doctor.cli.pages import page
    from doctor.plugins import load

    click.echo(page(id, load().checks))
    return 0
