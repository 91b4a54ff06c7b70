"""``ataccama-doctor``: the commands by name."""

import click

from doctor.cli.commands import CONTEXT, Group

COMMANDS = {
    "check": "Run the checks on one environment and print the report.",
    "demo": "The same on an environment that ships inside, whole or broken in a named way.",
    "init": "Guided set-up: asks, looks whether each answer holds, ends with a first API call.",
    "config": "Every setting in force, where it came from, and what is set and not read.",
    "list": "The checks in report order, with the causes that each can name.",
    "replay": "Re-run today's checks on the facts inside a saved report, without network.",
    "diff": "What changed between two saved reports: the cause, then settings, then facts.",
    "explain": "The page of one check or cause: what it means and how to mend it.",
    "token": "Print a fresh access token and nothing else.",
    "schema": "The JSON Schema of the report.",
    "completion": "The completion script for bash, zsh or fish.",
}


@click.group(
    cls=Group,
    lazy=COMMANDS,
    context_settings=CONTEXT,
    no_args_is_help=False,
    invoke_without_command=True,
    examples=(
        "ataccama-doctor demo                         no environment needed",
        "ataccama-doctor check --url acme --realm acme --client-id my-client",
        "ataccama-doctor explain edge-whitespace",
    ),
)
@click.pass_context
def root(context: click.Context) -> None:
    """Says whether an Ataccama ONE API client works and, if it does not, why and what to do."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
