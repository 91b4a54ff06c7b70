"""A check through a real forward proxy: let through, asked for a login, forbidden, and not there."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doctor.sandbox import open_environment
from doctor.sandbox.server import Sandbox
from tests.cli.running import doctor, variables
from tests.live.process import Server, free_ports
from tests.tools import tool

LOGIN = ("person", "Login5f2Qz81x")


class Proxy:
    """tinyproxy with these lines in its configuration."""

    def __init__(self, folder: Path, *lines: str) -> None:
        self.port = free_ports(1)[0]
        self.log = folder / "tinyproxy.log"
        basics = (f"Port {self.port}", "Listen 127.0.0.1", "Timeout 20", "MaxClients 20", f'LogFile "{self.log}"')
        configuration = folder / "tinyproxy.conf"
        configuration.write_text("\n".join([*basics, *lines, ""]))
        program = tool("tinyproxy", "tinyproxy")
        self._server = Server("tinyproxy", [program, "-d", "-c", str(configuration)], folder / "out.log")
        self._server.wait_until(self._answers, 10)

    def _answers(self) -> bool:
        with socket.socket() as sock:
            return sock.connect_ex(("127.0.0.1", self.port)) == 0

    def connects(self) -> int:
        """How many CONNECT requests came."""
        return self.log.read_text().count("Request (file descriptor") if self.log.exists() else 0

    def stop(self) -> None:
        self._server.stop()


@pytest.fixture(scope="module")
def environment() -> Iterator[Sandbox]:
    with open_environment() as running:
        yield running


def target(environment: Sandbox, home: Path, *words: str, **more: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, the report's one target, and the whole output."""
    done = doctor("check", "--format", "json", *words, home=home, env=variables(environment, **more))
    return done.returncode, json.loads(done.stdout)["targets"][0], done.stdout + done.stderr


def lines(found: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """The proxy of each connection, and where it came from."""
    facts = {fact["type"]: fact.get("value") for fact in found["facts"]}
    return [(facts[name]["proxy"], facts[name]["proxy_source"]) for name in ("RealmLine", "TokenLine", "ApiLine")]


def outcome(found: dict[str, Any]) -> str:
    return next(str(check["outcome"]) for check in found["checks"] if check["id"] == "proxy-passes")


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_what_passes_is_healthy_and_says_which_variable_named_the_proxy(
    variable: str, environment: Sandbox, tmp_path: Path
) -> None:
    proxy = Proxy(tmp_path)
    code, found, _ = target(environment, tmp_path, **{variable: f"http://127.0.0.1:{proxy.port}"})
    proxy.stop()

    assert (code, found["verdict"], outcome(found)) == (0, "healthy", "pass")
    assert lines(found) == [(f"127.0.0.1:{proxy.port}", variable)] * 3
    shown = {(s["name"], s["value"], s["source"]) for s in found["settings"]}
    assert ("proxy", f"http://127.0.0.1:{proxy.port}", variable) in shown
    assert ("ca_bundle", environment.ca_bundle, "REQUESTS_CA_BUNDLE") in shown
    assert proxy.connects() >= 3


def test_without_a_proxy_or_round_it_there_is_nothing_to_pass(environment: Sandbox, tmp_path: Path) -> None:
    proxy = Proxy(tmp_path)
    more = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}", "NO_PROXY": "localhost"}
    for variables_set in ({}, more):
        code, found, _ = target(environment, tmp_path, **variables_set)
        assert (code, outcome(found)) == (0, "skip")
    proxy.stop()

    assert proxy.connects() == 0


def test_a_login_that_is_wanted_and_absent_is_the_proxys_demand(environment: Sandbox, tmp_path: Path) -> None:
    proxy = Proxy(tmp_path, f"BasicAuth {' '.join(LOGIN)}")
    code, found, _ = target(environment, tmp_path, HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}")
    proxy.stop()

    assert (code, found["diagnosis"]["cause"]) == (3, "proxy-authentication-required")
    assert "407" in found["diagnosis"]["observed"]
    assert f"127.0.0.1:{proxy.port} (from HTTPS_PROXY)" in found["diagnosis"]["observed"]


def test_the_right_login_passes_and_is_shown_nowhere(environment: Sandbox, tmp_path: Path) -> None:
    proxy = Proxy(tmp_path, f"BasicAuth {' '.join(LOGIN)}")
    code, found, said = target(environment, tmp_path, HTTPS_PROXY=f"http://{':'.join(LOGIN)}@127.0.0.1:{proxy.port}")
    proxy.stop()

    assert (code, found["verdict"]) == (0, "healthy")
    assert LOGIN[1] not in said


def test_a_port_that_the_proxy_forbids_is_the_proxys_refusal(environment: Sandbox, tmp_path: Path) -> None:
    proxy = Proxy(tmp_path, "ConnectPort 443")
    code, found, _ = target(environment, tmp_path, "--proxy", f"http://127.0.0.1:{proxy.port}")
    proxy.stop()

    assert (code, found["diagnosis"]["cause"], outcome(found)) == (3, "proxy-refused", "inconclusive")
    assert "403" in found["diagnosis"]["observed"]
    assert "(from --proxy)" in found["diagnosis"]["observed"]


def test_a_proxy_that_is_gone_is_unreachable(environment: Sandbox, tmp_path: Path) -> None:
    proxy = Proxy(tmp_path)
    proxy.stop()
    code, found, _ = target(environment, tmp_path, HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}")

    assert (code, found["diagnosis"]["cause"]) == (3, "proxy-unreachable")


def test_a_target_that_the_proxy_cannot_reach_is_not_blamed_on_credentials(
    environment: Sandbox, tmp_path: Path
) -> None:
    proxy = Proxy(tmp_path)
    url = f"https://localhost:{environment.refusing_port}"
    code, found, _ = target(environment, tmp_path, "--url", url, HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}")
    proxy.stop()

    assert (code, found["diagnosis"]["cause"]) == (3, "proxy-refused")
