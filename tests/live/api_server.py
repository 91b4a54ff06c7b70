"""A protected API as Spring Security guards one: it verifies tokens against the realm's own keys.

Run as a program: ``api_server.py PORT TRUST…``, each TRUST being JSON with ``issuers``, ``jwks_uri`` and ``leeway``
(seconds).  ``/api/status`` is open; the two documented lists want the realm role ``api-reader``; anything else under
``/api`` wants a token and is then not found.
"""

import json
import re
import sys
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import jwt

ROLE = "api-reader"
OPEN = {"/api/status"}
LISTS = {"/api/reference-data/v1/tables", "/api/catalog/v1/catalog-items"}
# What a Spring resource server accepts from an issuer with such keys; EdDSA is not among it.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
TOKEN = re.compile(r"Bearer (?P<token>[a-zA-Z0-9\-._~+/]+=*)", re.IGNORECASE)
RFC = "https://tools.ietf.org/html/rfc6750#section-3.1"
DECODING = "An error occurred while attempting to decode the Jwt: "
NO_KEY = "Signed JWT rejected: Another algorithm expected, or no matching key(s) found"


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """An answer other than 200."""

    status: int
    error: str | None = None
    description: str | None = None

    @property
    def challenge(self) -> str:
        """The value of ``WWW-Authenticate``."""
        if self.error is None:
            return "Bearer"
        return f'Bearer error="{self.error}", error_description="{self.description}", error_uri="{RFC}"'


def refused_token(why: str) -> Refusal:
    return Refusal(401, "invalid_token", DECODING + why)


class Trust:
    """A realm, by the names it goes by, with its keys as it shows them."""

    def __init__(self, issuers: list[str], jwks_uri: str, leeway: float) -> None:
        self.issuers = issuers
        self.leeway = leeway
        self._jwks_uri = jwks_uri
        self._keys: dict[str, jwt.PyJWK] = {}

    def key(self, kid: str | None) -> jwt.PyJWK | None:
        """The signing key with this id, fetched again when it is not known."""
        if kid is not None and kid not in self._keys:
            self._keys = self._fetch()
        return self._keys.get(kid or "")

    def _fetch(self) -> dict[str, jwt.PyJWK]:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self._jwks_uri, timeout=5) as answer:
            described = json.load(answer)["keys"]
        keys = [jwt.PyJWK(each) for each in described if each.get("use") == "sig" and each.get("alg") in ALGORITHMS]
        return {str(key.key_id): key for key in keys}


class Guard:
    """Decides on the ``Authorization`` header."""

    def __init__(self, trusts: list[Trust]) -> None:
        self._trusts = trusts

    def admit(self, authorization: str | None) -> dict[str, Any]:
        """The claims of an accepted token; raises ``Refusal``."""
        if authorization is None or not authorization.lower().startswith("bearer"):
            raise Refusal(401)
        match = TOKEN.fullmatch(authorization)
        if match is None:
            raise Refusal(401, "invalid_token", "Bearer token is malformed")
        return self._verify(match["token"])

    def _verify(self, token: str) -> dict[str, Any]:
        trust, key = self._key_for(token)
        # Spring's default validators ask for exp, nbf and iss, not for iat and not for an audience.
        options: Any = {"verify_aud": False, "verify_iat": False}
        try:
            return jwt.decode(token, key, ALGORITHMS, options, issuer=trust.issuers, leeway=trust.leeway)
        except jwt.ExpiredSignatureError as error:
            ended = jwt.decode(token, options={"verify_signature": False})["exp"]
            raise refused_token(f"Jwt expired at {_instant(ended)}") from error
        except jwt.ImmatureSignatureError as error:
            begins = jwt.decode(token, options={"verify_signature": False})["nbf"]
            raise refused_token(f"Jwt used before {_instant(begins)}") from error
        except jwt.InvalidIssuerError as error:
            raise refused_token("The iss claim is not valid") from error
        except jwt.InvalidSignatureError as error:
            raise refused_token("Signed JWT rejected: Invalid signature") from error
        except jwt.InvalidTokenError as error:
            raise refused_token("Malformed payload") from error

    def _key_for(self, token: str) -> tuple[Trust, jwt.PyJWK]:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError as error:
            raise refused_token("Malformed token") from error
        if header.get("alg") == "none":
            raise Refusal(401, "invalid_token", "Unsupported algorithm of none")
        for trust in self._trusts:
            key = trust.key(header.get("kid"))
            if key is not None and key.algorithm_name == header.get("alg"):
                return trust, key
        raise refused_token(NO_KEY)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    guard: Guard

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        try:
            self._send(200, self._answer(path))
        except Refusal as refusal:
            self._refuse(refusal, path)

    def _answer(self, path: str) -> dict[str, Any]:
        if path in OPEN:
            return {"data": [], "meta": {"total": 0}}
        claims = self.guard.admit(self.headers.get("Authorization"))
        if path not in LISTS:
            raise Refusal(404)
        if ROLE not in claims.get("realm_access", {}).get("roles", []):
            raise Refusal(
                403, "insufficient_scope", "The request requires higher privileges than provided by the access token."
            )
        return {"data": [], "meta": {"prev": None, "next": None, "total": 0}}

    def _refuse(self, refusal: Refusal, path: str) -> None:
        if refusal.status == 404:
            body = {
                "timestamp": _instant(datetime.now(UTC).timestamp()),
                "status": 404,
                "error": "Not Found",
                "path": path,
            }
            self._send(404, body)
        else:
            self._send(refusal.status, None, ("WWW-Authenticate", refusal.challenge))

    def _send(self, status: int, body: dict[str, Any] | None, *headers: tuple[str, str]) -> None:
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        self.send_header("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def main(port: str, *trusts: str) -> None:
    Handler.guard = Guard([Trust(**json.loads(each)) for each in trusts])
    ThreadingHTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
