"""``init`` on a terminal as a person sees it, and without one; what it prints runs, what it writes is whole."""

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from doctor.sandbox.server import Sandbox
from tests.cli.running import doctor, surroundings
from tests.sources.keyring_backend import BACKEND, PLACE

FOLDER, FILE = Path(".config") / "ataccama-doctor", "ataccama-doctor.toml"
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


class Person:
    """Somebody at a terminal."""

    def __init__(self, environment: Sandbox, home: Path, *words: str, **more: str) -> None:
        env = {"TERM": "xterm", "REQUESTS_CA_BUNDLE": environment.ca_bundle, **NO_KEYRING, **more}
        self.terminal = pexpect.spawn(
            sys.executable,
            ["-m", "doctor", "init", *words],
            cwd=str(home),
            env=surroundings(home, **env),
            encoding="utf-8",
            timeout=30,
            dimensions=(50, 100),
        )
        self.seen = ""

    def answer(self, question: str, text: str) -> None:
        """Wait until it is asked, and type."""
        self.terminal.expect_exact(question)
        self.seen += f"{self.terminal.before}{question}"
        if question == "Client secret: ":
            self.terminal.waitnoecho()
        self.terminal.sendline(text)

    def interrupt(self, question: str) -> None:
        """Press Ctrl-C, and once more where nothing happens: one that comes just before the read is not seen by it."""
        self.terminal.expect_exact(question)
        self.terminal.sendintr()
        if self.terminal.expect_exact(["Interrupted.", pexpect.TIMEOUT], timeout=5):
            self.terminal.sendintr()
        else:
            self.seen += "Interrupted."

    def end(self) -> int:
        """Read to the end; the exit code."""
        self.terminal.expect(pexpect.EOF)
        self.seen += self.terminal.before or ""
        self.terminal.close()
        code = self.terminal.exitstatus
        assert isinstance(code, int), self.seen
        return code

    @property
    def words(self) -> str:
        return " ".join(self.seen.split())


def left(home: Path) -> set[str]:
    """The files in the configuration folder, but for the key of the fingerprints."""
    return {path.name for path in (home / FOLDER).glob("*")} - {"fingerprint.key"}


def options(environment: Sandbox, home: Path) -> list[str]:
    (home / "secret").write_text(environment.client_secret)
    (home / "secret").chmod(0o600)
    words = ["--url", environment.url, "--realm", environment.realm, "--client-id", environment.client_id]
    return [*words, "--client-secret-file", str(home / "secret")]


def test_a_newcomer_is_led_from_nothing_to_the_first_call(environment: Sandbox, tmp_path: Path) -> None:
    person = Person(environment, tmp_path)
    person.answer("Environment: ", environment.url)
    person.answer("Tenant: ", environment.realm)
    person.answer("Client ID: ", environment.client_id)
    person.answer("Client secret: ", environment.client_secret)
    assert person.end() == 0
    assert environment.client_secret not in person.seen
    told = (
        "The domain of your environment, as the Cloud Portal states it",
        f"{environment.url} answers.",
        "your environment > Settings tab > API Clients > Create API Client",
        f"The realm {environment.realm} answers.",
        "A token came.",
        "Healthy:",
        f"The profile localhost is in {tmp_path / FOLDER / FILE}.",
        "(mode 0600), as there is no keyring here.",
        "The first API call, in three languages.",
        "# bash, with curl and jq",
        "# Python, with requests",
        "// JavaScript, Node.js 18 or newer",
    )
    places = [person.words.find(" ".join(each.split())) for each in told]
    assert -1 not in places, told[places.index(-1)]
    assert left(tmp_path) == {FILE, "localhost.secret"}
    again = doctor("check", "--format", "short", home=tmp_path, env={"REQUESTS_CA_BUNDLE": environment.ca_bundle})
    assert again.returncode == 0, again.stdout + again.stderr


def test_each_answer_is_looked_at_while_the_person_can_correct_it(environment: Sandbox, tmp_path: Path) -> None:
    person = Person(environment, tmp_path)
    person.answer("Environment: ", f" {environment.url}")
    person.answer("The URL has space (U+0020) at the start. Use it without? [Y/n]: ", "")
    person.answer("Tenant: ", "domo")
    person.answer("Enter it again? [Y/n]: ", "y")
    person.answer("Tenant: ", environment.realm)
    person.answer("Client ID: ", environment.client_id)
    person.answer("Client secret: ", "Wrong-Secret-0123456789abcdef")
    person.answer("Enter client ID and client secret again? [Y/n]: ", "")
    person.answer("Client ID: ", environment.client_id)
    person.answer("Client secret: ", f'"{environment.client_secret}"')
    person.answer("The client secret has double quotes round it. Use it without? [Y/n]: ", "")
    assert person.end() == 0
    assert "The realm does not exist" in person.words
    assert environment.client_secret not in person.seen
    assert "Wrong-Secret" not in person.seen


@pytest.mark.parametrize("questions", range(1, 5))
def test_ctrl_c_at_any_question_leaves_nothing(questions: int, environment: Sandbox, tmp_path: Path) -> None:
    person = Person(environment, tmp_path)
    script = [("Environment: ", environment.url), ("Tenant: ", environment.realm)]
    script += [("Client ID: ", environment.client_id), ("Client secret: ", environment.client_secret)]
    for question, text in script[: questions - 1]:
        person.answer(question, text)
    person.interrupt(script[questions - 1][0])
    assert person.end() == 130
    assert "Interrupted." in person.seen
    assert left(tmp_path) == set()


def test_with_a_keyring_the_secret_is_kept_there(environment: Sandbox, tmp_path: Path) -> None:
    ring = {"PYTHON_KEYRING_BACKEND": BACKEND, PLACE: str(tmp_path / "ring.json")}
    words = ("--no-input", *options(environment, tmp_path))
    env = {"REQUESTS_CA_BUNDLE": environment.ca_bundle, **ring}
    done = doctor("init", *words, home=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    assert "The client secret is in the keyring, as ataccama-doctor/localhost." in done.stderr
    assert 'export ATACCAMA_CLIENT_SECRET="$(keyring get ataccama-doctor localhost)"' in done.stdout
    assert left(tmp_path) == {FILE}
    assert doctor("check", "--format", "short", home=tmp_path, env=env).returncode == 0


def test_without_a_terminal_every_answer_comes_from_a_flag_and_the_call_runs_as_printed(
    environment: Sandbox, tmp_path: Path
) -> None:
    words = ("--no-input", "--profile", "dev", *options(environment, tmp_path), "--ca-bundle", environment.ca_bundle)
    done = doctor("init", *words, home=tmp_path, env=NO_KEYRING)
    assert done.returncode == 0, done.stderr
    assert environment.client_secret not in done.stdout + done.stderr
    shell, _, rest = done.stdout.partition("in the shell:\n\n")[2].partition("\n\n# bash")
    bash = "# bash" + rest.partition("\n# Python, with requests")[0]
    ran = subprocess.run(
        ("bash", "-c", f"{shell}\n{bash}"),
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Countries" in ran.stdout
    assert doctor("check", "--format", "short", "--profile", "dev", home=tmp_path, env={}).returncode == 0


def test_without_a_terminal_what_is_absent_is_named_and_nobody_is_asked(tmp_path: Path) -> None:
    done = doctor("init", "--url", "acme", home=tmp_path, env={})
    assert done.returncode == 2
    assert "realm: the tenant name" in done.stderr
    assert left(tmp_path) == set()


def test_without_a_terminal_a_file_that_cannot_be_read_is_one_sentence(environment: Sandbox, tmp_path: Path) -> None:
    words = options(environment, tmp_path)
    (tmp_path / "secret").unlink()
    done = doctor("init", "--no-input", *words, home=tmp_path, env={})
    assert done.returncode == 2
    assert "cannot be read: No such file" in done.stderr
    assert left(tmp_path) == set()


def test_settings_that_do_not_work_are_not_written(environment: Sandbox, tmp_path: Path) -> None:
    words = options(environment, tmp_path)
    (tmp_path / "secret").write_text("Wrong-Secret-0123456789abcdef")
    env = {"REQUESTS_CA_BUNDLE": environment.ca_bundle, **NO_KEYRING}
    done = doctor("init", "--no-input", *words, home=tmp_path, env=env)
    assert done.returncode == 1
    assert "client-secret-mismatch" in done.stdout
    assert "The first API call" not in done.stdout
    assert "Nothing was written." in done.stderr
    assert left(tmp_path) == set()


def existing(home: Path) -> Path:
    path = home / FOLDER / FILE
    path.parent.mkdir(parents=True)
    path.write_text('default = "localhost"\n\n[profiles.localhost]\nurl = "acme" # mine\n')
    return path


@pytest.mark.parametrize("agrees", [True, False])
def test_over_an_existing_profile_the_person_is_asked_first(agrees: bool, environment: Sandbox, tmp_path: Path) -> None:
    path = existing(tmp_path)
    before = path.read_text()
    person = Person(environment, tmp_path, *options(environment, tmp_path))
    person.answer("Replace it? [y/N]: ", "y" if agrees else "")
    assert person.end() == 0
    assert (path.read_text() != before) is agrees
    assert ("Nothing was written." in person.words) is not agrees


def test_over_an_existing_profile_without_a_terminal_it_takes_an_option(environment: Sandbox, tmp_path: Path) -> None:
    path = existing(tmp_path)
    before = path.read_text()
    words = ("--no-input", *options(environment, tmp_path))
    env = {"REQUESTS_CA_BUNDLE": environment.ca_bundle, **NO_KEYRING}
    refused = doctor("init", *words, home=tmp_path, env=env)
    assert refused.returncode == 2
    assert "Replace it with --replace" in refused.stderr
    assert path.read_text() == before
    assert doctor("init", "--replace", *words, home=tmp_path, env=env).returncode == 0
    assert environment.url in path.read_text()


@pytest.mark.parametrize("name", ["", "../x", "a b", "a/b", "x" * 61])
def test_a_name_that_is_none_is_refused(name: str, environment: Sandbox, tmp_path: Path) -> None:
    done = doctor("init", "--no-input", "--profile", name, *options(environment, tmp_path), home=tmp_path, env={})
    assert done.returncode == 2
    assert "The name of a profile is made of" in done.stderr


def test_profiles_that_are_there_give_no_answers(environment: Sandbox, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('default = "dev"\n[profiles.dev]\nurl = "acme"\nrealm = "x"\nclient_id = "y"\n')
    done = doctor("init", "--no-input", home=tmp_path, env={})
    assert done.returncode == 2
    assert "4 values are absent" in done.stderr
