"""What carries the requests, and what is carried: proxy, CA bundle, the token and the header to be examined."""

from collections.abc import Callable
from dataclasses import replace

from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Proxy, World
from tests.worlds.world import Case, Change, Typed, unchanged


def _proxied(world: World) -> World:
    return replace(world, proxy=Proxy())


_RIGHT: dict[str, tuple[Change, Callable[[Sandbox], str]]] = {
    "proxy": (_proxied, lambda env: env.proxy_url),
    "ca_bundle": (unchanged, lambda env: env.ca_bundle),
    "access_token": (unchanged, lambda env: env.mint()),
    "authorization": (unchanged, lambda env: f"Bearer {env.mint()}"),
}
_SPOILED = {
    "edge-whitespace": ("{}\n", "{}\r\n", " {}", "{}\t", "\u00a0{}"),
    "invisible-character": ("\ufeff{}", "{}\u200b", "\u2060{}"),
    "quotes-kept": ('"{}"', "'{}'", "\u201c{}\u201d"),
}
_LABELS = {
    "proxy": ("HTTPS_PROXY={}", "export HTTPS_PROXY={}", "proxy: {}", "{},", "{};"),
    "ca_bundle": ("{},", "{};"),
    "access_token": ("access_token={}", "token: {}", '"access_token": {},', "export ACCESS_TOKEN={}", "{},"),
    "authorization": ("Authorization: {}", "authorization={}", "{},", '-H "Authorization: {}"'),
}
_FACTS = "causes.md, settings; contract 2: except about the token that the user gave"


def _spoiled(cause: str, form: str, setting: str) -> Case:
    change, right = _RIGHT[setting]
    named = "bearer-whitespace" if (cause, setting) == ("edge-whitespace", "authorization") else cause
    return Case(
        f"the {setting} is given as {form!a}",
        change,
        {setting: lambda env: form.replace("{}", right(env))},
        cause=named,
        setting=setting,
        confidence="certain",
        fact=_FACTS,
    )


def _unfilled(cause: str, setting: str, text: str) -> Case:
    return Case(f"the {setting} is {text!a}", settings={setting: text}, cause=cause, setting=setting, fact=_FACTS)


def _alone(name: str, settings: dict[str, Typed], cause: str | None, setting: str) -> Case:
    case = Case(name, settings={"client_id": None, "client_secret": None, **settings}, cause=cause, fact=_FACTS)
    return replace(case, setting=setting) if cause else replace(case, resembles="edge-whitespace")


FAULTS = (
    *(
        _spoiled(cause, form, setting)
        for setting in _RIGHT
        for cause, forms in _SPOILED.items()
        for form in forms
        if (setting, form) != ("authorization", "{}\t")  # HTTP itself takes it off (RFC 9110 section 5.5)
    ),
    *(_spoiled("label-pasted", form, setting) for setting, forms in _LABELS.items() for form in forms),
    *(_unfilled("variable-not-expanded", name, "$NOT_REPLACED") for name in ("proxy", "ca_bundle")),
    *(_unfilled("placeholder-left", name, "<your value>") for name in ("proxy", "ca_bundle")),
    *(_unfilled("value-empty", name, "") for name in ("ca_bundle", "access_token", "authorization")),
    Case(
        "the access_token is a whole header",
        settings={"access_token": lambda env: f"Bearer {env.mint()}"},
        cause="wrong-artefact",
        setting="access_token",
        confidence="certain",
    ),
    Case(
        "the access_token is the whole response",
        settings={"access_token": lambda env: f'{{"access_token":"{env.mint()}","expires_in":300}}'},
        cause="wrong-artefact",
        setting="access_token",
        confidence="certain",
    ),
    _alone(
        "a token alone, with a line end",
        {"access_token": lambda env: f"{env.mint()}\n"},
        "edge-whitespace",
        "access_token",
    ),
)
HEALTHY = (
    *(
        Case(f"the {setting} is right", change, {setting: right}, resembles="edge-whitespace")
        for setting, (change, right) in _RIGHT.items()
    ),
    _alone("a token alone", {"access_token": lambda env: env.mint()}, None, "access_token"),
    _alone("a header alone", {"authorization": lambda env: f"Bearer {env.mint()}"}, None, "authorization"),
    Case(
        "the proxy has a slash at its end",
        _proxied,
        {"proxy": lambda env: f"{env.proxy_url}/"},
        resembles="edge-whitespace",
    ),
    Case("the proxy is empty", settings={"proxy": ""}, resembles="value-empty"),
)
