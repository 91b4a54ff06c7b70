"""What this process can be asked for: its variables, its standard input, and the person before it."""

import os
import sys
from collections.abc import Collection
from pathlib import Path

import click

from doctor.cli.setting_options import user_folder
from doctor.cli.terminal import someone_to_ask
from doctor.sources import Surroundings


def surroundings(*, no_input: bool, without: Collection[str] = (), profiles: bool = True) -> Surroundings:
    """Everything beside the command line that a value can come from, ``without`` some of the variables."""
    environ = {name: value for name, value in os.environ.items() if name not in without} if without else os.environ
    asks = not no_input and someone_to_ask()
    return Surroundings(
        environ,
        _stdin,
        prompt=_prompt if asks else None,
        confirm=_confirm if asks else None,
        folder=_working_directory() if profiles else None,
        user_folder=user_folder() if profiles else None,
    )


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # it was deleted
        return None


def _stdin(limit: int) -> bytes:
    if sys.stdin is None:
        raise OSError("closed")
    return sys.stdin.buffer.read(limit)


def _confirm(question: str) -> bool:
    return click.confirm(question, err=True)


def _prompt() -> str:
    secret: str = click.prompt("Client secret", hide_input=True, err=True)
    return secret
