"""The environment starts quickly, counts what it is asked, keeps connections open, and leaves nothing behind."""

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from doctor.sandbox import open_environment
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from tests.sandbox.asking import KEYS
from tests.sandbox.client import connect, get, request_token, send

TABLES = "/api/reference-data/v1/tables"


def test_a_token_from_the_realm_opens_the_api() -> None:
    with Sandbox(keys=KEYS) as env:
        token = json.loads(request_token(env).body)["access_token"]
        answer = get(env, TABLES, Authorization=f"Bearer {token}")
        assert (answer.status, list(json.loads(answer.body))) == (200, ["meta", "data"])
        assert get(env, TABLES).status == 401
        assert env.issued == 1


def test_every_request_is_counted_in_order() -> None:
    with Sandbox(keys=KEYS) as env:
        get(env, f"{TABLES}?size=1")
        request_token(env)
        assert env.requests == [("GET", TABLES), ("POST", "/auth/realms/demo/protocol/openid-connect/token")]


def test_the_settings_are_what_a_person_would_type() -> None:
    with open_environment() as env:
        assert env.settings == {
            "url": f"https://localhost:{env.port}", "realm": "demo", "client_id": "demo-client",
            "client_secret": env.client_secret, "ca_bundle": env.ca_bundle,
        }  # fmt: skip
        assert env.client_secret.isalnum()
        assert len(env.client_secret) == 32


def test_every_start_has_a_secret_of_its_own() -> None:
    assert open_environment().client_secret != open_environment().client_secret


def test_a_fault_is_opened_by_its_cause_and_an_unknown_one_is_a_key_error() -> None:
    with open_environment("edge-whitespace") as env:
        assert env.settings["client_secret"] == env.client_secret + "\n"
        assert request_token(env).status == 401
    with pytest.raises(KeyError):
        open_environment("no-such-cause")


def test_a_minted_token_is_the_realms_and_says_what_it_is_told() -> None:
    with Sandbox(keys=KEYS) as env:
        assert get(env, TABLES, Authorization=f"Bearer {env.mint()}").status == 200
        late = get(env, TABLES, Authorization=f"Bearer {env.mint(exp=int(time.time()) - 61)}")
        assert "Jwt expired at" in late.headers["www-authenticate"]


def test_one_connection_carries_many_requests_and_every_answer_is_dated() -> None:
    with Sandbox(keys=KEYS) as env:
        connection = connect(env)
        first = send(connection, "GET", "/auth/realms/demo")
        socket_used = connection.sock
        answers = [first, send(connection, "GET", TABLES), send(connection, "HEAD", "/auth/realms/demo")]
        assert connection.sock is socket_used
        assert all("date" in answer.headers for answer in answers)
        assert answers[2].body == b""
        assert answers[2].headers["content-length"] == str(len(first.body))
        connection.close()


def test_a_connection_is_closed_when_the_client_asks_for_it() -> None:
    with Sandbox(keys=KEYS) as env:
        connection = connect(env)
        assert send(connection, "GET", "/auth/realms/demo", Connection="close").headers["connection"] == "close"
        assert connection.sock is None


def test_clocks_are_ahead_as_declared() -> None:
    with Sandbox(replace(healthy(), clock_offset=7200), keys=KEYS) as env:
        date = parsedate_to_datetime(get(env, TABLES).headers["date"]).timestamp()
        assert abs(date - time.time() - 7200) < 5


def test_a_client_that_goes_away_leaves_no_trace(capfd: pytest.CaptureFixture[str]) -> None:
    with Sandbox(keys=KEYS) as env:
        for _ in range(5):
            connection = connect(env)
            connection.request("GET", "/auth/realms/demo")
            connection.sock.close()
        assert get(env, "/auth/realms/demo").status == 200
    assert capfd.readouterr() == ("", "")


def test_the_end_removes_files_port_and_threads() -> None:
    with Sandbox(keys=KEYS) as env:
        folder = Path(env.ca_bundle).parent
        idle = connect(env)
        send(idle, "GET", "/auth/realms/demo")
        port = env.port
        assert (folder.stat().st_mode & 0o777, (folder / "server.key").stat().st_mode & 0o777) == (0o700, 0o600)
    assert not folder.exists()
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
    idle.close()
    assert _ends(lambda: not [thread for thread in threading.enumerate() if thread.name == f"sandbox-{port}"])


def _ends(done: object) -> bool:
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        if callable(done) and done():
            return True
        time.sleep(0.01)
    return False


def test_importing_the_package_costs_no_cryptography_and_no_sockets() -> None:
    program = "import sys, doctor.sandbox; print(sorted({'cryptography', 'ssl', 'socket', 'json'} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=root, capture_output=True, text=True, check=True, timeout=30,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert ended.stdout.strip() == "[]"


def test_an_answer_takes_less_than_three_milliseconds() -> None:
    with Sandbox(keys=KEYS) as env:
        connection = connect(env)
        sent = {"Authorization": f"Bearer {env.mint()}"}
        durations = []
        for _ in range(30):
            begun = time.perf_counter()
            assert send(connection, "GET", TABLES, **sent).status == 200
            durations.append(time.perf_counter() - begun)
        connection.close()
        assert sorted(durations)[3] < 0.003


def test_the_certificate_covers_localhost_and_both_loopback_addresses() -> None:
    with Sandbox(keys=KEYS) as env:
        context = ssl.create_default_context(cafile=env.ca_bundle)
        for name in ("localhost", "127.0.0.1", "::1"):
            plain = socket.create_connection(("127.0.0.1", env.port), timeout=5)
            with context.wrap_socket(plain, server_hostname=name) as secured:
                assert secured.version() == "TLSv1.3"
