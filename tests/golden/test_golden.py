"""Whole outputs held against stored copies; UPDATE_GOLDEN=1 rewrites them, and the diff is to be read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from doctor.comparison.reports import compare
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.plugins import load
from doctor.render import differences, github, html, json_report, junit, markdown, prometheus, short, text
from tests.golden import checks_readme
from tests.render import reports

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REWRITE = os.environ.get("UPDATE_GOLDEN") == "1" or os.environ.get("GOLDEN") == "write"


def _differences(report: Report, style: Style) -> str:
    """From the healthy run to another."""
    before = reports.healthy()
    return differences.render(compare(before, report), ("monday.html", before), ("today.json", report), style)


OUTPUTS: dict[str, tuple[Callable[[Report, Style], str], Callable[[], Report], Style]] = {
    "text-healthy.txt": (text.render, reports.healthy, Style()),
    "text-failed.txt": (text.render, reports.failed, Style()),
    "text-failed-colour.txt": (text.render, reports.failed, Style(colour=True)),
    "text-failed-40-ascii.txt": (text.render, reports.failed, Style(unicode=False, width=40)),
    "text-failed-v.txt": (text.render, reports.failed, Style(verbosity=1)),
    "text-failed-vv.txt": (text.render, reports.failed, Style(verbosity=2)),
    "text-failed-q.txt": (text.render, reports.failed, Style(verbosity=-1)),
    "text-inconclusive.txt": (text.render, reports.inconclusive, Style()),
    "text-inconclusive-40.txt": (text.render, reports.inconclusive, Style(width=40)),
    "text-warnings.txt": (text.render, reports.warnings, Style()),
    "text-crashed.txt": (text.render, reports.crashed, Style()),
    "text-several.txt": (text.render, reports.several, Style()),
    "short-healthy.txt": (short.render, reports.healthy, Style()),
    "short-failed.txt": (short.render, reports.failed, Style()),
    "short-warnings.txt": (short.render, reports.warnings, Style()),
    "short-several-ascii.txt": (short.render, reports.several, Style(unicode=False)),
    "diff-failed.txt": (_differences, reports.failed, Style()),
    "diff-warnings-40-ascii.txt": (_differences, reports.warnings, Style(width=40, unicode=False)),
    "diff-several.txt": (_differences, reports.several, Style()),
    "json-failed.json": (json_report.render, reports.failed, Style()),
    "markdown-failed.md": (markdown.render, reports.failed, Style()),
    "markdown-several.md": (markdown.render, reports.several, Style()),
    "junit-failed.xml": (junit.render, reports.failed, Style()),
    "junit-inconclusive.xml": (junit.render, reports.inconclusive, Style()),
    "github-failed.txt": (github.render, reports.failed, Style()),
    "github-warnings.txt": (github.render, reports.warnings, Style()),
    "prometheus-failed.prom": (prometheus.render, reports.failed, Style()),
    "html-failed.html": (html.render, reports.failed, Style()),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_the_stored_one(name: str) -> None:
    render, situation, style = OUTPUTS[name]
    output, stored = render(situation(), style).encode(), HERE / name
    if REWRITE:
        stored.write_bytes(output)
    assert output.decode() == stored.read_bytes().decode()


def test_the_checks_readme_is_made_from_the_words_of_today() -> None:
    output, stored = checks_readme.render(load().checks), ROOT / "checks" / "README.md"
    if REWRITE:
        stored.write_text(output, "utf-8")
    assert output == stored.read_text("utf-8")


def test_every_stored_output_is_still_made() -> None:
    stored = {path.name for path in HERE.iterdir() if path.is_file() and path.suffix != ".py"}
    assert stored == set(OUTPUTS)
