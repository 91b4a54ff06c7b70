"""The table of contents: the checks as text and as JSON."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from doctor.entry_points import OURS
from doctor.model.check import Check

_WIDTH = 100


def as_text(checks: Sequence[Check]) -> str:
    return "\n".join(_lines(checks))


def as_json(checks: Sequence[Check]) -> str:
    listed = [
        {
            "id": check.id,
            "title": check.title,
            "stage": check.stage.value,
            "provider": check.provider,
            "causes": [cause.id for cause in check.causes],
        }
        for check in checks
    ]
    return json.dumps({"checks": listed}, indent=2)


def _lines(checks: Sequence[Check]) -> Iterator[str]:
    width = max((len(check.id) for check in checks), default=0)
    for stage, members in groupby(checks, key=lambda check: check.stage):
        yield stage.value
        for check in members:
            brought = "" if check.provider == OURS else f" (from {check.provider})"
            yield f"  {check.id:<{width}}  {check.title}{brought}"
            yield from _wrapped(", ".join(cause.id for cause in check.causes), " " * (width + 4))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
