"""A saved report examined again: the same bytes where nothing changed, today's words where something did."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NoReturn

import pytest

from doctor import __version__
from doctor.api import Cause, Check, Conclusion, Finding, Realm, Stage, check
from doctor.evidence_file import read
from doctor.examination import examine
from doctor.model.report import CheckReport, FactReport, Report
from doctor.model.style import Style
from doctor.model.terms import Outcome, Verdict
from doctor.plugins import Plugins, load
from doctor.render import html, json_report
from doctor.replay import replay
from doctor.sandbox import open_environment
from doctor.sandbox.faults import FAULTS
from doctor.sandbox.key_ring import KeyRing
from doctor.sources.sandbox import sandbox_inputs
from tests.render import reports

WORLDS = (None, *(name for name, fault in FAULTS.items() if not fault.deep and not fault.needs))


@cache
def keys() -> KeyRing:
    return KeyRing()


def examined(fault: str | None) -> Report:
    with open_environment(fault, keys=keys()) as environment:
        deep = fault is not None and FAULTS[fault].deep
        return examine(replace(sandbox_inputs(environment.settings, deep=deep), timeout=2.0)).report


@pytest.fixture(scope="module")
def healthy() -> Report:
    return examined(None)


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("fault", WORLDS)
def test_where_nothing_changed_the_same_bytes_come_out(fault: str | None) -> None:
    report = examined(fault)
    for render in (json_report.render, html.render):
        written = render(report, Style())
        assert render(replay(read(written)), Style()) == written


def test_nobody_is_asked(healthy: Report, offline: None) -> None:
    assert replay(healthy) == healthy


def outcomes(report: Report) -> dict[str, CheckReport]:
    return {check.id: check for check in report.targets[0].checks}


def with_fact(report: Report, kind: type, **change: Any) -> Report:
    target = report.targets[0]
    facts = tuple(replace(f, **change) if f.type == kind.__name__ else f for f in target.facts)
    assert facts != target.facts
    return replace(report, targets=(replace(target, facts=facts),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "Elsewhere"}, "the report does not have it"),
        ({"version": 7}, "the report has version 7 of it, and today's checks read version 1"),
        ({"value": {"name": 5}}, "the report has it in a form that cannot be read"),
        ({"value": None, "missing": {"reason": "left out", "why": "blocked"}}, "left out"),
        ({"value": None, "missing": {"why": "because"}}, "the report has it in a form that cannot be read"),
        ({"value": None}, "the report has it in a form that cannot be read"),
    ],
)
def test_a_fact_that_cannot_be_read_skips_its_checks_with_the_reason(
    healthy: Report, change: dict[str, Any], reason: str
) -> None:
    again = outcomes(replay(with_fact(healthy, Realm, **change)))["issuer-matches"]
    assert (again.outcome, again.skip_reason) == (Outcome.SKIP, reason)


def test_without_its_conclusion_a_report_is_inconclusive(healthy: Report) -> None:
    again = replay(with_fact(healthy, Conclusion, version=7))
    assert (again.verdict, again.exit_code) == (Verdict.INCONCLUSIVE, 3)


def test_facts_of_a_plug_in_that_is_not_installed_stay(healthy: Report) -> None:
    foreign = FactReport("AcmeQuota", 3, value={"left": 5})
    target = replace(healthy.targets[0], facts=(*healthy.targets[0].facts, foreign))
    report = replace(healthy, targets=(target,))
    assert replay(report) == report


QUOTA = Cause(
    id="acme:later",
    title="Something that nobody looked for then",
    stage=Stage.API,
    worst="fail",  # type: ignore[arg-type]
    fix="Look at it.",
    meaning="m",
    origin="o",
    detection="d",
    steps=("s",),
    prevention="p",
    reference="r",
)


@check(id="acme:later", title="Nothing that is looked for today", stage=Stage.API, causes=(QUOTA,))
def later(conclusion: Conclusion) -> Iterator[Finding]:
    yield QUOTA.found(observed="It was there then, too.", expected="nothing")


def with_checks(*more: Check) -> Plugins:
    return replace(load(), checks=(*load().checks, *more))


def test_todays_checks_find_what_nobody_looked_for_then(healthy: Report) -> None:
    again = replay(healthy, with_checks(later))
    assert outcomes(again)["acme:later"].findings[0].observed == "It was there then, too."
    assert outcomes(again)["acme:later"].duration_ms == 0.0


def test_what_was_left_out_then_is_left_out_again(healthy: Report) -> None:
    kept = tuple(check for check in healthy.targets[0].checks if check.stage is not Stage.API)
    left_out = len(healthy.targets[0].checks) - len(kept)
    summary = replace(healthy.summary, deselected=left_out)
    narrowed = replace(healthy, targets=(replace(healthy.targets[0], checks=kept),), summary=summary)
    again = replay(narrowed, with_checks(later))
    assert [check.id for check in again.targets[0].checks] == [check.id for check in kept]
    assert again.summary.deselected == left_out


def test_a_report_of_another_version_says_whose_checks_these_are_once(healthy: Report) -> None:
    old = replace(healthy, tool=replace(healthy.tool, version="0.0.1"))
    again = replay(old)
    assert again.tool == healthy.tool
    assert again.notes == (
        f"Replayed: the facts are of ataccama-doctor 0.0.1, the checks of ataccama-doctor {__version__}.",
    )
    assert replay(again) == again


def test_an_interrupted_run_stays_one(healthy: Report) -> None:
    assert replay(replace(healthy, exit_code=130)).exit_code == 130


def test_warnings_that_failed_the_run_fail_it_again() -> None:
    warned = examined("url-extra-parts")
    assert (warned.verdict, warned.exit_code) == (Verdict.WARNINGS, 0)
    assert replay(warned).exit_code == 0
    assert replay(replace(warned, exit_code=1)).exit_code == 1


def test_the_gravest_environment_decides(healthy: Report) -> None:
    failed = examined("client-disabled")
    both = replace(healthy, targets=(*healthy.targets, *failed.targets))
    again = replay(both)
    assert [target.verdict for target in again.targets] == [Verdict.HEALTHY, Verdict.FAILED]
    assert (again.verdict, again.exit_code) == (Verdict.FAILED, 1)
    assert again.summary.passed == healthy.summary.passed + failed.summary.passed


def test_a_report_without_any_fact_of_ours_is_inconclusive_and_no_crash() -> None:
    assert replay(reports.failed()).exit_code == 3
