"""The pages of ``explain``."""

import textwrap
from collections.abc import Iterator, Sequence

from doctor.cli.suggestions import unknown
from doctor.entry_points import OURS
from doctor.model.cause import Cause
from doctor.model.check import Check
from doctor.model.errors import UsageProblem
from doctor.model.terms import Worst

_WIDTH = 80
_WORST = {
    Worst.FAIL: "the checks fail",
    Worst.WARN: "a warning",
    Worst.INCONCLUSIVE: "nobody could be asked",
    Worst.NOTE: "a note, which changes no outcome",
}


def page(id: str, checks: Sequence[Check]) -> str:
    """The page of that check or cause; ``UsageProblem`` with those spelled nearly so when there is none."""
    for check in checks:
        if check.id == id:
            return "\n".join(_check_page(check))
    causes = {cause.id: cause for check in checks for cause in check.causes}
    if id not in causes:
        known = [*(check.id for check in checks), *causes]
        raise UsageProblem(unknown("check or cause", id, known, "ataccama-doctor list shows them all."))
    return "\n".join(_cause_page(causes[id], causes, [c for c in checks if causes[id] in c.causes]))


def _check_page(check: Check) -> Iterator[str]:
    brought = "" if check.provider == OURS else f", from {check.provider}"
    yield f"{check.id} (check, stage {check.stage}{brought})"
    yield from ("", *_wrapped(f"{check.title}."))
    for paragraph in check.doc.replace("``", "").strip().split("\n\n"):
        yield from ("", *_wrapped(paragraph))
    if check.causes:
        yield from ("", "Causes it can name")
        for cause in check.causes:
            yield from _wrapped(f"{cause.id}: {_title(cause)}", "  ")


def _cause_page(cause: Cause, known: dict[str, Cause], checks: Sequence[Check]) -> Iterator[str]:
    yield f"{cause.id} (cause, stage {cause.stage}; at worst {_WORST[cause.worst]})"
    yield from ("", *_wrapped(f"{_title(cause)}."))
    for heading, text in _sections(cause, known):
        yield from ("", heading, *_wrapped(text, "  "))
        if heading == "In short":
            yield from ("", "Step by step")
            for number, step in enumerate(cause.steps, 1):
                yield from _wrapped(f"{number}. {step}", "  ", "     ")
    yield from ("", "Found by", *_wrapped(", ".join(check.id for check in checks), "  "))


def _sections(cause: Cause, known: dict[str, Cause]) -> Iterator[tuple[str, str]]:
    yield "What it means", cause.meaning
    yield "How it comes about", cause.origin
    yield "How it is detected", cause.detection
    if cause.joint:
        yield (
            "Stands for",
            "; ".join(f"{each}: {_title(known[each])}" if each in known else each for each in cause.joint),
        )
    yield "In short", _filled(cause.fix)
    yield "How to avoid it", cause.prevention
    yield "Reference", cause.reference


def _title(cause: Cause) -> str:
    return _filled(cause.title)


def _filled(words: str) -> str:
    """A cause that is about whichever setting or endpoint, outside a run."""
    return words.replace("{setting}", "value").replace("{endpoint}", "server")


def _wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
