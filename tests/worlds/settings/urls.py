"""The URL, the realm's name and the API's URL as people paste them."""

from dataclasses import replace
from typing import Any

from doctor.sandbox.world import Proxy, Tls, World
from tests.worlds.world import Case, Change, Typed, combined, edge, realm, unchanged

HOST = "acme.ataccama.one"


def cloud(world: World) -> World:
    """The environment has a name of the vendor's domain; a proxy leads every name to it."""
    named = replace(world, proxy=Proxy(), tls=Tls(hosts=(HOST,)))
    return named.with_realm(issuer=f"https://{HOST}/auth/realms/{world.realm.name}")


def _cloud(name: str, url: str, cause: str | None, **more: Any) -> Case:
    settings: dict[str, Typed] = {"url": url, "proxy": lambda env: env.proxy_url}
    case = Case(name, cloud, settings, cause=cause, setting="url" if cause else None, fact="ataccama.md 1.2")
    return replace(case, **more)


_MALFORMED = (
    "https://", "https:///demo", "https//acme", "https://acme..ataccama.one", "ftp://acme.ataccama.one",
    "htps://acme.ataccama.one", "https://-acme.ataccama.one", "https://acme.ataccama.one:abc",
    "https://acme.ataccama.one:99999", "https://[::1", "jane@acme.ataccama.one", "C:\\Users\\jane\\url.txt", "?", ".",
    "https://acme,ataccama.one", "/etc/ataccama/url", "https://256.1.1.1",
    "https://acme.ataccama.one@", "mailto:jane@example.com", "acme|ataccama|one",
)  # fmt: skip
"""Nothing usable can be made of some, and of some it can: either way the URL is what must be mended."""
_STRANGERS = (
    "docs.ataccama.com", "https://docs.ataccama.com/one/latest", "https://support.ataccama.com", "https://www.ataccama.com",
    "https://community.ataccama.com", "https://ataccama.one", "ataccama.one", "https://www.ataccama.one",
    "https://docs.ataccama.one", "https://acme.ataccama.com", "https://support.ataccama.one", "https://ataccama.com",
    "https://community.ataccama.one",
)  # fmt: skip
_MISSPELT = (
    "https://acme.atacama.one", "https://acme.attaccama.one", "https://acme.ataccama.on", "https://acme.ataccama.oen",
    "acme.ataccma.one", "https://acme.ataccama.onne", "https://acme.ataccama", "https://acme.ataccamaone",
    "https://acme.attacama.one",
)  # fmt: skip
_DOUBLED = (
    "https://acme.ataccama.one.ataccama.one", "https://https://acme.ataccama.one", "acme.ataccama.one.ataccama.one",
    "https://https//acme.ataccama.one", "https://http://acme.ataccama.one", "https:https://acme.ataccama.one",
    "https://acme.ataccama.one.ataccama.one/", "https://https://acme.ataccama.one.ataccama.one",
    "https://acme.ataccama.onehttps://acme.ataccama.one",
)  # fmt: skip
_USABLE = (
    "https:/acme.ataccama.one", "https//acme.ataccama.one", "https:acme.ataccama.one",
    "https:\\\\acme.ataccama.one", "https:///acme.ataccama.one", "://acme.ataccama.one", "htps://acme.ataccama.one",
    "https;//acme.ataccama.one",
)  # fmt: skip
"""Malformed, and what was meant can be told."""
_FINE = (
    "acme", "ACME", "acme.ataccama.one", "https://acme.ataccama.one", "https://acme.ataccama.one/", "HTTPS://ACME.ATACCAMA.ONE",
    "https://acme.ataccama.one:443", "acme.ataccama.one/", "Acme.Ataccama.One", "acme.ataccama.one:443",
    "https://acme.ataccama.one.", "//acme.ataccama.one", "https://acme.ataccama.one//",
)  # fmt: skip
_EXTRA = (
    "https://acme.ataccama.one/catalog/items/17?tab=overview#top",
    "https://acme.ataccama.one/auth/realms/demo/protocol/openid-connect/token",
    "https://acme.ataccama.one/auth/realms/demo", "https://acme.ataccama.one/api/reference-data/v1/tables",
    "https://acme.ataccama.one/auth/admin/demo/console/#/", "https://acme.ataccama.one/?utm_source=mail",
    "https://acme.ataccama.one/#/dashboard", "https://jane:S3cret-99x@acme.ataccama.one", "acme.ataccama.one/catalog",
    "https://acme.ataccama.one/auth/realms/demo/.well-known/openid-configuration", "https://jane@acme.ataccama.one",
    "https://acme.ataccama.one/graphql",
)  # fmt: skip

_NAMED_REALM = (
    "/demo", "demo/", "realms/demo", "/realms/demo", "/auth/realms/demo", "auth/realms/demo/",
    "demo/protocol/openid-connect/token", "https://acme.ataccama.one/auth/realms/demo",
    "\\demo", "acme.ataccama.one/auth/realms/demo",
    "https://acme.ataccama.one/auth/realms/demo/protocol/openid-connect/token", "auth/admin/demo/console",
    "https://acme.ataccama.one/auth/admin/demo/console/#/", "/auth/realms/demo?client_id=x", "//demo//",
    "/auth/realms/demo\n",
)  # fmt: skip
_OTHER_PATHS = ("acme/demo", "https://acme.ataccama.one", "https://acme.ataccama.one/auth", "/", "a/b/c")


def _realm(text: str, cause: str = "realm-not-a-name", **more: Any) -> Case:
    case = Case(
        f"the realm is {text!a}", settings={"realm": text}, cause=cause, setting="realm", fact="causes.md, settings"
    )
    return replace(case, **more)


FAULTS = (
    *(_cloud(f"the URL is {text!a}", text, "url-malformed") for text in _MALFORMED),
    _cloud("the URL is 'http//acme.ataccama.one'", "http//acme.ataccama.one", "url-malformed", also=("url-not-https",)),
    *(_cloud(f"the URL is {text!a}", text, "url-malformed") for text in ("acme environment", "not a url")),
    _cloud("the URL is 'acme. ataccama.one'", "acme. ataccama.one", "inner-whitespace"),
    *(_cloud(f"the URL is {text!a}, in the cloud", text, "url-malformed", confidence="certain") for text in _USABLE),
    *(
        Case(f"the URL is {text!a}", settings={"url": text}, cause="url-not-an-environment", setting="url")
        for text in _STRANGERS
    ),
    *(_cloud(f"the URL is {text!a}", text, "url-not-an-environment") for text in _MISSPELT),
    *(_cloud(f"the URL is {text!a}", text, "url-doubled-suffix", confidence="certain") for text in _DOUBLED),
    _cloud("the URL is of the environment, with http", f"http://{HOST}", "url-not-https", confidence="certain"),
    _cloud("the URL is of the environment, with HTTP and port 80", f"HTTP://{HOST}:80/", "url-not-https"),
    Case(
        "http:// was typed, and the realm takes HTTPS only",
        combined(lambda world: world.with_tls(spoken="plain"), edge(forwards_scheme=False)),
        settings={"url": lambda env: env.url.replace("https", "http")},
        cause="url-not-https",
        setting="url",
        confidence="certain",
        fact="keycloak.md 2",
    ),
    Case(
        "http:// was typed for a port that speaks TLS",
        settings={"url": lambda env: env.url.replace("https", "http")},
        cause="url-not-https",
        setting="url",
        confidence="certain",
        fact="keycloak.md 5c",
    ),
    Case(
        "the token URL begins with http://",
        settings={"token_url": lambda env: env.token_endpoint.replace("https", "http")},
        cause="url-not-https",
        setting="token_url",
        confidence="certain",
    ),
    Case(
        "the API URL begins with http://",
        settings={"api_url": lambda env: env.url.replace("https", "http")},
        cause="url-not-https",
        setting="api_url",
        confidence="certain",
    ),
    Case(
        "the API URL is that of the documentation",
        settings={"api_url": "https://docs.ataccama.com"},
        cause="url-not-an-environment",
        setting="api_url",
    ),
    Case("the API URL is no URL", settings={"api_url": "https://"}, cause="url-malformed", setting="api_url"),
    Case(
        "the token URL is no URL", settings={"token_url": "https:///token"}, cause="url-malformed", setting="token_url"
    ),
    *(_realm(text, confidence="certain") for text in _NAMED_REALM if not text.endswith("\n")),
    _realm("/auth/realms/demo\n", also=("edge-whitespace",)),
    *(_realm(text) for text in _OTHER_PATHS),
)


def _fine(text: str) -> Case:
    return _cloud(f"the URL is {text!a}", text, None, resembles="url-malformed")


def _deep(text: str) -> Case:
    return _cloud(f"the URL is {text!a}", text, None, also=("url-extra-parts",), resembles="url-extra-parts")


def _typed(name: str, settings: dict[str, Typed], resembles: str, change: Change = unchanged, *also: str) -> Case:
    return Case(name, change, settings, resembles=resembles, also=also)


HEALTHY = (
    *(_fine(text) for text in _FINE),
    *(_deep(text) for text in _EXTRA),
    _typed(
        "the URL is that of this machine by address",
        {"url": lambda env: f"https://127.0.0.1:{env.port}"},
        "url-malformed",
    ),
    _typed(
        "the URL is plain HTTP on this machine",
        {"url": lambda env: env.url.replace("https", "http")},
        "url-not-https",
        lambda world: world.with_tls(spoken="plain").with_realm(ssl_required="none"),
    ),
    _typed(
        "no URL, the token URL says where", {"url": None, "token_url": lambda env: env.token_endpoint}, "url-malformed"
    ),
    _typed(
        "no realm, the token URL names it",
        {"realm": None, "token_url": lambda env: env.token_endpoint},
        "realm-not-a-name",
    ),
    _typed(
        "no realm, the URL names it",
        {"realm": None, "url": lambda env: f"{env.url}/auth/realms/demo"},
        "url-extra-parts",
    ),
    _typed("the API URL ends with /api", {"api_url": lambda env: f"{env.url}/api"}, "api-not-found"),
    _typed(
        "the API URL is a whole GET",
        {"api_url": lambda env: f"{env.url}/api/reference-data/v1/tables"},
        "api-not-found",
    ),
    _typed(
        "the realm is another word than the environment",
        {"realm": "other-word"},
        "realm-not-found",
        realm(name="other-word"),
    ),
    _typed("the realm has a dot", {"realm": "acme.example"}, "realm-not-a-name", realm(name="acme.example")),
    _typed("the realm has a colon", {"realm": "acme:prod"}, "realm-not-a-name", realm(name="acme:prod")),
    _typed("the realm has a question mark", {"realm": "acme?prod"}, "realm-not-a-name", realm(name="acme?prod")),
)
