"""``check --wait`` on environments that start while it waits, from outside."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import Answer, Reply, Request
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Rule, World, healthy
from tests.cli.running import doctor, surroundings, variables
from tests.cli.test_token import TOKEN_PATH

STARTING = nginx_page(503, "Service Temporarily Unavailable")
NO_BACKEND = Answer(404, (("Content-Type", "text/plain"),), b"default backend - 404")


def starting(*rules: Rule) -> World:
    return healthy().with_edge(rules=rules)


def waited(env: Sandbox, home: Path, *words: str) -> tuple[int, dict[str, Any], list[str]]:
    """Exit code, report, and the lines on stderr."""
    done = doctor("check", "--wait", "20s", "--format", "json", *words, home=home, env=variables(env))
    return done.returncode, json.loads(done.stdout), done.stderr.splitlines()


def secrets_sent(env: Sandbox) -> int:
    """An upper bound: the knocks at the same door carry none."""
    return env.requests.count(("POST", TOKEN_PATH))


@pytest.mark.parametrize(
    ("rule", "cause"),
    [
        (Rule(STARTING, before=9), "gateway-error"),
        (Rule(STARTING, "/api", before=9), "gateway-error"),
        (Rule(Answer(500, (), b""), "{realm}/protocol", before=9), "server-error"),
        (Rule(NO_BACKEND, before=9), "environment-not-there"),
        (Rule(nginx_page(429, "Too Many Requests").with_headers(("Retry-After", "1")), before=9), "rate-limited"),
    ],
    ids=["everything", "the API", "the token endpoint", "a page of the edge", "a limit"],
)  # fmt: skip
def test_it_ends_healthy_as_soon_as_the_environment_has_started(rule: Rule, cause: str, tmp_path: Path) -> None:
    with Sandbox(starting(rule)) as env:
        code, report, said = waited(env, tmp_path)

        assert (code, report["verdict"]) == (0, "healthy")
        assert env.issued <= 2
    assert len(said) == 1
    assert said[0].startswith("ataccama-doctor: 0 s: ")
    assert f"[{cause}]" in said[0]
    assert report["notes"][-1].startswith("Waited ")
    assert f"{cause}." in report["notes"][-1]
    assert 503 not in [e.get("response", {}).get("status") for e in report["targets"][0]["exchanges"]]


def test_a_secret_that_is_rejected_after_the_start_is_the_diagnosis(tmp_path: Path) -> None:
    with Sandbox(starting(Rule(STARTING, before=9)), overrides={"client_secret": "0" * 32}) as env:
        code, report, _ = waited(env, tmp_path)

    assert (code, report["targets"][0]["diagnosis"]["cause"]) == (1, "client-secret-mismatch")


def test_a_rejected_secret_is_not_waited_for(tmp_path: Path) -> None:
    with Sandbox(starting(Rule(STARTING, "/api")), overrides={"client_secret": "0" * 32}) as env:
        code, report, said = waited(env, tmp_path)
        once = secrets_sent(env)
        doctor("check", home=tmp_path, env=variables(env))

        assert secrets_sent(env) == 2 * once
    assert (code, said) == (1, [])
    assert not any(note.startswith("Waited") for note in report.get("notes", ()))


def test_what_never_starts_is_reported_when_the_time_is_up(tmp_path: Path) -> None:
    with Sandbox(starting(Rule(STARTING))) as env:
        begun = time.monotonic()
        code, report, said = waited(env, tmp_path, "--wait", "4s")

        assert 4 <= time.monotonic() - begun < 15
        assert (code, report["verdict"], len(said)) == (3, "inconclusive", 1)
    assert report["notes"][-1] == "Waited 4 s for the environment to start: gateway-error."


def test_quiet_says_nothing_on_stderr(tmp_path: Path) -> None:
    with Sandbox(starting(Rule(STARTING, before=9))) as env:
        assert waited(env, tmp_path, "-q")[2] == []


@pytest.mark.parametrize("fails", ["/auth", "{realm}/protocol"], ids=["the realm", "the token endpoint alone"])
def test_looks_carry_no_secret(fails: str, tmp_path: Path) -> None:
    """While the token endpoint fails, only the first and the last examination send it."""
    with Sandbox(starting(Rule(STARTING, fails))) as env:
        bodies: list[bytes] = []
        reply = env._front._reply

        def noted(request: Request) -> Reply:
            bodies.append(request.body)
            return reply(request)

        env._front._reply = noted  # type: ignore[method-assign]
        waited(env, tmp_path, "--wait", "6s")

        assert sum(env.client_secret.encode() in body for body in bodies) <= 2
        assert sum(b"client_id=ataccama-doctor" in body for body in bodies) >= 2


class Port:
    """Refuses, until it is opened and leads to another one."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.number: int = self._socket.getsockname()[1]

    def open(self, target: int) -> None:
        self._socket.listen()
        threading.Thread(target=self._accept, args=(target,), daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _accept(self, target: int) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._socket.accept()
                far = socket.create_connection(("127.0.0.1", target))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=pair, daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def port() -> Iterator[Port]:
    port = Port()
    yield port
    port.close()


def test_a_port_that_opens_meanwhile_and_an_environment_that_starts_behind_it(port: Port, tmp_path: Path) -> None:
    world = starting(Rule(STARTING, before=6))
    issuer = f"https://localhost:{port.number}/auth/realms/demo"
    world = replace(world, realms=(replace(world.realm, issuer=issuer),))
    with Sandbox(world) as env:
        given = {**variables(env), "ATACCAMA_URL": f"https://localhost:{port.number}"}
        process = subprocess.Popen(
            (sys.executable, "-m", "doctor", "check", "--wait", "30s", "--format", "short"),
            cwd=tmp_path, env=surroundings(tmp_path, **given), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr is not None
        first = process.stderr.readline()
        port.open(env.port)
        out, rest = process.communicate(timeout=60)

    assert "[connection-refused]" in first
    assert "[gateway-error]" in rest
    assert process.returncode == 0, out + rest
