"""The page: one file, a strict policy, everything in its place and of bounded size."""

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from doctor.evidence_file import read
from doctor.model.report import Exchange, FactReport, FailureReport, Phases, Report
from doctor.model.style import Style
from doctor.render import html
from doctor.render.timeline import timeline
from tests.factories import exchange, exchanges, report, response, target
from tests.render import reports


class Page(HTMLParser):
    """Elements in order, with their attributes and, for headings, their text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self._heading = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
            self._heading = True

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._heading = False

    def handle_data(self, data: str) -> None:
        if self._heading:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(params=reports.ALL)
def page(request: pytest.FixtureRequest) -> str:
    return html.render(reports.ALL[request.param](), Style())


def shown(run: Report) -> str:
    return html.render(run, Style())


def test_the_policy_allows_its_own_style_and_nothing_else(page: str) -> None:
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    [meta] = [a for t, a in Page(page).elements if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    assert meta["content"] == policy


def test_there_is_no_script_no_inline_style_and_nothing_to_load(page: str) -> None:
    parsed = Page(page)
    assert {tag for tag, _ in parsed.elements} & {"script", "link", "img", "iframe", "object", "base", "form"} == set()
    assert parsed.values("style") + parsed.values("src") == []
    assert not [name for _, attrs in parsed.elements for name in attrs if name.startswith("on")]
    assert re.search(r"@import|url\(", page) is None


def test_ids_are_unique_and_every_link_into_the_page_arrives(page: str) -> None:
    parsed = Page(page)
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    inside = {unescape(link[1:]) for link in parsed.values("href") if link.startswith("#")}
    assert inside <= set(ids)
    assert set(parsed.values("aria-labelledby")) <= set(ids)


def test_headings_begin_with_one_h1_and_leave_no_level_out(page: str) -> None:
    levels = [level for level, _ in Page(page).headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_names_its_language_title_and_landmarks(page: str) -> None:
    tags = [tag for tag, _ in Page(page).elements]
    assert ("html", {"lang": "en"}) in Page(page).elements
    assert [tags.count(tag) for tag in ("title", "header", "main", "footer")] == [1, 1, 1, 1]


def test_every_drawing_is_hidden_from_readers_that_have_the_words(page: str) -> None:
    bars = [attrs for tag, attrs in Page(page).elements if tag == "svg"]
    scales = page.count('<div class="scale" aria-hidden="true">')
    assert len([attrs for attrs in bars if attrs.get("aria-hidden") == "true"]) == len(bars) - scales


@pytest.mark.parametrize("situation", ["healthy", "failed", "inconclusive", "warnings", "crashed"])
def test_there_is_one_anchor_for_each_check(situation: str) -> None:
    run = reports.ALL[situation]()
    ids = Page(shown(run)).values("id")
    assert [i for i in ids if i.startswith("check-")] == [
        f"check-{check.id.replace(':', '%3A')}" for check in run.targets[0].checks
    ]


def test_a_second_environment_has_anchors_of_its_own() -> None:
    ids = Page(shown(reports.several())).values("id")
    assert {"check-url-format", "e2-check-url-format", "exchange-1", "e2-exchange-1"} <= set(ids)


def test_verdict_target_cause_and_fix_come_before_everything_else() -> None:
    output = shown(reports.failed())
    words = ("Failed</span>", "acme.ataccama.one</strong>", ">The client secret begins or ends with whitespace</h1>")
    places = [output.index(w) for w in (*words, "Do this", "<code>printf %s", "Observed", ">Checks</h2>")]
    assert places == sorted(places)


def test_a_consequence_offers_no_fix_of_its_own() -> None:
    before_json = shown(reports.failed()).partition('id="json"')[0]
    assert "Create a new API client" not in before_json


def test_warnings_stand_at_the_top_with_what_to_do() -> None:
    top = shown(reports.warnings()).partition(">Checks</h2>")[0]
    assert "It works; 2 things deserve a look" in top
    assert "Raise the access token lifespan" in top
    assert "as far as asked (1 check deselected)" in top


def test_settings_show_their_source_and_secrets_only_a_fingerprint() -> None:
    output = shown(reports.healthy())
    assert "from --url; also given and not used: ATACCAMA_URL" in output
    assert '<span class="soft">not shown; fingerprint</span> <code>k1c9:5b1d7ae2f0c84633</code>' in output


def test_what_was_removed_is_listed() -> None:
    assert "<dt>access token, raw</dt><dd>2 times</dd>" in shown(reports.healthy())


def test_the_json_is_closed_and_escaped() -> None:
    elements = Page(shown(reports.failed())).elements
    place = elements.index(("pre", {"id": "report-json"}))
    assert ("details", {}) in elements[place - 2 : place]


def test_a_stage_is_open_only_where_something_wants_to_be_read() -> None:
    stages = [attrs for _, attrs in Page(shown(reports.failed())).elements if attrs.get("class") == "stage"]
    assert ["open" in attrs for attrs in stages] == [True, False, False, True, False, False]


def test_a_stage_with_a_remark_stays_closed_and_counts_it() -> None:
    assert '>Token</h3><span class="soft">2 checks passed, 1 remark</span>' in shown(reports.warnings())


def test_much_evidence_is_left_out_and_said_so() -> None:
    run = report(target(exchanges=_many(60)), notes=("Server text was withheld.",))
    output = shown(run)
    assert len(output.encode()) < html.MOST_BYTES
    kept = read(output)
    assert kept.notes[0] == "Server text was withheld."
    assert re.search(r"Headers and bodies of \d+ exchanges were left out", kept.notes[1])
    assert kept.notes[1] in output.partition("<details")[0]
    assert len(kept.targets[0].exchanges) == 60
    assert kept.targets[0].facts == run.targets[0].facts


def test_the_evidence_of_findings_is_left_out_last() -> None:
    run = reports.failed()
    crowded = (*_many(40), *(replace(e, n=e.n + 40) for e in run.targets[0].exchanges))
    checks = tuple(
        replace(c, findings=tuple(replace(f, exchanges=tuple(n + 40 for n in f.exchanges)) for f in c.findings))
        for c in run.targets[0].checks
    )
    kept = read(shown(replace(run, targets=(replace(run.targets[0], exchanges=crowded, checks=checks),))))
    assert kept.targets[0].exchanges[42] == crowded[42]
    assert "unauthorized_client" in kept.targets[0].exchanges[42].response.body  # type: ignore[union-attr]


def test_facts_are_left_out_when_nothing_else_helps() -> None:
    large = FactReport("Large", 1, value={"text": "x" * 200_000})
    small = FactReport("Small", 1, value={"text": "x"})
    output = shown(report(target(facts=(large, small))))
    assert len(output.encode()) < html.MOST_BYTES
    kept = read(output)
    assert kept.targets[0].facts[0].value is None
    assert kept.targets[0].facts[1] == small
    assert "use its JSON report" in kept.notes[-1]


def test_a_report_of_ordinary_size_leaves_nothing_out() -> None:
    assert read(shown(reports.failed())) == reports.failed()


def test_bars_lie_on_one_scale() -> None:
    rows = timeline(exchanges()).rows
    ends = [bar.x + bar.width for row in rows for bar in row.bars]
    assert max(ends) == pytest.approx(100, abs=0.3)
    assert [bar.phase for bar in rows[0].bars] == ["dns", "connect", "tls", "held", "wait", "body"]
    assert [bar.phase for bar in rows[3].bars] == ["held", "wait", "body"]
    assert rows[3].bars[0].x == pytest.approx(100 * 154.6 / 202.5, abs=0.1)


def test_the_words_of_a_row_say_what_its_bars_show() -> None:
    row = timeline(exchanges()).rows[0]
    assert (row.start, row.words) == ("4", "name 2, connect 20, TLS 42, wait 34, answer 2")


def test_what_an_earlier_version_did_not_measure_is_a_rest() -> None:
    [_, _, asked, _] = exchanges()
    old = replace(asked, phases_ms=replace(asked.phases_ms, held=None, body=None))
    assert timeline((old,)).rows[0].words == "wait 46, rest 2"


def test_where_nothing_came_the_time_was_a_wait() -> None:
    silent = replace(
        exchanges()[2],
        response=None,
        failure=FailureReport("wait", "timed out"),
        phases_ms=Phases(dns=None, connect=None, tls=None, first_byte=None, total=10_000.0, held=0.5),
    )
    assert timeline((silent,)).rows[0].words == "wait 10,000"


@pytest.mark.parametrize("end", [0.0, 0.4, 7.0, 99.0, 2_300.0, 61_000.0])
def test_the_scale_has_few_round_ticks(end: float) -> None:
    one = exchange(1, "x", "GET", "https://a.example/", started_ms=0.0)
    ticks = timeline((replace(one, phases_ms=replace(one.phases_ms, total=end)),)).ticks
    assert 1 <= len(ticks) <= 5
    assert all(re.fullmatch(r"[\d.]+ m?s", tick.label) for tick in ticks)


def test_a_scale_beyond_all_measure_ends() -> None:
    one = exchange(1, "x", "GET", "https://a.example/", started_ms=1e308)
    endless = replace(one, phases_ms=replace(one.phases_ms, total=1e308))
    assert len(timeline((endless, one)).ticks) <= 5


def test_a_run_that_sent_nothing_says_so() -> None:
    assert "Nothing was sent." in shown(report(target(exchanges=())))


def _many(count: int) -> tuple[Exchange, ...]:
    made = (
        exchange(n, "protected GET", "GET", "https://a.example/", response=response(200, "y" * 4_000))
        for n in range(1, count + 1)
    )
    return tuple(made)
