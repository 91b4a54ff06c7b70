"""``ataccama-doctor init``: from nothing to the first API call."""

from typing import Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import option
from doctor.cli.setting_options import network_options, value_options

_PROFILE = "Profile"


@click.command(
    "init",
    cls=Command,
    examples=(
        "ataccama-doctor init",
        "ataccama-doctor init --url acme --realm acme --client-id my-client --client-secret-file secret.txt",
    ),
)
@value_options
@option(_PROFILE, "--profile", metavar="NAME", help="Name of the profile to write (default: the environment's).")
@option(_PROFILE, "--replace", is_flag=True, help="Replace a profile of that name without asking.")
@option(_PROFILE, "--no-input", is_flag=True, help="Never ask; every answer comes from an option or a variable.")
@network_options
def command(**asked: Any) -> int:
    """Set up a profile, step by step, and end with a first API call.

    Asks for environment, tenant, client ID and client secret, says where each of them stands, and looks whether it
    holds while you are there to correct it. Then the checks run, the profile is written into your configuration
    folder, the secret into the system's keyring or, without one, into a file that only you can read. Nothing is
    written before the end.
    """
    from doctor.cli.onboard import onboard

    return onboard(asked)
