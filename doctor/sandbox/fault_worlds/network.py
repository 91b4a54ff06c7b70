"""Nobody could be asked, or not the right one."""

import gzip
from collections.abc import Callable
from dataclasses import replace

from doctor.model.terms import Verdict
from doctor.sandbox.edge import nginx_page
from doctor.sandbox.fault import Fault
from doctor.sandbox.message import Answer, Endless, Hang, Raw, html_answer, json_answer, redirect
from doctor.sandbox.world import Proxy, Rule, Tls, TlsKind, World

TOKEN = "{realm}/protocol/openid-connect/token"
_CANNOT_ASK = Verdict.INCONCLUSIVE


def ruled(*rules: Rule) -> Callable[[World], World]:
    """The world with these rules at its edge."""
    return lambda world: world.with_edge(rules=rules)


def _certificate(cause: str, title: str, kind: TlsKind) -> Fault:
    return Fault(cause, title, lambda world: world.with_tls(kind=kind))


_CHALLENGE = html_answer(
    403,
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head>'
    "<body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
).with_headers(("cf-mitigated", "challenge"), ("Server", "cloudflare"), ("cf-ray", "8c0ffee0000demo-PRG"))

_SIGN_IN = html_answer(
    200,
    '<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body>'
    '<form method="post" action="/oauth2/sign_in"><input name="username"><input type="password" name="password">'
    '<button type="submit">Sign in</button></form></body></html>',
)

FAULTS = (
    Fault(
        "host-not-found",
        "the name of the environment does not exist",
        settings={"url": "https://no-such-environment.invalid"},
        verdict=_CANNOT_ASK,
        needs="a name server that answers",
    ),
    Fault(
        "connection-refused",
        "nobody listens at the port",
        settings={"url": lambda env: f"https://localhost:{env.refusing_port}"},
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "connection-timed-out",
        "the port never answers",
        settings={"url": lambda env: f"https://127.0.0.1:{env.silent_port}"},
        verdict=_CANNOT_ASK,
        needs="Linux",
    ),
    Fault(
        "connection-reset",
        "the connection is dropped as soon as it stands",
        lambda world: world.with_tls(spoken="reset"),
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "proxy-unreachable",
        "nobody listens at the proxy's port",
        settings={"proxy": lambda env: f"http://127.0.0.1:{env.refusing_port}"},
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "proxy-authentication-required",
        "the proxy asks for a login",
        lambda world: replace(world, proxy=Proxy(407)),
        {"proxy": lambda env: env.proxy_url},
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "proxy-refused",
        "the proxy forbids this host",
        lambda world: replace(world, proxy=Proxy(403)),
        {"proxy": lambda env: env.proxy_url},
        verdict=_CANNOT_ASK,
    ),
    _certificate("certificate-expired", "the certificate expired years ago", "long-expired"),
    Fault(
        "certificate-not-yet-valid",
        "the API's certificate is not valid yet, by the clock of the realm too",
        lambda world: replace(world, api_tls=Tls("not-yet-valid")),
        {"api_url": lambda env: env.api_url},
    ),
    _certificate("certificate-wrong-host", "the certificate is another host's", "wrong-host"),
    _certificate("certificate-untrusted", "the certificate is of a CA that nobody trusts", "untrusted"),
    _certificate("certificate-chain-incomplete", "the intermediate certificate is not sent", "chain-incomplete"),
    _certificate("certificate-dates-or-clock", "the certificate expired yesterday by this clock", "expired"),
    Fault("tls-not-spoken", "the port speaks plain HTTP", lambda world: world.with_tls(spoken="plain")),
    Fault("tls-version-refused", "the server knows TLS 1.1 only", lambda world: world.with_tls(spoken="old-tls")),
    Fault(
        "client-certificate-required",
        "the handshake asks for a client certificate",
        lambda world: world.with_tls(client_certificate=True),
    ),
    Fault("response-timed-out", "the API never answers", ruled(Rule(Hang(), "/api")), verdict=_CANNOT_ASK),
    Fault(
        "response-malformed",
        "something other than HTTP answers",
        ruled(Rule(Raw(b"\x00\x01not an HTTP response\r\n\r\n"))),
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "response-too-large",
        "the API's answer does not end",
        ruled(Rule(Endless(), "/api", authorized=True)),
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "clock-wrong",
        "this machine's clock is two hours behind the environment's",
        lambda world: replace(world, clock_offset=7200),
        verdict=Verdict.WARNINGS,
    ),
    Fault(
        "server-clocks-differ",
        "the API's clock is fifteen minutes ahead of the realm's",
        lambda world: world.with_api(clock_offset=900, own_date=True),
    ),
    Fault(
        "environment-not-there",
        "the ingress knows no such environment",
        ruled(Rule(Answer(404, (("Content-Type", "text/plain; charset=utf-8"),), b"default backend - 404"))),
    ),
    Fault(
        "rate-limited",
        "the ingress limits token requests",
        ruled(Rule(nginx_page(429, "Too Many Requests").with_headers(("Retry-After", "30")), TOKEN)),
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "gateway-error",
        "Keycloak is down behind the ingress",
        ruled(Rule(nginx_page(502, "Bad Gateway"), "/auth")),
        verdict=_CANNOT_ASK,
    ),
    Fault(
        "server-error",
        "the token endpoint answers 500",
        ruled(Rule(json_answer(500, {
            "error": "unknown_error", "error_description": "For more on this error consult the server log.",
        }), TOKEN)),
        verdict=_CANNOT_ASK,
    ),
    Fault("edge-blocks", "a bot challenge stands before the API", ruled(Rule(_CHALLENGE, "/api")), verdict=_CANNOT_ASK),
    Fault(
        "login-page-in-front",
        "single sign-on stands before everything",
        ruled(Rule(_SIGN_IN, "/oauth2/"), Rule(redirect("/oauth2/start?rd=%2F"))),
    ),
)  # fmt: skip


def gzip_bomb(megabytes: int = 64) -> Answer:
    """A small body that unpacks to a large one."""
    body = gzip.compress(b" " * (megabytes << 20), 9)
    return Answer(200, (("Content-Type", "application/json"), ("Content-Encoding", "gzip")), body)
