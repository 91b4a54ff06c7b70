"""Values in the encoded form of the real one, and values that only look encoded."""

import base64
import textwrap
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from tests.worlds.settings.typed import spoiled
from tests.worlds.world import Case, Change, Typed, client, realm, unchanged

_ODD = 'Zk3&9<t>"Rw+Q=m/2x %7'


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_FORMS: dict[str, Callable[[str], str]] = {
    "Base64": _base64,
    "Base64 with a line end at its end": lambda s: _base64(s) + "\n",
    "Base64 of the value and a line end, as echo makes it": lambda s: _base64(s + "\n"),
    "Base64 without padding": lambda s: _base64(s + "x" * 0).rstrip("="),
    "URL-safe Base64": lambda s: base64.urlsafe_b64encode(s.encode()).decode(),
    "Base64 in lines of 20": lambda s: "\n".join(textwrap.wrap(_base64(s), 20)),
    "Base64 twice": lambda s: _base64(_base64(s)),
    "Base64 of id:secret": lambda s: _base64(f"demo-client:{s}"),
}
_OF_ODD: dict[str, Callable[[str], str]] = {
    "percent-encoding": lambda s: quote(s, safe=""),
    "form encoding, a plus for the space": quote_plus,
    "percent-encoding twice": lambda s: quote(quote(s, safe=""), safe=""),
    "percent-encoding in lower case": lambda s: quote(s, safe="").replace("%2B", "%2b").replace("%3C", "%3c"),
    "HTML escaping": lambda s: s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
    "numeric HTML escaping": lambda s: s.replace("&", "&#38;").replace("<", "&#x3c;"),
    "JSON escaping": lambda s: s.replace('"', '\\"').replace("&", "\\u0026").replace("<", "\\u003c"),
    "JSON escaping of the slash": lambda s: s.replace('"', '\\"').replace("/", "\\/"),
}


def _encoded(what: str, how: Callable[[str], str]) -> Case:
    return Case(
        f"the client_secret is the real one in {what}",
        settings=spoiled("client_secret", how),
        cause="encoded-value",
        setting="client_secret",
        confidence="certain",
    )


def _of_odd(what: str, how: Callable[[str], str]) -> Case:
    return Case(
        f"the client_secret is the real one in {what}",
        client(secret=_ODD),
        {"client_secret": how(_ODD)},
        cause="encoded-value",
        setting="client_secret",
        confidence="certain",
    )


def _other(name: str, setting: str, typed: Typed, change: Change = unchanged) -> Case:
    return Case(name, change, {setting: typed}, cause="encoded-value", setting=setting, confidence="certain")


FAULTS = (
    *(_encoded(what, how) for what, how in _FORMS.items() if "line end at its end" not in what),
    *(_of_odd(what, how) for what, how in _OF_ODD.items()),
    Case(
        "the client_secret is Base64 and has a line end",
        settings=spoiled("client_secret", lambda s: _base64(s) + "\n"),
        cause="edge-whitespace",
        setting="client_secret",
        also=("encoded-value",),
    ),
    _other("the client_id is Base64", "client_id", lambda env: _base64(env.client_id)),
    _other("the client_id is percent-encoded", "client_id", "demo%2Fclient", client(client_id="demo/client")),
    _other("the realm is percent-encoded", "realm", "%C3%9Cber%20tenant", realm(name="Über tenant")),
    _other("the realm has a percent-encoded space", "realm", "a%20tenant", realm(name="a tenant")),
    _other("the realm has an HTML entity", "realm", "R&amp;D", realm(name="R&D")),
    _other("the scope is percent-encoded", "scope", "profile%20email"),
    _other("the scope is form-encoded", "scope", "profile+email"),
    _other("the URL is percent-encoded", "url", lambda env: quote(env.url, safe="")),
    _other("the token URL is percent-encoded", "token_url", lambda env: quote(env.token_endpoint, safe="")),
    Case(
        "the client_secret is Base64 of another one",
        settings={"client_secret": _base64("another-secret-altogether")},
        cause="client-secret-mismatch",
        setting="client_secret",
        confidence="certain",
    ),
)


def _right(setting: str, value: str) -> Case:
    changes = {"client_secret": client(secret=value), "client_id": client(client_id=value), "realm": realm(name=value)}
    return Case(f"{value!a} is right as {setting}", changes[setting], {setting: value}, resembles="encoded-value")


HEALTHY = (
    _right("client_secret", _base64("a secret in Base64")),
    _right("client_secret", "100%25-real"),
    _right("client_secret", "Tom&amp;Jerry-77"),
    _right("client_secret", "back\\nslash\\u0041"),
    _right("client_secret", "a+b+c+d+e%2F"),
    _right("client_secret", "%zz-%4-%-100%"),
    _right("client_id", "ZGVtby1jbGllbnQ="),
    _right("client_id", "demo%20client"),
    _right("realm", "50%25"),
)
