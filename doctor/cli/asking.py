"""What this process can be asked for: its variables, its standard input, and the person before it."""

import os
import sys
from collections.abc import Collection

import click

from doctor.cli.terminal import someone_to_ask
from doctor.sources import Surroundings


def surroundings(*, no_input: bool, without: Collection[str] = ()) -> Surroundings:
    """Everything beside the command line that a value can come from, ``without`` some of the variables."""
    environ = {name: value for name, value in os.environ.items() if name not in without} if without else os.environ
    return Surroundings(environ, _stdin, None if no_input or not someone_to_ask() else _prompt)


def _stdin(limit: int) -> bytes:
    if sys.stdin is None:
        raise OSError("closed")
    return sys.stdin.buffer.read(limit)


def _prompt() -> str:
    secret: str = click.prompt("Client secret", hide_input=True, err=True)
    return secret
