"""``ataccama-doctor list``: the checks in report order."""

import click

from doctor.cli.commands import Command
from doctor.cli.options import OUTPUT, option


@click.command(
    "list", cls=Command, examples=("ataccama-doctor list", "ataccama-doctor list --format json | jq -r '.checks[].id'")
)
@option(
    OUTPUT,
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="NAME",
    help="text (default) or json.",
)
def command(format: str) -> int:
    """List the checks in report order, with the causes that each can name and the package that brought it.

    A plug-in that cannot be used is named on stderr, and the exit code is then 4.
    """
    from doctor.cli.contents import as_json, as_text
    from doctor.plugins import load

    plugins = load()
    click.echo(as_json(plugins.checks) if format == "json" else as_text(plugins.checks))
    for refusal in plugins.refusals:
        click.echo(f"ataccama-doctor: {refusal.sentence}", err=True)
    return 4 if plugins.refusals else 0
