"""Access tokens as Keycloak 26 issues them for the client credentials grant, and the declared deviations."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from typing import Any

from doctor.sandbox.realm_key import RealmKey, b64url
from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Client, Minting, Realm

Claims = dict[str, Any]
AS_ISSUED = Minting()
_LIGHTWEIGHT = {"exp", "iat", "jti", "iss", "sub", "typ", "azp", "scope"}
_SPACE = uuid.UUID("6f9619ff-8b86-4d11-b42d-00c04fc964ff")


def access_token(scene: Scene, realm: Realm, client: Client, scope: str, now: float, serial: int) -> str:
    """A signed token for this client, with the deviations that it declares."""
    said = claims(scene, realm, client, scope, now, serial)
    return sign(scene, realm, said, client.minting, client.algorithm)


def claims(scene: Scene, realm: Realm, client: Client, scope: str, now: float, serial: int) -> Claims:
    """What the realm says of the service account, in Keycloak's order of claims."""
    kind = "trltcc" if client.lightweight else "trrtcc"
    said: Claims = {
        "exp": int(now) + client.lifespan,
        "iat": int(now),
        "jti": f"{kind}:{_uuid(scene.origin, realm.name, client.client_id, serial, now)}",
        "iss": scene.issuer(realm),
        **_audience(client),
        "sub": _uuid("account", realm.name, client.client_id),
        "typ": "Bearer",
        "azp": client.client_id,
        "acr": "1",
        **_roles(realm, client),
        "scope": scope,
        **_service_account(client),
    }
    kept = _LIGHTWEIGHT if client.lightweight else said.keys()
    return {**{name: value for name, value in said.items() if name in kept}, **client.extra_claims}


def _audience(client: Client) -> Claims:
    names = [*client.client_roles, "account"]
    return {"aud": names if len(names) > 1 else names[0]}


def _roles(realm: Realm, client: Client) -> Claims:
    roles = ["offline_access", *client.roles, f"default-roles-{realm.name.lower()}", "uma_authorization"]
    elsewhere = {**client.client_roles, "account": ("manage-account", "manage-account-links", "view-profile")}
    return {
        "realm_access": {"roles": roles},
        "resource_access": {name: {"roles": list(names)} for name, names in elsewhere.items()},
    }


def _service_account(client: Client) -> Claims:
    return {
        "clientHost": "127.0.0.1",
        "email_verified": False,
        "preferred_username": f"service-account-{client.client_id.lower()}",
        "clientAddress": "127.0.0.1",
        "client_id": client.client_id,
    }


def _uuid(*parts: object) -> str:
    return str(uuid.uuid5(_SPACE, "/".join(map(str, parts))))


def sign(
    scene: Scene, realm: Realm, said: Mapping[str, Any], minting: Minting = AS_ISSUED, algorithm: str | None = None
) -> str:
    """The compact serialization (RFC 7515 section 7.1) of these claims."""
    key = scene.keys.key(realm, algorithm or realm.algorithm)
    final = {name: value for name, value in {**said, **minting.claims}.items() if value is not None}
    said_of_it = {"alg": minting.algorithm or key.algorithm, "typ": "JWT", "kid": minting.kid or key.kid}
    header = {name: value for name, value in {**said_of_it, **minting.header}.items() if value is not None}
    signing_input = f"{_part(header)}.{_part(final)}"
    return _mangled(f"{signing_input}.{b64url(_signature(key, minting, signing_input.encode()))}", minting)


def _signature(key: RealmKey, minting: Minting, data: bytes) -> bytes:
    match minting.algorithm:
        case "none":
            return b""
        case "HS256":
            return hmac.digest(key.public_key.encode(), data, hashlib.sha256)
        case None:
            return key.sign(data)


def _mangled(token: str, minting: Minting) -> str:
    match minting.mangle:
        case "":
            return token
        case "signature":
            return altered(token)
        case "cut":
            return token[: token.index(".") + 200]
        case "opaque":
            return hashlib.sha256(token.encode()).hexdigest()
        case "encrypted":
            return _as_encrypted(*token.split("."))
        case "line-break":
            return f"{token[:76]}\n{token[76:]}"


def _as_encrypted(_: str, payload: str, signature: str) -> str:
    """Five segments as in RFC 7516 section 7.1; what is in them is noise to all but the API."""
    return f"{_part({'alg': 'RSA-OAEP', 'enc': 'A256GCM'})}.{signature}.{'A' * 16}.{payload}.{'A' * 22}"


def altered(token: str) -> str:
    """The same token with another signature, well-formed."""
    head, _, signature = token.rpartition(".")
    return f"{head}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _part(document: Mapping[str, Any]) -> str:
    return b64url(json.dumps(document, separators=(",", ":")).encode())
