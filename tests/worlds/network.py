"""Connections, certificates, clocks, proxies and edges: broken, or merely slow and strange."""

import gzip
import socket
from dataclasses import replace

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import (
    Answer,
    Cached,
    Delayed,
    Drip,
    Endless,
    Framing,
    Hang,
    Raw,
    Reply,
    Reset,
    Truncated,
    html_answer,
    json_answer,
    redirect,
)
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Proxy, Rule, Tls, World
from tests.worlds.edges import CERTS, TOKEN, WELL_KNOWN
from tests.worlds.world import Case, Change, Typed, api, client, combined, edge, rules

API_APART: dict[str, Typed] = {"api_url": lambda env: env.api_url}


def token_apart(env: Sandbox) -> str:
    """The token endpoint at the second port."""
    return f"{env.api_url.removesuffix('/api')}/auth/realms/{env.realm}/protocol/openid-connect/token"


PLACES = {"realm": "/auth", "token": TOKEN, "api": "/api"}
"""Where each endpoint begins."""


def tls(**changes: object) -> Change:
    return lambda world: world.with_tls(**changes)


def api_tls(**changes: object) -> Change:
    """The API answers at a port of its own, which speaks TLS so."""
    return lambda world: replace(world, api_tls=Tls(**changes))  # type: ignore[arg-type]


def clocks(seconds: float) -> Change:
    """Every clock there is ahead by so much."""
    return lambda world: replace(world, clock_offset=seconds)


def proxied(proxy: Proxy) -> Change:
    return lambda world: replace(world, proxy=proxy)


def at(endpoint: str, reply: Reply) -> Change:
    """Whatever is asked at this endpoint, this answers."""
    return rules(Rule(reply, PLACES[endpoint]))


def everywhere(reply: Reply) -> Change:
    return rules(Rule(reply))


def by_address(env: Sandbox) -> str:
    return f"https://127.0.0.1:{env.port}"


NAMES = (
    Case("no name server knows the host", settings={"url": lambda env: f"https://gone.example:{env.port}"},
         names={"gone.example": socket.EAI_NONAME}, cause="host-not-found", endpoint="realm", confidence="certain",
         fact="causes.md, network"),
    Case("the host's name has no address", settings={"url": lambda env: f"https://gone.example:{env.port}"},
         names={"gone.example": socket.EAI_NODATA}, cause="host-not-found"),
    Case("the name server does not answer now", names={"localhost": socket.EAI_AGAIN},
         cause="name-resolution-unavailable", confidence="certain"),
    Case("the name server fails", names={"localhost": socket.EAI_FAIL}, cause="name-resolution-unavailable"),
    Case("only the API's host is unknown", settings={"api_url": "https://api.gone.example/api"},
         names={"api.gone.example": socket.EAI_NONAME}, cause="host-not-found", endpoint="api"),
)  # fmt: skip

CONNECTIONS = (
    Case("only the API's port refuses", settings={"api_url": lambda env: f"https://localhost:{env.refusing_port}/api"},
         cause="connection-refused", endpoint="api", confidence="certain"),
    Case("the handshake is cut off", tls(spoken="reset-handshake"), cause="connection-reset"),
    Case("the API's handshake is cut off", api_tls(spoken="reset-handshake"), API_APART,
         cause="connection-reset", endpoint="api"),
    Case("the port accepts and then is silent", tls(spoken="nothing"), timeout=1.0, cause="connection-timed-out"),
    Case("no route leads to the host", settings={"url": "https://255.255.255.255"}, cause="network-unreachable",
         confidence="certain"),
    Case("the token endpoint drops the connection", at("token", Reset()), cause="connection-reset", endpoint="token"),
    Case("the API drops the connection", at("api", Reset()), cause="connection-reset", endpoint="api"),
    Case("the API closes without a word", at("api", Raw(b"")), cause="connection-reset", endpoint="api"),
)  # fmt: skip

PROXIES = (
    *(Case(f"the proxy answers {status} to CONNECT", proxied(Proxy(status)), {"proxy": lambda env: env.proxy_url},
           cause="proxy-refused") for status in (403, 405, 429, 502, 503, 504)),
    Case("the proxy of a variable is down", environ={"HTTPS_PROXY": lambda env: f"http://127.0.0.1:{env.refusing_port}"},
         cause="proxy-unreachable", confidence="certain"),
    Case("the proxy's name does not exist", settings={"proxy": "http://proxy.gone.example:3128"},
         names={"proxy.gone.example": socket.EAI_NONAME}, cause="proxy-unreachable"),
    Case("the proxy asks for a login, and the one in its URL is refused", proxied(Proxy(407)),
         {"proxy": lambda env: env.proxy_url.replace("//", "//user:wrong-password@")},
         cause="proxy-authentication-required", confidence="certain"),
)  # fmt: skip

CERTIFICATES = (
    Case("the API's certificate expired yesterday, and the realm's Date agrees", api_tls(kind="expired"), API_APART,
         cause="certificate-expired", endpoint="api", confidence="certain", fact="causes.md, network"),
    Case("the API's certificate is of the day after tomorrow", api_tls(kind="not-yet-valid"), API_APART,
         cause="certificate-not-yet-valid", endpoint="api", confidence="certain"),
    Case("the certificate is of the day after tomorrow", tls(kind="not-yet-valid"),
         cause="certificate-dates-or-clock", confidence="likely"),
    Case("the API's certificate is another host's", api_tls(kind="wrong-host"), API_APART,
         cause="certificate-wrong-host", endpoint="api", confidence="certain"),
    Case("the certificate has a common name and no other", tls(hosts=()), cause="certificate-wrong-host",
         confidence="certain", fact="RFC 9525 section 6.3"),
    Case("the certificate names hosts, and an address was asked", tls(hosts=("localhost",)), {"url": by_address},
         cause="certificate-wrong-host"),
    Case("a wildcard stands for one label only", tls(hosts=("*.env.localhost",)),
         {"url": lambda env: f"https://a.b.env.localhost:{env.port}"}, names={"a.b.env.localhost": ("127.0.0.1",)},
         cause="certificate-wrong-host"),
    Case("a wildcard does not stand for the domain itself", tls(hosts=("*.env.localhost",)),
         {"url": lambda env: f"https://env.localhost:{env.port}"}, names={"env.localhost": ("127.0.0.1",)},
         cause="certificate-wrong-host"),
    Case("the certificate signs itself", tls(kind="self-signed"), cause="certificate-untrusted", confidence="certain"),
    Case("the API's certificate signs itself", api_tls(kind="self-signed"), API_APART, cause="certificate-untrusted",
         endpoint="api", confidence="certain"),
    Case("a private root is sent along", tls(kind="root-sent"), cause="certificate-untrusted", confidence="certain"),
    Case("the intermediate is missing, and the certificate says where it is",
         tls(kind="chain-incomplete", issuer_url=True), cause="certificate-chain-incomplete", confidence="likely"),
    Case("the API's intermediate is missing", api_tls(kind="chain-incomplete"), API_APART,
         cause="certificate-chain-incomplete", endpoint="api", confidence="likely"),
    Case("the CA bundle given is another one", settings={"ca_bundle": lambda env: env.other_ca_bundle},
         cause="certificate-untrusted"),
    Case("a client certificate is wanted in TLS 1.2", tls(client_certificate=True, newest="1.2"),
         cause="client-certificate-required"),
    Case("the API wants a client certificate", api_tls(client_certificate=True), API_APART,
         cause="client-certificate-required", endpoint="api"),
    Case("the ingress wants a client certificate and says so in HTTP",
         everywhere(nginx_page(400, "Bad Request", "No required SSL certificate was sent")),
         cause="client-certificate-required", fact="keycloak.md 5c"),
    Case("the API's port speaks plain HTTP", api_tls(spoken="plain"),
         {"api_url": lambda env: env.api_url.replace("http://", "https://")}, cause="tls-not-spoken", endpoint="api"),
    Case("a mail server listens at the port", tls(spoken="garbage"), cause="tls-not-spoken"),
    Case("the server knows its name only, and an address was asked", tls(needs_name=True), {"url": by_address},
         cause="environment-not-there", confidence="likely", fact="RFC 6066 section 3"),
    Case("the token endpoint's certificate is another host's", api_tls(kind="wrong-host"), {"token_url": token_apart},
         cause="certificate-wrong-host", confidence="certain"),
    Case("the API knows TLS 1.1 only", api_tls(spoken="old-tls"), API_APART, cause="tls-version-refused",
         endpoint="api"),
)  # fmt: skip

CLOCKS = (
    Case("the API's clock is fifteen minutes ahead and the lifetime ten", combined(api(clock_offset=900, own_date=True),
         client(lifespan=600)), cause="server-clocks-differ", confidence="certain", also=("api-says-expired",)),
    # The same token would come from a realm that gives out an old one: nothing tells which.
    Case("the realm's own clock is an hour behind every Date",
         lambda world: replace(world, keycloak_clock_offset=-3600), cause="token-expired", confidence="likely"),
)  # fmt: skip


def _whole(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    return html_answer(status, f"<!doctype html><html><body>{text}</body></html>").with_headers(*headers)


BROKEN: dict[str, Reply] = {
    "garbage": Raw(b"\x00\x01\x02 nothing that anybody could read\r\n\r\n"),
    "another protocol": Raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "a status that is no number": Raw(b"HTTP/1.1 OK 200\r\n\r\n"),
    "half of what was announced": Truncated(),
    "a length that is too long": Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{}"),
    "a chunk that breaks off": Raw(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"data":'),
    "a chunk without length": Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
    "gzip that is none": Raw(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"
    ),
    "gzip that breaks off": Answer(
        200, (("Content-Type", "application/json"), ("Content-Encoding", "gzip")), gzip.compress(b'{"data": []}')[:-9]
    ),
}  # fmt: skip
"""Answers that are not HTTP, or not whole."""

ANSWERS = (
    *(Case(f"{where}: {what}", at(where, reply), cause="response-malformed", endpoint=where)
      for where in ("realm", "token", "api") for what, reply in BROKEN.items()
      if not (where != "api" and what.startswith("half"))),
    Case("the realm is silent", at("realm", Hang()), timeout=0.7, cause="response-timed-out", endpoint="realm"),
    Case("the token endpoint is silent", at("token", Hang()), timeout=0.7, cause="response-timed-out",
         endpoint="token"),
    Case("the API drips", rules(Rule(Drip(0.3), "/api")), timeout=0.9, cause="response-timed-out", endpoint="api"),
    Case("the API is silent with a token only", rules(Rule(Hang(), "/api", authorized=True)), timeout=0.7,
         cause="response-timed-out", endpoint="api"),
    Case("the realm's answer does not end", at("realm", Endless()), cause="response-too-large", endpoint="realm"),
    Case("the token endpoint's answer does not end", at("token", Endless()), cause="response-too-large",
         endpoint="token"),
    Case("the API's answer unpacks to 64 MB", at("api", Answer(200, (("Content-Type", "application/json"),
         ("Content-Encoding", "gzip")), gzip.compress(b" " * (64 << 20), 1))), cause="response-too-large",
         endpoint="api"),
)  # fmt: skip

DEFAULTS = {
    "the default backend's words": Answer(404, (("Content-Type", "text/plain"),), b"default backend - 404"),
    "nginx's 404 page": nginx_page(404, "Not Found"),
    "nginx's welcome page": html_answer(200, "<html><head><title>Welcome to nginx!</title></head><body>"
                                        "<h1>Welcome to nginx!</h1></body></html>"),
    "Traefik's words": Answer(404, (("Content-Type", "text/plain; charset=utf-8"),), b"404 page not found\n"),
    "Kong's words": json_answer(404, {"message": "no Route matched with those values"}).with_headers(
        ("Server", "kong/3.8")),
    "Envoy's empty 404": Answer(404, (("Server", "istio-envoy"),)),
    "a parked domain's page": html_answer(200, "<html><head><title>acme.example</title></head><body>"
                                          "This domain is parked. Buy this domain.</body></html>"),
    "a platform's page": html_answer(404, "<html><head><title>No such app</title></head><body>"
                                     "<h1>There's nothing here, yet.</h1></body></html>"),
    "Azure's page": html_answer(404, "<html><head><title>Microsoft Azure Web App - Error 404</title></head><body>"
                                "404 Web Site not found.</body></html>"),
}  # fmt: skip

GATEWAYS = {
    "nginx 502": nginx_page(502, "Bad Gateway"),
    "nginx 503": nginx_page(503, "Service Temporarily Unavailable"),
    "nginx 504": nginx_page(504, "Gateway Time-out"),
    "an empty 503": Answer(503),
    "a 503 in JSON": json_answer(503, {"message": "upstream unavailable"}),
    "Envoy 503": Answer(503, (("Server", "envoy"), ("Content-Type", "text/plain")), b"no healthy upstream"),
    "Kong 502": json_answer(502, {"message": "An invalid response was received from the upstream server"}).with_headers(
        ("Server", "kong/3.8")),
    "Cloudflare 522": _whole(522, "Connection timed out", ("Server", "cloudflare"), ("cf-ray", "1-PRG")),
    "Cloudflare 525": _whole(525, "SSL handshake failed", ("Server", "cloudflare"), ("cf-ray", "1-PRG")),
    "CloudFront 502": _whole(502, "<h1>502 ERROR</h1>The request could not be satisfied.", ("x-amz-cf-id", "a"),
                             ("X-Cache", "Error from cloudfront")),
    "Azure 503": _whole(503, "Our services aren't available right now", ("x-azure-ref", "a")),
    "ALB 503": _whole(503, "<center><h1>503 Service Temporarily Unavailable</h1></center>", ("Server", "awselb/2.0")),
    "a page that says it is starting": _whole(503, "Your environment is starting. This page refreshes by itself.",
                                              ("Retry-After", "30")),
    "a page that says it is stopped": _whole(503, "Environment is unavailable"),
}  # fmt: skip

BLOCKS = {
    "Cloudflare's challenge": _whole(403, "Just a moment...", ("cf-mitigated", "challenge"), ("Server", "cloudflare")),
    "an old challenge": _whole(503, "Just a moment... Checking your browser", ("Server", "cloudflare")),
    "a challenge with 429": _whole(429, "Just a moment...", ("cf-mitigated", "challenge"), ("Server", "cloudflare")),
    "a challenge with 200": _whole(200, "Please complete the CAPTCHA to continue"),
    "CloudFront's block": _whole(403, "<h1>403 ERROR</h1>The request could not be satisfied. Request blocked.",
                                 ("x-amz-cf-id", "a")),
    "Azure's block": _whole(403, "The request is blocked.", ("x-azure-ref", "a")),
    "Akamai's block": _whole(403, "<h1>Access Denied</h1>You don't have permission. Reference #18.2"),
    "Imperva's block with 200": _whole(200, "Request unsuccessful. Incapsula incident ID: 1-2"),
    "F5's block with 200": _whole(200, "The requested URL was rejected. Please consult with your administrator. "
                                  "Your support ID is: 1"),
    "an inspection gateway's block": _whole(403, "Sorry, you do not have access. Category: Unknown",
                                            ("Server", "Zscaler/6.2")),
}  # fmt: skip

SIGN_INS = {
    "a sign-in page": _whole(200, '<title>Sign in</title><form><input type="password" name="p"></form>'),
    "a sign-in page in German": _whole(200, '<title>Anmelden</title><form><input type="password" name="k"></form>'),
    "a redirect to single sign-on": redirect("https://login.microsoftonline.example/t/oauth2/v2.0/authorize?client_id=1"),
    "a redirect to oauth2-proxy": redirect("/oauth2/start?rd=%2F"),
    "a redirect to SAML": redirect("https://idp.example/saml2/idp/SSOService.php?SAMLRequest=abc"),
    "a redirect to a captive portal": redirect("http://portal.hotel.example/login?url=x"),
    "a captive portal's 511": _whole(511, "<title>Network Authentication Required</title>You need to log in."),
    "a form that posts SAML": _whole(200, '<form method="post" action="https://idp.example/sso"><input type="hidden" '
                                     'name="SAMLRequest" value="abc"></form>'),
    "oauth2-proxy's own page": _whole(403, '<title>Sign In</title><form action="/oauth2/start"><button>Sign in with '
                                      "OpenID Connect</button></form>"),
    "a Basic challenge": Answer(401, (("WWW-Authenticate", 'Basic realm="Restricted"'),)),
    "a Negotiate challenge": Answer(401, (("WWW-Authenticate", "Negotiate"), ("WWW-Authenticate", "NTLM"))),
    "a form of Keycloak's own": _whole(200, '<form id="kc-form-login"><input type="password" name="password"></form>'),
    "nginx's Basic page": nginx_page(401, "Authorization Required").with_headers(
        ("WWW-Authenticate", 'Basic realm="Staging"')),
}  # fmt: skip

LIMITS = {
    "seconds": nginx_page(429, "Too Many Requests").with_headers(("Retry-After", "30")),
    "a date": json_answer(429, {"error": "too_many_requests"}).with_headers(
        ("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT")),
    "nothing": Answer(429),
    "Cloudflare's page": _whole(429, "<title>Access denied | Error 1015</title>You are being rate limited",
                                ("Server", "cloudflare"), ("cf-ray", "1-PRG")),
    "Kong's words": json_answer(429, {"message": "API rate limit exceeded"}).with_headers(("Server", "kong/3.8")),
}  # fmt: skip

FAILURES = {
    "Keycloak's words": json_answer(500, {"error": "unknown_error"}),
    "an empty body": Answer(500),
    "a page": _whole(500, "<title>Internal Server Error</title>Oops"),
    "Spring's words": json_answer(500, {"status": 500, "error": "Internal Server Error", "path": "/x"}),
}


def spread(cause: str, replies: dict[str, Answer], places: tuple[str, ...] = ("realm", "token", "api"),
           **more: object) -> tuple[Case, ...]:  # fmt: skip
    """Each of these answers at each endpoint."""
    return tuple(
        Case(f"{cause} at {where}: {what}", at(where, reply), cause=cause, endpoint=where, **more)  # type: ignore[arg-type]
        for where in places for what, reply in replies.items()
    )  # fmt: skip


EDGES = (
    *(Case(f"nothing is there: {what}", everywhere(reply), cause="environment-not-there", confidence="likely",
           fact="keycloak.md 5c, 6") for what, reply in DEFAULTS.items()),
    *spread("gateway-error", GATEWAYS, fact="keycloak.md 5b to 5e"),
    *spread("edge-blocks", BLOCKS, fact="keycloak.md 5e"),
    *spread("login-page-in-front", SIGN_INS, fact="keycloak.md 2, 5c, 5e"),
    *spread("rate-limited", LIMITS, fact="keycloak.md 2"),
    *spread("server-error", FAILURES, fact="keycloak.md 2"),
    Case("an address list refuses everything", everywhere(nginx_page(403, "Forbidden")), cause="edge-blocks",
         confidence="likely", endpoint="realm", fact="keycloak.md 5c"),
    Case("an address list refuses without a word", everywhere(Answer(403)), cause="edge-blocks", endpoint="realm"),
    Case("a wall refuses in Japanese", everywhere(_whole(403, "アクセスが拒否されました")), cause="edge-blocks"),
    Case("a firewall refuses the token request alone", rules(Rule(nginx_page(403, "Forbidden"), TOKEN)),
         cause="edge-blocks", endpoint="token", fact="keycloak.md 6"),
    Case("a firewall refuses forms with a secret", rules(Rule(nginx_page(403, "Forbidden"), TOKEN,
         with_parameter="client_secret")), cause="edge-blocks", endpoint="token", fact="keycloak.md 6"),
    Case("a firewall refuses in Spanish", at("token", _whole(406, "Petición rechazada por el cortafuegos")),
         cause="edge-blocks", endpoint="token"),
    Case("a proxy on the way asks for a login", everywhere(_whole(407, "Proxy login", ("Proxy-Authenticate", "Basic"))),
         cause="proxy-authentication-required", fact="keycloak.md 5e"),
    Case("everything is limited", everywhere(LIMITS["seconds"]), cause="rate-limited", endpoint="realm"),
    Case("everything is down", everywhere(GATEWAYS["nginx 502"]), cause="gateway-error", endpoint="realm"),
    Case("a captive portal takes everything", everywhere(SIGN_INS["a redirect to a captive portal"]),
         cause="login-page-in-front"),
)  # fmt: skip

FAULTS = (*NAMES, *CONNECTIONS, *PROXIES, *CERTIFICATES, *CLOCKS, *ANSWERS, *EDGES)


def framed(name: str, resembles: str = "response-malformed", **framing: object) -> Case:
    return Case(name, edge(framing=Framing(**framing)), resembles=resembles, fact="issue 3, point 3")  # type: ignore[arg-type]


def _twice_named(world: World) -> World:
    """The API takes Basic too, and says so."""
    both = Answer(401, (("WWW-Authenticate", 'Basic realm="API"'), ("WWW-Authenticate", "Bearer")))
    return world.with_edge(rules=(Rule(both, "/api", authorized=False),))


HEALTHY = (
    Case("no Date header comes", edge(sends_date=False), resembles="clock-wrong", fact="keycloak.md 2"),
    Case("every clock there is two seconds ahead", clocks(2), resembles="clock-wrong"),
    Case("every clock there is two seconds behind", clocks(-2), resembles="clock-wrong"),
    Case("this machine's clock is two hours behind", clocks(7200), also=("clock-wrong",),
         resembles="token-not-yet-valid", fact="contract.md 2"),
    Case("this machine's clock is two hours ahead", clocks(-7200), also=("clock-wrong",), resembles="token-expired",
         fact="contract.md 2"),
    Case("this machine's clock is ahead, and no Date comes", combined(clocks(-7200), edge(sends_date=False)),
         also=("clock-wrong",), resembles="token-expired", fact="keycloak.md 4a"),
    Case("this machine's clock is three minutes ahead", clocks(-180), also=("clock-wrong",),
         resembles="certificate-dates-or-clock"),
    Case("the discovery document is an hour old, and says so", rules(Rule(Cached(3600), WELL_KNOWN)),
         resembles="clock-wrong", fact="RFC 9111 section 5.1"),
    Case("the discovery document is an hour old, and does not say so",
         rules(Rule(Cached(3600, admitted=False), WELL_KNOWN)), resembles="clock-wrong"),
    Case("the API's clock is three minutes ahead", api(clock_offset=180, own_date=True), also=("server-clocks-differ",),
         resembles="server-clocks-differ", fact="contract.md 2"),
    Case("the API's clock is fifteen minutes behind", api(clock_offset=-900, own_date=True),
         also=("server-clocks-differ",), resembles="server-clocks-differ", fact="keycloak.md 5a"),
    Case("the API's clock is ten seconds behind", api(clock_offset=-10, own_date=True),
         resembles="server-clocks-differ"),
    framed("answers are HTTP/1.0", version="1.0"),
    framed("answers are HTTP/1.0 and packed", version="1.0", coding="gzip"),
    framed("answers come in chunks", chunked=True),
    framed("answers come in chunks and packed", chunked=True, coding="gzip"),
    framed("answers are packed with gzip", coding="gzip"),
    framed("answers are packed with deflate", coding="deflate"),
    framed("every answer closes its connection", "connection-reset", closes=True),
    framed("a connection dies after one answer", "connection-reset", serves=1),
    framed("a connection dies after two answers", "connection-reset", serves=2),
    Case("a connection dies after one answer, and the token endpoint is asked twice on it", combined(edge(
         framing=Framing(serves=1)), rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN), Rule(
         nginx_page(404, "Not Found"), "{realm}", methods=("GET",)))), resembles="connection-reset"),
    framed("early hints come first", interim=103),
    framed("a needless 100 comes first", interim=100),
    framed("sixty header fields more", flood=60),
    Case("everything takes a second", everywhere(Delayed(1.0)), resembles="response-timed-out"),
    Case("the API drips, and ends in time", rules(Rule(Drip(0.002), "/api")), resembles="response-timed-out"),
    Case("an address of IPv6 comes first and refuses", names={"localhost": ("::1", "127.0.0.1")},
         resembles="connection-refused", fact="RFC 8305"),
    Case("an address that leads nowhere comes first", names={"localhost": ("255.255.255.255", "127.0.0.1")},
         resembles="network-unreachable"),
    Case("a proxy lets everything through", proxied(Proxy()), {"proxy": lambda env: env.proxy_url},
         resembles="proxy-refused"),
    Case("a proxy of a variable lets everything through", proxied(Proxy()),
         environ={"HTTPS_PROXY": lambda env: env.proxy_url}, resembles="proxy-unreachable"),
    *(Case(f"NO_PROXY={spared} spares the host from a proxy that is down", environ={
          "HTTPS_PROXY": lambda env: f"http://127.0.0.1:{env.refusing_port}", "NO_PROXY": spared},
          resembles="proxy-unreachable") for spared in ("localhost", "other.example,localhost", "*")),
    Case("NO_PROXY spares a network", settings={"url": by_address}, environ={
         "HTTPS_PROXY": lambda env: f"http://127.0.0.1:{env.refusing_port}", "no_proxy": "127.0.0.0/8"},
         resembles="proxy-unreachable"),
    Case("the certificate covers the address", settings={"url": by_address}, resembles="certificate-wrong-host"),
    Case("the host is written in capitals", settings={"url": lambda env: env.url.replace("localhost", "LOCALHOST")},
         resembles="certificate-wrong-host"),
    Case("a wildcard covers the host", tls(hosts=("*.env.localhost",)),
         {"url": lambda env: f"https://acme.env.localhost:{env.port}"}, names={"acme.env.localhost": ("127.0.0.1",)},
         resembles="certificate-wrong-host"),
    Case("the server wants to be called by its name", tls(needs_name=True), resembles="tls-version-refused"),
    Case("the server knows TLS 1.2 at most", tls(newest="1.2"), resembles="tls-version-refused"),
    Case("the API answers at a port of its own", api_tls(), API_APART, resembles="api-host-differs"),
    Case("the API takes Basic too", _twice_named, resembles="login-page-in-front"),
    Case("discovery is down and the rest works", rules(Rule(GATEWAYS["nginx 502"], WELL_KNOWN)),
         resembles="gateway-error", fact="contract.md 2"),
    Case("the realm's keys are behind a wall", rules(Rule(BLOCKS["Azure's block"], CERTS)), resembles="edge-blocks"),
)  # fmt: skip
