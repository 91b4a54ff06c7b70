"""What this process can be asked for: its variables, its standard input, and the person before it."""

import os
import sys

import click

from doctor.cli.terminal import someone_to_ask
from doctor.sources import Surroundings


def surroundings(*, no_input: bool) -> Surroundings:
    """Everything beside the command line that a value can come from."""
    return Surroundings(os.environ, _stdin, None if no_input or not someone_to_ask() else _prompt)


def _stdin(limit: int) -> bytes:
    if sys.stdin is None:
        raise OSError("closed")
    return sys.stdin.buffer.read(limit)


def _prompt() -> str:
    secret: str = click.prompt("Client secret", hide_input=True, err=True)
    return secret
