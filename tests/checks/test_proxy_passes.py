"""The proxy's own refusals are about the way, not about the environment."""

from dataclasses import replace

import pytest

from checks.proxy_passes import run
from doctor.api import FailureKind, Phase
from tests.checks.facts import cases, failure, found, lines, told


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

    assert told(run, *lines(broken, broken, broken)) == [(cause, None, "certain", "warn")]


def test_the_proxy_is_told_by_host_and_port() -> None:
    realm, token, api = lines(failure(FailureKind.PROXY_UNREACHABLE, Phase.PROXY))
    (finding,) = found(run, replace(realm, proxy="proxy.example.com:3128"), token, api)

    assert "through the proxy proxy.example.com:3128" in finding.observed
    assert finding.hinders


@pytest.mark.parametrize(
    "kind", cases({"a proxy let it through": None, "the host itself refused": FailureKind.REFUSED})
)
def test_it_is_silent_when(kind: FailureKind | None) -> None:
    realm, token, api = lines(failure(kind) if kind else None)

    assert told(run, replace(realm, proxy="proxy.example.com:3128"), token, api) == []
