"""The program: runs a command line, and turns whatever ends it into a sentence and an exit code."""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence

from doctor import __version__

PROGRAM = "ataccama-doctor"


def main() -> None:
    """Run the command line of this process."""
    gc.disable()  # short-lived: collecting costs more than the little that it would free
    sys.setswitchinterval(0.0005)  # seconds: a thread that got its packet waits less for one that imports
    code = run(sys.argv[1:])
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)  # threads may be left behind, waiting for a server: nobody waits for them, and nothing is torn down


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; whatever goes wrong is a sentence on stderr."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - closed by the caller
    try:
        code = _answer(list(arguments))
        sys.stdout.flush()
        return code
    except BaseException as problem:  # noqa: BLE001 - the last resort: a sentence in place of a traceback
        from doctor.cli.ending import ending

        return ending(problem)


def _answer(arguments: list[str]) -> int:
    if arguments == ["--version"]:  # the one answer that needs not even click
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return 0
    from doctor.cli.root import root

    return root.main(arguments, prog_name=PROGRAM, standalone_mode=False) or 0
