"""Two reports are compared environment by environment: cause, settings, facts."""

from dataclasses import replace

import pytest

from doctor.comparison.changes import Change, TargetChange
from doctor.comparison.reports import compare
from doctor.model.report import FactReport, Report, SettingReport
from doctor.model.terms import Confidence, Outcome
from tests.factories import report, target
from tests.render import reports


def change(before: Report, after: Report) -> TargetChange:
    [only] = compare(before, after).targets
    return only


def with_settings(*settings: SettingReport) -> Report:
    return report(target(settings=settings))


def with_facts(**facts: dict[str, object] | None) -> Report:
    written = (
        FactReport(kind, 1, value=value) if value is not None else FactReport(kind, 1, missing={"reason": "r"})
        for kind, value in facts.items()
    )
    return report(target(facts=tuple(written)))


@pytest.mark.parametrize("situation", reports.ALL)
def test_a_report_is_the_same_as_itself(situation: str) -> None:
    run = reports.ALL[situation]()
    again = replace(run, started_at="2026-03-09T08:15:30Z", duration_ms=5.0, redactions=())
    assert not compare(run, again).differs


def test_a_new_cause_is_told_with_the_checks_that_ended_otherwise() -> None:
    found = change(reports.healthy(), reports.failed())
    assert found.cause_differs
    assert found.before.diagnosis is None
    assert found.after.diagnosis is not None
    assert found.after.diagnosis.cause == "edge-whitespace"
    assert [(c.check.id, c.before, c.after) for c in found.checks] == [
        ("trailing-whitespace", Outcome.PASS, Outcome.FAIL),
        ("token-request", Outcome.PASS, Outcome.FAIL),
        ("bearer-header", Outcome.PASS, Outcome.SKIP),
    ]


def test_the_same_cause_with_another_certainty_differs() -> None:
    run = reports.failed()
    diagnosis = run.targets[0].diagnosis
    assert diagnosis is not None
    unsure = replace(run.targets[0], diagnosis=replace(diagnosis, confidence=Confidence.LIKELY))
    assert change(run, replace(run, targets=(unsure,))).cause_differs


def test_other_words_for_the_same_cause_do_not() -> None:
    run = reports.failed()
    diagnosis = run.targets[0].diagnosis
    assert diagnosis is not None
    reworded = replace(run.targets[0], diagnosis=replace(diagnosis, observed="In other words.", fix="Likewise."))
    assert not compare(run, replace(run, targets=(reworded,))).differs


def test_a_check_that_one_report_lacks_is_told() -> None:
    found = change(reports.healthy(), reports.warnings())
    assert (found.checks[-1].check.id, found.checks[-1].after) == ("api-protected", None)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (("a", "--url"), ("b", "--url"), [Change("url", "a", "b")]),
        (("a", "--url"), ("", "--url"), [Change("url", "a", "empty")]),
        (("a", "--url"), ("a", "ATACCAMA_URL"), [Change("url, where it comes from", "--url", "ATACCAMA_URL")]),
        (("https://localhost:1", "--url"), ("https://localhost:2", "--url"), []),
    ],
)
def test_values_and_their_sources_are_compared(was: tuple[str, str], now: tuple[str, str], told: list[Change]) -> None:
    before, after = (with_settings(SettingReport("url", *given, shadowed=())) for given in (was, now))
    assert list(change(before, after).settings) == told


def test_what_else_was_given_is_compared() -> None:
    before = with_settings(SettingReport("url", "a", "--url", ()))
    after = with_settings(SettingReport("url", "a", "--url", ("ATACCAMA_URL",)))
    assert list(change(before, after).settings) == [Change("url, also given and not used", "nothing", "ATACCAMA_URL")]


def test_a_setting_that_only_one_has_is_told() -> None:
    some, none = with_settings(SettingReport("scope", "openid", "--scope", ())), with_settings()
    assert list(change(none, some).settings) == [Change("scope", "not given", "openid from --scope")]
    assert list(change(some, none).settings) == [Change("scope", "openid from --scope", "not given")]


def secret(fingerprint: str | None) -> Report:
    return with_settings(SettingReport("client_secret", None, "a file", (), fingerprint))


@pytest.mark.parametrize(
    ("was", "now", "differs", "incomparable"),
    [
        ("k1:aa", "k1:aa", False, False),
        ("k1:aa", "k1:bb", True, False),
        ("k1:aa", "k2:aa", False, True),
        ("k1:aa", None, False, True),
        (None, None, False, True),
    ],
)
def test_secrets_are_compared_by_fingerprints_under_one_key(
    was: str | None, now: str | None, differs: bool, incomparable: bool
) -> None:
    found = change(secret(was), secret(now))
    assert [each.label for each in found.settings] == (["client_secret"] if differs else [])
    assert found.incomparable == (("client_secret",) if incomparable else ())
    assert found.differs is differs


def test_what_can_be_seen_of_a_secret_is_compared_whatever_the_key() -> None:
    def seen(*odd: int) -> Report:
        shape = {
            "odd": [{"kind": "whitespace", "code_point": o, "where": "at the end"} for o in odd],
            "secret_like": odd,
        }
        settings = [{"name": "client_secret", "shape": shape, "exposed": None}]
        one = secret("k1:aa").targets[0]
        return report(replace(one, facts=(FactReport("SettingsSeen", 1, value={"settings": settings}),)))

    assert list(change(seen(), seen(10)).settings) == [
        Change("client_secret, odd characters", "none", "whitespace U+000A at the end")
    ]


def test_facts_that_follow_from_others_are_not_told() -> None:
    before, after = (
        with_facts(Target={"origin": "a"}, Grant={"x": 1}),
        with_facts(Target={"origin": "b"}, Grant={"x": 2}),
    )
    assert not compare(before, after).differs


def test_what_only_one_run_asked_is_told_by_name() -> None:
    found = change(with_facts(RealmPage={"a": 1}, Trials=None), with_facts(RealmPage=None, Trials={"b": 1}))
    assert (found.asked_before, found.asked_after) == (("realm page",), ("trials",))
    assert (found.facts, found.observed, found.differs) == ((), 2, True)


def test_two_reports_of_one_environment_each_are_compared_whatever_their_names() -> None:
    other = replace(reports.healthy().targets[0], name="test.ataccama.one")
    assert len(compare(reports.healthy(), report(other)).targets) == 1


def test_several_environments_are_paired_by_name() -> None:
    found = compare(reports.several(), reports.healthy())
    assert [each.after.name for each in found.targets] == ["acme.ataccama.one"]
    assert (found.only_before, found.only_after) == (("acme-test.ataccama.one",), ())
    assert found.differs


@pytest.mark.parametrize("value", [{"settings": 5}, {"settings": [5, {"name": "url"}]}, {"settings": [{"shape": 7}]}])
def test_a_fact_in_a_strange_form_does_no_harm(value: dict[str, object]) -> None:
    strange = report(replace(reports.healthy().targets[0], facts=(FactReport("SettingsSeen", 1, value=value),)))
    assert not change(strange, strange).differs
