"""How a command line that did not come to its end is told to the person: one sentence and an exit code."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from traceback import walk_tb

import click

from doctor.model.errors import INTERRUPTED, DoctorError
from doctor.render.harmless import harmless_lines

_USAGE, _BROKEN = 2, 4
_HOUSE = Path(__file__).parents[2]
_ROOMS = (_HOUSE / "doctor", _HOUSE / "checks")
_SECRET = (
    "There is no option that takes the secret itself, because others can read a command line. Use "
    "--client-secret-file, --client-secret-command, ATACCAMA_CLIENT_SECRET, or the prompt."
)
_INSECURE = "No option turns the verification of certificates off. Name the CA to trust with --ca-bundle."
_INSTEAD = {
    **dict.fromkeys(("--client-secret", "--secret", "--password"), _SECRET),
    **dict.fromkeys(("--insecure", "--no-verify", "--no-verify-ssl", "-k"), _INSECURE),
}


def ending(problem: BaseException) -> int:
    """Say what ended the run, without a traceback and without data, and give the exit code."""
    match problem:
        case BrokenPipeError():
            return _leave(0)
        case OSError(errno=errno.ENOSPC | errno.EIO | errno.EBADF as number):
            _say(f"The output cannot be written: {os.strerror(number)}.")
            return _leave(_USAGE)
        case KeyboardInterrupt() | click.Abort():
            _say("Interrupted.")
            return INTERRUPTED
        case DoctorError():
            _say(str(problem))
            return problem.exit_code
        case click.ClickException():
            _say(_usage(problem))
            return _USAGE
        case SystemExit(code=int(code)):
            return code
        case _:
            _say(f"{type(problem).__name__} at {_place(problem)}; exit code {_BROKEN}.", "ataccama-doctor itself broke")
            return _BROKEN


def _usage(problem: click.ClickException) -> str:
    if isinstance(problem, click.NoSuchOption) and problem.option_name in _INSTEAD:
        return _INSTEAD[problem.option_name]
    message = problem.format_message().strip()
    sentence = message if message.endswith((".", "?")) else f"{message}."
    context = getattr(problem, "ctx", None)
    return f"{sentence} See {context.command_path} --help." if context else sentence


def _place(problem: BaseException) -> str:
    """File and line of the innermost frame that is ours; never the message, which may hold data."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(problem.__traceback__)]
    ours = [(path, line) for path, line in frames if any(path.is_relative_to(room) for room in _ROOMS)]
    path, line = (ours or frames)[-1] if frames else (Path("an unknown place"), 0)
    return f"{path.relative_to(_HOUSE) if ours else path.name}:{line}"


def _say(sentence: str, who: str = "ataccama-doctor") -> None:
    with suppress(OSError, ValueError):
        click.echo(f"{who}: {harmless_lines(sentence)}", err=True)


def _leave(code: int) -> int:
    """Nobody reads standard output any more: let the interpreter's last flush go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
