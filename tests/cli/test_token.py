"""``token`` prints a token and nothing else, asks for nothing more, and says what is wrong where there is none."""

import subprocess
from pathlib import Path

import jwt
import pytest

from doctor.sandbox import open_environment
from doctor.sandbox.server import Sandbox
from tests.cli.running import SECRET, VALUES, doctor, variables

TOKEN_PATH = "/auth/realms/demo/protocol/openid-connect/token"


def token(env: Sandbox, home: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    done = doctor("token", *words, home=home, env=variables(env, **more))
    for stream in (done.stdout, done.stderr):
        assert env.settings["client_secret"].strip() not in stream
    return done


def test_stdout_is_a_token_and_a_line_end_and_nobody_is_asked_for_more(tmp_path: Path) -> None:
    with open_environment() as env:
        done = token(env, tmp_path)

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("\n")
        claims = jwt.decode(done.stdout.removesuffix("\n"), options={"verify_signature": False})
        assert claims["azp"] == env.client_id
        assert env.requests == [("GET", "/auth/realms/demo/.well-known/openid-configuration"), ("POST", TOKEN_PATH)]


def test_each_call_gets_another_token(tmp_path: Path) -> None:
    with open_environment() as env:
        assert token(env, tmp_path).stdout != token(env, tmp_path).stdout


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ("edge-whitespace", 1, "a line feed (U+000A) at the end"),
        ("client-secret-mismatch", 1, "Keycloak answered 401 unauthorized_client"),
        ("swapped-values", 1, "stand in each other's place"),
        ("realm-not-found", 1, "Realm does not exist"),
        ("certificate-untrusted", 1, "does not know that issuer"),
        ("url-malformed", 1, "was used instead"),
        ("gateway-error", 3, "502 Bad Gateway"),
        ("connection-refused", 3, "Connection refused"),
    ],
)
def test_without_a_token_the_one_cause_is_told_on_stderr(fault: str, code: int, words: str, tmp_path: Path) -> None:
    with open_environment(fault) as env:
        done = token(env, tmp_path)

    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("ataccama-doctor: No token: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert f"[{fault}, " in done.stderr


def test_a_rejected_secret_is_sent_again_no_more_often_than_by_check(tmp_path: Path) -> None:
    sent = []
    for command in ("check", "token"):
        with open_environment("client-secret-mismatch") as env:
            doctor(command, home=tmp_path, env=variables(env))
            sent.append(env.requests.count(("POST", TOKEN_PATH)))

    assert sent[0] == sent[1]


def test_what_is_absent_is_named_and_a_token_to_examine_is_no_secret(tmp_path: Path) -> None:
    env = {name: value for name, value in VALUES.items() if name != "ATACCAMA_CLIENT_SECRET"}
    done = doctor("token", home=tmp_path, env={**env, "ATACCAMA_ACCESS_TOKEN": "eyJ", "ATACCAMA_AUTHORIZATION": "x"})

    assert (done.returncode, done.stdout) == (2, "")
    assert "client_secret" in done.stderr


def test_a_token_to_examine_in_an_env_file_is_no_secret_either(tmp_path: Path) -> None:
    (tmp_path / "x.env").write_text("ATACCAMA_ACCESS_TOKEN=eyJhbGciOiJub25lIn0.e30.x7Qz81mW\n")
    (tmp_path / "x.env").chmod(0o600)
    env = {name: value for name, value in VALUES.items() if name != "ATACCAMA_CLIENT_SECRET"}
    done = doctor("token", "--env-file", "x.env", home=tmp_path, env=env)

    assert (done.returncode, done.stdout) == (2, "")
    assert "client_secret" in done.stderr
    assert "x7Qz81mW" not in done.stderr


def test_the_secret_may_come_by_stdin_and_the_options_are_those_of_check(tmp_path: Path) -> None:
    with open_environment() as env:
        words = ("--client-secret-file", "-", "--realm", "demo", "--ca-bundle", env.ca_bundle, "--deadline", "20s")
        given = {"ATACCAMA_URL": env.url, "ATACCAMA_CLIENT_ID": env.client_id}
        secret = env.settings["client_secret"].encode()
        done = doctor("token", *words, home=tmp_path, env=given, stdin=secret + b"\n")

    assert (done.returncode, done.stdout.count(".")) == (0, 2)


def test_a_deadline_ends_it(tmp_path: Path) -> None:
    with open_environment("connection-timed-out") as env:
        done = token(env, tmp_path, "--deadline", "1s")

    assert (done.returncode, done.stdout) == (3, "")


def test_the_api_is_no_concern_of_it(tmp_path: Path) -> None:
    with open_environment("api-not-found") as env:
        assert token(env, tmp_path).returncode == 0


def test_a_message_shows_no_secret(tmp_path: Path) -> None:
    done = doctor("token", home=tmp_path, env=VALUES)

    assert done.returncode == 3
    assert SECRET not in done.stderr
