"""A resource server's reading of a bearer token, in the order of Spring Security's checks."""

import base64
import datetime as dt
import json
from typing import Any

from cryptography.exceptions import InvalidSignature

from doctor.sandbox.realm_key import RealmKey
from doctor.sandbox.refusal import Reason, Refused
from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Realm, Trust

Claims = dict[str, Any]


def authenticated(scene: Scene, token: str, now: float) -> Claims:
    """The claims of a token that holds: form, key, signature, then claims; raises ``Refused``."""
    head, claims = _parsed(token)
    if head.get("alg") == "none":
        raise Refused(Reason.UNSIGNED)
    if scene.world.api.broken_keys:
        raise Refused(Reason.KEYS_UNREACHABLE)
    realm, trust = _verify_signature(scene, head, token)
    _validate(scene, realm, trust, claims, now)
    return claims


def _parsed(token: str) -> tuple[Claims, Claims]:
    parts = token.split(".")
    try:
        head = _object(parts[0])
        if len(parts) == 5 and "enc" in head:
            raise Refused(Reason.ENCRYPTED)
        if len(parts) != 3:
            raise Refused(Reason.TOKEN)
    except ValueError:
        raise Refused(Reason.TOKEN) from None
    try:
        return head, _object(parts[1])
    except ValueError:
        raise Refused(Reason.PAYLOAD) from None


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
        raise Refused(Reason.SIGNATURE) from None
    return realm, trust


def _key(scene: Scene, head: Claims) -> tuple[Realm, Trust, RealmKey]:
    for realm, trust in scene.world.trusted if scene.world.api.keys_known else ():
        for key in scene.keys.signing(realm):
            named = head.get("kid") in (None, key.kid) and head.get("alg") == key.algorithm
            if named and key.algorithm in scene.world.api.algorithms:
                return realm, trust, key
    raise Refused(Reason.KEY)


def _validate(scene: Scene, realm: Realm, trust: Trust, claims: Claims, now: float) -> None:
    api = scene.world.api
    expires, starts = claims.get("exp"), claims.get("nbf")
    if api.checks_expiry and isinstance(expires, int) and now - trust.leeway > expires:
        raise Refused(Reason.EXPIRED, _instant(expires))
    if isinstance(starts, int) and now + trust.leeway < starts:
        raise Refused(Reason.EARLY, _instant(starts))
    if claims.get("iss") != (api.trusted_issuer or scene.issuer(realm)):
        raise Refused(Reason.ISSUER)
    if "x5t#S256" in claims.get("cnf", {}):
        raise Refused(Reason.BOUND)
    audience = claims.get("aud", [])
    if api.audience is not None and api.audience not in ([audience] if isinstance(audience, str) else audience):
        raise Refused(Reason.AUDIENCE)


def _instant(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+00:00", "Z")
