"""Colour, width and signs follow the stream and the variables that everybody knows."""

import io

import pytest

from checks import CHECKS
from doctor.checking import CheckResult
from doctor.cli.progress import Progress
from doctor.cli.running import Output
from doctor.cli.terminal import prepare, style_for
from doctor.model.style import Style
from doctor.model.terms import Outcome


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def stream(*, terminal: bool, encoding: str = "utf-8") -> io.TextIOWrapper:
    return (Terminal if terminal else io.TextIOWrapper)(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("color", "terminal", "environ", "coloured"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False),
        ("auto", True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", True, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_where_it_is_wanted(color: str, terminal: bool, environ: dict[str, str], coloured: bool) -> None:
    assert style_for(stream(terminal=terminal), environ, color, 0).colour is coloured


@pytest.mark.parametrize(("encoding", "signs"), [("utf-8", True), ("ascii", False), ("latin-1", False)])
def test_signs_are_used_where_the_stream_encodes_them(encoding: str, signs: bool) -> None:
    assert style_for(stream(terminal=False, encoding=encoding), {}, "auto", 0).unicode is signs


@pytest.mark.parametrize(
    ("columns", "width"), [(None, 80), ("40", 40), ("200", 200), ("", 80), ("-5", 80), ("wide", 80), ("9" * 9, 999_999)]
)
def test_a_pipe_is_as_wide_as_was_exported_or_80_columns(columns: str | None, width: int) -> None:
    environ = {"COLUMNS": columns} if columns is not None else {}
    assert style_for(stream(terminal=False), environ, "auto", 0).width == width


@pytest.mark.parametrize(("verbose", "quiet", "level"), [(0, False, 0), (1, False, 1), (5, False, 2), (2, True, -1)])
def test_verbosity_is_from_quiet_to_twice_verbose(verbose: int, quiet: bool, level: int) -> None:
    assert Output("text", (), "auto", verbose, quiet).verbosity == level


@pytest.mark.parametrize(("format", "written"), [("json", "é✓".encode()), ("text", b"\xe9\\u2713")])
def test_data_is_utf_8_and_text_for_people_is_what_their_stream_takes(format: str, written: bytes) -> None:
    stdout = stream(terminal=False, encoding="latin-1")
    prepare(stdout, format)
    stdout.write("é✓")
    stdout.flush()
    raw = stdout.buffer
    assert isinstance(raw, io.BytesIO)
    assert raw.getvalue() == written


def progress_of(style: Style, *, live: bool = True) -> str:
    stderr = io.StringIO()
    with Progress(stderr, live=live, style=style) as progress:
        for outcome in (Outcome.PASS, Outcome.FAIL):
            progress(CheckResult(CHECKS[0], outcome, (), None, 1.0))
    return stderr.getvalue()


def test_progress_is_one_line_that_is_gone_at_the_end() -> None:
    erase, title = "\r\x1b[2K", CHECKS[0].title
    assert progress_of(Style()) == f"{erase}✓ {title}{erase}✗ {title}{erase}"
    assert progress_of(Style(unicode=False)) == f"{erase}+ {title}{erase}x {title}{erase}"


def test_progress_stays_in_its_line() -> None:
    assert max(map(len, progress_of(Style(width=12)).split("\r\x1b[2K"))) == 11


def test_nobody_sees_progress_where_it_cannot_be_taken_back() -> None:
    assert progress_of(Style(), live=False) == ""
