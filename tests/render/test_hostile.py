"""What a server says does nothing, in any format."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest

from doctor.evidence_file import from_json, read
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.render import github, html, json_report, junit, markdown, prometheus, short, text
from doctor.render.columns import width_of
from doctor.render.harmless import BODY_LIMIT, LIMIT, bounded, harmless, tame
from tests.render.hostile import ATTACKS, harmful_characters, hostile_body, hostile_report

RENDERERS: dict[str, Callable[[Report, Style], str]] = {
    "text": text.render,
    "short": short.render,
    "json": json_report.render,
    "html": html.render,
    "markdown": markdown.render,
    "junit": junit.render,
    "github": github.render,
    "prometheus": prometheus.render,
}
OWN_COMMANDS = ("::error title=", "::warning title=", "::notice title=", "::group::", "::endgroup::")
"""Of the format for GitHub; tests/render/test_github.py sees that no server adds one."""
STYLES = [Style(), Style(verbosity=2, width=40), Style(unicode=False, width=60, verbosity=1)]
OWN_TAGS = {
    *("a", "b", "body", "br", "code", "dd", "details", "div", "dl", "dt", "em", "footer", "h1", "h2", "h3", "head"),
    *(
        "header",
        "html",
        "li",
        "line",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "rect",
        "section",
        "span",
        "strong",
    ),
    *("style", "summary", "svg", "text", "time", "title", "ul", "wbr"),
}
OWN_ATTRIBUTES = {
    *("aria-hidden", "aria-label", "aria-labelledby", "charset", "class", "content", "datetime", "focusable", "height"),
    *("href", "http-equiv", "id", "lang", "name", "open", "rel", "text-anchor", "width", "x", "x1", "x2", "y", "y1"),
    "y2",
}


@pytest.fixture(params=ATTACKS)
def attack(request: pytest.FixtureRequest) -> str:
    return ATTACKS[request.param]


@pytest.mark.parametrize("name", RENDERERS)
def test_no_character_comes_through_that_anything_acts_on(name: str, attack: str) -> None:
    for style in STYLES:
        assert harmful_characters(RENDERERS[name](hostile_report(attack), style)) == set()


@pytest.mark.parametrize("name", RENDERERS)
def test_the_output_can_be_encoded(name: str, attack: str) -> None:
    assert RENDERERS[name](hostile_report(attack), Style()).encode("utf-8")


@pytest.mark.parametrize("name", ["short", "markdown", "junit", "github", "prometheus"])
def test_a_sheet_that_lines_are_pasted_into_computes_nothing(name: str, attack: str) -> None:
    lines = RENDERERS[name](hostile_report(attack), Style()).splitlines()
    assert [line for line in lines if line.strip("=") and re.match(r"[=@\t]|[+-](?!\s|-)", line)] == []


@pytest.mark.parametrize("name", ["text", "short", "json"])
def test_an_ascii_stream_gets_ascii(name: str, attack: str) -> None:
    assert RENDERERS[name](hostile_report(attack), Style(unicode=False)).isascii()


@pytest.mark.parametrize("name", RENDERERS)
def test_no_line_is_a_workflow_command(name: str, attack: str) -> None:
    for style in STYLES:
        output = RENDERERS[name](hostile_report(attack), style)
        lines = [line for line in output.splitlines() if not (name == "github" and line.startswith(OWN_COMMANDS))]
        assert [line for line in lines if re.match(r"\s*::\w.*::", line)] == []
        assert re.search(r"##\w*\[", output) is None


@pytest.mark.parametrize("width", [40, 60, 80])
def test_terminal_lines_stay_within_the_width(width: int, attack: str) -> None:
    lines = text.render(hostile_report(attack), Style(width=width, verbosity=2)).splitlines()
    assert max(map(width_of, lines)) <= width


def test_a_chat_calls_nobody(attack: str) -> None:
    output = short.render(hostile_report(attack), Style())
    assert re.search(r"(?<!\w)@\w", output) is None


def test_the_page_holds_no_element_and_no_attribute_but_its_own(attack: str) -> None:
    tags, attributes = _markup(html.render(hostile_report(attack), Style()))
    assert tags <= OWN_TAGS
    assert attributes <= OWN_ATTRIBUTES


def test_the_page_links_to_nothing_but_itself(attack: str) -> None:
    output = html.render(hostile_report(attack), Style())
    assert [link for link in re.findall(r'href="([^"]*)"', output) if not link.startswith("#")] == []


def test_the_json_says_the_same_but_for_what_is_too_long(attack: str) -> None:
    report = hostile_report(attack)
    assert from_json(json.loads(json_report.render(report, Style()))) == bounded(report)


def test_the_page_gives_its_report_back(attack: str) -> None:
    report = hostile_report(attack)
    kept = read(html.render(report, Style())).targets[0]
    assert [c.outcome for c in kept.checks] == [c.outcome for c in report.targets[0].checks]
    assert len(kept.exchanges) == len(report.targets[0].exchanges)


def test_the_page_stays_small_whatever_the_server_says(attack: str) -> None:
    assert len(html.render(hostile_report(attack), Style()).encode()) < html.MOST_BYTES


@pytest.mark.parametrize("ensure_ascii", [True, False])
@pytest.mark.parametrize("name", ["text", "html"])
def test_the_words_of_a_json_answer_are_shown_and_harmless(name: str, ensure_ascii: bool) -> None:
    said = {"error": "invalid\x9b\u202e", "error_description": "::error::\u2066gnp " + "y" * 3_000}
    output = RENDERERS[name](hostile_body(json.dumps(said, ensure_ascii=ensure_ascii)), Style())
    assert harmful_characters(output) == set()
    shown = re.sub(r"\n +", " ", output)
    assert r"401 invalid\x9b\u202e: \x3a:error::\u2066gnp yyy" in shown
    assert "characters cut]" in shown


@pytest.mark.parametrize("name", ["text", "html"])
def test_control_characters_that_a_json_answer_escapes_stay_escapes(name: str) -> None:
    body = json.dumps({"error": "a\x1b[31m", "error_description": "b\x07\n::warning::c"})
    output = RENDERERS[name](hostile_body(body), Style(width=100))
    assert harmful_characters(output) == set()
    assert r"401 a\x1b[31m: b\x07\n\x3a:warning::c" in output


@pytest.mark.parametrize("body", ["[" * 5_000, "{", "", "null", '{"error":7}', "\ufeff{}"])
def test_an_answer_that_is_no_error_object_has_no_words(body: str) -> None:
    output = text.render(hostile_body(body), Style())
    assert "answer    401 (exchange 3)" in output


def test_a_long_text_is_cut_with_a_mark_that_counts() -> None:
    report = tame(hostile_report("z" * 100_000))
    observed = report.targets[0].checks[2].findings[0].observed
    assert len(observed) <= LIMIT
    assert observed.endswith("zz … [99,040 characters cut]")
    body = report.targets[0].exchanges[2].request.body
    assert body is not None
    assert len(body) <= BODY_LIMIT


def test_taming_twice_changes_nothing_more(attack: str) -> None:
    once = bounded(hostile_report(attack))
    assert bounded(once) == once


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain words, ünïcödé, 令牌", "plain words, ünïcödé, 令牌"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\u202ea", r"\u202ea"),
        ("\U000e0041", r"\U000e0041"),
        ("\ud800", r"\ud800"),
        ("::error::x", r"\x3a:error::x"),
        ("not 2001:db8::1 but ::1", "not 2001:db8::1 but ::1"),
        ("##[error]x", r"\x23#[error]x"),
        ("## heading", "## heading"),
    ],
)
def test_what_is_harmful_becomes_visible_and_the_rest_stays(raw: str, shown: str) -> None:
    assert harmless(raw) == shown


def _markup(page: str) -> tuple[set[str], set[str]]:
    seen = list(_elements(page))
    return {tag for tag, _ in seen}, {name for _, attributes in seen for name in attributes}


def _elements(page: str) -> Iterator[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, [name for name, _ in attrs]))

    Collector().feed(page)
    yield from found
