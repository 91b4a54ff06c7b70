"""The environment that ships inside, on the command line: examined, listed, or kept up."""

import shlex
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from types import FrameType

import click

from doctor.cli.running import Output, run
from doctor.model.errors import UsageProblem
from doctor.model.spelling import unknown
from doctor.sandbox import open_environment
from doctor.sandbox.faults import FAULTS
from doctor.sources.sandbox import sandbox_inputs
from doctor.transport.trust import CA_VARIABLES

_VARIABLES = {"ca_bundle": CA_VARIABLES, "proxy": ("HTTPS_PROXY",)}
"""Settings whose variables are everybody's."""


def refuse_unknown_fault(fault: str | None) -> None:
    if fault is not None and fault not in FAULTS:
        raise UsageProblem(unknown("fault", fault, FAULTS, "ataccama-doctor demo --list-faults shows them all."))


def print_faults() -> int:
    width = max(map(len, FAULTS))
    for fault in FAULTS.values():
        click.echo(f"{fault.cause:<{width}}  {fault.title}{' (needs: ' + fault.needs + ')' if fault.needs else ''}")
    return 0


def demonstrate(fault: str | None, output: Output) -> int:
    """Examine the environment, whole or with this fault."""
    with open_environment(fault) as environment:
        deep = fault is not None and FAULTS[fault].deep
        return run(sandbox_inputs(environment.settings, deep=deep), output)


def keep_up(fault: str | None) -> int:
    """Serve until Ctrl-C or a request to end; standard output is fit for ``eval``."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    with open_environment(fault) as environment:
        click.echo("\n".join(exports(environment.settings)))
        if sys.stderr.isatty():
            _explain(fault, environment.settings)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


def exports(settings: Mapping[str, str]) -> Iterator[str]:
    """The settings as lines for a shell, the throw-away secret among them."""
    for name, value in settings.items():
        if name != "get":
            for variable in _VARIABLES.get(name, (f"ATACCAMA_{name.upper()}",)):
                yield f"export {variable}={shlex.quote(value)}"


def _explain(fault: str | None, settings: Mapping[str, str]) -> None:
    options = f" --get {shlex.quote(settings['get'])}" if "get" in settings else ""
    options += " --deep" if fault is not None and FAULTS[fault].deep else ""
    click.echo(f"Serving until Ctrl-C. With these variables set elsewhere: ataccama-doctor check{options}", err=True)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
