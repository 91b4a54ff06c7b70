"""What the API makes of a token, in the words of those who stand there: Spring Security, Envoy, Kong, AWS."""

import base64
import time
from collections.abc import Mapping
from typing import get_args

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.flavours import Flavour, refusal
from doctor.sandbox.message import Answer, html_answer, json_answer, redirect
from doctor.sandbox.refusal import Reason, Refused
from doctor.sandbox.world import Rule
from tests.worlds.world import Case, Change, Typed, api, client, combined, rules

REALM_URL = "https://api.example/api/x"


def answers(with_token: Answer, without: Answer | None = None) -> Change:
    """What answers below ``/api``, with an Authorization header and without."""
    more = (Rule(without, "/api", authorized=False),) if without else ()
    return rules(Rule(with_token, "/api", authorized=True), *more)


SERVERS: tuple[Flavour, ...] = get_args(Flavour)


def _basic(token: str) -> str:
    return "Basic " + base64.b64encode(f"demo-client:{token[:40]}".encode()).decode()


HEADERS: Mapping[str, str] = {
    "{t}": "bearer-prefix-missing",
    "Bearer Bearer {t}": "bearer-prefix-doubled",
    "Bearer bearer {t}": "bearer-prefix-doubled",
    'Bearer "{t}"': "bearer-token-quoted",
    "Bearer '{t}'": "bearer-token-quoted",
    "Bearer <{t}>": "bearer-token-quoted",
    "Bearer `{t}`": "bearer-token-quoted",
    "Bearer: {t}": "bearer-scheme-differs",
    "Token {t}": "bearer-scheme-differs",
    "JWT {t}": "bearer-scheme-differs",
    "OAuth {t}": "bearer-scheme-differs",
    "Bearer{t}": "bearer-whitespace",
    "Bearer  {t}": "bearer-whitespace",
    "Bearer\t{t}": "bearer-whitespace",
    "Bearer\u00a0{t}": "bearer-whitespace",
    "Bearer {t}\n": "bearer-whitespace",
    "Bearer {t}\r\n": "bearer-whitespace",
    "Bearer {h} {r}": "bearer-whitespace",
    "Bearer {h}\n{r}": "bearer-whitespace",
}
"""Headers as applications send them, and what is wrong with each: ``t`` is the token, ``h`` and ``r`` its halves."""
TAKEN: Mapping[Flavour, frozenset[str]] = {
    "envoy": frozenset({"Bearer  {t}"}),
    "kong": frozenset({"Bearer  {t}", "Bearer\t{t}"}),
    "nginx": frozenset({"Bearer  {t}", "Bearer\t{t}"}),
    "aws": frozenset({"Bearer  {t}", "Bearer\t{t}"}),
}
"""What these let through all the same."""


def header(template: str, **claims: object) -> Typed:
    def typed(env: object) -> str:
        token = env.mint(**claims)  # type: ignore[attr-defined]
        return template.format(t=token, h=token[:60], r=token[60:])

    return typed


def alone(template: str) -> Mapping[str, Typed]:
    """The header, and no secret to get a token with."""
    return {"authorization": header(template), "client_secret": None}


def _given(flavour: Flavour, template: str, cause: str, *, alone: bool) -> Case:
    settings: dict[str, Typed] = {"authorization": header(template), **({"client_secret": None} if alone else {})}
    taken = template in TAKEN.get(flavour, ())
    name = f"{flavour}: {template!r} {'alone' if alone else 'beside a client that works'}"
    fact = "keycloak.md 5a to 5e, RFC 6750 section 2.1"
    if taken:
        return Case(name, api(flavour=flavour), settings, resembles=cause, fact=fact)
    return Case(name, api(flavour=flavour), settings, cause=cause, setting="authorization", fact=fact)


IN_HEADERS = tuple(
    _given(flavour, template, cause, alone=alone)
    for flavour in SERVERS for template, cause in HEADERS.items() for alone in ((True, False) if flavour == "spring"
                                                                               else (True,))
)  # fmt: skip

CURL = '-H "Authorization: Bearer {t}"'
OTHER_HEADERS = (
    Case("the header was pasted with its name", settings=alone("Authorization: Bearer {t}"),
         cause="label-pasted", setting="authorization"),
    Case("the header was pasted out of a curl command",
         settings=alone(CURL), cause="label-pasted", setting="authorization"),
    Case("the whole header is in quotes", settings=alone('"Bearer {t}"'),
         cause="quotes-kept", setting="authorization"),
    Case("a line feed follows the header", settings={"authorization": header("Bearer {t}\n")},
         cause="bearer-whitespace", setting="authorization", confidence="certain"),
    Case("the header is that of a user", settings={"authorization": lambda env: _basic(env.mint()),
         "client_secret": None}, cause="bearer-scheme-differs", setting="authorization"),
    Case("Envoy wants Bearer with a capital", api(flavour="envoy"), alone("bearer {t}"),
         cause="bearer-scheme-differs", setting="authorization", fact="keycloak.md 5b"),
    Case("the header's token is expired", settings={"authorization": lambda env: "Bearer " + env.mint(
         iat=int(time.time()) - 3900, exp=int(time.time()) - 3600)}, cause="token-expired", setting="authorization"),
    Case("the header's token is expired, and two spaces stand before it", settings={"authorization": lambda env:
         "Bearer  " + env.mint(iat=int(time.time()) - 3900, exp=int(time.time()) - 3600), "client_secret": None},
         cause="token-expired", setting="authorization", also=("bearer-whitespace",)),
    Case("nothing follows Bearer", settings={"authorization": "Bearer ", "client_secret": None},
         cause="value-empty", setting="authorization"),
    Case("a good header is given beside a wrong secret", settings={"authorization": header("Bearer {t}"),
         "client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"}, cause="client-secret-mismatch"),
    Case("a bad header is given beside a wrong secret", settings={"authorization": header("{t}"),
         "client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"}, cause="client-secret-mismatch",
         also=("bearer-prefix-missing",)),
)  # fmt: skip

OTHER_ISSUER = "https://other.example/auth/realms/demo"
REASONS: Mapping[str, tuple[Change, Mapping[str, str]]] = {
    "trusts another issuer": (api(trusted_issuer=OTHER_ISSUER), {
        "nginx": "api-token-refused", "": "api-issuer-not-trusted"}),
    "wants to be named in the token": (api(audience="one-api"), {
        "nginx": "api-token-refused", "kong": "api-token-refused", "": "api-audience-missing"}),
    "has old keys": (api(keys_known=False), {
        "nginx": "api-token-refused", "kong": "api-issuer-not-trusted", "": "api-key-unknown"}),
    "is fifteen minutes ahead": (api(clock_offset=900), {"nginx": "api-token-refused", "": "api-says-expired"}),
    "lets this client do nothing": (client(permitted=False), {
        "nginx": "api-forbidden", "aws": "api-forbidden", "": "permission-missing"}),
    "cannot reach the keys": (api(broken_keys=True), {
        "spring-5": "api-token-refused", "kong": "api-token-refused", "nginx": "api-token-refused",
        "aws": "api-token-refused", "": "api-cannot-check-tokens"}),
    "never sees the header": (api(strips_authorization=True), {
        "nginx": "api-token-refused", "": "authorization-header-lost"}),
}  # fmt: skip
"""What is wrong with the API, and what each server's words allow to be said of it."""
JOINT = ("api-token-refused", "api-forbidden", "authorization-header-lost")

REFUSING = tuple(
    Case(f"{flavour}: it {what}", combined(api(flavour=flavour), change), cause=(cause := said.get(flavour, said[""])),
         endpoint="api", confidence="likely" if cause in JOINT else None, fact="keycloak.md 5a to 5e")
    for flavour in SERVERS for what, (change, said) in REASONS.items()
)  # fmt: skip

BEARER = ("WWW-Authenticate", "Bearer")
NO_TOKEN = Answer(401, (BEARER,))


def refused(name: str, answer: Answer, cause: str, confidence: str | None = None, **more: object) -> Case:
    """A bare challenge without a token, this answer with one."""
    return Case(name, answers(answer, NO_TOKEN), cause=cause, confidence=confidence, endpoint="api", **more)  # type: ignore[arg-type]


COLLAPSED = ("WWW-Authenticate", 'Bearer error="invalid_token", error_description="Invalid token"')
UNAUTHORIZED = (
    refused("401: JSON says that the token is expired", json_answer(401, {"message": "Token expired"}),
            "api-says-expired"),
    refused("401: JSON says that the issuer is wrong", json_answer(401, {"error": "invalid_token",
            "error_description": "Invalid issuer"}), "api-issuer-not-trusted"),
    refused("401: JSON says invalid_token and no more", json_answer(401, {"error": "invalid_token"}),
            "api-token-refused", "likely"),
    refused("401: the product's words", json_answer(401, {"code": "UNAUTHORIZED", "reason": "INVALID_TOKEN"}),
            "api-token-refused", "likely", fact="ataccama.md 3.3"),
    refused("401: the description collapsed", Answer(401, (COLLAPSED,)), "api-token-refused", "likely",
            fact="keycloak.md 5a"),
    refused("401: a permission is missing, by the challenge", Answer(401, (("WWW-Authenticate",
            'Bearer error="insufficient_scope", scope="reference-data:read"'),)), "permission-missing",
            fact="seed, troubleshooting"),
    refused("401: a permission is missing, by the body",
            json_answer(401, {"message": "Missing permission REFDATA_READ"}),
            "permission-missing", fact="seed, troubleshooting"),
    refused("401: Basic beside a refusal of the token", Answer(401, (("WWW-Authenticate", 'Basic realm="API"'),
            COLLAPSED)), "api-token-refused", "likely"),
    Case("401: the same body with, without and with any token", answers(json_answer(401, {"status": 401,
         "error": "Unauthorized", "path": "/api"}).with_headers(BEARER), json_answer(401, {"status": 401,
         "error": "Unauthorized", "path": "/api"}).with_headers(BEARER)), cause="authorization-header-lost",
         confidence="likely", fact="RFC 6750 section 3.1"),
    Case("401: no challenge, with and without a token", answers(json_answer(401, {"error": "Unauthorized"}),
         json_answer(401, {"error": "Unauthorized"})), cause="api-token-refused", confidence="likely"),
)  # fmt: skip

NO_SUCH_PATH = json_answer(403, {"message": "Missing Authentication Token"}).with_headers(
    ("x-amzn-errortype", "MissingAuthenticationTokenException")
)
FORBIDDEN = (
    refused("403: empty", Answer(403), "api-forbidden", "likely"),
    refused("403: Spring's error document", json_answer(403, {"status": 403, "error": "Forbidden", "path": "/api"}),
            "api-forbidden", "likely"),
    refused("403: nginx's page", nginx_page(403, "Forbidden"), "api-forbidden", "likely"),
    refused("403: a page in another language", html_answer(403, "<html><body>Zugriff verweigert</body></html>"),
            "api-forbidden", "likely"),
    refused("403: JSON that names the permission",
            json_answer(403, {"message": "Missing required role refdata-viewer"}),
            "permission-missing"),
    refused("403: a page that says Access Denied and no more", html_answer(403, "<html><h1>Access Denied</h1></html>"),
            "api-forbidden", "likely"),
    refused("403: a word", Answer(403, (("Content-Type", "text/plain"),), b"Access Denied"), "api-forbidden", "likely"),
    refused("403: AWS wants IAM", json_answer(403, {"message": "Authorization header requires 'Credential' parameter."
            }).with_headers(("x-amzn-errortype", "IncompleteSignatureException")), "api-forbidden"),
    Case("403: AWS has no such path", answers(NO_SUCH_PATH, NO_SUCH_PATH),
         cause="api-not-found", fact="keycloak.md 5e"),
)  # fmt: skip

OTHER_REFUSALS = (
    refused("400: the request is wrong", json_answer(400, {"message": "size must be positive"}), "api-request-refused"),
    refused("405: another method", Answer(405, (("Allow", "POST"),)), "api-request-refused"),
    refused("406: no such representation", json_answer(406, {"error": "Not Acceptable"}), "api-request-refused"),
    refused("415: no such media type", Answer(415), "api-request-refused"),
    refused("409: a conflict", json_answer(409, {"message": "Tenant is being migrated"}), "api-request-refused"),
    refused("410: it is gone", Answer(410), "api-not-found"),
    refused("431: nothing but the status", Answer(431), "api-header-too-large"),
    refused("400: nginx finds the header too large",
            nginx_page(400, "Bad Request", "Request Header Or Cookie Too Large"),
            "api-header-too-large", fact="keycloak.md 5c"),
    Case("413: Netty finds the header too large", combined(api(max_header=512), rules(Rule(Answer(413), "/api",
         authorized=True))), cause="api-request-refused"),
    refused("500: with a token only", json_answer(500, {"error": "Internal Server Error"}), "api-cannot-check-tokens",
            "likely", fact="keycloak.md 5a"),
    refused("500: a page, with a token only", html_answer(500, "<html><title>Error</title></html>"),
            "api-cannot-check-tokens", "likely"),
)  # fmt: skip

API_DOOR = "https://api.invalid/api/reference-data/v1/tables"
PLACES = (
    *(Case(f"{status}: the API redirects to another host", rules(Rule(redirect(API_DOOR, status), "/api")),
           cause="api-redirects", endpoint="api", fact="keycloak.md 5f") for status in (301, 302, 303, 307, 308)),
    Case("the API redirects to the same host over http", rules(Rule(redirect("http://localhost/api/x", 301), "/api")),
         cause="api-redirects", fact="keycloak.md 5f"),
    Case("the API redirects to itself", rules(Rule(redirect("/api/reference-data/v1/tables?size=1"), "/api")),
         cause="api-redirects"),
    Case("the API redirects to what is no URL", rules(Rule(redirect("http://["), "/api")), cause="api-redirects"),
    Case("the API redirects to nowhere", rules(Rule(Answer(302), "/api")), cause="api-redirects"),
    Case("the API redirects to a path that is not there", rules(Rule(redirect("/api/v2/tables", 308),
         "/api/reference-data")), cause="api-redirects"),
    Case("the web application answers for the API", api(html=True), cause="api-answers-html"),
    Case("the web application answers for every path it does not know", rules(Rule(
         html_answer(200, "<!doctype html><title>ONE</title><div id=root></div>"), "/api")),
         cause="api-answers-html"),
    Case("no path is there, with a token or without", rules(Rule(json_answer(404, {"error": "Not Found"}), "/api")),
         cause="api-not-found", endpoint="api"),
    Case("no path is there, by nginx's page", rules(Rule(nginx_page(404, "Not Found"), "/api")), cause="api-not-found"),
    Case("no path is there, without a body", rules(Rule(Answer(404), "/api")), cause="api-not-found"),
    Case("the path given lacks /api", get=("/reference-data/v1/tables?size=1",), cause="api-path-lacks-prefix",
         confidence="certain", fact="ataccama.md 1.4"),
    Case("the path given lacks /api, and the web application answers there", lambda world: world.with_edge(
         default=html_answer(200, "<!doctype html><title>ONE</title>")), get=("/catalog/v1/catalog-items",),
         cause="api-path-lacks-prefix", fact="ataccama.md 1.4"),
    Case("the path given has /api twice", get=("/api/api/reference-data/v1/tables",), cause="api-not-found"),
    Case("no path is there, and everybody is refused everywhere without a token", combined(rules(Rule(
         json_answer(404, {"error": "Not Found"}), "/api"), Rule(Answer(401, (("WWW-Authenticate", "Bearer"),)),
         "/graphql", authorized=False), Rule(json_answer(404, {"error": "Not Found"}), "/graphql"))),
         cause="api-not-found", fact="keycloak.md 5a"),
    Case("the host has GraphQL only, and its web application takes every other path", combined(api(graphql_only=True),
         lambda world: world.with_edge(default=html_answer(200, "<!doctype html><title>ONE</title>"))),
         cause="product-without-rest-api"),
    Case("the API is open, and a token is refused", combined(api(trusted_issuer=OTHER_ISSUER), rules(Rule(
         json_answer(200, {"meta": {}, "data": []}), "/api", authorized=False))), cause="api-issuer-not-trusted",
         also=("api-not-protected",)),
    Case("500 with and without a token", rules(Rule(json_answer(500, {"error": "oops"}), "/api")), cause="server-error",
         endpoint="api"),
    Case("reference data fails, and the catalog is forbidden", rules(Rule(json_answer(500, {}), "/api/reference-data"),
         Rule(Answer(403), "/api/catalog", authorized=True)), cause="server-error", endpoint="api"),
    Case("reference data is not there, and the catalog is forbidden", rules(
         Rule(json_answer(404, {}), "/api/reference-data"), Rule(Answer(403), "/api/catalog", authorized=True)),
         cause="api-forbidden", confidence="likely"),
)  # fmt: skip

_ROLE_MISSING = refusal("envoy", Refused(Reason.PERMISSION), REALM_URL)
_NO_UPSTREAM = Answer(503, (("Server", "istio-envoy"),), b"no healthy upstream")


def _told(flavour: Flavour, reason: Reason) -> Change:
    """What this gateway says of a token, and of none."""
    return answers(*(refusal(flavour, Refused(each), REALM_URL) for each in (reason, Reason.NO_TOKEN)))


GATEWAYS = (
    Case("Envoy: signature", _told("envoy", Reason.SIGNATURE), cause="api-key-unknown", fact="keycloak.md 5b"),
    Case("Kong: signature", _told("kong", Reason.SIGNATURE), cause="api-key-unknown", fact="keycloak.md 5d"),
    Case(
        "Istio: 403 with and without a token",
        answers(_ROLE_MISSING, _ROLE_MISSING),
        cause="api-forbidden",
        confidence="likely",
    ),
    Case("Envoy: no upstream", answers(_NO_UPSTREAM, _NO_UPSTREAM), cause="gateway-error"),
    Case(
        "Kong: route",
        answers(
            json_answer(404, {"message": "no Route matched with those values"}),
            json_answer(404, {"message": "no Route matched with those values"}),
        ),
        cause="api-not-found",
    ),
    Case(
        "Kong: limit",
        answers(json_answer(429, {"message": "API rate limit exceeded"}).with_headers(("Retry-After", "7"))),
        cause="rate-limited",
    ),
    Case(
        "AWS: audience",
        answers(
            json_answer(401, {"message": "Unauthorized"}).with_headers(
                (
                    "www-authenticate",
                    'Bearer error="invalid_token" error_description="the token does not have a valid audience"',
                ),
                ("apigw-requestid", "x1"),
            ),
            json_answer(401, {"message": "Unauthorized"}),
        ),
        cause="api-audience-missing",
    ),
    Case(
        "a firewall's block page",
        answers(
            html_answer(403, "<html><title>Blocked</title><body>The request is blocked. Incident ID 77</body></html>")
        ),
        cause="edge-blocks",
    ),
    Case(
        "Spring 5: keys out of reach looks like no token",
        answers(Answer(401, (("WWW-Authenticate", "Bearer"),)), Answer(401, (("WWW-Authenticate", "Bearer"),))),
        cause="authorization-header-lost",
        confidence="likely",
    ),
    Case(
        "a refusal without a reason", answers(Answer(401), Answer(401)), cause="api-token-refused", confidence="likely"
    ),
)

FAULTS = (
    *(case for case in IN_HEADERS if not case.healthy),
    *OTHER_HEADERS, *REFUSING, *UNAUTHORIZED, *FORBIDDEN, *OTHER_REFUSALS, *PLACES, *GATEWAYS,
)  # fmt: skip

DATA = json_answer(200, {"meta": {"total": 0}, "data": []})

HEALTHY = (
    Case(
        "reference data is absent and the catalog answers",
        api(paths=("/catalog/v1/catalog-items",)),
        resembles="api-not-found",
        fact="ataccama.md 1.4",
    ),
    Case(
        "reference data is forbidden and the catalog answers",
        rules(Rule(Answer(403), "/api/reference-data", authorized=True)),
        resembles="api-forbidden",
        fact="ataccama.md 1.4",
    ),
    Case(
        "data is empty",
        api(document={"meta": {"prev": None, "next": None, "total": 0}, "data": []}),
        resembles="api-response-unexpected",
        fact="ataccama.md 1.4",
    ),
    Case(
        "the API URL is given too, and is right",
        settings={"api_url": lambda env: f"{env.url}/api"},
        resembles="api-host-differs",
    ),
    Case("the API answers another path only", api(paths=("/x/v1/y",)), get=("/api/x/v1/y",), resembles="api-not-found"),
    Case(
        "errors of the catalog do not matter",
        rules(Rule(json_answer(500, {}), "/api/catalog")),
        resembles="server-error",
    ),
    *(case for case in IN_HEADERS if case.healthy),
    Case("the header says bearer in lower case", settings=alone("bearer {t}"),
         resembles="bearer-scheme-differs", fact="causes.md, api; keycloak.md 5a"),
    Case("the header says BEARER", settings={"authorization": header("BEARER {t}")}, resembles="bearer-scheme-differs"),
    *(Case(f"{flavour}: a good header is given alone", api(flavour=flavour), alone("Bearer {t}"),
           resembles="bearer-prefix-missing") for flavour in SERVERS),
    *(Case(f"{flavour}: all is well", api(flavour=flavour), resembles="api-token-refused") for flavour in SERVERS),
    Case("a good header is given beside the client", settings={"authorization": header("Bearer {t}")},
         resembles="bearer-prefix-missing"),
    Case("the API hides its paths from who has no token", rules(Rule(json_answer(404, {}), "/api", authorized=False)),
         resembles="api-not-found", fact="keycloak.md 6"),
    Case("the API forbids instead of asking for a token", rules(Rule(Answer(403), "/api", authorized=False)),
         resembles="api-forbidden", fact="keycloak.md 5b"),
    Case("the API sends people to the login, and programs not",
         rules(Rule(redirect("/login"), "/api", authorized=False)),
         resembles="login-page-in-front", fact="keycloak.md 5a"),
    Case("the API shows people a page, and programs not", rules(Rule(html_answer(200, "<title>Sign in</title><form>"
         "<input type=password></form>"), "/api", authorized=False)), resembles="login-page-in-front"),
    Case("a slash at the end is added by a redirect", rules(Rule(redirect("/api/reference-data/v1/tables/?size=1", 308),
         "/api/reference-data/v1/tables?")), resembles="api-redirects"),
    Case("the catalog is absent and reference data answers", api(paths=("/reference-data/v1/tables",)),
         resembles="api-not-found"),
    Case("the catalog is forbidden and reference data answers",
         rules(Rule(Answer(403), "/api/catalog", authorized=True)),
         resembles="api-forbidden"),
    Case("reference data fails and the catalog answers", rules(Rule(json_answer(500, {}), "/api/reference-data")),
         resembles="server-error"),
    Case("reference data is down and the catalog answers", rules(Rule(nginx_page(503, "Service Unavailable"),
         "/api/reference-data")), resembles="gateway-error"),
    Case("reference data fails with a token only, and the catalog answers", rules(Rule(json_answer(500, {}),
         "/api/reference-data", authorized=True)), resembles="api-cannot-check-tokens"),
    Case("the API's JSON says that it is a page", answers(html_answer(200, '{"meta": {}, "data": []}'), NO_TOKEN),
         resembles="api-answers-html"),
    Case("the API's JSON begins with a byte order mark", answers(Answer(200, (("Content-Type", "application/json"),),
         b'\xef\xbb\xbf{"meta": {}, "data": []}'), NO_TOKEN), resembles="api-answers-html"),
    Case("the API answers 206", answers(json_answer(206, {"meta": {}, "data": []}), NO_TOKEN),
         resembles="api-response-unexpected"),
    Case("the API's list has no meta", answers(json_answer(200, {"data": [1, 2]}), NO_TOKEN),
         resembles="api-response-unexpected"),
    *(Case(f"the API answers {what}", answers(answer, NO_TOKEN), also=("api-response-unexpected",),
           resembles="api-response-unexpected", fact="causes.md, api") for what, answer in {
        "another shape": json_answer(200, {"tables": []}),
        "a bare list": json_answer(200, []),
        "errors with 200": json_answer(200, {"errors": [{"message": "x", "extensions": {"code": "UNAUTHORIZED"}}]}),
        "204": Answer(204),
        "an empty 200": Answer(200),
        "a word": Answer(200, (("Content-Type", "text/plain"),), b"OK"),
    }.items()),
    Case("the API asks nobody for a token", api(protected=False), also=("api-not-protected",),
         resembles="api-not-protected"),
    Case("a Spring of version 7 names its metadata", api(flavour="spring-7"), resembles="api-redirects"),
    Case("the path of the API needs encoding", api(paths=("/x/a%20b",)), get=("/api/x/a b",),
         resembles="api-not-found"),
    Case("the API URL has the prefix and the path has not", settings={"api_url": lambda env: f"{env.url}/api"},
         get=("/reference-data/v1/tables",), resembles="api-path-lacks-prefix"),
    Case("the API URL has the prefix and the path too", settings={"api_url": lambda env: f"{env.url}/api/"},
         get=("/api/reference-data/v1/tables",), resembles="api-not-found"),
    Case("the API URL is that of the host, without /api", settings={"api_url": lambda env: env.url},
         resembles="api-path-lacks-prefix"),
)  # fmt: skip
