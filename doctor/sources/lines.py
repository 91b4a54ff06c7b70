"""The other lines of what was read for a secret: not used, and never to be shown either."""

import re
from collections.abc import Collection

from doctor.model.pattern import Pattern

_SHORTEST = 8
"""Characters; what is shorter cannot be told from ordinary words."""
_LABELLED = Pattern(
    r"""["']?[\w.\- ]*(?:secret|password|token|key)\w*["']?\s*[=:]\s*(?P<value>.+)""", re.IGNORECASE, holds="=:"
)


def other_lines(text: str, shown: Collection[str]) -> tuple[str, ...]:
    """Each line of a text that has several, and what stands behind a label in it.

    ``shown`` are the settings that a report shows: a line that is part of one of them is no secret.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return ()
    parts = [part for line in lines for part in (line, _behind_label(line))]
    kept = (part for part in parts if len(part) >= _SHORTEST and not any(part in value for value in shown))
    return tuple(dict.fromkeys(kept))


def _behind_label(line: str) -> str:
    match = _LABELLED.fullmatch(line)
    return match["value"].rstrip(",; ").strip("\"'") if match else ""
