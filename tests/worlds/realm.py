"""The realm: missing, switched off, elsewhere, or merely behind an ingress that hides parts of it."""

from dataclasses import replace
from typing import Any

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import Answer, html_answer, json_answer, redirect
from doctor.sandbox.world import Rule, World
from tests.worlds.edges import BLOCKED, TOKEN, WELL_KNOWN
from tests.worlds.world import Case, Change, api, combined, edge, realm, rules, second_realm, unchanged

_NOT_FOUND = nginx_page(404, "Not Found")
_NO_DISCOVERY = rules(Rule(_NOT_FOUND, WELL_KNOWN))
_NO_PAGES = rules(Rule(_NOT_FOUND, WELL_KNOWN), Rule(_NOT_FOUND, "{realm}", methods=("GET",)))
_NO_KEYCLOAK = "/nowhere"
_UNKNOWN = json_answer(404, {"error": "Realm does not exist"})


def _elsewhere(answer: Answer, *, with_api: bool = False) -> Change:
    """No identity provider; whatever is asked, this answers."""
    base = "/api" if with_api else f"{_NO_KEYCLOAK}/api"
    return combined(edge(base_path=_NO_KEYCLOAK, default=answer), api(base=base))


def _missing(name: str, typed: str, change: Change = unchanged, **more: Any) -> Case:
    case = Case(name, change, {"realm": typed}, cause="realm-not-found", setting="realm", confidence="certain")
    return replace(case, **{"fact": "keycloak.md 2 and 4d", **more})


def _cased(right: str, typed: str) -> Case:
    return Case(
        f"the realm is {right} and {typed} was typed",
        realm(name=right),
        {"realm": typed},
        cause="realm-case-differs",
        setting="realm",
        confidence="certain",
        fact="keycloak.md 2",
    )


def _no_keycloak(name: str, answer: Answer, cause: str = "not-keycloak", **more: Any) -> Case:
    case = Case(name, _elsewhere(answer), cause=cause, setting="url", fact="keycloak.md 5c, 5e and 6")
    return replace(case, **more)


def _page(title: str, body: str = "", status: int = 200) -> Answer:
    return html_answer(status, f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>")


def _off(name: str, change: Change = unchanged) -> Case:
    return Case(
        name, combined(realm(enabled=False), change), cause="realm-disabled", confidence="certain", fact="keycloak.md 2"
    )


_XML = Answer(
    403,
    (("Content-Type", "application/xml"), ("Server", "AmazonS3")),
    b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
)
_TEXT = (("Content-Type", "text/plain"),)
_JSON_SERVICE = json_answer(200, {"name": "shop", "version": "1.4.2"})

FAULTS = (
    _missing("the realm is that of another environment", "globex"),
    _missing("the environment's label was taken for the realm", "localhost", fact="ataccama.md G3"),
    _missing("the realm is the default of a self-managed one", "ataccamaone", fact="ataccama.md F14"),
    _missing("the realm has a letter too few", "dem"),
    _missing(
        "the realm does not exist, and discovery is hidden",
        "demmo",
        rules(Rule(_NOT_FOUND, "/auth/realms/demmo/.well")),
    ),
    _missing(
        "the realm does not exist, and only its token endpoint is not hidden",
        "demmo",
        rules(Rule(_NOT_FOUND, "/auth/realms/demmo", methods=("GET",))),
    ),
    _missing(
        "the realm does not exist, the server's words are those of version 15",
        "demmo",
        rules(Rule(json_answer(404, {"error": "Realm does not exist"}), "/auth/realms/demmo")),
    ),
    _missing("another realm with another client is there", "demmo", second_realm("other")),
    Case(
        "the realm was renamed, and its discovery document is still cached",
        rules(Rule(_UNKNOWN, TOKEN)),
        cause="realm-not-found",
        setting="realm",
        fact="keycloak.md 1",
    ),
    _cased("acme", "ACME"),
    _cased("acme", "Acme"),
    _cased("ACME", "acme"),
    _cased("Acme", "acme"),
    _cased("Acme Prod", "acme prod"),
    _cased("acme-prod", "Acme-Prod"),
    _cased("ataccamaone", "Ataccamaone"),
    _cased("acme", "aCmE"),
    Case(
        "the realm is capitalised, and Keycloak serves without /auth",
        edge(base_path=""),
        {"realm": "Demo"},
        cause="auth-path-differs",
        confidence="certain",
        also=("realm-case-differs",),
    ),
    _off("the realm is disabled, and discovery is hidden", _NO_DISCOVERY),
    _off("the realm is disabled, and all its pages are hidden", _NO_PAGES),
    _off(
        "the realm is disabled, and calls itself by another host",
        realm(issuer="https://login.example/auth/realms/demo"),
    ),
    _off("the realm is disabled, and the API wants no token", api(protected=False)),
    Case(
        "/auth was given, and Keycloak serves without it",
        edge(base_path=""),
        {"token_url": lambda env: f"{env.url}/auth/realms/demo/protocol/openid-connect/token"},
        cause="auth-path-differs",
        confidence="certain",
        fact="keycloak.md 2",
    ),
    Case(
        "the token URL was given without /auth, and Keycloak needs it",
        settings={"token_url": lambda env: f"{env.url}/realms/demo/protocol/openid-connect/token"},
        cause="auth-path-differs",
        confidence="certain",
        fact="keycloak.md 2",
    ),
    Case(
        "Keycloak serves without /auth, and the web application answers everything else",
        edge(base_path="", default=_page("Ataccama ONE", "<div id=root></div>")),
        cause="auth-path-differs",
        confidence="certain",
        fact="keycloak.md 2",
    ),
    Case(
        "the deep link shows a realm without /auth, and Keycloak needs it",
        settings={"url": lambda env: f"{env.url}/realms/demo"},
        cause="auth-path-differs",
        confidence="certain",
    ),
    _no_keycloak("a shop answers", _page("Our shop", "Welcome")),
    _no_keycloak("a shop answers 404", _page("Page not found", "Sorry", 404)),
    _no_keycloak("another JSON service answers", _JSON_SERVICE),
    _no_keycloak("another JSON service answers 404", json_answer(404, {"message": "Not Found"})),
    _no_keycloak(
        "a Spring service answers 404", json_answer(404, {"status": 404, "error": "Not Found", "path": "/auth"})
    ),
    _no_keycloak("an empty 200 answers", Answer(200)),
    _no_keycloak("an empty 404 answers", Answer(404), "environment-not-there", confidence="likely"),
    _no_keycloak("plain text answers", Answer(200, _TEXT, b"It works!")),
    _no_keycloak(
        "another identity provider answers with its own error",
        json_answer(
            404, {"errorCode": "E0000022", "errorSummary": "The endpoint does not support the provided HTTP method"}
        ),
    ),
    _no_keycloak(
        "Tomcat answers 404",
        _page("HTTP Status 404 \u2013 Not Found", "<h1>HTTP Status 404 \u2013 Not Found</h1>", 404),
    ),
    _no_keycloak("405 answers", Answer(405, (("Allow", "POST"),))),
    _no_keycloak("410 answers", _page("Gone", "", 410)),
    _no_keycloak(
        "an ingress without rule answers",
        Answer(404, _TEXT, b"default backend - 404"),
        "environment-not-there",
        confidence="likely",
    ),
    _no_keycloak(
        "Kong without route answers",
        json_answer(404, {"message": "no Route matched with those values"}),
        "environment-not-there",
        confidence="likely",
    ),
    _no_keycloak(
        "Go's default page answers",
        Answer(404, _TEXT, b"404 page not found"),
        "environment-not-there",
        confidence="likely",
    ),
    _no_keycloak("nginx answers 404 everywhere", _NOT_FOUND, "environment-not-there", confidence="likely"),
    _no_keycloak(
        "nginx's welcome page answers",
        _page("Welcome to nginx!", "<h1>Welcome to nginx!</h1>"),
        "environment-not-there",
        confidence="likely",
    ),
    Case(
        "the API is here, Keycloak is on a host of its own",
        _elsewhere(_page("Ataccama ONE"), with_api=True),
        cause="not-keycloak",
        setting="url",
        fact="ataccama.md 1.2",
    ),
    Case(
        "HTTPS is required by discovery alone, which the proxy lost",
        rules(Rule(json_answer(403, {"error": "invalid_request", "error_description": "HTTPS required"}), TOKEN)),
        cause="https-not-forwarded",
        confidence="certain",
        fact="keycloak.md 2",
    ),
    Case(
        "the scheme is lost, and discovery is hidden",
        combined(edge(forwards_scheme=False), _NO_DISCOVERY),
        cause="https-not-forwarded",
        confidence="certain",
        fact="keycloak.md 2",
    ),
    Case(
        "the scheme is lost, and the realm page is all that is open",
        combined(edge(forwards_scheme=False), realm(ssl_required="all")),
        cause="https-not-forwarded",
        confidence="certain",
    ),
    Case(
        "the realm calls itself by another host, and the API trusts only the one that was used",
        lambda world: world.with_realm(issuer="https://login.example/auth/realms/demo").with_api(
            trusted_issuer="https://acme.example/auth/realms/demo"
        ),
        cause="api-issuer-not-trusted",
        also=("issuer-differs",),
        fact="keycloak.md 4e",
    ),
    Case(
        "the realm calls itself by another host, and the API refuses without a word",
        lambda world: world.with_realm(issuer="https://login.example/auth/realms/demo").with_api(
            trusted_issuer="https://acme.example/auth/realms/demo", tells_why=False
        ),
        cause="api-token-refused",
        confidence="likely",
        also=("issuer-differs",),
        fact="keycloak.md 4e and 6",
    ),
)


def _called(what: str, issuer: str) -> Case:
    return Case(
        f"the realm calls itself by {what}, and the API trusts that",
        realm(issuer=issuer),
        also=("issuer-differs",),
        resembles="issuer-differs",
        fact="keycloak.md 4e",
    )


def _fine(name: str, resembles: str, change: Change = unchanged, **settings: str) -> Case:
    return Case(name, change, settings, resembles=resembles, fact="keycloak.md 2 and 4d")


def _self_managed(world: World) -> World:
    return world.with_realm(name="ataccamaone")


HEALTHY = (
    _fine("the ingress hides discovery", "realm-not-found", _NO_DISCOVERY),
    _fine("the ingress forbids discovery", "edge-blocks", rules(Rule(BLOCKED, WELL_KNOWN))),
    _fine("the ingress hides discovery and the realm's page", "not-keycloak", _NO_PAGES),
    _fine(
        "the ingress forbids discovery and the realm's page",
        "not-keycloak",
        rules(Rule(BLOCKED, WELL_KNOWN), Rule(BLOCKED, "{realm}", methods=("GET",))),
    ),
    _fine("discovery redirects to the front page", "not-keycloak", rules(Rule(redirect("/"), WELL_KNOWN))),
    _fine("discovery answers with the web application", "not-keycloak", rules(Rule(_page("Ataccama ONE"), WELL_KNOWN))),
    _fine("discovery answers 503", "gateway-error", rules(Rule(nginx_page(503, "Service Unavailable"), WELL_KNOWN))),
    _fine("discovery is rate-limited", "rate-limited", rules(Rule(Answer(429, (("Retry-After", "5"),)), WELL_KNOWN))),
    _fine("discovery answers an empty JSON object", "not-keycloak", rules(Rule(json_answer(200, {}), WELL_KNOWN))),
    _fine("discovery answers 200 with text", "not-keycloak", rules(Rule(Answer(200, _TEXT, b"ok"), WELL_KNOWN))),
    _fine("the realm master is blocked", "realm-not-found", rules(Rule(BLOCKED, "/auth/realms/master"))),
    _fine("the admin console is blocked", "realm-not-found", rules(Rule(BLOCKED, "/auth/admin"))),
    _fine("a second realm differs in case", "realm-case-differs", second_realm("Demo")),
    _fine("the realm's name is in upper case", "realm-case-differs", realm(name="ACME"), realm="ACME"),
    _fine("the realm's name is in mixed case", "realm-case-differs", realm(name="AcmeProd"), realm="AcmeProd"),
    _fine("the realm is that of a self-managed environment", "realm-not-found", _self_managed, realm="ataccamaone"),
    _fine(
        "the realm's name has a space and letters of another script",
        "realm-not-a-name",
        realm(name="\u00dcber tenant"),
        realm="\u00dcber tenant",
    ),
    _fine("the realm's name has a percent sign", "encoded-value", realm(name="100%"), realm="100%"),
    _fine("the realm's name is one letter", "realm-not-a-name", realm(name="a"), realm="a"),
    _fine("the realm's name is master", "realm-not-found", realm(name="master"), realm="master"),
    _fine("the realm's name is auth", "realm-not-a-name", realm(name="auth"), realm="auth"),
    _fine("the realm's name is realms", "realm-not-a-name", realm(name="realms"), realm="realms"),
    _fine(
        "the realm takes plain HTTP inside",
        "https-not-forwarded",
        combined(edge(forwards_scheme=False), realm(ssl_required="none")),
    ),
    Case(
        "the custom path of Keycloak stands in the token URL",
        edge(base_path="/sso/kc"),
        {"token_url": lambda env: env.token_endpoint},
        resembles="auth-path-differs",
    ),
    Case(
        "the custom path of Keycloak stands in the URL",
        edge(base_path="/sso/kc"),
        {"url": lambda env: f"{env.url}/sso/kc/realms/demo"},
        resembles="auth-path-differs",
        also=("url-extra-parts",),
    ),
    Case(
        "Keycloak serves without /auth, and the token URL says so",
        edge(base_path=""),
        {"token_url": lambda env: env.token_endpoint},
        resembles="auth-path-differs",
        fact="keycloak.md 2",
    ),
    Case("the URL ends with /auth", settings={"url": lambda env: f"{env.url}/auth"}, resembles="auth-path-differs"),
    Case("the URL ends with /auth/", settings={"url": lambda env: f"{env.url}/auth/"}, resembles="auth-path-differs"),
    _called("another host", "https://login.example/auth/realms/demo"),
    _called("plain HTTP", "http://localhost/auth/realms/demo"),
    _called("another port", "https://localhost:8443/auth/realms/demo"),
    _called("another path", "https://localhost/realms/demo"),
    _called("a name with a slash at its end", "https://localhost/auth/realms/demo/"),
    _called("a host of the inner network", "http://keycloak.one.svc.cluster.local:8080/auth/realms/demo"),
)
