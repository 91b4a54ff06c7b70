"""Verdict, counts, cause and exit code are the JSON's in every format, in every world."""

import io
from dataclasses import replace

import pytest

from doctor.examination import examine
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.publish import publish
from doctor.renderers import renderer, renderer_names
from doctor.sandbox import open_environment
from doctor.sandbox.faults import FAULTS
from doctor.sandbox.key_ring import KeyRing
from doctor.sources.sandbox import sandbox_inputs
from tests.render import reports
from tests.render.said import READERS, Said, of_json

KEYS = KeyRing()
WORLDS: tuple[str | None, ...] = (None, *FAULTS)


def said_by(report: Report) -> dict[str, Said]:
    return {name: read(renderer(name)(report, Style(verbosity=1))) for name, read in READERS.items()}


def test_every_format_that_ships_is_held_to_it() -> None:
    assert set(READERS) == set(renderer_names())


@pytest.mark.parametrize("situation", reports.ALL)
def test_every_format_says_the_same_of_a_report_that_is(situation: str) -> None:
    report = reports.ALL[situation]()
    said = said_by(report)
    assert said == dict.fromkeys(READERS, said["json"])
    assert (said["json"].verdict, said["json"].exit_code) == (report.verdict, report.exit_code)


@pytest.mark.parametrize("cause", WORLDS)
def test_every_format_says_the_same_of_an_environment_with(cause: str | None) -> None:
    with open_environment(cause, keys=KEYS) as env:
        deep = cause is not None and FAULTS[cause].deep
        inputs = replace(sandbox_inputs(env.settings, deep=deep), timeout=0.5, deadline=8.0, deadline_set=True)
        examination = examine(inputs)
    said = said_by(examination.report)
    assert said == dict.fromkeys(READERS, said["json"])
    written = io.StringIO()
    assert publish(examination, "json", Style(), [], written) == said["json"].exit_code
    assert of_json(written.getvalue()) == said["json"]
