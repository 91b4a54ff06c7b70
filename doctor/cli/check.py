"""``ataccama-doctor check``: the main job."""

import os
from typing import Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import ASKED, NETWORK, SETTINGS, TIME, Duration, offers, option, output_options

_WORDS = ("url", "realm", "client_id", "scope", "token_url", "api_url", "ca_bundle", "proxy")
_FILES = ("client_secret", "authorization", "access_token")


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
@option(SETTINGS, "--url", metavar="URL", help="Environment: label, domain or URL. [ATACCAMA_URL]")
@option(SETTINGS, "--realm", metavar="NAME", help="Tenant name, as the Cloud Portal states it. [ATACCAMA_REALM]")
@option(SETTINGS, "--client-id", metavar="ID", help="Of the API client. [ATACCAMA_CLIENT_ID]")
@option(
    SETTINGS,
    "--client-secret-file",
    metavar="PATH",
    type=click.Path(),
    help="File that holds the client secret; - is stdin. [ATACCAMA_CLIENT_SECRET, ATACCAMA_CLIENT_SECRET_FILE]",
)
@option(
    SETTINGS,
    "--client-secret-command",
    metavar="CMD",
    help="Command that prints the client secret; run without a shell, for 10 s at most.",
)
@option(SETTINGS, "--scope", metavar="SCOPE", help="Only where the API wants one. [ATACCAMA_SCOPE]")
@option(
    SETTINGS,
    "--token-url",
    metavar="URL",
    help="Token endpoint, where it is not the environment's own. [ATACCAMA_TOKEN_URL]",
)
@option(SETTINGS, "--api-url", metavar="URL", help="Where the API lives elsewhere. [ATACCAMA_API_URL]")
@option(
    SETTINGS,
    "--authorization-file",
    metavar="PATH",
    type=click.Path(),
    help="Authorization header that your own application sends, to be examined; - is stdin. Enough without a "
    "secret. [ATACCAMA_AUTHORIZATION]",
)
@option(
    SETTINGS,
    "--access-token-file",
    metavar="PATH",
    type=click.Path(),
    help="Access token to be examined, likewise. [ATACCAMA_ACCESS_TOKEN]",
)
@option(SETTINGS, "--no-input", is_flag=True, help="Never ask for the secret on the terminal.")
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
@option(
    TIME,
    "--timeout",
    type=Duration(),
    default=10.0,
    metavar="DURATION",
    help="Each request, by the wall clock (default 10s).",
)
@option(
    TIME,
    "--deadline",
    type=Duration(),
    metavar="DURATION",
    help="The whole run (default 60s). Durations are 90, 90s, 5m.",
)
@option(
    NETWORK,
    "--ca-bundle",
    metavar="PATH",
    type=click.Path(),
    help="Certificates to trust, as PEM. [REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE]",
)
@option(NETWORK, "--proxy", metavar="URL", help="Proxy to go through. [HTTPS_PROXY, NO_PROXY]")
@output_options
def command(**asked: Any) -> int:
    """Run the checks, in order, on one environment and print the report.

    Needed are url, realm, client id and client secret; an option wins over its [VARIABLE]. Every value is used exactly
    as it was given. No option takes the secret itself: it comes from a file, a command, a variable or, on a terminal,
    from a prompt.
    """
    from doctor.cli.running import Output, refuse_idle_patterns, refuse_unknown_formats, run

    output = Output(asked["format"], asked["reports"], asked["color"], asked["verbose"], asked["quiet"])
    refuse_unknown_formats(output)
    refuse_idle_patterns(asked["only"], "--only")
    refuse_idle_patterns(asked["skip"], "--skip")
    return run(_inputs(asked), output)


def _inputs(asked: dict[str, Any]) -> Any:
    from pathlib import Path

    from doctor.cli.asking import surroundings
    from doctor.model.facts.settings import RunOptions
    from doctor.model.inputs import Inputs
    from doctor.model.terms import SettingName, Severity
    from doctor.sources import Flags, gather

    flags = Flags(
        words={SettingName(name): asked[name] for name in _WORDS},
        files={SettingName(name): asked[f"{name}_file"] for name in _FILES},
        client_secret_command=asked["client_secret_command"],
    )
    gathered = gather(flags, surroundings(no_input=asked["no_input"]))
    return Inputs(
        gathered.given,
        RunOptions(asked["deep"], not asked["no_browser_endpoint"], asked["get_paths"]),
        timeout=asked["timeout"],
        deadline=asked["deadline"] or 60.0,
        deadline_set=asked["deadline"] is not None,
        only=asked["only"],
        skip=asked["skip"],
        fail_on=Severity(asked["fail_on"]),
        environ=os.environ,
        other_secrets=gathered.other_secrets,
        user_folder=Path(click.get_app_dir("ataccama-doctor")),
    )
