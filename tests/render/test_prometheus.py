"""The Prometheus report: accepted by promtool, and what an alert can rest on."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from doctor.examination import Examination
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.publish import publish
from doctor.redaction import Redactor
from doctor.render.prometheus import render
from tests.render import reports
from tests.render.hostile import ATTACKS, hostile_report
from tests.tools import judged, tool

SUCCESS = "ataccama_doctor_last_success_timestamp_seconds"


def promtool(text: str) -> str:
    """Everything that Prometheus' own linter has to say."""
    return judged(tool("promtool", "prometheus"), "check", "metrics", text=text)


def samples(text: str) -> dict[str, float]:
    return {series: float(value) for series, value in re.findall(r"(?m)^(ataccama_doctor_\S+(?: \S+)*) (\S+)$", text)}


@pytest.mark.parametrize("situation", reports.ALL)
def test_promtool_accepts_a_report_that_is(situation: str) -> None:
    assert promtool(render(reports.ALL[situation](), Style())) == "0"


@pytest.mark.parametrize("attack", ATTACKS)
def test_promtool_accepts_it_whatever_a_server_says_with(attack: str) -> None:
    assert promtool(render(hostile_report(ATTACKS[attack]), Style())) == "0"


def test_promtool_refuses_what_is_no_metric() -> None:
    assert promtool("ataccama_doctor_success{target=} 1\n").startswith("1")


def test_no_series_stands_twice_though_two_checks_have_one_name() -> None:
    run = reports.crashed()
    again = replace(run.targets[0], checks=(*run.targets[0].checks, run.targets[0].checks[-1]))
    text = render(replace(run, targets=(again,)), Style())
    lines = [line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")]
    assert len(lines) == len(set(lines))


def test_every_series_names_its_environment() -> None:
    text = render(reports.several(), Style())
    assert [line for line in text.splitlines() if not line.startswith("#") and '{target="' not in line] == []


def test_the_cause_is_a_label() -> None:
    said = samples(render(reports.failed(), Style()))
    (info,) = [series for series in said if series.startswith("ataccama_doctor_diagnosis_info")]
    assert '{target="acme.ataccama.one",cause="edge-whitespace",check="trailing-whitespace",' in info
    assert 'setting="client_secret",endpoint="",confidence="certain"' in info


def test_times_are_seconds() -> None:
    said = samples(render(reports.healthy(), Style()))
    target = '{target="acme.ataccama.one"}'
    assert said[f"ataccama_doctor_run_duration_seconds{target}"] == 0.2034
    assert said[f"ataccama_doctor_last_run_timestamp_seconds{target}"] == 1772439330
    assert said[f"{SUCCESS}{target}"] == 1772439330


def test_nothing_that_a_server_says_is_a_label() -> None:
    assert "Keycloak" not in render(reports.failed(), Style())


def written(run: Report, path: Path) -> dict[str, float]:
    class Nowhere:
        def write(self, text: str) -> None: ...
        def flush(self) -> None: ...

    publish(Examination(run, Redactor()), "prometheus", Style(), [("prometheus", path)], Nowhere())  # type: ignore[arg-type]
    return samples(path.read_text("utf-8"))


def test_a_file_keeps_the_last_success_while_the_environment_fails(tmp_path: Path) -> None:
    path, later = tmp_path / "acme.prom", "2026-03-03T08:15:30Z"
    series = f'{SUCCESS}{{target="acme.ataccama.one"}}'
    assert series not in written(reports.failed(), path)
    assert written(reports.healthy(), path)[series] == 1772439330
    failed = replace(reports.failed(), started_at=later)
    assert written(failed, path)[series] == 1772439330
    assert written(replace(reports.inconclusive(), started_at=later), path)[series] == 1772439330
    assert written(replace(reports.healthy(), started_at=later), path)[series] == 1772525730


@pytest.mark.parametrize(
    "before", ["", "\x00\xff", f'{SUCCESS}{{target="acme.ataccama.one"}} 1e999\n', "x" * 2_000_000]
)
def test_what_stood_in_the_file_cannot_spoil_what_is_written(before: str, tmp_path: Path) -> None:
    path = tmp_path / "acme.prom"
    path.write_text(before, "utf-8")
    assert written(reports.failed(), path) == samples(render(reports.failed(), Style()))


def test_a_file_can_be_read_by_the_exporter_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "acme.prom"
    written(reports.healthy(), path)
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]
