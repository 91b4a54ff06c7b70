"""The URL's own faults, told with what was used instead; what is merely unusual in a URL is fine."""

import pytest

from checks.url_format import run
from doctor.api import Discovery, FailureKind, PageKind, Phase, SettingName, UrlProblem, UrlProblemKind, UrlsRead
from tests.checks.facts import ORIGIN, cases, discovery, failure, found, page, reply, settings, told

S = SettingName
LOOPBACK = "http://localhost:8443"


def urls(kind: UrlProblemKind, used: str | None = None, setting: SettingName = S.URL) -> UrlsRead:
    return UrlsRead((UrlProblem(kind, setting, "something stands there", used),), origin=ORIGIN)


@pytest.mark.parametrize(
    ("kind", "told_as"),
    cases(
        {
            "what is no URL at all": (UrlProblemKind.MALFORMED, ("url-malformed", "fail")),
            "plain HTTP to another machine": (UrlProblemKind.NOT_HTTPS, ("url-not-https", "fail")),
            "a deep link": (UrlProblemKind.EXTRA_PARTS, ("url-extra-parts", "warn")),
            "a suffix that stands twice": (UrlProblemKind.DOUBLED_SUFFIX, ("url-doubled-suffix", "fail")),
            "the documentation's host": (UrlProblemKind.NOT_AN_ENVIRONMENT, ("url-not-an-environment", "fail")),
        }
    ),
)
def test_it_names(kind: UrlProblemKind, told_as: tuple[str, str]) -> None:
    cause, severity = told_as

    assert told(run, settings(), urls(kind)) == [(cause, "url", "certain", severity)]


def test_the_setting_is_the_one_in_which_the_fault_stands() -> None:
    assert told(run, settings(), urls(UrlProblemKind.DOUBLED_SUFFIX, setting=S.API_URL)) == [
        ("url-doubled-suffix", "api_url", "certain", "fail")
    ]


def test_what_was_used_instead_is_the_fix() -> None:
    (finding,) = found(run, settings(), urls(UrlProblemKind.DOUBLED_SUFFIX, used=ORIGIN))

    assert finding.fix == f"Set the URL to {ORIGIN}."


def test_a_wrong_address_explains_that_nobody_was_found_there() -> None:
    (finding,) = found(run, settings(), urls(UrlProblemKind.NOT_AN_ENVIRONMENT))

    assert {ref.cause for ref in finding.explains} >= {"host-not-found", "not-keycloak", "environment-not-there"}


def test_a_deep_link_explains_nothing_since_the_environment_in_it_was_used() -> None:
    (finding,) = found(run, settings(), urls(UrlProblemKind.EXTRA_PARTS, used=ORIGIN))

    assert finding.explains == ()


@pytest.mark.parametrize(
    "answer",
    cases(
        {
            "an ingress says that it speaks TLS": discovery(
                page(400, PageKind.TLS_EXPECTED, title="400 The plain HTTP request was sent to HTTPS port")
            ),
            "the realm takes HTTPS only": discovery(
                reply(403, "invalid_request", "HTTPS required", url=f"{LOOPBACK}/auth/realms/demo")
            ),
            "the port answers with a TLS alert": discovery(
                failure(FailureKind.RESPONSE_MALFORMED, Phase.BODY, detail=r"BadStatusLine('\x15\x03\x03\x00\x02')")
            ),
        }
    ),
)
def test_plain_http_to_a_tls_port_of_this_machine_is_named_when(answer: Discovery) -> None:
    (finding,) = found(run, settings(), UrlsRead(origin=LOOPBACK), answer)

    assert (finding.cause.id, finding.setting) == ("url-not-https", "url")
    assert finding.fix == "Begin the URL with https://."


@pytest.mark.parametrize(
    ("origin", "answer"),
    cases(
        {
            "plain HTTP on loopback, answered": (LOOPBACK, discovery()),
            "plain HTTP on loopback, nobody asked": (LOOPBACK, None),
            "another answer that is not HTTP": (LOOPBACK, discovery(failure(FailureKind.RESPONSE_MALFORMED))),
            "a custom domain": ("https://one.example.com", discovery()),
            "another port": ("https://one.example.com:8443", discovery()),
        }
    ),
)
def test_it_is_silent_about(origin: str, answer: Discovery | None) -> None:
    assert told(run, settings(), UrlsRead(origin=origin), *((answer,) if answer else ())) == []
