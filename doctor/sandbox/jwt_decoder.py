"""Spring Security's reading of a bearer token: its order of checks and its words."""

import base64
import datetime as dt
import json
import re
from typing import Any

from cryptography.exceptions import InvalidSignature

from doctor.sandbox.realm_key import RealmKey
from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Realm, Trust

_BEARER = re.compile(r"Bearer (?P<token>[a-zA-Z0-9-._~+/]+=*)", re.IGNORECASE)
_DECODING = "An error occurred while attempting to decode the Jwt: "

Claims = dict[str, Any]


class Refused(Exception):
    """The token was refused, for a reason that Spring puts into ``error_description``."""


class CannotCheck(Exception):
    """The realm's keys cannot be had: an AuthenticationServiceException, which ends as 500."""


def authenticated(scene: Scene, header: str, now: float) -> Claims:
    """The claims of a token that holds; the order is Spring's: form, key, signature, then claims."""
    found = _BEARER.fullmatch(header)
    if found is None:
        raise Refused("Bearer token is malformed")
    head, claims = _parsed(found["token"])
    if head.get("alg") == "none":
        raise Refused("Unsupported algorithm of none")
    if scene.world.api.broken_keys:
        raise CannotCheck
    realm, trust = _verify_signature(scene, head, found["token"])
    _validate(scene, realm, trust, claims, now)
    return claims


def _parsed(token: str) -> tuple[Claims, Claims]:
    parts = token.split(".")
    try:
        head = _object(parts[0])
        if len(parts) == 5 and "enc" in head:
            raise Refused(f"{_DECODING}Encrypted JWT rejected: No JWE key selector is configured")
        if len(parts) != 3:
            raise Refused(f"{_DECODING}Malformed token")
    except ValueError:
        raise Refused(f"{_DECODING}Malformed token") from None
    try:
        return head, _object(parts[1])
    except ValueError:
        raise Refused(f"{_DECODING}Malformed payload") from None


def _object(part: str) -> Claims:
    match json.loads(_bytes(part)):
        case dict() as document:
            return document
        case _:
            raise ValueError("not a JSON object")


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _verify_signature(scene: Scene, head: Claims, token: str) -> tuple[Realm, Trust]:
    """The realm whose key has signed, among those that the API trusts."""
    if not scene.world.api.checks_signature:
        return scene.world.trusted[0]
    data, _, signature = token.rpartition(".")
    realm, trust, key = _key(scene, head)
    try:
        key.verify(_bytes(signature), data.encode())
    except (InvalidSignature, ValueError):
        raise Refused(f"{_DECODING}Signed JWT rejected: Invalid signature") from None
    return realm, trust


def _key(scene: Scene, head: Claims) -> tuple[Realm, Trust, RealmKey]:
    wanted = (head.get("kid"), head.get("alg"))
    for realm, trust in scene.world.trusted if scene.world.api.keys_known else ():
        for key in scene.keys.signing(realm):
            if wanted == (key.kid, key.algorithm) and key.algorithm in scene.world.api.algorithms:
                return realm, trust, key
    raise Refused(f"{_DECODING}Signed JWT rejected: Another algorithm expected, or no matching key(s) found")


def _validate(scene: Scene, realm: Realm, trust: Trust, claims: Claims, now: float) -> None:
    api = scene.world.api
    expires, starts = claims.get("exp"), claims.get("nbf")
    if api.checks_expiry and isinstance(expires, int) and now - trust.leeway > expires:
        raise Refused(f"{_DECODING}Jwt expired at {_instant(expires)}")
    if isinstance(starts, int) and now + trust.leeway < starts:
        raise Refused(f"{_DECODING}Jwt used before {_instant(starts)}")
    if claims.get("iss") != (api.trusted_issuer or scene.issuer(realm)):
        raise Refused(f"{_DECODING}The iss claim is not valid")
    if "x5t#S256" in claims.get("cnf", {}):
        raise Refused(f"{_DECODING}Unable to obtain X509Certificate from current request")
    audience = claims.get("aud", [])
    if api.audience is not None and api.audience not in ([audience] if isinstance(audience, str) else audience):
        raise Refused(f"{_DECODING}The aud claim is not valid")


def _instant(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+00:00", "Z")
