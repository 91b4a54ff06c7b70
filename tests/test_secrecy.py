"""A canary in the place of the secret: nobody but the configured origin ever sees it, in any form, at any verbosity."""

import base64
import html
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from doctor.examination import Examination, examine
from doctor.model.codec import encode
from doctor.model.inputs import Inputs
from doctor.model.placeholder import placeholder_in, variable_in
from doctor.model.style import Style
from doctor.model.terms import SettingName
from doctor.publish import publish
from doctor.renderers import renderer, renderer_names
from doctor.sandbox import edge, open_environment
from doctor.sandbox.fault_worlds.network import TOKEN
from doctor.sandbox.faults import FAULTS
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, Misbehaviour, Reply, Request, redirect
from doctor.sandbox.scene import Scene
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Rule, World, healthy
from doctor.sources.sandbox import sandbox_inputs

KEYS = KeyRing()
CANARY = 'Canary+7f3K&9Z"tR2<m/W8=x%Yb'
FORMATS, VERBOSITIES = renderer_names(), (-1, 0, 1, 2)
MOST = 5


def forms(secret: str) -> Iterator[str]:
    """The ways in which a secret can stand in a text."""
    raw = secret.encode("utf-8", "surrogateescape")
    yield from (secret, quote(raw, safe=""), quote_plus(raw), quote(raw).lower(), html.escape(secret))
    yield from (json.dumps(secret)[1:-1], raw.hex(), raw.hex().upper(), secret.replace("/", "\\/"), repr(secret)[1:-1])
    for before in range(3):
        encoded = base64.b64encode(b"x" * before + raw + b"x" * 3).decode()
        inside = encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        yield from (inside, inside.replace("+", "-").replace("/", "_"))


def leaks(text: str, secret: str) -> list[str]:
    return [form for form in set(forms(secret)) if len(form) >= 8 and form in text]


def quick(env: Sandbox, *, deep: bool = False) -> Inputs:
    return replace(sandbox_inputs(env.settings, deep=deep), timeout=0.5, deadline=8.0, deadline_set=True)


def outputs(examination: Examination, *, fully: bool) -> Iterator[tuple[str, str]]:
    """The report as data, and as every renderer writes it; what looks alike at every verbosity once, unless fully."""
    yield "data", json.dumps(encode(examination.report), ensure_ascii=False)
    for name in FORMATS:
        for verbosity in VERBOSITIES if fully or name == "text" else (2,):
            stream = io.StringIO()
            code = publish(examination, name, Style(verbosity=verbosity, width=500), [], stream)
            assert code == examination.report.exit_code, f"{name} {verbosity} ended with {code}"
            yield f"{name} {verbosity}", stream.getvalue()


def assert_silent(examination: Examination, *secrets: str, fully: bool = False) -> None:
    for where, text in outputs(examination, fully=fully):
        assert text
        for secret in secrets:
            assert leaks(text, secret) == [], where


@dataclass
class Seen:
    """What arrived at the environment, in order, and what was answered before."""

    secret: str
    requests: list[tuple[Request, bool, int]] = field(default_factory=list)
    """The request, whether the secret is in it, and how many of the realm's answers had left by then."""
    answered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def carrying(self) -> list[tuple[Request, bool, int]]:
        return [row for row in self.requests if row[1]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Watches every environment of the test."""
    record, respond = Seen(""), edge.respond

    def watched(scene: Scene, request: Request, now: float) -> Reply:
        secret = scene.world.client.secret or ""
        with record.lock:
            record.requests.append((request, carries(request, record.secret or secret), record.answered))
        reply = respond(scene, request, now)
        realm = request.path.startswith(f"{scene.world.edge.base_path}/realms/")
        with record.lock:
            record.answered += realm and isinstance(reply, Answer)
        return reply

    monkeypatch.setattr(edge, "respond", watched)
    return record


def carries(request: Request, secret: str) -> bool:
    header = request.header("Authorization") or ""
    basic = base64.b64decode(header[6:]).decode() if header.startswith("Basic ") else ""
    # The query is the client ID's: it holds the secret where the person swapped the two.
    held = request.body.decode("latin-1") + basic + header
    return bool(secret) and (bool(leaks(held, secret)) or quote_plus(secret) in held)


# What comes back


def echo(request: Request) -> str:
    """All that was asked, in every way in which a server can say it."""
    said = f"{request.method} {request.path}?{request.query} {request.headers} {request.body.decode('latin-1')}"
    given = " ".join(value for _, value in request.parameters)
    pieces = [said, given, said[::-1][::-1].upper()]
    pieces += [form for value in (given, said, CANARY) for form in forms(value)]
    return " ".join(pieces)


def echo_html(request: Request) -> Answer:
    return Answer(200, (("Content-Type", "text/html"),), f"<title>{html.escape(echo(request))}</title>".encode())


def echo_headers(request: Request) -> Answer:
    words = quote(echo(request), safe=" ")[:6000]
    headers = tuple((name, words) for name in ("Server", "X-Request-Id", "Set-Cookie", "Location", "WWW-Authenticate"))
    plain = CANARY.replace("\n", " ")
    return Answer(401, (*headers, ("X-You-Said", plain), ("Via", f"1.1 {plain}"), (f"X-{quote(CANARY)}", "1")), b"{}")


def echo_challenge(request: Request) -> Answer:
    value = f'Bearer realm="{CANARY}", error="invalid_token", error_description="{CANARY} is no token"'
    return Answer(401, (("WWW-Authenticate", value), ("Content-Type", "application/json")), b"{}")


def echo_oauth_error(request: Request) -> Answer:
    words = echo(request)
    body = {"error": "invalid_client", "error_description": words, "you_sent": [words, {CANARY: words}]}
    return Answer(401, (("Content-Type", "application/json"),), json.dumps(body).encode())


def echo_token(request: Request) -> Answer:
    body = {"access_token": CANARY, "token_type": f"Bearer {CANARY}", "scope": CANARY, "expires_in": CANARY}
    return Answer(200, (("Content-Type", "application/json"),), json.dumps(body).encode())


def echo_utf16(request: Request) -> Answer:
    return Answer(400, (("Content-Type", "text/plain; charset=utf-16"),), CANARY.encode("utf-16"))


def echo_status(request: Request) -> Misbehaviour:
    from doctor.sandbox.message import Raw

    return Raw(f"HTTP/1.1 {CANARY}\r\n\r\n".encode())


ECHOES = (echo_html, echo_headers, echo_challenge, echo_oauth_error, echo_token, echo_utf16, echo_status)


@pytest.mark.parametrize("place", ["/auth/realms/demo/protocol/openid-connect/token", "/api", "/"])
@pytest.mark.parametrize("answer", ECHOES, ids=lambda f: f.__name__)
def test_what_a_server_echoes_is_removed_everywhere(
    answer: Callable[[Request], Reply], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond = edge.respond

    def echoing(scene: Scene, request: Request, now: float) -> Reply:
        return answer(request) if request.path.startswith(place) else respond(scene, request, now)

    monkeypatch.setattr(edge, "respond", echoing)
    with Sandbox(healthy().with_client(secret=CANARY), keys=KEYS) as env:
        examination = examine(quick(env))
    assert_silent(examination, CANARY, fully=place == "/")
    assert examination.report.summary.errors == 0


# What is broken


def given_secrets(env: Sandbox) -> set[str]:
    """The environment's secret, and the one that the person typed, unless it is a placeholder or an access token."""
    typed = env.settings.get("client_secret", "")
    name = SettingName.CLIENT_SECRET
    shown = placeholder_in(name, typed) or variable_in(name, typed)
    pasted = typed.startswith("ey") or typed == env.client_id or shown is not None
    return {env.client_secret, env.client_secret.strip(), *(() if pasted else (typed, typed.strip()))} - {""}


@pytest.mark.parametrize("cause", FAULTS)
def test_no_fault_brings_the_secret_to_light(cause: str, seen: Seen) -> None:
    fault = FAULTS[cause]
    with open_environment(cause, keys=KEYS) as env:
        examination = examine(quick(env, deep=fault.deep))
        secrets = {s for s in given_secrets(env) if len(s) >= 8}
    assert secrets
    signatures = set(_signatures(env))
    assert_silent(examination, *secrets, *signatures)
    assert len(seen.carrying) <= MOST + fault.deep
    assert all(answered > 0 for _, _, answered in seen.carrying), "the secret was sent before the realm answered"


def _signatures(env: Sandbox) -> Iterator[str]:
    """Of the tokens that were typed."""
    for name in ("access_token", "authorization", "client_secret"):
        value = env.settings.get(name, "")
        if value.count(".") == 2 and len(value.rpartition(".")[2]) > 40:
            yield value.rpartition(".")[2].strip()


# What goes out


def test_in_a_healthy_run_the_secret_goes_out_once_and_only_to_the_token_endpoint(seen: Seen) -> None:
    with Sandbox(keys=KEYS) as env:
        examine(quick(env))
    assert [request.path for request, _, _ in seen.carrying] == ["/auth/realms/demo/protocol/openid-connect/token"]


def refusing(request: Request) -> Answer:
    return Answer(
        401,
        (("Content-Type", "application/json"),),
        b'{"error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials"}',
    )


def test_a_secret_with_every_fault_at_once_is_sent_five_times_at_most(seen: Seen) -> None:
    with Sandbox(keys=KEYS) as env:
        typed = f' "client_secret={quote_plus(env.client_secret)}\u200b\n" '
        env.settings["client_secret"] = typed
        env.settings["client_id"] += "\n"
        env.settings["scope"] = "nonsense"
        seen.secret = env.client_secret
        examination = examine(quick(env))
    assert 1 <= len(seen.carrying) <= MOST
    assert_silent(examination, env.client_secret)


@pytest.mark.parametrize("path", [TOKEN, "/api", "/"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_takes_a_credential_to_another_origin(path: str, status: int) -> None:
    with Sandbox(keys=KEYS) as other:
        world = healthy().with_edge(rules=(Rule(redirect(f"{other.url}/auth/token", status), path),))
        with Sandbox(world, keys=KEYS) as env:
            examine(quick(env))
            assert env.requests
        assert other.requests == []


def test_the_secret_is_kept_back_where_no_realm_answers(seen: Seen) -> None:
    for rule in (Rule(Answer(404), "/auth"), Rule(Answer(200, (), b"hello"), "/"), Rule(Answer(503), "/")):
        with Sandbox(healthy().with_edge(rules=(rule,)), keys=KEYS) as env:
            examine(quick(env))
            assert env.requests
    assert seen.carrying == []


def test_the_secret_is_kept_back_where_the_certificate_is_refused(seen: Seen) -> None:
    for kind in ("expired", "wrong-host", "self-signed", "untrusted"):
        with Sandbox(healthy().with_tls(kind=kind), keys=KEYS) as env:
            examine(quick(env))
    assert seen.requests == []


def test_with_a_token_url_of_another_origin_that_is_asked_about_its_realm_first(seen: Seen) -> None:
    with Sandbox(keys=KEYS) as other, Sandbox(keys=KEYS) as env:
        other_url = other.token_endpoint
        inputs = quick(env)
        env.settings["token_url"] = other_url
        inputs = quick(env)
        examine(inputs)
    assert all(answered > 0 for _, _, answered in seen.carrying)


# What is about to be written


@pytest.fixture(scope="module")
def examination() -> Examination:
    with Sandbox(healthy().with_client(secret=CANARY), keys=KEYS) as env:
        return examine(quick(env))


@pytest.mark.parametrize("form", sorted({f for f in forms(CANARY) if len(f) > 12}))
def test_the_final_scan_stops_a_renderer_that_leaks(
    form: str,
    examination: Examination,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:

    def leaking(name: str) -> Callable[..., str]:
        return (lambda *_: f"x {form} y") if name == "text" else renderer(name)

    monkeypatch.setattr("doctor.publish.renderer", leaking)
    stream, path, good = io.StringIO(), tmp_path / "report", tmp_path / "good.json"
    code = publish(examination, "text", Style(), [("text", path), ("json", good)], stream)
    said = capsys.readouterr().err
    assert (code, stream.getvalue(), path.exists()) == (4, "", False)
    assert json.loads(good.read_text("utf-8"))["exit_code"] == 0
    assert "The final scan found the client secret" in said
    assert leaks(said, CANARY) == []


def test_the_final_scan_stops_a_report_that_holds_the_secret(examination: Examination) -> None:
    target = examination.report.targets[0]
    setting = replace(target.settings[0], value=f"https://{CANARY}.example")
    spoilt = replace(examination.report, targets=(replace(target, settings=(setting, *target.settings[1:])),))
    stream = io.StringIO()
    assert publish(replace(examination, report=spoilt), "short", Style(), [], stream) == 4
    assert stream.getvalue() == ""


BROKEN = {
    "that raises": lambda *_: 1 / 0,
    "that gives no text": lambda *_: None,
    "that gives bytes": lambda *_: b"report",
    "that takes nothing": lambda: "report",
    "that leaves the program": lambda *_: (_ for _ in ()).throw(SystemExit(0)),
}


@pytest.mark.parametrize("render", BROKEN.values(), ids=BROKEN)
def test_a_renderer_is_a_sentence_and_exit_code_4(
    render: object, examination: Examination, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("doctor.publish.renderer", lambda _: render)
    stream = io.StringIO()
    assert publish(examination, "odd", Style(), [], stream) == 4
    assert stream.getvalue() == ""
    assert "The renderer odd broke" in capsys.readouterr().err


def world_with(secret: str) -> World:
    return healthy().with_client(secret=secret)


@pytest.mark.parametrize("secret", ["abc", "password", "12345678", "é€😀é€😀é€"])
def test_a_secret_that_is_short_or_an_ordinary_word_stops_no_report(secret: str) -> None:
    with Sandbox(world_with(secret), keys=KEYS) as env:
        examination = examine(quick(env))
    assert examination.report.exit_code == 0
    settings = examination.report.targets[0].settings
    assert [s.value for s in settings if s.name == "client_secret"] == [None]
    assert all(text for _, text in outputs(examination, fully=True))
