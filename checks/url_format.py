"""The URL names an environment: HTTPS, one host, nothing else that would be used by mistake.

A label (``acme``), a domain or a URL are all fine. What came along with it is left out, and said.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import (
    Cause,
    Discovery,
    FailureKind,
    Finding,
    PageKind,
    Reply,
    SettingName,
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
def run(urls: UrlsRead, discovery: Discovery | None) -> Iterator[Finding]:
    for problem in urls.problems:
        yield _finding(problem)
    if not urls.problems and urls.origin and urls.origin.startswith("http://"):
        yield from _speaks_tls(urls.origin, discovery)


def _finding(problem: UrlProblem) -> Finding:
    name = problem.setting.words
    used = f" {problem.used} was used instead." if problem.used else ""
    return _CAUSES[problem.kind].found(
        observed=f"In the {name}, {problem.observed}.{used}",
        expected="https://<your environment>.ataccama.one, or the domain of a self-managed environment over HTTPS.",
        fix=f"Set the {name} to {problem.used}." if problem.used else None,
        setting=problem.setting,
        explains=_consequences(problem.kind),
    )


def _consequences(kind: UrlProblemKind) -> tuple[Cause, ...]:
    if kind is UrlProblemKind.EXTRA_PARTS:
        return ()
    reach = (
        causes.HOST_NOT_FOUND,
        causes.CONNECTION_REFUSED,
        causes.CONNECTION_TIMED_OUT,
        causes.NAME_RESOLUTION_UNAVAILABLE,
    )
    place = (causes.NOT_KEYCLOAK, causes.ENVIRONMENT_NOT_THERE, causes.CERTIFICATE_WRONG_HOST, causes.API_NOT_FOUND)
    return (*reach, *place, causes.TLS_NOT_SPOKEN, causes.CONNECTION_RESET)


def _speaks_tls(origin: str, discovery: Discovery | None) -> Iterator[Finding]:
    """Plain HTTP was allowed, since the host is this machine; but the port answers that it speaks TLS."""
    result = discovery.result if discovery else None
    if isinstance(result, Reply) and result.page is PageKind.TLS_EXPECTED:
        observed = f"Asked over http://, {result.speaker.value} answered {result.words}."
        exchange = result.exchange
    elif (
        isinstance(result, TransportFailure)
        and result.kind is FailureKind.RESPONSE_MALFORMED
        and "\\x15\\x03" in result.detail
    ):
        observed = "Asked over http://, the port answered with a TLS alert."
        exchange = result.exchange
    else:
        return
    yield causes.URL_NOT_HTTPS.found(
        observed=observed,
        expected="https:// at a port that speaks TLS.",
        fix=f"Set the URL to {origin.replace('http://', 'https://', 1)}.",
        setting=SettingName.URL,
        explains=(
            causes.NOT_KEYCLOAK,
            causes.RESPONSE_MALFORMED,
            causes.API_REQUEST_REFUSED,
            causes.TOKEN_REQUEST_REFUSED,
        ),
        exchanges=(exchange,),
    )
