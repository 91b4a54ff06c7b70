"""``ataccama-doctor demo``: the same job on the environment that ships inside."""

from typing import Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import offers, option, output_options

_FAULT = "The environment"


@click.command(
    "demo",
    cls=Command,
    examples=(
        "ataccama-doctor demo",
        "ataccama-doctor demo --fault edge-whitespace --report html=report.html",
        "ataccama-doctor demo --serve",
    ),
)
@option(_FAULT, "--fault", metavar="CAUSE", shell_complete=offers("faults"), help="Break the environment in this way.")
@option(_FAULT, "--list-faults", is_flag=True, help="List every way in which it can be broken.")
@option(_FAULT, "--serve", is_flag=True, help="Keep it up until Ctrl-C and print the settings to use with any client.")
@output_options
def command(fault: str | None, list_faults: bool, serve: bool, **asked: Any) -> int:
    """Run the checks on an environment that ships inside: HTTPS on loopback, a realm, a protected API.

    Nothing of this machine is used but a free port: no proxy, no settings, no network.
    """
    from doctor.cli.demonstration import demonstrate, keep_up, print_faults, refuse_unknown_fault
    from doctor.cli.running import output_from

    if list_faults:
        return print_faults()
    refuse_unknown_fault(fault)
    if serve:
        return keep_up(fault)
    return demonstrate(fault, output_from(asked))
