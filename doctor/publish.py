"""Renders, scans and writes a report. The scan is the last act before data leaves: a hit means no output."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from doctor.examination import Examination
from doctor.model.errors import DoctorError, UsageProblem
from doctor.model.report import Report
from doctor.model.streams import printed_to_stderr
from doctor.model.style import Style
from doctor.redaction import scan_output, scan_report
from doctor.renderers import renderer

FILE_STYLE = Style(colour=False, unicode=True, width=100, verbosity=1)
"""How a report is written into a file, whatever the terminal can show."""


_MOST_BEFORE = 1_000_000
"""Characters."""


def load_renderers(formats: Iterable[str]) -> None:
    """Import the renderers ahead of use; what goes wrong here is told when they are used."""
    for name in dict.fromkeys(formats):
        with contextlib.suppress(DoctorError, KeyError):
            renderer(name)


def publish(
    examination: Examination,
    format: str,
    style: Style,
    reports: Sequence[tuple[str, Path]],
    stdout: TextIO,
    step_summary: Path | None = None,
) -> int:
    """Write the report to ``stdout`` and to every file asked for; the exit code is the report's.

    To ``step_summary``, which GitHub shows beside a step, the Markdown report is added.

    An output that the final scan stops, or a renderer that breaks, is one sentence on stderr and exit code 4; a file
    that cannot be written is one sentence and 2. The other outputs are written all the same.
    """
    codes = [_attempt(lambda: scan_report(examination.report, examination.redactor))]
    if codes != [0]:
        return codes[0]
    codes = [examination.report.exit_code]
    for name, path in reports:
        codes.append(_attempt(partial(_to_file, examination, name, path)))
    if step_summary is not None:
        codes.append(_attempt(partial(_add_to, step_summary, examination)))
    codes.append(_attempt(lambda: _print(_rendered(examination, format, style), stdout)))
    return next((code for code in (130, 2, 4, 1, 3) if code in codes), 0)


def _to_file(examination: Examination, format: str, path: Path) -> None:
    style = replace(FILE_STYLE, replaces=_before(path))
    write_atomically(path, _rendered(examination, format, style))


def _before(path: Path) -> str:
    """What the file holds, as far as a person could have written it; nothing when it cannot be read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_MOST_BEFORE)
    except OSError:
        return ""


def _add_to(path: Path, examination: Examination) -> None:
    text = _rendered(examination, "markdown", FILE_STYLE)
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(f"{text}\n")
    except OSError as problem:
        raise _unwritable(path, problem) from None


def write_atomically(path: Path, text: str) -> None:
    """The whole text under that name, or what was there before."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as problem:
        raise _unwritable(path, problem) from None
    try:
        # Half a surrogate pair has no UTF-8; a plug-in's renderer may let one through.
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as problem:
        Path(temporary).unlink(missing_ok=True)
        raise _unwritable(path, problem) from None


def _unwritable(path: Path, problem: OSError) -> UsageProblem:
    return UsageProblem(f"The report {path} cannot be written: {problem.strerror}.")


def _rendered(examination: Examination, format: str, style: Style) -> str:
    with printed_to_stderr():
        text = _text(renderer(format), format, examination.report, style)
    scan_output(text, examination.redactor)
    return text


def _text(render: Callable[..., object], format: str, report: Report, style: Style) -> str:
    try:
        text = render(report, style)
    except (Exception, SystemExit) as problem:  # noqa: BLE001 - a renderer's fault is a sentence and exit code 4
        raise DoctorError(f"The renderer {format} broke ({type(problem).__name__}), so nothing was written.") from None
    if not isinstance(text, str):
        gave = f"gave {type(text).__name__}, not text"
        raise DoctorError(f"The renderer {format} broke ({gave}), so nothing was written.")
    return text


def _print(text: str, stdout: TextIO) -> None:
    stdout.write(text if text.endswith("\n") else text + "\n")
    stdout.flush()


def _attempt(work: Callable[[], None]) -> int:
    try:
        work()
    except DoctorError as problem:
        sys.stderr.write(f"ataccama-doctor: {problem}\n")
        return problem.exit_code
    return 0
