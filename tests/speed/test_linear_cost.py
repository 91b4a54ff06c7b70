"""What is asked for costs in proportion: calls are counted, with many plug-in checks and many keys in the key set."""

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Self

import pytest

from doctor.api import Cause, Check, Conclusion, Finding, Severity, Stage, Worst, check
from doctor.examination import Examination, examine
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.plugins import Plugins, load
from doctor.redaction import scan_output, scan_report
from doctor.render import html
from doctor.renderers import renderer
from tests.speed.counting import VENDOR, counting

STYLE = Style(colour=False, unicode=True, width=100, verbosity=1)
QUOTA = Cause(
    id="acme:quota",
    title="The quota is known",
    stage=Stage.API,
    worst=Worst.NOTE,
    fix="Nothing.",
    meaning="m",
    origin="o",
    detection="d",
    steps=("s",),
    prevention="p",
    reference="r",
)


def remark(number: int) -> Check:
    @check(id=f"acme:quota-{number}", title=f"Quota {number} is left", stage=Stage.API, causes=(QUOTA,))
    def run(conclusion: Conclusion) -> Iterator[Finding]:
        yield QUOTA.found(observed=f"{number} were left", expected="some left", severity=Severity.NOTE)

    return run


def with_checks(count: int) -> Plugins:
    return replace(load(), checks=(*load().checks, *(remark(n) for n in range(count))))


class Calls:
    """Counts the calls of Python functions on this thread and on those that it starts."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _note(self, _frame: FrameType, event: str, _argument: object) -> None:
        self.count += event == "call"


def publish(examination: Examination) -> None:
    scan_report(examination.report, examination.redactor)
    for name in ("json", "text"):
        scan_output(renderer(name)(examination.report, STYLE), examination.redactor)


def examined(checks: int, keys: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Examination:
    plugins = with_checks(checks)
    folder.mkdir(exist_ok=True)
    with counting(VENDOR, folder=folder, monkeypatch=monkeypatch, other_keys=keys) as (_, inputs):
        examination = examine(inputs, plugins=plugins)
    assert examination.report.verdict == "healthy"
    assert len(examination.report.targets[0].checks) == len(plugins.checks)
    return examination


def calls(checks: int, keys: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    with Calls() as counted:
        publish(examined(checks, keys, folder, monkeypatch))
    return counted.count


def test_200_plug_in_checks_and_100_keys_cost_in_proportion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls(1, 1, tmp_path / "first", monkeypatch)  # what is worked out once is not counted
    few, some, many = (calls(200 * part // 4, 100 * part // 4, tmp_path / str(part), monkeypatch) for part in (1, 2, 4))
    # Twice the step costs twice as much; a fifth more is room for what threads happen to do.
    assert many - some < 1.2 * 2 * (some - few), (few, some, many)


def test_a_page_that_is_too_large_is_written_a_few_times_and_not_once_for_each_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, page = examined(200, 100, tmp_path, monkeypatch).report, html._page
    written: list[int] = []

    def counted(version: Report) -> str:
        written.append(1)
        return page(version)

    monkeypatch.setattr(html, "_page", counted)
    html.render(report, STYLE)
    assert 1 < len(written) <= 5
