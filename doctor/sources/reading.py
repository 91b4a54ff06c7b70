"""Reads one value from one place, and says where it came from. Whoever cannot be read is named in one sentence."""

import os
from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from doctor.model.artefact import secret_like
from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.inputs import Line
from doctor.model.terms import SettingName

LARGEST = 1_000_000
"""Bytes that are read of anything; no setting is near it."""
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Text:
    """A value as it was given."""

    value: str = field(repr=False)
    source: str
    exposed: str | None = None
    """How others can read it where it stands."""
    from_outside: bool = False
    """True for a file, a stream or a command's output, which may hold more than the value."""
    line: Line | None = None
    """The line of an env file that gave it."""


def from_word(source: str, word: str) -> Text:
    """The value of an option or variable."""
    try:
        return Text(os.fsencode(word).decode("utf-8"), source)
    except UnicodeError:
        raise UsageProblem(f"The value of {source} is not UTF-8 text. Give it in UTF-8.") from None


def from_file(source: str, name: str) -> Text:
    """The whole content of a file, its last line end included."""
    content, exposed = file_content(source, name)
    return Text(content, source, exposed, from_outside=True)


def file_content(source: str, name: str) -> tuple[str, str | None]:
    """The text of a file, and how others can read it."""
    from doctor.sources.exposure import exposure  # most values stand in variables

    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST + 1)
            exposed = exposure(Path(name), os.fstat(file.fileno()))
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "no file has such a name"
        raise UsageProblem(f"{_named(source, name)} cannot be read: {reason}.") from None
    return decoded(content, _named(source, name)), exposed


def from_stdin(source: str, read: Callable[[int], bytes]) -> Text:
    """What comes on standard input, without one line end."""
    try:
        content = read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it is closed"
        raise UsageProblem(f"Standard input (for {source}) cannot be read: {reason}.") from None
    return from_stream(content, f"{source} {STDIN}", "stdin")


def from_stream(content: bytes, source: str, stream: str = "") -> Text:
    """The text of a stream without one line end, as every shell does; the source says so."""
    text = decoded(content, f"What came from {source}")
    value = without_line_end(text)
    removed = "one line end removed" if value != text else ""
    remarks = ", ".join(remark for remark in (stream, removed) if remark)
    return Text(value, f"{source} ({remarks})" if remarks else source, from_outside=True)


def without_line_end(text: str) -> str:
    return text.removesuffix("\r\n") if text.endswith("\r\n") else text.removesuffix("\n")


def decoded(content: bytes, what: str) -> str:
    """The bytes as UTF-8, a byte order mark kept as U+FEFF."""
    if len(content) > LARGEST:
        raise UsageProblem(
            f"{what} is larger than 1 MB, which no setting is. Name the file that holds the value alone."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        form = " (it begins like UTF-16, which some Windows tools write)" if content[:2] in _UTF_16 else ""
        raise UsageProblem(f"{what} is not UTF-8 text{form}. Save it as UTF-8.") from None


def _named(source: str, name: str) -> str:
    """The file in a sentence; a name that looks like the secret itself is not repeated."""
    if secret_like(SettingName.CLIENT_SECRET, name) and not _in_a_folder(name):
        return f"What {source} names (it looks like the secret itself; the path of a file is wanted)"
    return f"{name} (from {source})" if name else f"The file that {source} names, which is empty,"


def _in_a_folder(name: str) -> bool:
    """True for a path whose folder is there, which no secret happens to spell."""
    return os.sep in name and Path(name).parent.is_dir()


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
