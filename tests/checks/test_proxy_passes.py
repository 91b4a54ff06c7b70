"""The proxy's own refusals are about the way, not about the environment."""

from dataclasses import replace

import pytest

from checks.proxy_passes import run
from doctor.api import FailureKind, Line, Missing, Phase, Proxied, Why
from doctor.probes.lines import proxied
from tests.checks.facts import cases, failure, found, lines, told


def through(*open_lines: Line) -> Proxied:
    """These connections, through a proxy."""
    changed = (replace(line, proxy="proxy.example.com:3128", proxy_source="HTTPS_PROXY") for line in open_lines)
    found = proxied.run(*changed)
    assert isinstance(found, Proxied)
    return found


@pytest.mark.parametrize(
    ("kind", "cause"),
    cases(
        {
            "it is not there": (FailureKind.PROXY_UNREACHABLE, "proxy-unreachable"),
            "it wants a login (keycloak.md 5e: 407 to CONNECT)": (
                FailureKind.PROXY_AUTHENTICATION,
                "proxy-authentication-required",
            ),
            "it refuses to connect": (FailureKind.PROXY_REFUSED, "proxy-refused"),
        }
    ),
)
def test_it_names_the_proxy_when(kind: FailureKind, cause: str) -> None:
    broken = failure(kind, Phase.PROXY)

    assert told(run, through(*lines(broken, broken, broken))) == [(cause, None, "certain", "warn")]


def test_the_proxy_is_told_by_host_and_port() -> None:
    realm, token, api = lines(failure(FailureKind.PROXY_UNREACHABLE, Phase.PROXY))
    (finding,) = found(run, through(realm, token, api))

    assert "through the proxy proxy.example.com:3128 (from HTTPS_PROXY)" in finding.observed
    assert finding.hinders


@pytest.mark.parametrize(
    "kind", cases({"a proxy let it through": None, "the host itself refused": FailureKind.REFUSED})
)
def test_it_is_silent_when(kind: FailureKind | None) -> None:
    realm, token, api = lines(failure(kind) if kind else None)

    assert told(run, through(realm, token, api)) == []


def test_without_a_proxy_there_is_nothing_to_look_at() -> None:
    assert proxied.run(*lines()) == Missing("no proxy is in use", Why.NOT_NEEDED)
