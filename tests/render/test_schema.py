"""The schema that ships is closed, complete, and true of every report."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from doctor.evidence_file import to_json
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.render import json_report
from doctor.schema import report_schema
from tests.render import reports

CAUSES = (
    *("edge-whitespace", "client-secret-mismatch", "host-not-found", "name-resolution-unavailable"),
    *("issuer-differs", "token-lifetime-short", "secret-needs-encoding"),
)
SCHEMA = report_schema(CAUSES)
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("situation", reports.ALL)
def test_every_report_is_valid(situation: str) -> None:
    values = json.loads(json_report.render(reports.ALL[situation](), Style()))
    assert [error.message for error in VALIDATOR.iter_errors(values)] == []


def test_every_object_is_closed_but_the_values_of_facts() -> None:
    objects = {name: d for name, d in SCHEMA["$defs"].items() if d.get("type") == "object"}
    assert [name for name, d in objects.items() if d["additionalProperties"] is not False] == []
    assert objects["FactReport"]["properties"]["value"] == {"type": "object"}


def test_enumerations_are_listed() -> None:
    diagnosis = SCHEMA["$defs"]["Diagnosis"]["properties"]
    assert diagnosis["confidence"]["enum"] == ["certain", "likely", "possible"]
    assert diagnosis["endpoint"]["enum"] == ["realm", "token", "api"]
    assert SCHEMA["$defs"]["CheckReport"]["properties"]["outcome"]["enum"] == [
        *("pass", "warn", "fail", "skip", "inconclusive", "error")
    ]


def test_what_a_field_means_is_told() -> None:
    assert SCHEMA["$defs"]["CheckReport"]["properties"]["title"]["description"].startswith("What must be true")
    assert SCHEMA["$defs"]["Exchange"]["description"].startswith("One connection attempt")


@pytest.mark.parametrize("cause", ["acme:quota", "acme_one.x-y:z"])
def test_a_plugins_own_cause_is_valid(cause: str) -> None:
    assert VALIDATOR.is_valid(_changed(lambda v: v["targets"][0]["diagnosis"].update(cause=cause)))


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v["targets"][0]["diagnosis"].update(cause="no-such-cause"),
        lambda v: v["targets"][0]["diagnosis"].update(cause="Acme:quota"),
        lambda v: v["targets"][0]["diagnosis"].update(setting=None),
        lambda v: v["targets"][0]["diagnosis"].pop("title"),
        lambda v: v["targets"][0]["checks"][0].update(outcome="passed"),
        lambda v: v["targets"][0]["checks"][0].update(colour="green"),
        lambda v: v["targets"][0]["exchanges"][0]["request"]["headers"][0].append("third"),
        lambda v: v.update(schema_version="1.1"),
        lambda v: v.update(exit_code="1"),
        lambda v: v.pop("summary"),
    ],
)
def test_what_the_contract_does_not_allow_is_invalid(change: Callable[[Any], Any]) -> None:
    assert not VALIDATOR.is_valid(_changed(change))


def test_what_an_older_report_lacks_has_a_default() -> None:
    assert VALIDATOR.is_valid(_changed(lambda v: v.pop("notes")))


def _changed(change: Callable[[Any], Any], report: Callable[[], Report] = reports.failed) -> Any:
    values = json.loads(json.dumps(to_json(report())))
    change(values)
    return values
