"""Colour, width and signs follow the stream and the variables that everybody knows."""

import io

import pytest

from doctor.cli.running import Output
from doctor.cli.terminal import prepare, style_for


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


def test_a_pipe_is_80_columns_wide() -> None:
    assert style_for(stream(terminal=False), {"COLUMNS": "200"}, "auto", 0).width == 80


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
