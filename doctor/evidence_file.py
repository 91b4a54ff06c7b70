"""Write and read what a report carries: JSON (RFC 8259), alone or inside our own HTML."""

import json
from pathlib import Path
from typing import Any, NoReturn

from doctor.model.codec import CodecError, decode, encode
from doctor.model.errors import UsageProblem
from doctor.model.report import SCHEMA_VERSION, Report

JSON_ID = "report-json"
"""The id of the HTML element whose text is the report's JSON."""
_DEEPEST = 100
"""Levels of JSON that are read; a report has about fifteen."""


def to_json(report: Report) -> dict[str, Any]:
    """The report as JSON values."""
    values: dict[str, Any] = encode(report)
    return values


def from_json(data: object) -> Report:
    """The report that JSON values describe; fields that a later 1.x added are passed over."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str) or not version.isascii() or "." not in version:
        raise CodecError("This is no report of ataccama-doctor: it names no schema_version.")
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise CodecError(f"The report has schema {version[:20]!r}; this version reads {SCHEMA_VERSION} and its kin.")
    report = decode(Report, data, strict=version == SCHEMA_VERSION)
    if not report.targets:
        raise CodecError("The report is of no use: it has no environment.")
    return report


def load(path: Path) -> Report:
    """The report in a file; ``UsageProblem`` with one sentence when there is none."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be read: {problem.strerror}.") from None
    try:
        return read(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageProblem(f"{path} is no report of ataccama-doctor: it is not text in UTF-8.") from None
    except CodecError as problem:
        raise UsageProblem(f"{path} cannot be used. {problem}") from None


def read(text: str) -> Report:
    """The report in ``text``, which is JSON or an HTML report."""
    text = text.removeprefix("\ufeff").lstrip()
    return from_json(_parsed(_inside_html(text) if text.startswith("<") else text))


def _parsed(text: str) -> object:
    try:
        return _not_deep(json.loads(text, parse_constant=_no_number, object_pairs_hook=_unique))
    except CodecError:
        raise
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        raise CodecError(f"The file is no report: it is not JSON ({error}).") from None


def _not_deep(value: object, left: int = _DEEPEST) -> object:
    """The value itself, when those who walk it later will not run out of stack."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inside and not left:
        raise _too_deep()
    for item in inside:
        _not_deep(item, left - 1)
    return value


def _too_deep() -> CodecError:
    return CodecError("The file is no report: its JSON is nested too deeply.")


def _no_number(name: str) -> NoReturn:
    raise CodecError(f"The file is no report: {name} is not a JSON number.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once: two values for one name could be read differently by different programs."""
    values = dict(pairs)
    if len(values) != len(pairs):
        raise CodecError("The file is no report: an object in it has the same name twice.")
    return values


def _inside_html(text: str) -> str:
    from doctor.embedded import text_of  # writing a report, the usual case, reads no HTML

    found = text_of(JSON_ID, text)
    if found is None:
        raise CodecError(f"The HTML is no report of ataccama-doctor: it has no element with the id {JSON_ID}.")
    return found
