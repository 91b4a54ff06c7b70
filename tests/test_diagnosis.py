"""The first cause is the true one: what explains what, what must be mended first, and what works is not broken."""

from collections.abc import Iterable

import pytest

from checks import CHECKS, causes
from doctor.api import Cause, Check, Conclusion, Confidence, Finding, SettingName, Severity
from doctor.checking import CheckResult
from doctor.diagnosis import Diagnosed, diagnose
from doctor.model.terms import Outcome, Verdict

WORKS = Conclusion(token=True, decided=True, works=True)
DECIDED = Conclusion(token=True, decided=True, works=False)
UNDECIDED = Conclusion(token=True, decided=False, works=False)
NO_TOKEN = Conclusion(token=False, decided=False, works=False)
SECRET, CLIENT_ID = SettingName.CLIENT_SECRET, SettingName.CLIENT_ID
BY_ID = {check.id: check for check in CHECKS}


def found(
    cause: Cause,
    *explains: Cause | object,
    setting: SettingName | None = None,
    severity: Severity | None = None,
    confidence: Confidence = Confidence.CERTAIN,
) -> Finding:
    return cause.found(
        observed="o",
        expected="e",
        setting=setting,
        severity=severity,
        confidence=confidence,
        explains=explains,  # type: ignore[arg-type]
    )


def result(check: str, *findings: Finding, outcome: Outcome = Outcome.PASS) -> CheckResult:
    return CheckResult(BY_ID[check], outcome, findings, None, 1.0)


def first(diagnosed: Diagnosed) -> str | None:
    return diagnosed.first[1].cause.id if diagnosed.first else None


def test_a_consequence_is_never_the_diagnosis() -> None:
    newline = found(causes.EDGE_WHITESPACE, causes.CLIENT_SECRET_MISMATCH, setting=SECRET)
    mismatch = found(causes.CLIENT_SECRET_MISMATCH, setting=SECRET)
    diagnosed = diagnose([result("trailing-whitespace", newline), result("token-request", mismatch)], DECIDED)

    assert first(diagnosed) == "edge-whitespace"
    assert [f.cause.id for f in diagnosed.explained] == ["client-secret-mismatch"]


def test_the_cause_stands_first_though_its_check_stands_last() -> None:
    expired = found(causes.TOKEN_EXPIRED)
    clock = found(causes.CLOCK_WRONG, causes.TOKEN_EXPIRED)
    diagnosed = diagnose([result("jwt-expiry", expired), result("clocks-agree", clock)], DECIDED)

    assert first(diagnosed) == "clock-wrong"
    assert diagnosed.first is not None
    assert diagnosed.first[0].check.id == "clocks-agree"


def test_a_chain_of_consequences_has_one_root() -> None:
    servers = found(causes.SERVER_CLOCKS_DIFFER, causes.CLOCK_WRONG)
    clock = found(causes.CLOCK_WRONG, causes.TOKEN_EXPIRED)
    expired = found(causes.TOKEN_EXPIRED, causes.API_TOKEN_REFUSED)
    diagnosed = diagnose([result("clocks-agree", clock, servers), result("jwt-expiry", expired)], DECIDED)

    assert first(diagnosed) == "server-clocks-differ"
    assert [f.cause.id for f in diagnosed.explained] == ["clock-wrong", "token-expired"]


def test_what_follows_from_a_question_that_could_not_be_asked_is_no_failure() -> None:
    limited = found(causes.RATE_LIMITED, causes.TOKEN_REQUEST_REFUSED)
    refused = found(causes.TOKEN_REQUEST_REFUSED)
    diagnosed = diagnose([result("nothing-in-between", limited), result("token-request", refused)], NO_TOKEN)

    assert first(diagnosed) == "rate-limited"
    assert diagnosed.verdict is Verdict.INCONCLUSIVE
    assert [r.outcome for r in diagnosed.results] == [Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE]


def test_a_failure_beside_such_a_consequence_is_one() -> None:
    limited = found(causes.RATE_LIMITED, causes.TOKEN_REQUEST_REFUSED)
    both = (found(causes.TOKEN_REQUEST_REFUSED), found(causes.SCOPE_REFUSED))
    diagnosed = diagnose([result("nothing-in-between", limited), result("token-request", *both)], NO_TOKEN)

    assert first(diagnosed) == "scope-refused"
    assert diagnosed.verdict is Verdict.FAILED


def test_an_explanation_about_one_setting_does_not_cover_another() -> None:
    newline = found(causes.EDGE_WHITESPACE, causes.QUOTES_KEPT.about(SECRET), setting=SECRET)
    quoted = found(causes.QUOTES_KEPT, setting=CLIENT_ID)
    diagnosed = diagnose([result("value-as-issued", quoted), result("trailing-whitespace", newline)], DECIDED)

    assert diagnosed.explained == ()
    assert first(diagnosed) == "quotes-kept", "both stand by themselves, so report order decides"


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "in reverse"])
def test_of_independent_causes_the_earlier_stage_is_mended_first(turned: bool) -> None:
    """A newline in the secret and a realm in the wrong case."""
    results = [
        result("trailing-whitespace", found(causes.EDGE_WHITESPACE, setting=SECRET, confidence=Confidence.LIKELY)),
        result("realm-exists", found(causes.REALM_CASE_DIFFERS)),
    ]

    assert first(diagnose(results[::-1] if turned else results, DECIDED)) == "edge-whitespace"


def test_within_a_stage_the_surer_cause_comes_first() -> None:
    likely = found(causes.CREDENTIALS_REJECTED, confidence=Confidence.LIKELY)
    sure = found(causes.SCOPE_REFUSED)

    assert first(diagnose([result("token-request", likely, sure)], DECIDED)) == "scope-refused"


def test_a_failure_comes_before_what_could_not_be_asked_though_its_stage_is_later() -> None:
    limited = found(causes.RATE_LIMITED)
    mismatch = found(causes.CLIENT_SECRET_MISMATCH)
    diagnosed = diagnose([result("nothing-in-between", limited), result("token-request", mismatch)], NO_TOKEN)

    assert (first(diagnosed), diagnosed.verdict) == ("client-secret-mismatch", Verdict.FAILED)


def test_what_kept_from_asking_is_the_diagnosis_where_nothing_failed() -> None:
    diagnosed = diagnose([result("host-connects", found(causes.CONNECTION_REFUSED))], NO_TOKEN)

    assert (first(diagnosed), diagnosed.verdict) == ("connection-refused", Verdict.INCONCLUSIVE)
    assert diagnosed.results[0].outcome is Outcome.INCONCLUSIVE


def test_a_warning_is_no_diagnosis() -> None:
    diagnosed = diagnose([result("issuer-matches", found(causes.ISSUER_DIFFERS))], DECIDED)

    assert (first(diagnosed), diagnosed.verdict) == (None, Verdict.WARNINGS)


@pytest.mark.parametrize("cause", [causes.CLOCK_WRONG, causes.TOKEN_ALGORITHM_UNSAFE, causes.EDGE_WHITESPACE])
def test_what_works_is_not_broken(cause: Cause) -> None:
    diagnosed = diagnose([result("clocks-agree", found(cause))], WORKS)

    assert (first(diagnosed), diagnosed.verdict) == (None, Verdict.WARNINGS)
    assert diagnosed.results[0].findings[0].severity is Severity.WARN


@pytest.mark.parametrize("setting", [SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN])
def test_what_was_given_to_be_examined_is_judged_though_the_rest_works(setting: SettingName) -> None:
    diagnosed = diagnose([result("bearer-header", found(causes.BEARER_PREFIX_MISSING, setting=setting))], WORKS)

    assert (first(diagnosed), diagnosed.verdict) == ("bearer-prefix-missing", Verdict.FAILED)


def test_under_deep_a_fault_counts_though_the_get_works() -> None:
    results = [result("altered-token-refused", found(causes.API_SIGNATURE_UNCHECKED))]

    assert diagnose(results, WORKS, deep=True).verdict is Verdict.FAILED
    assert diagnose(results, WORKS).verdict is Verdict.WARNINGS


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        pytest.param((), Outcome.PASS, id="none"),
        pytest.param((found(causes.SECRET_NEEDS_ENCODING),), Outcome.PASS, id="a note"),
        pytest.param((found(causes.ISSUER_DIFFERS),), Outcome.WARN, id="a warning"),
        pytest.param((found(causes.RATE_LIMITED),), Outcome.INCONCLUSIVE, id="what kept from asking"),
        pytest.param(
            (found(causes.RATE_LIMITED), found(causes.NOT_KEYCLOAK)), Outcome.FAIL, id="a failure among others"
        ),
    ],
)
def test_an_outcome_follows_from_the_worst_finding(findings: tuple[Finding, ...], outcome: Outcome) -> None:
    assert diagnose([result("realm-exists", *findings)], DECIDED).results[0].outcome is outcome


@pytest.mark.parametrize("outcome", [Outcome.SKIP, Outcome.INCONCLUSIVE, Outcome.ERROR])
def test_a_check_that_did_not_run_is_never_counted_as_passed(outcome: Outcome) -> None:
    assert diagnose([result("realm-exists", outcome=outcome)], DECIDED).results[0].outcome is outcome


def outcomes(*ended: Outcome) -> Iterable[CheckResult]:
    return [result(check.id, outcome=outcome) for check, outcome in zip(CHECKS, ended, strict=False)]


@pytest.mark.parametrize(
    ("ended", "conclusion", "verdict"),
    [
        pytest.param((Outcome.PASS,), WORKS, Verdict.HEALTHY, id="all passed"),
        pytest.param((Outcome.PASS, Outcome.SKIP), WORKS, Verdict.HEALTHY, id="what was not needed was skipped"),
        pytest.param((Outcome.PASS, Outcome.INCONCLUSIVE), WORKS, Verdict.HEALTHY, id="only what is required counts"),
        pytest.param((Outcome.WARN,), WORKS, Verdict.WARNINGS, id="a warning"),
        pytest.param((Outcome.PASS,), UNDECIDED, Verdict.INCONCLUSIVE, id="the GET was not decided"),
        pytest.param((Outcome.PASS,), NO_TOKEN, Verdict.INCONCLUSIVE, id="there was no token"),
        pytest.param((Outcome.PASS,), None, Verdict.INCONCLUSIVE, id="nothing is known"),
        pytest.param((Outcome.FAIL, Outcome.INCONCLUSIVE), NO_TOKEN, Verdict.FAILED, id="failed before inconclusive"),
        pytest.param((Outcome.FAIL, Outcome.ERROR), DECIDED, Verdict.ERROR, id="error before failed"),
    ],
)
def test_the_verdict_follows_the_contracts_order(
    ended: tuple[Outcome, ...], conclusion: Conclusion | None, verdict: Verdict
) -> None:
    assert diagnose(list(outcomes(*ended)), conclusion).verdict is verdict


@pytest.mark.parametrize(
    ("ended", "verdict"),
    [
        pytest.param((Outcome.PASS, Outcome.PASS), Verdict.HEALTHY, id="all of it passed"),
        pytest.param((Outcome.PASS, Outcome.INCONCLUSIVE), Verdict.INCONCLUSIVE, id="one could not be asked"),
        pytest.param((Outcome.SKIP,), Verdict.INCONCLUSIVE, id="all of it was skipped"),
    ],
)
def test_with_a_selection_what_was_selected_is_required(ended: tuple[Outcome, ...], verdict: Verdict) -> None:
    assert diagnose(list(outcomes(*ended)), NO_TOKEN, selected=True).verdict is verdict


def test_a_crash_does_not_hide_the_diagnosis() -> None:
    results = [result("realm-exists", found(causes.REALM_NOT_FOUND)), result("jwt-decode", outcome=Outcome.ERROR)]
    diagnosed = diagnose(results, NO_TOKEN)

    assert (first(diagnosed), diagnosed.verdict) == ("realm-not-found", Verdict.ERROR)


def test_the_checks_are_the_products_own() -> None:
    assert all(isinstance(check, Check) for check in BY_ID.values())


def test_what_was_selected_and_rests_on_something_missing_is_not_healthy() -> None:
    blocked = CheckResult(BY_ID["protected-get"], Outcome.SKIP, (), "there is no token to send", 1.0, decided=False)
    passed = result("url-format")

    assert diagnose([passed, blocked], NO_TOKEN, selected=True).verdict is Verdict.INCONCLUSIVE
