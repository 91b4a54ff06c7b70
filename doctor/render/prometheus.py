"""The report for Prometheus: text format 0.0.4, as the textfile collector of the node exporter reads it.

Label values are ids and the environment's name, never a server's words, so that a new answer makes no new series.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import nan
from typing import TypeAlias

from doctor.model.report import Report, TargetReport
from doctor.model.style import Style
from doctor.model.terms import Outcome, Verdict
from doctor.render.harmless import tame

_PREFIX = "ataccama_doctor_"
_LAST_SUCCESS = f"{_PREFIX}last_success_timestamp_seconds"
_WORKS = (Verdict.HEALTHY, Verdict.WARNINGS)
Sample: TypeAlias = tuple[dict[str, str], float]


def render(report: Report, style: Style) -> str:
    """Write every metric as a gauge; the last success of an environment is kept from the file that this replaces."""
    report = tame(report)
    return "".join(line for metric in _metrics(report, style) for line in _written(*metric))


def _metrics(report: Report, style: Style) -> Iterator[tuple[str, str, list[Sample]]]:
    at, targets = _timestamp(report.started_at), report.targets
    yield "build_info", "The version that wrote this.", [_of(t, 1, version=report.tool.version) for t in targets]
    yield "last_run_timestamp_seconds", "When the last run began.", [_of(t, at) for t in targets]
    yield (
        "last_success_timestamp_seconds",
        "When the last run began that found the environment working.",
        [_of(t, success) for t in targets if (success := _last_success(t, at, style.replaces)) is not None],
    )
    yield "run_duration_seconds", "How long the last run took.", [_of(t, report.duration_ms / 1000) for t in targets]
    yield "success", "1 when the last run found the environment working.", [_of(t, _works(t)) for t in targets]
    yield "exit_code", "The exit code of the last run.", [_of(t, report.exit_code) for t in targets]
    yield "verdict", "1 for the verdict of the last run, 0 for every other.", [s for t in targets for s in _verdicts(t)]
    yield "checks", "Checks of the last run by how they ended.", [s for t in targets for s in _outcomes(t)]
    yield (
        "check_failing",
        "1 for each check of the last run that did not pass; skipped ones are left out.",
        [s for t in targets for s in _failing(t)],
    )
    yield "diagnosis_info", "The first cause that the last run found, if any.", [s for t in targets for s in _cause(t)]


def _written(name: str, help_text: str, samples: Iterable[Sample]) -> Iterator[str]:
    """A metric and its series, each once: a series that stands twice makes the collector refuse the file."""
    yield f"# HELP {_PREFIX}{name} {help_text}\n# TYPE {_PREFIX}{name} gauge\n"
    for labels, value in {_labels(labels): value for labels, value in samples}.items():
        yield f"{_PREFIX}{name}{labels} {value:.16g}\n"


def _labels(labels: dict[str, str]) -> str:
    return "{" + ",".join(f'{label}="{_escaped(words)}"' for label, words in labels.items()) + "}"


def _of(target: TargetReport, value: float, **labels: str) -> Sample:
    """Every series names its environment, so that the files of several can lie beside each other."""
    return {"target": target.name, **labels}, value


def _works(target: TargetReport) -> int:
    return int(target.verdict in _WORKS)


def _verdicts(target: TargetReport) -> Iterator[Sample]:
    for verdict in Verdict:
        yield _of(target, int(target.verdict is verdict), verdict=verdict)


def _outcomes(target: TargetReport) -> Iterator[Sample]:
    seen = Counter(check.outcome for check in target.checks)
    for outcome in Outcome:
        yield _of(target, seen[outcome], outcome=outcome)


def _failing(target: TargetReport) -> Iterator[Sample]:
    for check in target.checks:
        if check.outcome not in (Outcome.PASS, Outcome.SKIP):
            yield _of(target, 1, check=check.id, stage=check.stage, outcome=check.outcome)


def _cause(target: TargetReport) -> Iterator[Sample]:
    found = target.diagnosis
    if found:
        about = {"setting": found.setting or "", "endpoint": found.endpoint or "", "confidence": found.confidence}
        yield _of(target, 1, cause=found.cause, check=found.check, **about)


def _last_success(target: TargetReport, at: float, replaced: str) -> float | None:
    if _works(target):
        return at
    series = re.escape(_LAST_SUCCESS + _labels({"target": target.name}))
    kept = re.search(rf"(?m)^{series} (\d{{1,12}}(?:\.\d+)?)$", replaced)
    return float(kept[1]) if kept else None


def _timestamp(moment: str) -> float:
    """Seconds since 1970; not a number for what is no moment, which only a report from elsewhere can hold."""
    try:
        return datetime.fromisoformat(moment).timestamp()
    except ValueError:
        return nan


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
