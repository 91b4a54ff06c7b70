"""Compares two reports environment by environment."""

from collections.abc import Iterator, Mapping
from typing import Any

from doctor.comparison.changes import Change, CheckChange, Comparison, Side, TargetChange
from doctor.comparison.facts import changes_of_facts, changes_within, spaced, steady
from doctor.model.report import Report, SettingReport, TargetReport

_TOLD_ELSEWHERE = frozenset({"SettingsSeen", "UrlsRead", "Target", "Realm", "Clearance", "Grant", "Conclusion"})
"""Facts that follow from the settings or from other facts."""
_TELLING = (
    "empty",
    "odd",
    "quotes",
    "label",
    "trailing_punctuation",
    "placeholder",
    "variable",
    "encoding",
    "artefact",
)
"""Of a value's shape: what a person would want to know of a value that cannot be shown."""


def compare(before: Report, after: Report) -> Comparison:
    """What changed; two reports of one environment each are of the same one, whatever it is called."""
    if len(before.targets) == len(after.targets) == 1:
        return Comparison((_target(before.targets[0], after.targets[0]),))
    old = {target.name: target for target in before.targets}
    new = {target.name: target for target in after.targets}
    return Comparison(
        tuple(_target(old[name], target) for name, target in new.items() if name in old),
        only_before=tuple(name for name in old if name not in new),
        only_after=tuple(name for name in new if name not in old),
    )


def _target(before: TargetReport, after: TargetReport) -> TargetChange:
    old, new = _observed(before), _observed(after)
    return TargetChange(
        before=Side(before.name, before.verdict, before.diagnosis),
        after=Side(after.name, after.verdict, after.diagnosis),
        checks=tuple(_checks(before, after)),
        settings=tuple(_settings(before, after)),
        incomparable=tuple(_incomparable(before, after)),
        facts=tuple(changes_of_facts(old, new)),
        asked_before=tuple(spaced(kind) for kind in old if kind not in new),
        asked_after=tuple(spaced(kind) for kind in new if kind not in old),
    )


def _checks(before: TargetReport, after: TargetReport) -> Iterator[CheckChange]:
    old, new = ({check.id: check for check in target.checks} for target in (before, after))
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        ended = was.outcome if was else None, now.outcome if now else None
        if ended[0] != ended[1]:
            yield CheckChange(now or old[name], *ended)


def _settings(before: TargetReport, after: TargetReport) -> Iterator[Change]:
    old, new = ({setting.name: setting for setting in target.settings} for target in (before, after))
    shapes = [_shapes(target) for target in (before, after)]
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            yield Change(name, _given(was), _given(now))
            continue
        yield from _values(was, now)
        yield from _sources(was, now)
        yield from changes_within(name, *(shape.get(name, {}) for shape in shapes))


def _given(setting: SettingReport | None) -> str:
    if setting is None:
        return "not given"
    shown = "" if setting.value is None else f"{setting.value} "
    return f"{shown}from {setting.source}"


def _values(was: SettingReport, now: SettingReport) -> Iterator[Change]:
    if steady(was.value) != steady(now.value):
        yield Change(now.name, _shown(was.value), _shown(now.value))
    elif _same_key(was, now) and was.fingerprint != now.fingerprint:
        yield Change(now.name, f"the secret {was.fingerprint}", f"another, {now.fingerprint}")


def _shown(value: str | None) -> str:
    return "not shown" if value is None else value or "empty"


def _sources(was: SettingReport, now: SettingReport) -> Iterator[Change]:
    if was.source != now.source:
        yield Change(f"{now.name}, where it comes from", was.source, now.source)
    if was.shadowed != now.shadowed:
        also = [", ".join(shadowed) or "nothing" for shadowed in (was.shadowed, now.shadowed)]
        yield Change(f"{now.name}, also given and not used", *also)


def _incomparable(before: TargetReport, after: TargetReport) -> Iterator[str]:
    """Secrets without fingerprints under the same key: whether they are the same cannot be told."""
    new = {setting.name: setting for setting in after.settings}
    for was in before.settings:
        now = new.get(was.name)
        if now and was.value is None and now.value is None and not _same_key(was, now):
            yield was.name


def _same_key(was: SettingReport, now: SettingReport) -> bool:
    ids = {(setting.fingerprint or "").partition(":")[0] for setting in (was, now)}
    return len(ids) == 1 and ids != {""}


def _shapes(target: TargetReport) -> dict[str, Mapping[str, Any]]:
    """By setting, what was seen of its value without showing it."""
    seen = next((fact.value for fact in target.facts if fact.type == "SettingsSeen" and fact.value), {})
    settings = seen.get("settings")
    found = [s for s in settings if isinstance(s, dict)] if isinstance(settings, list) else []
    return {str(s.get("name")): {**_telling(s.get("shape")), "exposed": s.get("exposed")} for s in found}


def _telling(shape: object) -> dict[str, Any]:
    return {name: shape.get(name) for name in _TELLING} if isinstance(shape, dict) else {}


def _observed(target: TargetReport) -> dict[str, Mapping[str, Any]]:
    """What was found out, by type; what was not asked is absent."""
    return {
        fact.type: fact.value for fact in target.facts if fact.value is not None and fact.type not in _TOLD_ELSEWHERE
    }
