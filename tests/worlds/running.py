"""Runs the program on a world, in this process, and holds its report to the world's right answer."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from checks.causes import CATALOGUE
from doctor.examination import examine
from doctor.model.facts.settings import RunOptions
from doctor.model.inputs import Given, Inputs, Other
from doctor.model.report import Diagnosis, FindingReport, Report
from doctor.model.terms import Confidence, SettingName, Severity
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from tests.worlds.world import Case, Typed

DEADLINE = 25.0
"""Seconds for a whole run."""


@cache
def keys() -> KeyRing:
    """Key pairs, made once a process."""
    return KeyRing()


def standing(case: Case) -> Sandbox:
    """The world, ready to be entered."""
    return Sandbox(case.change(healthy()), keys=keys(), overrides=case.settings)


def run(case: Case) -> Report:
    """Examine the world."""
    with standing(case) as env, patch("socket.getaddrinfo", resolver(case)):
        return examine(inputs(case, env)).report


def resolver(case: Case) -> Callable[..., list[Any]]:
    """``socket.getaddrinfo`` as the world has it."""
    real = socket.getaddrinfo

    def look_up(host: str, port: Any, *more: Any, **named: Any) -> list[Any]:
        match case.names.get(host):
            case None:
                return real(host, port, *more, **named)
            case int(error):
                raise socket.gaierror(error, "the resolver says so")
            case addresses:
                return [found for address in addresses for found in real(address, port, *more, **named)]

    return look_up


def inputs(case: Case, env: Sandbox) -> Inputs:
    """What the person typed, as the program takes it."""
    given = tuple(
        Given(SettingName(name), value, f"--{name.replace('_', '-')}", shadowed=_shadowed(case, env, name))
        for name, value in env.settings.items()
        if name != "get"
    )
    get = tuple(v for k, v in env.settings.items() if k == "get")
    options = RunOptions(get_paths=case.get or get, deep=case.deep)
    environ = {name: _typed(value, env) for name, value in case.environ.items()}
    return Inputs(given, options, timeout=case.timeout, deadline=DEADLINE, environ=environ)


def _shadowed(case: Case, env: Sandbox, name: str) -> tuple[Other, ...]:
    return tuple(Other(source, _typed(value, env)) for source, value in case.shadowed.get(name, ()))


def _typed(value: Typed, env: Sandbox) -> str:
    typed = value(env) if callable(value) else value
    return typed or ""


@dataclass(frozen=True)
class Judged:
    """How the program did on one world; every entry is a sentence about something wrong."""

    name: str
    first: tuple[str, ...]
    """The first cause, its setting or its endpoint is another."""
    overclaimed: tuple[str, ...]
    """It is surer than the evidence allows."""
    underclaimed: tuple[str, ...]
    """It is less sure than the evidence allows."""
    accused: tuple[str, ...]
    """What works was blamed."""
    lost: tuple[str, ...]
    """What must also stand in the report does not."""
    exit_code: tuple[str, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        return (*self.first, *self.overclaimed, *self.underclaimed, *self.accused, *self.lost, *self.exit_code)


def judge(case: Case, report: Report) -> Judged:
    """Hold the report to the right answer."""
    diagnosis, right = report.targets[0].diagnosis, case.right_exit_code
    stand = {finding.cause for finding in findings(report)}
    return Judged(
        case.name,
        first=tuple(_first(case, diagnosis)),
        overclaimed=tuple(_overclaimed(case, diagnosis)),
        underclaimed=tuple(_underclaimed(case, diagnosis)),
        accused=tuple(_accused(case, report)),
        lost=tuple(f"{cause} does not stand in the report" for cause in case.also if cause not in stand),
        exit_code=(f"exit code {report.exit_code}, not {right}",) if report.exit_code != right else (),
    )


def _first(case: Case, diagnosis: Diagnosis | None) -> list[str]:
    if case.healthy:
        return []
    if diagnosis is None:
        return [f"no diagnosis, not {case.cause}"]
    held = {"cause": case.cause, "setting": case.setting, "endpoint": case.endpoint}
    said = {name: getattr(diagnosis, name) for name in held}
    return [f"{name} {said[name]}, not {right}" for name, right in held.items() if right not in (None, said[name])]


def _overclaimed(case: Case, diagnosis: Diagnosis | None) -> list[str]:
    if diagnosis is None:
        return []
    wrong_or_joint = diagnosis.cause != case.cause or bool(CATALOGUE[diagnosis.cause].joint)
    allowed = Confidence.LIKELY if wrong_or_joint else Confidence(case.confidence or Confidence.CERTAIN)
    surer = diagnosis.confidence.position < allowed.position
    return [f"{diagnosis.cause} is called {diagnosis.confidence}"] if surer else []


def _underclaimed(case: Case, diagnosis: Diagnosis | None) -> list[str]:
    if diagnosis is None or diagnosis.cause != case.cause or case.confidence is None:
        return []
    less = diagnosis.confidence.position > Confidence(case.confidence).position
    return [f"{diagnosis.cause} is called {diagnosis.confidence} only"] if less else []


def _accused(case: Case, report: Report) -> list[str]:
    """Where nothing is broken, any failure; where one thing is, a failure that it does not explain."""
    diagnosis = report.targets[0].diagnosis
    said = [f"diagnosis {diagnosis.cause}: {diagnosis.observed}"] if case.healthy and diagnosis else []
    if case.cause and case.also:
        return said  # the report tells what the first cause explains, not what the second does
    known = {case.cause, *(each.cause for each in diagnosis.explains)} if diagnosis else set()
    blamed = [f for f in findings(report) if f.severity is Severity.FAIL and f.cause not in known]
    return said + [f"{f.cause} ({f.setting or f.endpoint or '-'}) is blamed: {f.observed}" for f in blamed]


def findings(report: Report) -> list[FindingReport]:
    """All of them, in report order."""
    return [finding for check in report.targets[0].checks for finding in check.findings]
