"""Whatever the secret is, and however a server gives it back, nothing of it leaves: hypothesis looks for one that does.

What is looked for is worked out here, without the product's own list of forms. A form that an ordinary report holds
too, as ``token`` is, tells nothing; with a secret under 8 characters nothing that a server said may be shown at all.
"""

import base64
import contextlib
import html
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from urllib.parse import quote, quote_plus

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from doctor.examination import examine
from doctor.model.placeholder import placeholder_in, variable_in
from doctor.model.style import Style
from doctor.model.terms import SettingName
from doctor.publish import publish
from doctor.renderers import renderer_names
from doctor.sandbox import edge
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, Reply, Request
from doctor.sandbox.scene import Scene
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from doctor.sources.sandbox import sandbox_inputs

Answering = Callable[[Scene, Request, float], Reply]
KEYS = KeyRing()
NONCE = "zq7xkwv"
"""Stands beside the secret in all that the server says."""
SHORT = 8
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
WORDS = ("token", "access_token", "client_credentials", "protocol", "certificate", "connection", "the demo", "Response")
SECRETS = st.one_of(
    st.text(PRINTABLE, min_size=1, max_size=7),
    st.text(PRINTABLE, min_size=8, max_size=40),
    st.text(min_size=1, max_size=24),
    st.text("ab%&\\\"'<+/= \n\r\t", min_size=8, max_size=24),
    st.builds(
        "{}{}".format, st.text(PRINTABLE, min_size=8, max_size=40), st.sampled_from(["\n", "\r\n", " ", "\ufeff"])
    ),
    st.sampled_from(WORDS),
)
PLACES = ("/auth/realms/demo/protocol/openid-connect/token", "/auth/realms/demo", "/api", "/")
HEADERS = ("Server", "X-Request-Id", "Set-Cookie", "WWW-Authenticate", "Location", "Via", "X-You-Said")


def escaped(secret: str) -> Iterator[str]:
    """The secret as a program writes it into JSON, a page, XML, a URL or a form."""
    raw = secret.encode("utf-8", "surrogatepass")
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    yield from (html.escape(secret), "".join(f"&#x{ord(c):x};" for c in secret))
    yield from (quote(raw, safe=""), quote(raw).lower(), quote_plus(raw))


def encoded(secret: str) -> Iterator[str]:
    """The secret as it is, in hexadecimal, and inside Base64 at every alignment; these may be split over lines."""
    raw = secret.encode("utf-8", "surrogatepass")
    yield from (secret, secret.strip(), raw.hex(), raw.hex().upper())
    for text in (raw, quote_plus(raw).encode()):
        for before in (b"", b"x", b"xx", b"demo-client:"):
            whole = base64.b64encode(before + text + b"zz").decode()
            inside = whole[-(-len(before) * 8 // 6) : (len(before) + len(text)) * 8 // 6]
            yield from (inside, inside.replace("+", "-").replace("/", "_"))


def split(text: str) -> str:
    return "\r\n ".join(text[n : n + 5] for n in range(0, len(text), 5))


def squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def echoing(place: str, secret: str) -> Answering:
    """Says the secret in every spelling and in every part of an answer: JSON, a page, UTF-16, headers."""
    respond = edge.respond
    whole = list(dict.fromkeys(encoded(secret)))
    said = f"{NONCE}{secret}" + "".join(f" {NONCE} {form}" for form in (*whole, *escaped(secret), *map(split, whole)))
    header = "".join(c if " " < c < "\x7f" else " " for c in said)[:3000]
    named = (*((name, header) for name in HEADERS), ("WWW-Authenticate", f'Bearer realm="{NONCE}", error="{NONCE}"'))
    fields = ("error", "error_description", "message", "issuer", "token_endpoint", "token_type", "scope", said)
    bodies = (
        ("application/json", json.dumps({**dict.fromkeys(fields, said), "access_token": f"{NONCE}{secret}"})),
        ("text/html", f"<title>{said}</title><p id=kc-error-message>{said}</p>"),
        ("text/plain; charset=utf-16", said),
    )

    def answer(scene: Scene, request: Request, now: float) -> Reply:
        if not request.path.startswith(place):
            return respond(scene, request, now)
        kind, body = bodies[len(request.path + request.method) % 3]
        data = body.encode("utf-16" if "utf-16" in kind else "utf-8", "surrogatepass")
        return Answer(401 - 201 * (len(request.path) % 2), (*named, ("Content-Type", kind)), data)

    return answer


@contextlib.contextmanager
def answering(answer: Answering) -> Iterator[None]:
    before = edge.respond
    edge.respond = answer  # type: ignore[assignment]  # the same, without the names of its parameters
    try:
        yield
    finally:
        edge.respond = before


def written(secret: str, answer: Answering = edge.respond) -> dict[str, str]:
    """Everything that leaves the process, in every format and on standard error."""
    stderr, out = io.StringIO(), {}
    with answering(answer), Sandbox(healthy().with_client(secret=secret), keys=KEYS) as env:
        inputs = sandbox_inputs({**env.settings, "client_secret": secret}, deep=False)
        with contextlib.redirect_stderr(stderr):
            examination = examine(replace(inputs, timeout=2, deadline=6.0, deadline_set=True))
            for name in renderer_names():
                stream = io.StringIO()
                code = publish(examination, name, Style(verbosity=2, width=500), [], stream)
                assert code == examination.report.exit_code, (name, stderr.getvalue())
                out[name] = stream.getvalue()
    return {**out, "stderr": stderr.getvalue()}


@cache
def ordinary() -> str:
    """What reports hold anyway."""
    return squeezed("\n".join(written("Qv7nTz2LmX9dRk4W").values()))


def is_no_secret(secret: str) -> bool:
    """Blank, or a template's own text, which may be shown."""
    name = SettingName.CLIENT_SECRET
    return not secret.strip() or bool(placeholder_in(name, secret) or variable_in(name, secret))


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(secret=SECRETS, place=st.sampled_from(PLACES))
@example(secret="token", place="/")
@example(secret='p"ss&<w>+/%= \\n', place="/")
def test_nothing_of_a_secret_leaves(secret: str, place: str) -> None:
    if is_no_secret(secret):
        return
    forms = {squeezed(form) for form in (*encoded(secret), *escaped(secret))}
    telling = {form for form in forms if len(form) >= SHORT and form not in ordinary()}
    for where, text in written(secret, echoing(place, secret)).items():
        shown = squeezed(text)
        assert [form for form in telling if form in shown] == [], where
        if len(squeezed(secret)) < SHORT:
            assert NONCE not in shown, where
