"""A saved report, JSON or HTML, reads back as the report that was written."""

import json
from typing import Any

import pytest

from doctor.evidence_file import from_json, read, to_json
from doctor.model.codec import CodecError
from doctor.model.style import Style
from doctor.render import html, json_report
from tests.render import reports


@pytest.mark.parametrize("situation", reports.ALL)
@pytest.mark.parametrize("render", [json_report.render, html.render])
def test_what_was_written_reads_back_the_same(render: Any, situation: str) -> None:
    report = reports.ALL[situation]()
    assert read(render(report, Style())) == report


def test_a_byte_order_mark_and_blank_lines_before_it_do_no_harm() -> None:
    assert read("\ufeff\n\n" + json_report.render(reports.failed(), Style())) == reports.failed()


def test_field_names_are_those_of_the_contract() -> None:
    values = to_json(reports.failed())
    assert list(values) == [
        *("schema_version", "tool", "started_at", "duration_ms", "verdict", "exit_code", "targets", "summary"),
        *("redactions", "notes"),
    ]
    assert values["targets"][0]["diagnosis"]["explains"] == [
        {"cause": "client-secret-mismatch", "setting": "client_secret"}
    ]


def test_a_later_minor_version_is_read_without_what_it_added() -> None:
    values = to_json(reports.healthy()) | {"schema_version": "1.7", "mood": "fine"}
    assert from_json(values).targets == reports.healthy().targets


def test_this_version_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(CodecError, match="has a field 'mood'"):
        from_json(to_json(reports.healthy()) | {"mood": "fine"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("verdict: failed", "is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[" * 400 + "]" * 400, "nested too deeply"),
        ('{"schema_version": NaN}', "NaN is not a JSON number"),
        ('{"a": 1, "a": 2}', "the same name twice"),
        ("1" * 5_000, "is not JSON"),
        ("[]", "names no schema_version"),
        ('{"schema_version": 1.0}', "names no schema_version"),
        ('{"schema_version": "2.0"}', "has schema '2.0'; this version reads 1.0"),
        ('{"schema_version": "1.0"}', "lacks the field 'tool'"),
        ("<html><pre>{}</pre></html>", "no element with the id report-json"),
        ('<pre id="report-json">nothing</pre>', "is not JSON"),
    ],
)
def test_a_file_that_is_no_report_is_one_sentence(text: str, words: str) -> None:
    with pytest.raises(CodecError, match=words) as refused:
        read(text)
    assert str(refused.value).endswith(".")


def test_only_the_first_element_with_our_id_counts() -> None:
    page = html.render(reports.healthy(), Style())
    forged = json.dumps(to_json(reports.failed()))
    assert read(f'{page}<pre id="report-json">{forged}</pre>') == reports.healthy()
