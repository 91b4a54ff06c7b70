"""``ataccama-doctor check``: the main job."""

from typing import TYPE_CHECKING, Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import ASKED, TIME, Duration, offers, option, output_options, time_options
from doctor.cli.setting_options import (
    examined_options,
    gather_from,
    input_option,
    network_options,
    setting_options,
    timed_inputs,
)

if TYPE_CHECKING:
    from doctor.model.inputs import Inputs


@click.command(
    "check",
    cls=Command,
    examples=(
        "ataccama-doctor check --url acme --realm acme --client-id my-client",
        "vault kv get -field=secret kv/acme | ataccama-doctor check --client-secret-file -",
        "ataccama-doctor check --format short --report html=report.html",
        "ataccama-doctor check --authorization-file header.txt --get /api/catalog/v1/catalog-items?size=1",
    ),
)
@setting_options
@examined_options
@input_option
@option(
    ASKED,
    "--get",
    "get_paths",
    multiple=True,
    metavar="PATH",
    help="Protected GET to try in place of the default one; repeatable.",
)
@option(
    ASKED,
    "--only",
    multiple=True,
    metavar="ID",
    shell_complete=offers("checks_and_stages"),
    help="Run these checks alone: id or stage, * and ? as in a shell; repeatable.",
)
@option(
    ASKED,
    "--skip",
    multiple=True,
    metavar="ID",
    shell_complete=offers("checks_and_stages"),
    help="Leave these checks out; likewise.",
)
@option(
    ASKED,
    "--deep",
    is_flag=True,
    help="Also what waits or sends altered tokens; raises the default deadline to the token's lifetime and a minute.",
)
@option(
    ASKED,
    "--no-browser-endpoint",
    is_flag=True,
    help="Do not ask the realm's authorization endpoint about the client: it leaves a login-error event.",
)
@option(
    ASKED,
    "--fail-on",
    type=click.Choice(["fail", "warn"]),
    default="fail",
    metavar="SEVERITY",
    help="What makes the exit code 1: fail (default) or warn.",
)
@time_options
@option(
    TIME,
    "--wait",
    type=Duration(),
    metavar="DURATION",
    help="While an environment starts: ask again for so long, as long as what is in the way can pass by itself "
    "(names, connections, 5xx, 429).",
)
@network_options
@output_options
def command(**asked: Any) -> int:
    """Run the checks, in order, on one environment and print the report.

    Needed are url, realm, client id and client secret; an option wins over its [VARIABLE]. Every value is used exactly
    as it was given. No option takes the secret itself: it comes from a file, a command, a variable or, on a terminal,
    from a prompt.
    """
    from doctor.cli.running import output_from, refuse_idle_patterns, run

    output = output_from(asked)
    refuse_idle_patterns(asked["only"], "--only")
    refuse_idle_patterns(asked["skip"], "--skip")
    return run(_inputs(asked), output, wait=asked["wait"])


def _inputs(asked: dict[str, Any]) -> "Inputs":
    from doctor.model.facts.settings import RunOptions
    from doctor.model.terms import Severity

    gathered = gather_from(asked)
    paths = asked["get_paths"] or gathered.get_paths
    return timed_inputs(
        asked,
        gathered,
        options=RunOptions(asked["deep"], not asked["no_browser_endpoint"], paths),
        only=asked["only"],
        skip=asked["skip"],
        fail_on=Severity(asked["fail_on"]),
    )
