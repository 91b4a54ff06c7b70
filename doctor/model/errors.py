"""The error tree. A remote server's misbehaviour is never an error: it is a fact.

DoctorError
├── UsageProblem        what was asked for cannot be begun                  exit 2
├── LeakPrevented       the final scan stopped an output                    exit 4
└── SignatureProblem    a check or probe does not declare what it needs     exit 4 (as a sentence in the report)
"""

INTERRUPTED = 130
"""Exit code of what the person ended; what is known by then is still reported."""


class DoctorError(Exception):
    """Ends in one sentence and this exit code, never in a traceback."""

    exit_code = 4


class UsageProblem(DoctorError):
    """A flag, an unreadable file, or values that are absent."""

    exit_code = 2


class LeakPrevented(DoctorError):
    """A secret was found in what was about to be written."""


class SignatureProblem(DoctorError):
    """A check's, probe's or renderer's signature does not say what it needs."""
