"""What an ingress can do wrong, and what it may well do, each in nginx's own words; and what the program must say."""

from dataclasses import dataclass

_ISSUED = "proxy_pass http://127.0.0.1:<keycloak>;"
_API = "proxy_pass http://127.0.0.1:<api>;"
_TOKEN = "location ~ /openid-connect/token$"
_SIGN_IN = "<!doctype html><title>Sign in</title><form><input type=password name=p></form>"
_APPLICATION = "<!doctype html><title>ONE</title><div id=root></div>"


@dataclass(frozen=True, slots=True)
class NginxWorld:
    """One door of the ingress whose configuration deviates."""

    name: str
    """A sentence."""
    directives: str
    """Into its ``server`` block. ``<keycloak>``, ``<api>``, ``<closed>`` and ``<silent>`` stand for ports, ``<ca>`` and
    ``<nobody>`` for files."""
    cause: str | None = None
    """None: nothing is broken."""
    endpoint: str | None = None
    """None: any, or none at all."""
    exit_code: int = 1
    plain: bool = False
    """The door speaks plain HTTP."""
    base: str = ""
    """Into the ``http`` block."""


WORLDS = (
    NginxWorld("it hides discovery", "location ~ well-known { return 404; }", exit_code=0),
    NginxWorld(
        "it shows nothing of the realm but the token endpoint",
        _TOKEN + " { " + _ISSUED + " } location /auth { return 404; } location /realms { return 404; }",
        exit_code=0,
    ),
    NginxWorld("it closes each connection after an answer", "keepalive_timeout 0;", exit_code=0),
    NginxWorld(
        "it compresses what it passes on", "gzip on; gzip_types *; gzip_proxied any; gzip_min_length 1;", exit_code=0
    ),
    NginxWorld("it lets in the addresses on its list only", "deny all;", "edge-blocks", "realm", 3),
    NginxWorld(
        "it wants a login of its own",
        'auth_basic "staff"; auth_basic_user_file <nobody>;',
        "login-page-in-front",
        "realm",
    ),
    NginxWorld(
        "it wants a login of its own before the API",
        'location /api { auth_basic "staff"; auth_basic_user_file <nobody>; ' + _API + " }",
        "login-page-in-front",
        "api",
    ),
    NginxWorld(
        "it leads everybody to the sign-in page",
        "location = /oauth2/sign_in { default_type text/html; return 200 '" + _SIGN_IN + "'; }"
        " if ($uri != /oauth2/sign_in) { return 302 /oauth2/sign_in?rd=$request_uri; }",
        "login-page-in-front",
    ),
    NginxWorld(
        "it counts requests and has had enough",
        "limit_req zone=few; limit_req_status 429;",
        "rate-limited",
        exit_code=3,
        base="limit_req_zone $server_name zone=few:1m rate=1r/m;",
    ),
    NginxWorld(
        "the API is gone behind it",
        "location /api { proxy_pass http://127.0.0.1:<closed>; }",
        "gateway-error",
        "api",
        3,
    ),
    NginxWorld(
        "the API is silent behind it",
        "location /api { proxy_read_timeout 1s; proxy_pass http://127.0.0.1:<silent>; }",
        "gateway-error",
        "api",
        3,
    ),
    NginxWorld("it is being maintained", "return 503;", "gateway-error", exit_code=3),
    NginxWorld(
        "it removes the Authorization header",
        'location /api { proxy_set_header Authorization ""; ' + _API + " }",
        "authorization-header-lost",
        "api",
    ),
    NginxWorld(
        "it takes short headers only",
        "large_client_header_buffers 4 1k; client_header_buffer_size 512;",
        "api-header-too-large",
        "api",
    ),
    NginxWorld(
        "the web application answers for every path of the API",
        "location /api { default_type text/html; return 200 '" + _APPLICATION + "'; }",
        "api-answers-html",
        "api",
    ),
    NginxWorld("it has no route to the API", "location /api { return 404; }", "api-not-found", "api"),
    NginxWorld(
        "it serves Keycloak without /auth",
        "location /auth { return 404; } location /realms { proxy_pass http://127.0.0.1:<keycloak>/auth/realms; }",
        "auth-path-differs",
    ),
    NginxWorld(
        "it lets nobody post", _TOKEN + " { limit_except GET { deny all; } " + _ISSUED + " }", "edge-blocks", "token", 3
    ),
    NginxWorld(
        "it moves the token endpoint to another host",
        _TOKEN + " { return 308 https://login.example$request_uri; }",
        "token-url-redirects",
        "token",
    ),
    NginxWorld(
        "it moves the API to another host",
        "location /api { return 307 https://api.example$request_uri; }",
        "api-redirects",
        "api",
    ),
    NginxWorld(
        "it knows no such environment",
        "default_type text/plain; return 404 'default backend - 404';",
        "environment-not-there",
    ),
    NginxWorld(
        "it is a web site of its own", "default_type text/html; return 200 '" + _APPLICATION + "';", "not-keycloak"
    ),
    NginxWorld(
        "it wants a certificate of its callers",
        "ssl_client_certificate <ca>; ssl_verify_client on;",
        "client-certificate-required",
    ),
    NginxWorld(
        "it speaks no TLS of today", "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;", "tls-version-refused"
    ),
    NginxWorld("it speaks plain HTTP at this port", "", "tls-not-spoken", plain=True),
)
