"""The URL names an environment: HTTPS, one host, nothing else that would be used by mistake.

A label (``acme``), a domain or a URL are all fine. What came along with it is left out, and said.
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import answers
from doctor.api import (
    AnonymousCall,
    Cause,
    Discovery,
    Endpoint,
    FailureKind,
    Finding,
    FirstAttempt,
    PageKind,
    Reply,
    SettingName,
    SettingsSeen,
    Stage,
    TransportFailure,
    UrlProblem,
    UrlProblemKind,
    UrlsRead,
    check,
)

_CAUSES: dict[UrlProblemKind, Cause] = {
    UrlProblemKind.MALFORMED: causes.URL_MALFORMED,
    UrlProblemKind.NOT_HTTPS: causes.URL_NOT_HTTPS,
    UrlProblemKind.EXTRA_PARTS: causes.URL_EXTRA_PARTS,
    UrlProblemKind.DOUBLED_SUFFIX: causes.URL_DOUBLED_SUFFIX,
    UrlProblemKind.NOT_AN_ENVIRONMENT: causes.URL_NOT_AN_ENVIRONMENT,
}


@check(id="url-format", title="The URL names an environment", stage=Stage.SETTINGS, causes=tuple(_CAUSES.values()))
def run(
    urls: UrlsRead,
    settings: SettingsSeen,
    discovery: Discovery | None,
    first: FirstAttempt | None,
    anonymous: AnonymousCall | None,
) -> Iterator[Finding]:
    for problem in urls.problems:
        yield _finding(problem, urls)
    told: set[SettingName] = {problem.setting for problem in urls.problems}
    for endpoint, result in answers(discovery, first, anonymous, None):
        setting = _given_by(endpoint, settings)
        if setting not in told and _wants_tls(result):
            told.add(setting)
            yield _speaks_tls(setting, result)


def _finding(problem: UrlProblem, urls: UrlsRead) -> Finding:
    name = problem.setting.words
    used = f" {problem.used} was used instead." if problem.used else ""
    return _CAUSES[problem.kind].found(
        observed=f"In the {name}, {problem.observed}.{used}",
        expected="https://<your environment>.ataccama.one, or the domain of a self-managed environment over HTTPS.",
        fix=_fix(problem, urls),
        setting=problem.setting,
        explains=_consequences(problem),
    )


def _fix(problem: UrlProblem, urls: UrlsRead) -> str | None:
    if problem.setting is SettingName.TOKEN_URL and urls.token_endpoint and problem.kind is UrlProblemKind.MALFORMED:
        return f"Set the token URL to {urls.token_endpoint}, or leave it out: it follows from URL and realm."
    return f"Set the {problem.setting.words} to {problem.used}." if problem.used else None


def _consequences(problem: UrlProblem) -> tuple[Cause, ...]:
    if problem.kind is UrlProblemKind.EXTRA_PARTS:
        return ()
    reach = (
        causes.HOST_NOT_FOUND,
        causes.CONNECTION_REFUSED,
        causes.CONNECTION_TIMED_OUT,
        causes.NAME_RESOLUTION_UNAVAILABLE,
    )
    place = (causes.NOT_KEYCLOAK, causes.ENVIRONMENT_NOT_THERE, causes.CERTIFICATE_WRONG_HOST, causes.API_NOT_FOUND)
    other = (causes.TOKEN_URL_WRONG,) if problem.setting is SettingName.TOKEN_URL else ()
    return (*reach, *place, *other, causes.TLS_NOT_SPOKEN, causes.CONNECTION_RESET)


def _given_by(endpoint: Endpoint, settings: SettingsSeen) -> SettingName:
    """The setting that says where the endpoint is."""
    own = SettingName.API_URL if endpoint is Endpoint.API else SettingName.TOKEN_URL
    return own if settings.has(own) else SettingName.URL


def _wants_tls(result: Reply | TransportFailure) -> bool:
    """Plain HTTP was allowed, since the host is this machine; but the port speaks TLS, or the realm insists on it."""
    if isinstance(result, Reply):
        refused = result.url.startswith("http://") and (result.error_description or "").lower() == "https required"
        return refused or result.page is PageKind.TLS_EXPECTED
    return result.kind is FailureKind.RESPONSE_MALFORMED and "\\x15\\x03" in result.detail


def _speaks_tls(setting: SettingName, result: Reply | TransportFailure) -> Finding:
    said = (
        f"{result.speaker.value} answered {result.words}"
        if isinstance(result, Reply)
        else "the port answered with a TLS alert"
    )
    return causes.URL_NOT_HTTPS.found(
        observed=f"Asked over http://, {said}.",
        expected="https:// in the URL.",
        fix=f"Begin the {setting.words} with https://.",
        setting=setting,
        explains=(
            causes.NOT_KEYCLOAK,
            causes.RESPONSE_MALFORMED,
            causes.API_REQUEST_REFUSED,
            causes.TOKEN_REQUEST_REFUSED,
        ),
        exchanges=(result.exchange,),
    )
