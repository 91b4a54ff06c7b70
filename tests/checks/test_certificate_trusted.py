"""What is wrong with a certificate that was refused, and how sure that is: dates only by another clock."""

from dataclasses import replace

import pytest

from checks.certificate_trusted import run
from checks.clocks_agree import run as clocks_agree
from doctor.api import (
    Alternative,
    ApiLine,
    Certificate,
    Clock,
    Confidence,
    FailureKind,
    Phase,
    RefusedCertificates,
    StoreVerdict,
)
from tests.checks.facts import NOW, Told, cases, certificate, clock, failure, found, lines, told

DAY = 86_400
REFUSED = failure(FailureKind.CERTIFICATE, Phase.TLS, verify_code=20)
PAST = {"not_after": NOW - DAY, "verify_code": 10}
FUTURE = {"not_before": NOW + DAY, "verify_code": 9}
CHAIN_FINE = 62
"""X509_V_ERR_HOSTNAME_MISMATCH."""


def judged(certificate: Certificate | None, clock: Clock | None) -> list[Told]:
    facts: list[object] = [*lines(REFUSED, REFUSED, REFUSED)]
    facts += [RefusedCertificates((certificate,))] if certificate else []
    return told(run, *facts, *([clock] if clock else []))


@pytest.mark.parametrize(
    ("shown", "other_clock", "expected"),
    cases(
        {
            "it ended, and another clock agrees with this one": (
                certificate(**PAST),
                clock(),
                ("certificate-expired", None, "certain", "fail"),
            ),
            "it has not begun, and another clock agrees": (
                certificate(**FUTURE),
                clock(),
                ("certificate-not-yet-valid", None, "certain", "fail"),
            ),
            "it ended, and no other clock could be read": (
                certificate(**PAST),
                clock(None),
                ("certificate-dates-or-clock", None, "likely", "fail"),
            ),
            "it has not begun, and nothing of the time is known": (
                certificate(**FUTURE),
                None,
                ("certificate-dates-or-clock", None, "likely", "fail"),
            ),
            "it ended before this program was released": (
                certificate(not_after=NOW - 400 * DAY, not_before=NOW - 800 * DAY, verify_code=10),
                None,
                ("certificate-expired", None, "certain", "fail"),
            ),
            "it is another host's": (
                certificate(covers_host=False, names=("other.example.com",), verify_code=CHAIN_FINE),
                clock(),
                ("certificate-wrong-host", None, "certain", "fail"),
            ),
            "it has no name at all": (
                certificate(covers_host=False, names=(), verify_code=CHAIN_FINE),
                clock(),
                ("certificate-wrong-host", None, "certain", "fail"),
            ),
            "it signs itself": (
                certificate(self_signed=True, issuer="CN=acme.ataccama.one", verify_code=18),
                clock(),
                ("certificate-untrusted", None, "certain", "fail"),
            ),
            "its chain leads to a root that is in no store": (
                certificate(chain_length=3, verify_code=19),
                clock(),
                ("certificate-untrusted", None, "certain", "fail"),
            ),
            "its root may be a private one, or an intermediate may be missing": (
                certificate(),
                clock(),
                ("certificate-untrusted", None, "likely", "fail"),
            ),
            "only the leaf came, and a public authority's intermediate issued it": (
                certificate(issuer="CN=Example Issuing CA 2", issuer_url=True),
                clock(),
                ("certificate-chain-incomplete", None, "likely", "fail"),
            ),
            "the operating system trusts it": (
                certificate(judged_by="certifi", stores=(StoreVerdict("system", True),)),
                clock(),
                ("certificate-trusted-elsewhere", "ca_bundle", "certain", "fail"),
            ),
            "it could not be read": (None, clock(), ("certificate-untrusted", None, "possible", "fail")),
        }
    ),
)
def test_a_refused_certificate_is_judged_when(
    shown: Certificate | None, other_clock: Clock | None, expected: Told
) -> None:
    assert judged(shown, other_clock) == [expected]


SYSTEM = "browsers and other programs with the operating system's store"


@pytest.mark.parametrize(
    ("in_use", "stores", "observed", "fix"),
    cases(
        {
            "a company's root is in the system's store, which is a file": (
                "certifi",
                (StoreVerdict("system", True, "/etc/ssl/ca.crt"),),
                (
                    f"(from certifi) does not trust it; the operating system's store does. So {SYSTEM} will connect, "
                    "and Python programs with requests will not."
                ),
                "Set REQUESTS_CA_BUNDLE to /etc/ssl/ca.crt, for this and every other program with requests.",
            ),
            "the system keeps its store in no file": (
                "certifi",
                (StoreVerdict("system", True),),
                "the operating system's store does.",
                "Export the root from the operating system's store as PEM, and name that file in REQUESTS_CA_BUNDLE.",
            ),
            "only curl's bundle has it": (
                "REQUESTS_CA_BUNDLE",
                (StoreVerdict("CURL_CA_BUNDLE", True, "/c.pem"), StoreVerdict("system", False, "/s.crt")),
                (
                    "and neither does the operating system's store; the bundle in CURL_CA_BUNDLE does. "
                    f"So curl will connect, and Python programs with requests and {SYSTEM} will not."
                ),
                "Set REQUESTS_CA_BUNDLE to /c.pem, for this and every other program with requests.",
            ),
            "two others have it": (
                "certifi",
                (StoreVerdict("SSL_CERT_FILE", True, "/f.pem"), StoreVerdict("system", True, "/s.crt")),
                "the bundle in SSL_CERT_FILE and the operating system's store do.",
                "Set REQUESTS_CA_BUNDLE to /f.pem, for this and every other program with requests.",
            ),
            "the option gives the wrong one": (
                "--ca-bundle",
                (StoreVerdict("CURL_CA_BUNDLE", True, "/c.pem"), StoreVerdict("certifi", False, "/r.pem")),
                "So curl and Python programs with requests will connect, and what is given the same bundle will not.",
                "Give /c.pem as the CA bundle, in place of what --ca-bundle gives.",
            ),
            "the variable hides the list that has it": (
                "REQUESTS_CA_BUNDLE",
                (StoreVerdict("system", True, "/s.crt"), StoreVerdict("certifi", True, "/r.pem")),
                (
                    "the operating system's store and the list that requests ships do. "
                    f"So {SYSTEM} will connect, and Python programs with requests will not."
                ),
                "Take REQUESTS_CA_BUNDLE away: the list that requests ships trusts this certificate.",
            ),
            "only the list that the variable hides has it": (
                "REQUESTS_CA_BUNDLE",
                (StoreVerdict("certifi", True, "/r.pem"),),
                "the list that requests ships does. So Python programs with requests will not connect.",
                "Take REQUESTS_CA_BUNDLE away: the list that requests ships trusts this certificate.",
            ),
            "neither of two has it": (
                "certifi",
                (
                    StoreVerdict("CURL_CA_BUNDLE", False, "/c.pem"),
                    StoreVerdict("SSL_CERT_FILE", False, "/f.pem"),
                    StoreVerdict("system", True, "/s.crt"),
                ),
                "and neither do the bundle in CURL_CA_BUNDLE and the bundle in SSL_CERT_FILE; ",
                "Set REQUESTS_CA_BUNDLE to /s.crt, for this and every other program with requests.",
            ),
        }
    ),
)
def test_a_disagreement_says_which_program_fails_and_the_one_setting(
    in_use: str, stores: tuple[StoreVerdict, ...], observed: str, fix: str
) -> None:
    shown = RefusedCertificates((certificate(judged_by=in_use, stores=stores),))
    (finding,) = found(run, *lines(REFUSED), shown, clock())

    assert finding.cause.id == "certificate-trusted-elsewhere"
    assert observed in finding.observed
    assert finding.fix == fix


def test_stores_that_agree_are_no_disagreement() -> None:
    stores = (StoreVerdict("system", False, "/s.crt"), StoreVerdict("certifi", False, "/r.pem"))

    assert judged(certificate(stores=stores), clock()) == [("certificate-untrusted", None, "likely", "fail")]


def test_one_that_is_expired_and_another_hosts_is_told_as_both() -> None:
    both = certificate(**PAST, covers_host=False)

    assert [cause for cause, *_ in judged(both, clock())] == ["certificate-expired", "certificate-wrong-host"]


def test_dates_that_another_clock_lies_within_are_left_to_the_clock() -> None:
    """keycloak.md 6, TLS verify error: compare notBefore and notAfter with another clock."""
    (finding,) = found(run, *lines(REFUSED), RefusedCertificates((certificate(**PAST),)), clock(10 * DAY))
    (wrong,) = found(clocks_agree, clock(10 * DAY), lines()[0])

    assert finding.cause.id == "certificate-dates-or-clock"
    assert finding.alternatives[0] == Alternative("clock-wrong", Confidence.LIKELY)
    assert finding.explained_by(wrong)


def test_a_certificate_that_ended_by_both_clocks_is_expired_though_the_clocks_differ() -> None:
    assert judged(certificate(**PAST), clock(3600.0)) == [("certificate-expired", None, "certain", "fail")]


def test_one_origin_is_told_once_though_three_lines_lead_there() -> None:
    assert len(judged(certificate(), clock())) == 1


def test_an_api_elsewhere_with_a_certificate_of_its_own_is_judged_by_itself() -> None:
    elsewhere = "https://api.example.com"
    realm, token, _ = lines()
    api = ApiLine(realm.endpoint, elsewhere, REFUSED)
    (finding,) = found(
        run, realm, token, api, RefusedCertificates((certificate(origin=elsewhere, self_signed=True),)), clock()
    )

    assert finding.observed.startswith(elsewhere)


def test_the_dates_are_told_to_the_day() -> None:
    (finding,) = found(run, *lines(REFUSED), RefusedCertificates((certificate(**PAST),)), clock())

    assert "ended on 2026-09-" in finding.observed


@pytest.mark.parametrize(
    "kind", cases({"every certificate was accepted": None, "the connection was refused": FailureKind.REFUSED})
)
def test_it_is_silent_when(kind: FailureKind | None) -> None:
    assert told(run, *lines(failure(kind) if kind else None), clock()) == []


def test_a_wrong_clock_beside_an_accepted_certificate_is_no_matter_of_certificates() -> None:
    assert told(run, *lines(), replace(clock(), now=NOW + 400 * DAY)) == []
