"""``ataccama-doctor token``: a fresh access token, for scripts."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import time_options
from doctor.cli.setting_options import gather_from, input_option, network_options, setting_options, timed_inputs

if TYPE_CHECKING:
    from doctor.examination import Examination
    from doctor.model.inputs import Inputs

_CANNOT_SAY = 3


@click.command(
    "token",
    cls=Command,
    examples=(
        "ataccama-doctor token --url acme --realm acme --client-id my-client",
        'curl -H "Authorization: Bearer $(ataccama-doctor token)" "https://acme.ataccama.one/api/..."',
    ),
)
@setting_options
@input_option
@time_options
@network_options
def command(**asked: Any) -> int:
    """Print a fresh access token on stdout, and nothing else.

    Settings are those of check. When there is no token, the one cause is told on stderr and the exit code is that of
    check, which has the evidence.
    """
    from doctor.examination import obtain_token
    from doctor.model.secret import Secret

    outcome = obtain_token(_inputs(asked))
    if isinstance(outcome, Secret):
        click.echo(outcome.reveal())
        return 0
    click.echo(f"ataccama-doctor: {_why(outcome)}", err=True)
    return outcome.report.exit_code or _CANNOT_SAY


def _inputs(asked: dict[str, Any]) -> "Inputs":
    """What is there to be examined is left out, and kept secret all the same."""
    from doctor.model.errors import UsageProblem
    from doctor.model.terms import EXAMINED, SettingName
    from doctor.sources.names import EXAMINED_VARIABLES
    from doctor.sources.required import sentence

    gathered = gather_from(asked, without=EXAMINED_VARIABLES)
    used = tuple(given for given in gathered.given if given.name not in EXAMINED)
    others = tuple(given for given in gathered.given if given.name in EXAMINED)
    missing = {SettingName.CLIENT_ID, SettingName.CLIENT_SECRET} - {given.name for given in used}
    if missing:
        raise UsageProblem(sentence(sorted(missing)))
    secrets = (*gathered.other_secrets, *(given.value for given in others))
    return timed_inputs(asked, replace(gathered, given=used, other_secrets=secrets))


def _why(examination: "Examination") -> str:
    """The diagnosis in two sentences, scanned as every output is."""
    from doctor.redaction import scan_output
    from doctor.render.harmless import harmless

    (target,) = examination.report.targets
    found = target.diagnosis
    if found is None:
        return "No token was had, and no cause was found; ataccama-doctor check shows what was asked."
    text = harmless(f"No token: {found.observed} {found.fix} [{found.cause}, {found.confidence}]")
    scan_output(text, examination.redactor)
    return text
