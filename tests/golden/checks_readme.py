"""``checks/README.md``: the pages of ``explain``, all on one page, from the same words."""

from collections.abc import Iterator, Sequence

from doctor.api import Check
from doctor.cli.pages import Page, Section, cause_pages, check_pages

_INTRODUCTION = """\
# Checks and causes

Generated from the words in `checks/` and `checks/causes/`; `make golden` writes it anew, and a test holds it to them.
`ataccama-doctor explain ID` shows the same page of one check or cause on a terminal.
"""


def render(checks: Sequence[Check]) -> str:
    """The whole file."""
    return "\n".join((_INTRODUCTION, *_contents(checks), *_pages(checks)))


def _contents(checks: Sequence[Check]) -> Iterator[str]:
    yield "The checks, in the order of a report, with the causes that each can name:\n"
    yield "| check | what must be true | causes |"
    yield "| --- | --- | --- |"
    for check in checks:
        causes = ", ".join(_link(cause.id) for cause in check.causes)
        yield f"| {_link(check.id)} | {check.title} | {causes} |"
    yield ""


def _pages(checks: Sequence[Check]) -> Iterator[str]:
    for title, pages in (("Checks", check_pages(checks)), ("Causes", cause_pages(checks))):
        yield f"## {title}\n"
        for page in pages:
            yield from _page(page)


def _page(page: Page) -> Iterator[str]:
    yield f"### {page.id}\n"
    yield f"*{page.kind}*\n"
    for section in page.sections:
        if section.heading:
            yield f"**{section.heading}**\n"
        yield from _paragraphs(section)


def _paragraphs(section: Section) -> Iterator[str]:
    listed = section.heading == "Causes it can name"
    for number, paragraph in enumerate(section.paragraphs, 1):
        mark = f"{number}. " if section.numbered else "- " if listed else ""
        yield mark + _literal(" ".join(paragraph.split())) + ("" if section.numbered or listed else "\n")
    if section.numbered or listed:
        yield ""


def _link(id: str) -> str:
    return f"[{id}](#{id})"


def _literal(words: str) -> str:
    """What Markdown would take for markup, as it stands."""
    for sign in "\\`*_<>|#":
        words = words.replace(sign, f"\\{sign}")
    return words
