"""Durations as people write them: ``90``, ``90s``, ``5m``."""

import re

from doctor.model.errors import UsageProblem

_FORM = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)([sm]?)", re.ASCII)
_LONGEST = 24 * 60 * 60.0


def seconds(text: str) -> float:
    """The duration in seconds; at most a day."""
    match = _FORM.fullmatch(text)
    number = float(match[1]) * (60 if match[2] == "m" else 1) if match else 0.0
    if not 0 < number <= _LONGEST:
        raise UsageProblem(f"{text!r} is not a duration: write 90, 90s or 5m, more than nothing and at most a day.")
    return number
