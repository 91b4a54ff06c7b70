"""Bad input of any kind ends in a report with the right verdict, in time, and nothing that was found is lost."""

import gzip
import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from doctor.examination import Examination, examine
from doctor.model.errors import UsageProblem
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.model.terms import Outcome, SettingName, Verdict
from doctor.publish import publish, write_atomically
from doctor.sandbox.fault_worlds.network import TOKEN, gzip_bomb
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, Drip, Endless, Hang, Raw, Reply, Reset, Truncated, html_answer
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Rule, healthy
from doctor.sources.sandbox import sandbox_inputs

KEYS = KeyRing()
TIMEOUT, DEADLINE = 0.4, 3.0
JSON = ("Content-Type", "application/json")
FORMATS = ("text", "html")


def examined(settings: Mapping[str, str], deadline: float = DEADLINE) -> Examination:
    """The examination, which ends within its deadline."""
    inputs = replace(sandbox_inputs(settings, deep=False), timeout=TIMEOUT, deadline=deadline)
    begun = time.monotonic()
    examination = examine(inputs)
    assert time.monotonic() - begun < deadline + 0.5
    return examination


def report_with(reply: Reply, prefix: str) -> Report:
    with Sandbox(healthy().with_edge(rules=(Rule(reply, prefix),)), keys=KEYS) as env:
        return examined(env.settings).report


def outcome(report: Report, check: str) -> Outcome:
    return next(c.outcome for c in report.targets[0].checks if c.id == check)


def cause(report: Report) -> str | None:
    diagnosis = report.targets[0].diagnosis
    return diagnosis.cause if diagnosis else None


CANNOT_BE_READ: dict[str, tuple[Reply, str]] = {
    "cut": (Truncated(Answer(200, (JSON,), b"{}" * 500)), "response-malformed"),
    "endless": (Endless(), "response-too-large"),
    "a gzip bomb": (gzip_bomb(), "response-too-large"),
    "not the gzip it says": (Answer(200, (JSON, ("Content-Encoding", "gzip")), b"no"), "response-malformed"),
    "not HTTP": (Raw(b"\x00\x01not HTTP\r\n\r\n"), "response-malformed"),
    "none at all": (Hang(), "response-timed-out"),
    "a reset": (Reset(), "connection-reset"),
    "dripping": (Drip(0.02, Answer(200, (JSON,), b" " * 5000)), "response-timed-out"),
    "shorter than announced": (Answer(200, (("Content-Length", "999"),), b"{}"), "response-timed-out"),
    "headed by 100 kB": (Answer(200, (("X-Huge", "a" * 100_000),), b"{}"), "response-malformed"),
    "an interim one and no other": (Answer(103), "response-timed-out"),
    "a part of its gzip": (
        Answer(200, (JSON, ("Content-Encoding", "gzip")), gzip.compress(b"{}")[:-4]),
        "response-malformed",
    ),
    "in a coding nobody asked for": (Answer(200, (JSON, ("Content-Encoding", "br")), b"??"), "response-malformed"),
}
NO_DOCUMENT: dict[str, Reply] = {
    "HTML": html_answer(200, "<!doctype html><title>Hi</title>"),
    "empty": Answer(200),
    "half a document": Answer(200, (JSON,), b'{"a":'),
    "a list": Answer(200, (JSON,), b"[]"),
    "a tower of brackets": Answer(200, (JSON,), b"[" * 100_000),
    "not UTF-8": Answer(200, (JSON,), b"\xff\xfe\x00caf\xe9"),
    "control characters": Answer(200, (JSON,), b"\x1b[2J\x00\x07\x08"),
    "a number of 5000 digits": Answer(200, (JSON,), b"9" * 5000),
    "of a status that nobody knows": Answer(299, (JSON,), b"{"),
}
STANDING = {
    "{realm}": ("url-format", "name-resolves", "host-connects", "tls-agreed", "certificate-trusted"),
    TOKEN: ("url-format", "certificate-trusted", "realm-exists"),
    "/api": ("certificate-trusted", "realm-exists", "token-request", "jwt-decode", "jwt-signature", "jwt-expiry"),
}
"""Where it happens, and what was found before that and must stand."""


def stands(report: Report, place: str) -> None:
    for check in STANDING[place]:
        assert outcome(report, check) is Outcome.PASS, check
    assert report.summary.errors == 0
    assert report.targets[0].exchanges


@pytest.mark.parametrize("place", STANDING)
@pytest.mark.parametrize(("reply", "expected"), CANNOT_BE_READ.values(), ids=CANNOT_BE_READ)
def test_an_answer_that_cannot_be_read_is_nobodys_fault_here(reply: Reply, expected: str, place: str) -> None:
    report = report_with(reply, place)
    assert (report.verdict, report.exit_code, cause(report)) == (Verdict.INCONCLUSIVE, 3, expected)
    stands(report, place)


@pytest.mark.parametrize("reply", NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_a_token_answer_that_is_no_document_is_told_as_that(reply: Reply) -> None:
    report = report_with(reply, TOKEN)
    assert (report.exit_code, cause(report)) == (1, "token-response-not-json")
    stands(report, TOKEN)


@pytest.mark.parametrize(
    "reply",
    [pytest.param(r, id=n) for n, r in NO_DOCUMENT.items()],
)
def test_a_page_in_the_realms_place_is_told_as_no_keycloak(reply: Reply) -> None:
    report = report_with(reply, "{realm}")
    assert (report.exit_code, cause(report)) == (1, "not-keycloak")
    stands(report, "{realm}")


@pytest.mark.parametrize("reply", NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_a_broken_discovery_document_alone_stops_nothing(reply: Reply) -> None:
    report = report_with(reply, "{realm}/.well-known")
    assert (report.verdict, report.exit_code, outcome(report, "protected-get")) == (Verdict.HEALTHY, 0, Outcome.PASS)


@pytest.mark.parametrize("reply", NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_an_api_that_answers_something_else_breaks_nothing(reply: Reply) -> None:
    report = report_with(reply, "/api")
    assert report.exit_code in (0, 1)
    stands(report, "/api")


ODD_DOCUMENTS = {
    "tokens of other types": b'{"access_token": {"a": 1}, "token_type": 7, "expires_in": "soon"}',
    "a token of no characters": b'{"access_token": ""}',
    "a token of 1 MB": b'{"access_token": "' + b"a.b" * 300_000 + b'"}',
    "a lifetime beyond every clock": b'{"access_token": "a.b.c", "token_type": "Bearer", "expires_in": 1e400}',
    "numbers that are none": b'{"access_token": "a.b.c", "token_type": "Bearer", "expires_in": NaN}',
    "the same name twice": b'{"access_token": "a.b.c", "access_token": null}',
    "an error that is a list": b'{"error": ["invalid_client"], "error_description": {"x": 1}}',
}


@pytest.mark.parametrize("status", [200, 400, 401])
@pytest.mark.parametrize("body", ODD_DOCUMENTS.values(), ids=ODD_DOCUMENTS)
def test_an_odd_token_document_is_a_diagnosis(body: bytes, status: int) -> None:
    report = report_with(Answer(status, (JSON,), body), TOKEN)
    assert report.exit_code in (1, 3)
    assert cause(report) is not None
    stands(report, TOKEN)


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "\\u202e\\u001b[2J", "caf\\u00e9"])
def test_a_token_that_no_header_can_carry_is_the_servers_fault(text: str) -> None:
    body = f'{{"access_token": "{text}", "token_type": "Bearer", "expires_in": 300}}'.encode()
    report = report_with(Answer(200, (JSON,), body), TOKEN)
    assert (report.exit_code, report.summary.errors) == (1, 0)


Odd = Callable[[str], str]
ODD: dict[str, Odd] = {
    "100 kB long": lambda v: v + "x" * 100_000,
    "100 kB of lines": lambda v: (v + "\n") * (100_000 // (len(v) + 1)),
    "with control characters": lambda v: v + "\x00\x1b[2J\x07\x7f\x85",
    "with half a surrogate pair, turned round": lambda v: "\ud800\u202e" + v,
    "with a byte that is no UTF-8": lambda v: v + "\udce9",
    "with markup": lambda v: v + "<script>alert(1)</script>::error::x",
    "blank": lambda _: " \n\t ",
    "empty": lambda _: "",
}
SETTINGS = [n.value for n in SettingName if n is not SettingName.CA_BUNDLE]


@pytest.fixture(scope="module")
def env() -> Iterator[Sandbox]:
    with Sandbox(keys=KEYS) as environment:
        yield environment


def odd_settings() -> Iterator[object]:
    for name in SETTINGS:
        for words, odd in ODD.items():
            yield pytest.param(name, odd, id=f"{name} {words}")


@pytest.mark.parametrize(("name", "odd"), list(odd_settings()))
def test_a_setting_ends_in_a_report_that_can_be_read(name: str, odd: Odd, env: Sandbox) -> None:
    usual = {**env.settings, "scope": "openid", "token_url": env.token_endpoint, "api_url": env.url, "proxy": ""}
    usual |= {"authorization": f"Bearer {env.mint()}", "access_token": env.mint()}
    examination = examined({**env.settings, name: odd(usual[name])})
    report = examination.report
    assert report.summary.errors == 0
    assert report.exit_code in (0, 1) or (name == "proxy" and report.exit_code == 3)
    assert report.exit_code == 0 or cause(report) is not None
    for name_of_format in FORMATS:
        stream = io.StringIO()
        assert publish(examination, name_of_format, Style(verbosity=2), [], stream) == report.exit_code
        assert len(stream.getvalue().encode("utf-8")) < 1_500_000


TOLD = ("with half a surrogate pair, turned round", "with a byte that is no UTF-8", "blank", "empty")
"""CA bundles that are no file's name, and that show what is wrong with them."""


@pytest.mark.parametrize("odd", [ODD[name] for name in TOLD], ids=TOLD)
def test_a_ca_bundle_that_shows_what_is_wrong_with_it_is_diagnosed(odd: Odd, env: Sandbox) -> None:
    report = examined({**env.settings, "ca_bundle": odd(env.ca_bundle)}).report
    diagnosis = report.targets[0].diagnosis
    assert (report.exit_code, diagnosis and diagnosis.setting) == (1, "ca_bundle")


@pytest.mark.parametrize("odd", [odd for name, odd in ODD.items() if name not in TOLD])
def test_a_ca_bundle_that_cannot_be_used_is_one_short_sentence(odd: Odd, env: Sandbox) -> None:
    with pytest.raises(UsageProblem) as caught:
        examined({**env.settings, "ca_bundle": odd(env.ca_bundle)})
    assert str(caught.value).startswith("The CA bundle")
    assert len(str(caught.value)) < 600


def test_what_is_half_a_surrogate_pair_is_written_all_the_same(tmp_path: Path) -> None:
    write_atomically(tmp_path / "report", "half \ud800 a pair")
    assert (tmp_path / "report").read_bytes().startswith(b"half ")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").touch()
    for place in (tmp_path / "taken", tmp_path / "nowhere" / "r"):
        with pytest.raises(UsageProblem, match="cannot be written"):
            write_atomically(place, "text")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


_HANGING = """
import socket, sys, time
from dataclasses import replace
from doctor.examination import examine
from doctor.sources.sandbox import sandbox_inputs
if sys.argv[1] == "names":
    socket.getaddrinfo = lambda *_, **__: time.sleep(60)
settings = {"url": sys.argv[2], "realm": "r", "client_id": "c", "client_secret": "0123456789abcdefghij"}
begun = time.monotonic()
report = examine(replace(sandbox_inputs(settings, deep=False), timeout=30, deadline=1.0)).report
print(report.exit_code, report.summary.passed > 0, time.monotonic() - begun < 1.6, sep=" ")
"""


@pytest.mark.parametrize("what", ["names", "connections"])
def test_nothing_that_hangs_holds_up_the_end_of_the_process(what: str) -> None:
    with Sandbox(healthy().with_tls(spoken="nothing"), keys=KEYS) as env:
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", _HANGING, what, env.url], capture_output=True, text=True, timeout=10, check=False
        )
        took = time.monotonic() - begun
    assert done.stdout.split() == ["3", "True", "True"], done.stdout + done.stderr
    assert done.stderr == ""
    assert took < 4
