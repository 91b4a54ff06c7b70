"""The options that give settings, for every command that needs some, and what they come to."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from doctor.cli.options import NETWORK, SETTINGS, offers, option, together

if TYPE_CHECKING:
    from doctor.model.inputs import Inputs
    from doctor.sources import Gathered

_WORDS = ("url", "realm", "client_id", "scope", "token_url", "api_url", "ca_bundle", "proxy")
_FILES = ("client_secret", "authorization", "access_token")

value_options = together(
    option(SETTINGS, "--url", metavar="URL", help="Environment: label, domain or URL. [ATACCAMA_URL]"),
    option(SETTINGS, "--realm", metavar="NAME", help="Tenant name, as the Cloud Portal states it. [ATACCAMA_REALM]"),
    option(SETTINGS, "--client-id", metavar="ID", help="Of the API client. [ATACCAMA_CLIENT_ID]"),
    option(
        SETTINGS,
        "--client-secret-file",
        metavar="PATH",
        type=click.Path(),
        help="File that holds the client secret; - is stdin. [ATACCAMA_CLIENT_SECRET, ATACCAMA_CLIENT_SECRET_FILE]",
    ),
    option(
        SETTINGS,
        "--client-secret-command",
        metavar="CMD",
        help="Command that prints the client secret; run without a shell, for 10 s at most.",
    ),
    option(SETTINGS, "--scope", metavar="SCOPE", help="Only where the API wants one. [ATACCAMA_SCOPE]"),
    option(
        SETTINGS,
        "--token-url",
        metavar="URL",
        help="Token endpoint, where it is not the environment's own. [ATACCAMA_TOKEN_URL]",
    ),
    option(SETTINGS, "--api-url", metavar="URL", help="Where the API lives elsewhere. [ATACCAMA_API_URL]"),
)
"""What says which environment, and as whom."""

setting_options = together(
    value_options,
    option(
        SETTINGS,
        "--env-file",
        metavar="PATH",
        type=click.Path(),
        help="File of variables (.env); read as python-dotenv does, compared with docker compose and the raw text.",
    ),
    option(
        SETTINGS,
        "--profile",
        metavar="NAME",
        shell_complete=offers("profiles"),
        help="Profile that gives what is not given otherwise; PATH:NAME names its file too. [ATACCAMA_DOCTOR_PROFILE]",
    ),
)
"""Likewise, and the files that say it."""

examined_options = together(
    option(
        SETTINGS,
        "--authorization-file",
        metavar="PATH",
        type=click.Path(),
        help="Authorization header that your own application sends, to be examined; - is stdin. Enough without a "
        "secret. [ATACCAMA_AUTHORIZATION]",
    ),
    option(
        SETTINGS,
        "--access-token-file",
        metavar="PATH",
        type=click.Path(),
        help="Access token to be examined, likewise. [ATACCAMA_ACCESS_TOKEN]",
    ),
)
"""What the person has already, to be examined."""

input_option = option(SETTINGS, "--no-input", is_flag=True, help="Never ask for the secret on the terminal.")

network_options = together(
    option(
        NETWORK,
        "--ca-bundle",
        metavar="PATH",
        type=click.Path(),
        help="Certificates to trust, as PEM. [REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE]",
    ),
    option(NETWORK, "--proxy", metavar="URL", help="Proxy to go through. [HTTPS_PROXY, NO_PROXY]"),
)


def gather_from(
    asked: Mapping[str, Any],
    *,
    without: Collection[str] = (),
    demand: bool = True,
    tolerant: bool = False,
    profiles: bool = True,
) -> "Gathered":
    """Every setting that a command's options, this process's variables (``without`` some) and the person give."""
    from doctor.cli.asking import surroundings
    from doctor.model.terms import SettingName
    from doctor.sources import Flags, gather

    flags = Flags(
        words={SettingName(name): asked.get(name) for name in _WORDS},
        files={SettingName(name): asked.get(f"{name}_file") for name in _FILES},
        client_secret_command=asked["client_secret_command"],
        profile=asked["profile"],
        env_file=asked.get("env_file"),
    )
    return gather(
        flags,
        surroundings(no_input=asked["no_input"], without=without, profiles=profiles),
        demand=demand,
        tolerant=tolerant,
    )


def inputs_from(gathered: "Gathered", **more: Any) -> "Inputs":
    """What a run starts from: the settings and where it runs; ``more`` is the command's own."""
    from doctor.model.inputs import Inputs

    return Inputs(
        gathered.given,
        environ=os.environ,
        other_secrets=gathered.other_secrets,
        user_folder=user_folder(),
        name=gathered.profile.name if gathered.profile else None,
        unused=gathered.unused,
        notes=gathered.notes,
        **more,
    )


def timed_inputs(asked: Mapping[str, Any], gathered: "Gathered", **more: Any) -> "Inputs":
    """Likewise for a command with the options of time."""
    return inputs_from(
        gathered,
        timeout=asked["timeout"],
        deadline=asked["deadline"] or 60.0,
        deadline_set=asked["deadline"] is not None,
        **more,
    )


def user_folder() -> Path:
    """The user's configuration folder; nothing is made by asking for it."""
    return Path(click.get_app_dir("ataccama-doctor"))
