"""Each of the three programs runs as it is printed: one token for all calls, a new one before the old one ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doctor.onboarding.first_call import FirstCall, Language, preparations, written
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from tests.tools import tool

PATH = "/api/reference-data/v1/tables?size=1"
ODD = "Zq7R+k&T%2=m'V\"x$9 #\\é"
LIFETIME, MARGIN = 300, 30
NEEDED = {
    Language.CURL: (("bash", "bash"), ("curl", "curl"), ("jq", "jq")),
    Language.PYTHON: (),
    Language.JAVASCRIPT: (("node", "nodejs"),),
}
RUNS = {Language.CURL: "bash", Language.PYTHON: sys.executable, Language.JAVASCRIPT: "node"}
SUFFIX = {Language.CURL: ".sh", Language.PYTHON: ".py", Language.JAVASCRIPT: ".mjs"}
AGAIN = {
    Language.CURL: ("get '{path}'", "date() {{ echo $(($(command date +%s) + {ahead})); }}; get '{path}'"),
    Language.PYTHON: (
        "print(api.get(API_URL + '{path}').json())",
        "real = time.monotonic; time.monotonic = lambda: real() + {ahead}; print(api.get(API_URL + '{path}').json())",
    ),
    Language.JAVASCRIPT: (
        "console.log(await get('{path}'));",
        "const real = Date.now; Date.now = () => real() + 1000 * {ahead}; console.log(await get('{path}'));",
    ),
}
"""The same call once more: at once, and ``ahead`` seconds later by the program's clock."""


@pytest.fixture(scope="module")
def environment() -> Iterator[Sandbox]:
    with Sandbox(healthy().with_client(secret=ODD)) as running:
        yield running


def call_of(environment: Sandbox, **changes: str) -> FirstCall:
    made = {"token_url": environment.token_endpoint, "client_id": environment.client_id, "api_url": environment.url}
    return FirstCall(**{**made, "path": PATH, "ca_bundle": environment.ca_bundle, **changes})


def ran(
    call: FirstCall, language: Language, secret: str, folder: Path, *more: str
) -> "subprocess.CompletedProcess[str]":
    """The program, and what follows it, as a person would run them: in a shell, after its preparations."""
    for program, package in NEEDED[language]:
        tool(program, package)
    (folder / "secret").write_text(secret)
    file = folder / f"call{SUFFIX[language]}"
    file.write_text("\n".join((written(call, language), *more)))
    script = "\n".join((*preparations(call, f"cat {folder}/secret"), f'exec {RUNS[language]} "{file}"'))
    return subprocess.run(
        ("bash", "-c", script),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("language", Language)
def test_the_program_runs_as_printed_and_shows_the_answer(
    language: Language, environment: Sandbox, tmp_path: Path
) -> None:
    done = ran(call_of(environment), language, ODD, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Countries" in done.stdout


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("ahead", "tokens"), [(LIFETIME - MARGIN - 5, 1), (LIFETIME - MARGIN + 1, 2)])
def test_the_token_is_used_again_and_renewed_before_it_ends(
    language: Language, ahead: int, tokens: int, environment: Sandbox, tmp_path: Path
) -> None:
    before = environment.issued
    again = [line.format(path=PATH, ahead=ahead) for line in AGAIN[language]]
    done = ran(call_of(environment), language, ODD, tmp_path, *again)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Countries") == 3
    assert environment.issued - before == tokens


@pytest.mark.parametrize("language", Language)
def test_a_refused_secret_ends_the_program_with_the_servers_words_and_not_with_the_secret(
    language: Language, environment: Sandbox, tmp_path: Path
) -> None:
    done = ran(call_of(environment), language, "Wrong-Secret-0123456789", tmp_path)
    assert done.returncode != 0
    assert "401" in done.stderr
    assert "Wrong-Secret" not in done.stdout + done.stderr


@pytest.mark.parametrize("language", Language)
def test_a_refused_call_ends_the_program_too(language: Language, environment: Sandbox, tmp_path: Path) -> None:
    done = ran(call_of(environment, path="/api/nope"), language, ODD, tmp_path)
    assert done.returncode != 0
    assert "404" in done.stderr


@pytest.mark.parametrize("language", Language)
def test_a_scope_is_sent_along(language: Language, environment: Sandbox, tmp_path: Path) -> None:
    done = ran(call_of(environment, scope="no such scope"), language, ODD, tmp_path)
    assert done.returncode != 0
    assert "invalid_scope" in done.stderr or language is Language.PYTHON


@pytest.mark.parametrize("language", Language)
def test_a_value_with_quotes_and_dollars_stays_a_value(language: Language, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    odd = f"a'\"$(touch {mark})`touch {mark}`\\${{x}}"
    ran(FirstCall("http://127.0.0.1:9/" + odd, odd, "http://127.0.0.1:9", "/" + odd, odd), language, "x", tmp_path)
    assert not mark.exists()


def test_calls_that_begin_together_share_one_token(environment: Sandbox, tmp_path: Path) -> None:
    threads = (
        "api.auth._renew_at = 0",
        "from concurrent.futures import ThreadPoolExecutor",
        f"answers = list(ThreadPoolExecutor(8).map(lambda _: api.get(API_URL + '{PATH}').status_code, range(8)))",
        "assert answers == [200] * 8",
    )
    together = f"renewAt = 0; await Promise.all([1, 2, 3, 4].map(() => get('{PATH}')));"
    for language, more in ((Language.PYTHON, threads), (Language.JAVASCRIPT, (together,))):
        before = environment.issued
        done = ran(call_of(environment), language, ODD, tmp_path, *more)
        assert (done.returncode, done.stderr) == (0, "")
        assert environment.issued - before == 2
