"""Standard output belongs to the report."""

import sys
from contextlib import redirect_stdout
from typing import Any


def printed_to_stderr() -> "redirect_stdout[Any]":
    """While others' code runs, what it prints goes to standard error, whatever a plug-in thinks it is writing to."""
    return redirect_stdout(sys.stderr)
