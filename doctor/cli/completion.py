"""``ataccama-doctor completion``: the completion script for a shell."""

import click

from doctor.cli.commands import Command


@click.command(
    "completion",
    cls=Command,
    examples=(
        'bash: eval "$(ataccama-doctor completion bash)"     in ~/.bashrc',
        'zsh:  eval "$(ataccama-doctor completion zsh)"      in ~/.zshrc',
        "fish: ataccama-doctor completion fish > ~/.config/fish/completions/ataccama-doctor.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script for bash, zsh or fish; it knows commands, options, ids, formats and faults."""
    from doctor.cli.completing import script

    click.echo(script(shell))
    return 0
