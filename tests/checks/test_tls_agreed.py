"""The handshake itself: no TLS, no common version, a client certificate wanted. Certificates are another check's."""

import pytest

from checks.tls_agreed import run
from doctor.api import FailureKind, Phase
from tests.checks.facts import cases, failure, lines, told


@pytest.mark.parametrize(
    ("kind", "cause"),
    cases(
        {
            "plain HTTP is spoken at the port": (FailureKind.TLS_NOT_SPOKEN, "tls-not-spoken"),
            "there is no common version": (FailureKind.TLS_VERSION, "tls-version-refused"),
            "the edge wants a client certificate": (FailureKind.CLIENT_CERTIFICATE, "client-certificate-required"),
        }
    ),
)
def test_it_is_a_failure_when(kind: FailureKind, cause: str) -> None:
    broken = failure(kind, Phase.TLS)

    assert told(run, *lines(broken, broken, broken)) == [(cause, None, "certain", "fail")]


def test_a_server_that_knows_no_such_name_may_have_another_environment() -> None:
    broken = failure(FailureKind.NAME_UNKNOWN, Phase.TLS)

    assert told(run, *lines(broken, broken, broken)) == [("environment-not-there", None, "likely", "fail")]


@pytest.mark.parametrize(
    "kind", cases({"TLS was agreed": None, "the certificate was refused": FailureKind.CERTIFICATE})
)
def test_it_is_silent_when(kind: FailureKind | None) -> None:
    assert told(run, *lines(failure(kind, Phase.TLS) if kind else None)) == []
