"""Compares what was observed, leaf by leaf, leaving out what differs between any two runs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from doctor.comparison.changes import Change

Values = Mapping[str, Any]

_VOLATILE = frozenset(
    {"exchange", "exchanges", "date", "local_time", "round_trip", "request_id", "now", "not_before_now"}
)
"""Times, numbers of exchanges and the like: another one in every run."""
_VOLATILE_IN = {
    "Tokens": frozenset({"issued_at", "expires_at", "not_before", "size", "key_id"}),
    "KeySet": frozenset({"keys"}),
    "Signatures": frozenset({"keys", "key_id"}),
    "Clock": frozenset({"bound"}),
}
"""Likewise, of one fact. A realm changes its keys as it likes; whether a signature was verified is told."""
_CLOCKS_AGREE = 5.0
"""Seconds by which two measurements of the same clock may differ."""
_LOOPBACK = re.compile(r"(?<![\w.])(localhost|127(?:\.\d+){3}|\[::1\]):\d+")
_SANDBOX = re.compile(r"ataccama-doctor-\w+/")
_WRAPPERS = frozenset({"result", "call", "attempt"})
"""Names that say nothing beside the name of their fact."""
_KEYS = ("name", "setting", "endpoint", "given_as", "path", "kid")
"""What names an item of a list, in this order."""
_ANSWER = ("status", "error", "error_description", "message", "page", "kind", "detail")
_NAMES = {"odd": "odd characters"}


def changes_of_facts(before: Mapping[str, Values], after: Mapping[str, Values]) -> Iterator[Change]:
    """Each leaf that changed of what both observed, told once, by the first fact that holds it."""
    told: set[tuple[str, str, str]] = set()
    for kind in [kind for kind in after if kind in before]:
        volatile = _VOLATILE | _VOLATILE_IN.get(kind, frozenset())
        for change in _changes((kind,), before[kind], after[kind], volatile):
            what = (change.label.rpartition(", ")[2], steady(change.before), steady(change.after))
            if what not in told:
                told.add(what)
                yield change


def changes_within(label: str, before: Values, after: Values) -> Iterator[Change]:
    """Each leaf of two objects that changed, its label behind ``label``."""
    for change in _changes(("",), before, after, _VOLATILE):
        yield Change(f"{label}{change.label}", change.before, change.after)


def steady(text: Any) -> Any:
    """``text`` without what differs between any two runs on loopback: its ports, and the sandbox's own folder."""
    if not isinstance(text, str):
        return text
    return _SANDBOX.sub("ataccama-doctor/", _LOOPBACK.sub(r"\1", text))


def _changes(path: tuple[str, ...], before: Any, after: Any, volatile: frozenset[str]) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict) and _answer(before) == _answer(after):
        for name in [name for name in dict.fromkeys((*after, *before)) if name not in volatile]:
            yield from _changes((*path, name), before.get(name), after.get(name), volatile)
    elif isinstance(before, list) and isinstance(after, list) and _are_objects((*before, *after)):
        yield from _changes_of_items(path, before, after, volatile)
    elif not _same(path[-1], before, after):
        yield Change(_label(path, before, after), _words(before), _words(after))


def _changes_of_items(
    path: tuple[str, ...], before: list[Values], after: list[Values], volatile: frozenset[str]
) -> Iterator[Change]:
    old, new = _by_key(before), _by_key(after)
    if len(old) != len(new):
        yield Change(_label(path, before, after), _amount(before), _amount(after))
    for key in new:
        if key in old:
            yield from _changes((*path[:-1], *([key] if key else [path[-1]])), old[key], new[key], volatile)


def _amount(items: list[Values]) -> str:
    """How many; of odd characters, which."""
    odd = "; ".join(_words_of_object(item) for item in items if "code_point" in item)
    return odd or str(len(items) or "none")


def _by_key(items: list[Values]) -> dict[str, Values]:
    """By what names each; by its place where nothing does, and by nothing where there is only one."""
    if len(items) == 1 and not any(items[0].get(key) for key in _KEYS):
        return {"": items[0]}
    keys = [next((str(item[key]) for key in _KEYS if item.get(key)), str(n)) for n, item in enumerate(items, 1)]
    return dict(zip(keys, items, strict=True))


def _are_objects(items: Iterable[Any]) -> bool:
    found = list(items)
    return bool(found) and all(isinstance(item, dict) for item in found)


def _answer(value: Values) -> tuple[Any, ...]:
    """What an answer comes down to, so that it is told in one line; nothing for what is no answer."""
    if "exchange" not in value:
        return ()
    return tuple(steady(value.get(name)) for name in _ANSWER)


def _same(name: str, before: Any, after: Any) -> bool:
    if name == "offset" and isinstance(before, int | float) and isinstance(after, int | float):
        return abs(before - after) <= _CLOCKS_AGREE
    return bool(_steady_all(before) == _steady_all(after))


def _steady_all(value: Any) -> Any:
    match value:
        case list():
            return [_steady_all(item) for item in value]
        case dict():
            return {name: _steady_all(item) for name, item in value.items() if name not in _VOLATILE}
        case _:
            return steady(value)


def _label(path: tuple[str, ...], before: Any, after: Any) -> str:
    *_, last = path
    answered = isinstance(before, dict) and isinstance(after, dict) and "exchange" in before
    names = [_NAMES.get(name, name) for name in path if name not in _WRAPPERS]
    if answered and last in _WRAPPERS:
        names.append("answer")
    return ", ".join(dict.fromkeys(map(spaced, names)))


def _words(value: Any) -> str:
    match value:
        case None | "":
            return "none"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case list():
            return "; ".join(_words(item) for item in value) or "none"
        case dict():
            return _words_of_object(value)
        case _:
            return str(value)


def _words_of_object(value: Values) -> str:
    code_point = value.get("code_point")
    if isinstance(code_point, int):
        return f"{value.get('kind')} U+{code_point:04X} {value.get('where')}"
    if "exchange" not in value:
        return "known"
    code, *words = [str(value[name]) for name in _ANSWER if value.get(name)] or ["nothing"]
    return f"{code} {': '.join(words)}".strip()


def spaced(name: str) -> str:
    """``FirstAttempt`` and ``first_attempt`` as ``first attempt``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower() if name.isidentifier() else name
