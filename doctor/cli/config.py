"""``ataccama-doctor config``: every setting in force, and where it came from."""

from typing import Any

import click

from doctor.cli.commands import Command
from doctor.cli.setting_options import examined_options, input_option, network_options, setting_options


@click.command(
    "config",
    cls=Command,
    examples=("ataccama-doctor config", "ataccama-doctor config --profile dev"),
)
@setting_options
@examined_options
@input_option
@network_options
def command(**asked: Any) -> int:
    """Print every setting in force: its value, where it came from and what it hides; what is set and not read.

    Nothing is asked over the network. Of a secret only its fingerprint is shown. A command or the keyring is read
    only where its value is in force.
    """
    from doctor.cli.provenance import show

    return show(asked)
