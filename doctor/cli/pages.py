"""The pages of ``explain``: what there is to say of one check or cause, in sections, as text for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doctor.entry_points import OURS
from doctor.model.cause import Cause
from doctor.model.check import Check
from doctor.model.errors import UsageProblem
from doctor.model.spelling import unknown
from doctor.model.terms import Worst

_WIDTH = 80
_WORST = {
    Worst.FAIL: "the checks fail",
    Worst.WARN: "a warning",
    Worst.INCONCLUSIVE: "nobody could be asked",
    Worst.NOTE: "a note, which changes no outcome",
}


@dataclass(frozen=True)
class Section:
    """Paragraphs under a heading; empty heading for what comes first."""

    heading: str
    paragraphs: tuple[str, ...]
    numbered: bool = False
    """Steps, to be taken in this order."""


@dataclass(frozen=True)
class Page:
    """Of one check or cause."""

    id: str
    kind: str
    """What it is, in brackets behind the id."""
    sections: tuple[Section, ...]


def page(id: str, checks: Sequence[Check]) -> str:
    """The page as text; ``UsageProblem`` with ids spelled nearly so when there is none."""
    pages = {page.id: page for page in (*check_pages(checks), *cause_pages(checks))}
    if id not in pages:
        raise UsageProblem(unknown("check or cause", id, list(pages), "ataccama-doctor list shows them all."))
    return "\n".join(_as_text(pages[id]))


def check_pages(checks: Sequence[Check]) -> Iterator[Page]:
    """Of every check, in report order."""
    for check in checks:
        brought = "" if check.provider == OURS else f", from {check.provider}"
        named = tuple(f"{cause.id}: {_filled(cause.title)}" for cause in check.causes)
        about = (f"{check.title}.", *check.doc.replace("``", "").strip().split("\n\n"))
        sections = (Section("", about), *((Section("Causes it can name", named),) if named else ()))
        yield Page(check.id, f"check, stage {check.stage}{brought}", sections)


def cause_pages(checks: Sequence[Check]) -> Iterator[Page]:
    """Of every cause that a check can name, in the order of the stages and of the checks."""
    known = {cause.id: cause for check in checks for cause in check.causes}
    for cause in sorted(known.values(), key=lambda cause: cause.stage.position):
        found_by = ", ".join(check.id for check in checks if cause in check.causes)
        kind = f"cause, stage {cause.stage}; at worst {_WORST[cause.worst]}"
        yield Page(cause.id, kind, (*_sections(cause, known), Section("Found by", (found_by,))))


def _sections(cause: Cause, known: dict[str, Cause]) -> Iterator[Section]:
    yield Section("", (f"{_filled(cause.title)}.",))
    yield Section("What it means", (cause.meaning,))
    yield Section("How it comes about", (cause.origin,))
    yield Section("How it is detected", (cause.detection,))
    if cause.joint:
        joined = [f"{each}: {_filled(known[each].title)}" if each in known else each for each in cause.joint]
        yield Section("Stands for", ("; ".join(joined),))
    yield Section("In short", (_filled(cause.fix),))
    yield Section("Step by step", cause.steps, numbered=True)
    yield Section("How to avoid it", (cause.prevention,))
    yield Section("Reference", (cause.reference,))


def _filled(words: str) -> str:
    """A cause that is about whichever setting or endpoint, outside a run."""
    return words.replace("{setting}", "value").replace("{endpoint}", "server")


def _as_text(page: Page) -> Iterator[str]:
    yield f"{page.id} ({page.kind})"
    for section in page.sections:
        yield ""
        if section.heading:
            yield section.heading
        yield from _paragraphs(section)


def _paragraphs(section: Section) -> Iterator[str]:
    indent = "  " if section.heading else ""
    for number, paragraph in enumerate(section.paragraphs, 1):
        if section.numbered:
            yield from _wrapped(f"{number}. {paragraph}", indent, indent + "   ")
            continue
        if number > 1 and not section.heading:
            yield ""
        yield from _wrapped(paragraph, indent, indent)


def _wrapped(text: str, indent: str, hanging: str) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
