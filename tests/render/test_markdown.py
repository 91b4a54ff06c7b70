"""The report for a ticket: short enough, the same in Markdown, in Jira and in a plain field, and nothing acts in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from doctor.model.style import Style
from doctor.render.markdown import MOST, render
from doctor.render.markdown_text import block, code, prose
from tests.render import reports
from tests.render.hostile import ATTACKS, hostile_body, hostile_report

PARSER = MarkdownIt("gfm-like")
OWN = {"heading", "paragraph", "bullet_list", "list_item", "inline", "text", "strong", "code_inline", "fence"}
MENTION = re.compile(r"(?<![\w.+-])@\w|(?<!\w)(?:#|GH-)\d|\w/[\w.-]+#\d")
"""What GitHub makes a call to a person or to an issue of, outside code."""
WIKI = re.compile(r"(?<!\\)\[~|(?<!\\)\[[^\]\n]*(?<!\\)\||(?<![\\$])\{[A-Za-z]+[:}]|(?<!\\)!(?=\S[^!\n]*(?<!\\)!)")
"""What Jira's wiki acts on, in code as elsewhere: mentions, links with another face, macros, images."""
SNEAKY = [
    "see https://evil.example/x?a=1 and www.evil.example, or <https://evil.example>",
    "thanks @octocat and @acme/admins, fixes #12, octo/repo#3, GH-4",
    "![x](https://evil.example/p.png) [click](javascript:alert(1)) [a]: https://evil.example",
    "{html}<b>x</b>{html} {code:java} [~admin] [face|https://evil.example] !https://evil.example/p.png!",
    "`unclosed {panel:title=x} [~admin] @octocat",
    "`[~admin] {quote} !a.png! ``` @octocat` @octocat",
    "**bold** _it_ ~~no~~ ~sub~ $x^2$ &lt;b&gt; <b>html</b> <!-- c -->",
    "=1+1", "+1", "@SUM(A1)", "-1+cmd|' /C calc'!A0", "# heading", "- item", "1. item", "> quote", "    code",
    "| a | b |", "---", "h1. title", "bq. quote", "\\`\\[a](b)", "a\\", "`", "``", "",
]  # fmt: skip


def tokens(text: str) -> Iterator[Token]:
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def kinds(text: str) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(text)}


def shown(text: str) -> str:
    """What a reader of rendered Markdown sees."""
    return "".join(token.content for token in tokens(text) if token.type in {"text", "code_inline", "fence"})


def assert_harmless(text: str) -> None:
    assert kinds(text) <= OWN
    assert [t.content for t in tokens(text) if t.type == "text" and MENTION.search(t.content)] == []
    assert WIKI.search(text) is None


@pytest.mark.parametrize("situation", reports.ALL)
def test_it_is_headings_lists_and_code_for_a_report_that_is(situation: str) -> None:
    assert_harmless(render(reports.ALL[situation](), Style()))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_acts_whatever_a_server_says_with(attack: str) -> None:
    for run in (hostile_report(ATTACKS[attack]), hostile_body(ATTACKS[attack])):
        text = render(run, Style())
        assert_harmless(text)
        assert len(text) < MOST


@pytest.mark.parametrize("sneaky", SNEAKY)
def test_nothing_acts_in_a_report_that_is_full_of(sneaky: str) -> None:
    body = json.dumps({"error": sneaky, "error_description": f"x {sneaky}"})
    for run in (hostile_report(sneaky), hostile_body(sneaky), hostile_body(body), hostile_body(f"\n{sneaky}\n")):
        assert_harmless(render(run, Style()))


@given(st.text(st.sampled_from("ab1 \\`*_[]<>{}|~$!&;#@/:.-=+()'\"wh")))
def test_prose_is_one_line_of_the_same_words(text: str) -> None:
    line = f"- x: {prose(text)}"
    assert_harmless(line)
    assert "\n" not in line
    assert _compared(re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), shown(line))) == _compared(f"x:{text}")


def _compared(text: str) -> str:
    """Without what marks code, and without white space."""
    return re.sub(r"[`\s]", "", text)


@given(st.text(st.sampled_from("ab \n`~[]{}|!=+@-\t")))
def test_a_block_holds_its_lines_and_ends_where_it_ends(text: str) -> None:
    (fence,) = [token for token in PARSER.parse(block(text)) if token.type == "fence"]
    assert [t.type for t in PARSER.parse(block(text))] == ["fence"]
    assert [line for line in fence.content.split("\n") if line[:1] in {"=", "+", "@", "\t", "-"}] == []


def test_a_command_stays_as_it_is_to_be_typed() -> None:
    command = 'printf %s "$SECRET" | tr -d "\\n" > client-secret.txt'
    assert prose(f"Write it again: `{command}`.") == f"Write it again: `{command}`."


def test_what_reads_well_everywhere_is_left_alone() -> None:
    words = "The client_secret from ATACCAMA_CLIENT_SECRET_FILE ends with a line feed (U+000A); it's 50% done."
    assert prose(words) == words


def test_an_address_and_a_mention_stand_as_code() -> None:
    assert prose("see https://a.example/b, @octocat") == "see `https://a.example/b,` `@octocat`"
    assert prose("mail to ops@acme.example") == "mail to ops@acme.example"
    assert code("a`b") == r"`a\x60b`"


def test_an_address_of_mail_is_no_call_to_a_person() -> None:
    assert MENTION.search("ops@acme.example") is None


def test_it_stays_short_when_every_answer_and_every_word_is_long() -> None:
    run = hostile_report("[`" * 60_000)
    many = replace(run.targets[0], checks=run.targets[0].checks * 12, exchanges=run.targets[0].exchanges * 40)
    text = render(replace(run, targets=(many,)), Style())
    assert len(text) < MOST
    assert "left out" in text
    assert_harmless(text)


def test_what_is_left_out_for_its_size_is_said() -> None:
    run = hostile_body("x" * 4_000)
    exchanges = tuple(replace(e, n=n) for n, e in enumerate(run.targets[0].exchanges * 12, 1))
    many = replace(run.targets[0], exchanges=exchanges)
    text = render(replace(run, targets=(many,)), Style())
    assert len(text) < MOST
    assert "were left out of this file for its size; the JSON report has them" in text
    assert "characters cut]" in text
