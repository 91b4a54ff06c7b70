"""The parts that a report is made of, with unremarkable values where a test gives none; everything is made up."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from doctor.model.report import (
    SCHEMA_VERSION,
    AlternativeReport,
    CauseReport,
    CheckReport,
    Diagnosis,
    Exchange,
    FactReport,
    FindingReport,
    Phases,
    Redaction,
    Report,
    RequestReport,
    ResponseReport,
    SettingReport,
    Summary,
    TargetReport,
    ToolInfo,
)
from doctor.model.terms import Confidence, Outcome, Severity, Stage, Verdict

HOST = "acme.ataccama.one"
REALM_URL = f"https://{HOST}/auth/realms/acme-prod"
TOKEN_URL = f"{REALM_URL}/protocol/openid-connect/token"
API_URL = f"https://{HOST}/api/reference-data/v1/tables?size=1"
_EXIT = {Verdict.HEALTHY: 0, Verdict.WARNINGS: 0, Verdict.FAILED: 1, Verdict.INCONCLUSIVE: 3, Verdict.ERROR: 4}
CHECKS = (
    ("url-format", "URL leads to an environment", Stage.SETTINGS),
    ("realm-match", "Realm is a name and every URL agrees on it", Stage.SETTINGS),
    ("trailing-whitespace", "Values hold no stray whitespace", Stage.SETTINGS),
    ("host-name", "Host name resolves", Stage.NETWORK),
    ("connection", "Connection opens", Stage.NETWORK),
    ("certificate", "Certificate is trusted and current", Stage.NETWORK),
    ("clock", "Clock agrees with the server's", Stage.NETWORK),
    ("realm", "Realm exists and is enabled", Stage.REALM),
    ("issuer", "Realm calls itself by the URL in use", Stage.REALM),
    ("token-request", "Realm issues a token for the client", Stage.TOKEN),
    ("token-response", "Token response is complete", Stage.TOKEN),
    ("jwt-decode", "Access token is a readable JWT", Stage.ACCESS_TOKEN),
    ("jwt-expiry", "Access token is current", Stage.ACCESS_TOKEN),
    ("bearer-header", "Authorization header is well formed", Stage.API),
    ("protected-get", "API answers the protected GET", Stage.API),
    ("api-protected", "API refuses the GET without a token", Stage.API),
)


def finding(cause: str, **change: Any) -> FindingReport:
    """A finding with unremarkable words where ``change`` gives none."""
    base = FindingReport(
        cause=cause,
        title="Something is not as it should be",
        severity=Severity.FAIL,
        confidence=Confidence.CERTAIN,
        observed="Keycloak answered 401.",
        expected="an answer with status 200",
        fix="Look at the answer.",
        reference="RFC 6749 section 5.2",
        exchanges=(),
    )
    return replace(base, **change)


def checks(changed: dict[str, CheckReport] | None = None) -> tuple[CheckReport, ...]:
    """The checks in report order, all passed but the ``changed`` ones."""
    passed = (CheckReport(i, t, s, Outcome.PASS, 20.0 + 3 * n, ()) for n, (i, t, s) in enumerate(CHECKS))
    return tuple((changed or {}).get(check.id, check) for check in passed)


def check(check_id: str, outcome: Outcome, *findings: FindingReport, reason: str | None = None) -> CheckReport:
    """One of the checks with another ending."""
    title, stage = next((t, s) for i, t, s in CHECKS if i == check_id)
    return CheckReport(check_id, title, stage, outcome, 61.4, findings, reason)


def skipped(reason: str, *check_ids: str) -> dict[str, CheckReport]:
    return {check_id: check(check_id, Outcome.SKIP, reason=reason) for check_id in check_ids}


def exchange(n: int, purpose: str, method: str, url: str, **change: Any) -> Exchange:
    """An exchange on a connection of its own, without an answer unless ``change`` gives one."""
    base = Exchange(
        n=n,
        purpose=purpose,
        connection=n,
        started_ms=4.2,
        request=RequestReport(
            method, url, (("Accept", "application/json"), ("User-Agent", "ataccama-doctor/1.0")), None
        ),
        phases_ms=Phases(dns=2.1, connect=20.4, tls=41.7, first_byte=34.0, total=101.3, held=0.9, body=2.2),
    )
    return replace(base, **change)


def response(status: int, body: str, *headers: tuple[str, str]) -> ResponseReport:
    named = (("Content-Type", "application/json"), ("X-Request-Id", "7f2c9e31b0d84a5c"), *headers)
    return ResponseReport(status, named, body, truncated=False)


def settings() -> tuple[SettingReport, ...]:
    return (
        SettingReport("url", f"https://{HOST}", "--url", ("ATACCAMA_URL",)),
        SettingReport("realm", "acme-prod", "ATACCAMA_REALM", ()),
        SettingReport("client_id", "catalog-sync", "profile prod in ataccama-doctor.toml", ()),
        SettingReport("client_secret", None, "ATACCAMA_CLIENT_SECRET_FILE", (), "k1c9:5b1d7ae2f0c84633"),
    )


def exchanges() -> tuple[Exchange, ...]:
    """A healthy run's: discovery, token, the GET without and with the token."""
    kept = Phases(dns=None, connect=None, tls=None, first_byte=46.2, total=47.9, held=0.3, body=1.4)
    form = "grant_type=client_credentials&client_id=catalog-sync&client_secret=[client secret removed]"
    return (
        exchange(
            1,
            "discovery document",
            "GET",
            f"{REALM_URL}/.well-known/openid-configuration",
            response=response(200, f'{{"issuer":"{REALM_URL}","token_endpoint":"{TOKEN_URL}"}}'),
        ),
        exchange(
            2,
            "the GET without a token",
            "GET",
            API_URL,
            started_ms=5.0,
            response=response(401, "", ("WWW-Authenticate", "Bearer")),
        ),
        exchange(
            3,
            "token request",
            "POST",
            TOKEN_URL,
            connection=1,
            started_ms=106.0,
            phases_ms=kept,
            request=RequestReport("POST", TOKEN_URL, (("Content-Type", "application/x-www-form-urlencoded"),), form),
            response=response(200, '{"access_token":"[access token]","expires_in":300,"token_type":"Bearer"}'),
        ),
        exchange(
            4,
            "protected GET",
            "GET",
            API_URL,
            connection=2,
            started_ms=154.6,
            phases_ms=kept,
            response=response(200, '{"meta":{"prev":null,"next":null,"total":0},"data":[]}'),
        ),
    )


def target(verdict: Verdict = Verdict.HEALTHY, **change: Any) -> TargetReport:
    facts = (
        FactReport("DiscoveryDocument", 1, value={"issuer": REALM_URL, "token_endpoint": TOKEN_URL}),
        FactReport("AuthorizationHeader", 1, missing={"reason": "no header was given", "why": "not needed"}),
    )
    base = TargetReport(HOST, settings(), verdict, None, checks(), facts, exchanges())
    return replace(base, **change)


def report(*targets: TargetReport, **change: Any) -> Report:
    """A report on ``targets``; verdict, exit code and counts follow from them."""
    graver = [Verdict.HEALTHY, Verdict.WARNINGS, Verdict.INCONCLUSIVE, Verdict.FAILED, Verdict.ERROR]
    verdict = max((t.verdict for t in targets), key=graver.index)
    base = Report(
        schema_version=SCHEMA_VERSION,
        tool=ToolInfo("ataccama-doctor", "1.0.0"),
        started_at="2026-03-02T08:15:30Z",
        duration_ms=203.4,
        verdict=verdict,
        exit_code=_EXIT[verdict],
        targets=targets,
        summary=_summary([c for t in targets for c in t.checks]),
        redactions=(Redaction("client secret", "percent-encoded", 1), Redaction("access token", "raw", 2)),
    )
    return replace(base, **change)


def diagnosis_of(
    found: FindingReport,
    check_id: str,
    explains: tuple[CauseReport, ...],
    alternatives: tuple[AlternativeReport, ...] = (),
) -> Diagnosis:
    return Diagnosis(
        cause=found.cause,
        title=found.title,
        confidence=found.confidence,
        observed=found.observed,
        fix=found.fix,
        check=check_id,
        explains=explains,
        alternatives=alternatives,
        setting=found.setting,
        endpoint=found.endpoint,
    )


def _summary(all_checks: Iterable[CheckReport]) -> Summary:
    outcomes = [c.outcome for c in all_checks]
    order = (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.SKIP, Outcome.ERROR)
    return Summary(*(outcomes.count(outcome) for outcome in order))
