"""Whole reports, one function a situation: what the renderers are shown."""

from dataclasses import replace

from doctor.model.report import (
    AlternativeReport,
    CauseReport,
    CheckReport,
    FailureReport,
    Phases,
    Report,
)
from doctor.model.terms import Confidence, Endpoint, Outcome, SettingName, Severity, Stage, Verdict
from tests.factories import (
    CHECKS,
    HOST,
    REALM_URL,
    check,
    checks,
    diagnosis_of,
    exchange,
    exchanges,
    finding,
    report,
    response,
    skipped,
    target,
)


def healthy() -> Report:
    return report(target())


def failed() -> Report:
    """The secret ends with a line feed, proved by the trimmed one being accepted; a second thing is hidden behind."""
    newline = finding(
        "edge-whitespace",
        title="The client secret begins or ends with whitespace",
        setting=SettingName.CLIENT_SECRET,
        observed="The client secret from ATACCAMA_CLIENT_SECRET_FILE ends with a line feed (U+000A); "
        "Keycloak accepted it without that character.",
        expected="a client secret without whitespace at its ends",
        fix='Write the file again without a line end: `printf %s "$SECRET" > client-secret.txt` '
        "(echo adds a line feed).",
        reference="RFC 6749, appendix A.2",
        exchanges=(3, 4),
    )
    refused = finding(
        "client-secret-mismatch",
        title="The client secret is not this client's",
        setting=SettingName.CLIENT_SECRET,
        endpoint=Endpoint.TOKEN,
        observed="Keycloak refused the client secret as given.",
        expected="a token response with status 200",
        fix="Create a new API client and store its secret.",
        exchanges=(3,),
    )
    refusal = '{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}'
    asked = exchanges()
    second = replace(asked[2], n=4, purpose="token request with the trimmed secret", started_ms=153.9)
    return report(
        target(
            Verdict.FAILED,
            diagnosis=diagnosis_of(newline, "trailing-whitespace", (CauseReport(refused.cause, refused.setting),)),
            checks=checks(
                {
                    "trailing-whitespace": check("trailing-whitespace", Outcome.FAIL, newline),
                    "token-request": check("token-request", Outcome.FAIL, refused),
                }
                | skipped("no Authorization header was given", "bearer-header")
            ),
            exchanges=(
                *asked[:2],
                replace(asked[2], response=response(401, refusal)),
                second,
                replace(asked[3], n=5, started_ms=202.0),
            ),
        ),
        duration_ms=252.1,
    )


def inconclusive() -> Report:
    """The name does not resolve: nothing could be asked."""
    unknown = finding(
        "host-not-found",
        title="The host name does not exist",
        severity=Severity.WARN,
        confidence=Confidence.LIKELY,
        endpoint=Endpoint.REALM,
        observed="The resolver of this machine answered that acme.ataccama.one does not exist "
        "(Name or service not known).",
        expected="an address for acme.ataccama.one",
        fix="Compare the domain with the one that the Cloud Portal shows for your environment.",
        reference="RFC 1035 section 4.1.1",
        exchanges=(1,),
    )
    silent = exchange(
        1,
        "connection to the realm",
        "CONNECT",
        f"https://{HOST}/",
        phases_ms=Phases(dns=31.0, connect=None, tls=None, first_byte=None, total=31.0),
        failure=FailureReport("dns", "Name or service not known"),
    )
    later = [i for i, _, stage in CHECKS if stage.position > Stage.SETTINGS.position and i != "host-name"]
    return report(
        target(
            Verdict.INCONCLUSIVE,
            diagnosis=diagnosis_of(
                unknown, "host-name", (), (AlternativeReport("name-resolution-unavailable", Confidence.POSSIBLE),)
            ),
            checks=checks(
                {"host-name": check("host-name", Outcome.INCONCLUSIVE, unknown)} | skipped("host not found", *later)
            ),
            exchanges=(silent,),
        ),
        duration_ms=33.0,
    )


def warnings() -> Report:
    """Everything works; two things deserve a look, and one check was left out."""
    differs = finding(
        "issuer-differs",
        title="The realm calls itself by another URL",
        severity=Severity.WARN,
        observed="Keycloak's discovery document says issuer https://sso.acme.example/auth/realms/acme-prod; "
        f"used was {REALM_URL}.",
        expected=f"issuer {REALM_URL}",
        fix="Set Keycloak's hostname option to the URL that clients use.",
        reference="https://openid.net/specs/openid-connect-discovery-1_0.html",
        exchanges=(1,),
    )
    short = finding(
        "token-lifetime-short",
        title="The access token lives too briefly to be renewed in time",
        severity=Severity.WARN,
        confidence=Confidence.LIKELY,
        observed="expires_in is 20 s in the token response.",
        expected="a lifetime of at least 30 s",
        fix="Raise the access token lifespan of the client.",
        exchanges=(3,),
    )
    note = finding(
        "secret-needs-encoding",
        title="The client secret holds a character that curl -d changes",
        severity=Severity.NOTE,
        setting=SettingName.CLIENT_SECRET,
        observed="The client secret was accepted; it holds a character that a form must encode.",
        expected="a secret that any client sends unchanged",
        fix="Use --data-urlencode with curl.",
    )
    marked = {
        "issuer": check("issuer", Outcome.WARN, differs),
        "jwt-expiry": check("jwt-expiry", Outcome.WARN, short),
        "token-request": check("token-request", Outcome.PASS, note),
    }
    run = report(target(Verdict.WARNINGS, checks=checks(marked)[:-1]))
    return replace(run, summary=replace(run.summary, deselected=1))


def crashed() -> Report:
    """A plug-in's check broke; the rest ran."""
    broken = CheckReport(
        "acme:quota",
        "Quota is not used up",
        Stage.API,
        Outcome.ERROR,
        12.0,
        (),
        "acme-doctor-quota raised KeyError in acme:quota",
    )
    return report(target(Verdict.ERROR, checks=(*checks(), broken)))


def several() -> Report:
    """Two environments in one report."""
    test = replace(failed().targets[0], name="acme-test.ataccama.one")
    return report(target(), test)


ALL = {
    "healthy": healthy,
    "failed": failed,
    "inconclusive": inconclusive,
    "warnings": warnings,
    "crashed": crashed,
    "several": several,
}
