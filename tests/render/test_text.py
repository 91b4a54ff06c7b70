"""The report on a terminal reads from green to problem to verdict, at any width, in any encoding."""

import re
from dataclasses import replace

import pytest

from doctor.model.style import Style
from doctor.model.terms import Outcome
from doctor.render import text
from doctor.render.columns import width_of, wrap
from tests.factories import check, checks, exchanges, finding, report, response, target
from tests.render import reports

SGR = re.compile(r"\x1b\[[\d;]+m")


def shown(situation: str, **style: object) -> str:
    return text.render(reports.ALL[situation](), Style(**style))  # type: ignore[arg-type]


@pytest.mark.parametrize("situation", reports.ALL)
@pytest.mark.parametrize("width", [1, 40, 41, 59, 60, 79, 80, 100, 250])
def test_no_line_is_wider_than_the_terminal(situation: str, width: int) -> None:
    lines = shown(situation, width=width, verbosity=2).splitlines()
    assert max(map(width_of, lines)) <= min(max(width, 40), 100)


def test_lines_end_without_spaces_and_the_text_with_one_line_end() -> None:
    for situation in reports.ALL:
        output = shown(situation, verbosity=2)
        assert re.search(r" +$", output, re.M) is None
        assert output.endswith(".\n")
        assert "\n\n\n" not in output


def test_ids_and_urls_that_fit_stay_whole_at_40_columns() -> None:
    output = shown("failed", width=40)
    for word in ("client-secret-mismatch", "edge-whitespace", "ATACCAMA_CLIENT_SECRET_FILE", "client-secret.txt`"):
        assert word in output


def test_a_green_stage_is_one_line() -> None:
    lines = shown("healthy").splitlines()
    assert "✓ Network: 4 checks passed" in lines
    assert not any("Host name resolves" in line for line in lines)


def test_a_green_stage_is_spelled_out_when_asked() -> None:
    assert "  ✓ Host name resolves\n" in shown("healthy", verbosity=1)


def test_a_problem_is_told_in_order() -> None:
    problem = shown("warnings").partition("! Realm calls itself by the URL in use")[2]
    places = [problem.index(label) for label in ("expected", "observed", "found", "do  ")]
    assert places == sorted(places)


def test_the_servers_words_stand_between_expected_and_observed() -> None:
    problem = shown("failed").partition("✗ Values hold no stray whitespace")[2]
    said = "answer    401 unauthorized_client: Invalid client or Invalid client"
    assert problem.index("expected") < problem.index(said) < problem.index("observed")


def test_words_that_the_finding_quotes_are_not_said_twice() -> None:
    run = reports.failed()
    quoting = replace(
        run.targets[0].checks[9].findings[0], observed="Keycloak said Invalid client or Invalid client credentials."
    )
    checks = tuple(replace(c, findings=(quoting,)) if c.id == "token-request" else c for c in run.targets[0].checks)
    output = text.render(replace(run, targets=(replace(run.targets[0], checks=checks),)), Style())
    assert output.count("answer  ") == 1


@pytest.mark.parametrize(
    ("body", "observed"),
    [
        ("", "The API answered 403."),
        ('{"error":"insufficient_scope"}', "The API answered 403 insufficient_scope, and no more."),
        ('{"error":"e","error_description":"It is forbidden."}', "Of the token it says: It is forbidden"),
    ],
)
def test_an_answer_of_which_nothing_is_left_to_say_is_not_told(body: str, observed: str) -> None:
    asked = replace(exchanges()[3], response=response(403, body))
    refused = finding("permission-missing", observed=observed, exchanges=(4,))
    run = report(
        target(checks=checks({"protected-get": check("protected-get", Outcome.FAIL, refused)}), exchanges=(asked,))
    )
    assert "\n    answer " not in text.render(run, Style())


def test_where_nobody_answered_there_is_no_answer_to_tell() -> None:
    assert "\n    answer " not in shown("inconclusive")


def test_labels_are_faint_and_what_to_do_is_strong() -> None:
    coloured = shown("failed", colour=True)
    assert "\x1b[2mDo\x1b[0m        \x1b[1mWrite the file again" in coloured
    assert "\x1b[32m✓\x1b[0m Network: 4 checks passed\n" in coloured


def test_a_consequence_names_its_cause_and_offers_no_fix_of_its_own() -> None:
    consequence = shown("failed").partition("✗ Realm issues a token for the client")[2].partition("✓ Access token")[0]
    assert "because   The client secret begins or ends with whitespace" in consequence
    assert "Create a new API client" not in shown("failed", verbosity=2)


def test_why_something_was_not_run_is_told_only_when_asked() -> None:
    assert "no Authorization header was given" not in shown("failed")
    assert "not run   no Authorization header was given" in shown("failed", verbosity=1)


def test_a_remark_on_a_passed_check_is_told_only_when_asked() -> None:
    assert "secret-needs-encoding" not in shown("warnings")
    assert "secret-needs-encoding" in shown("warnings", verbosity=1)


def test_exchanges_and_their_phases_are_told_only_at_the_second_verbosity() -> None:
    assert "Exchanges" not in shown("healthy", verbosity=1)
    output = shown("healthy", verbosity=2, width=100)
    assert f"1. GET {exchanges()[0].request.url}\n" in output
    assert "time      at 4 ms, name 2, connect 20, TLS 42, wait 34, answer 2, total 101 ms" in output
    assert "time      at 106 ms, wait 46, answer 1, total 48 ms" in output


def test_quiet_leaves_diagnosis_and_verdict() -> None:
    lines = shown("failed", verbosity=-1).splitlines()
    assert lines[0] == "Diagnosis"
    assert lines[-1] == "✗ Failed: 13 passed, 2 failed, 1 not run. Exit code 1."
    assert "Network" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("situation", "verdict"),
    [
        ("healthy", "✓ Healthy: 16 passed. Exit code 0."),
        ("failed", "✗ Failed: 13 passed, 2 failed, 1 not run. Exit code 1."),
        ("inconclusive", "? Inconclusive: 3 passed, 13 not run. Exit code 3."),
        ("warnings", "! Works, with warnings, as far as asked (1 check deselected): 13 passed, 2 warned. Exit code 0."),
        ("crashed", "E Error: 16 passed, 1 broke. Exit code 4."),
        ("several", "✗ Failed: 29 passed, 2 failed, 1 not run. Exit code 1."),
    ],
)
def test_the_verdict_is_the_last_line(situation: str, verdict: str) -> None:
    assert shown(situation, width=100).splitlines()[-1] == verdict


def test_a_crashed_check_says_what_broke() -> None:
    assert "broke     acme-doctor-quota raised KeyError in acme:quota" in shown("crashed")


def test_notes_about_the_report_are_always_told() -> None:
    run = replace(reports.healthy(), notes=("The client secret is short, so server text was withheld.",))
    assert "Note      The client secret is short" in text.render(run, Style(verbosity=-1))


@pytest.mark.parametrize("situation", reports.ALL)
def test_colour_adds_nothing_but_colour(situation: str) -> None:
    coloured = shown(situation, colour=True, verbosity=2)
    assert SGR.search(coloured)
    assert SGR.sub("", coloured) == shown(situation, verbosity=2)


@pytest.mark.parametrize("situation", reports.ALL)
def test_ascii_has_a_sign_for_every_outcome(situation: str) -> None:
    output = shown(situation, unicode=False, verbosity=2)
    assert output.isascii()
    assert r"\u" not in output


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("exactly8 x", 8, ["exactly8", "x"]),
        ("a longerthanwidth b", 6, ["a", "longer", "thanwi", "dth b"]),
        ("令牌 无效的", 6, ["令牌", "无效的"]),
        ("令牌无效", 5, ["令牌", "无效"]),
        ("e\u0301e\u0301e\u0301", 3, ["e\u0301e\u0301e\u0301"]),
        ("", 10, []),
        ("a-b-c-d", 3, ["a-b", "-c-", "d"]),
    ],
)
def test_words_are_broken_only_where_a_line_cannot_hold_them(words: str, width: int, lines: list[str]) -> None:
    assert wrap(words, width) == lines
