"""Reads what the tokens say of themselves; nothing here trusts them."""

import re
from typing import Any

from doctor.model.facts.access_token import GivenHeader, TokenForm, Tokens, TokenSeen
from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.settings import SettingsSeen
from doctor.model.facts.token import Attempt, Grant
from doctor.model.probe import probe
from doctor.model.secret import AS_GIVEN, SecretRef, Vault
from doctor.model.terms import SettingName
from doctor.probes.header import examine_header

HEADER_TOKEN = SecretRef(SettingName.AUTHORIZATION.value, "token")
"""The token inside the Authorization header that was given."""
_SEGMENT = re.compile(r"[A-Za-z0-9_-]*")


@probe(question="what the tokens say of themselves")
def tokens(vault: Vault, settings: SettingsSeen, grant: Grant | None) -> Tokens | Missing:
    seen: list[TokenSeen] = []
    if grant is not None and grant.obtained:
        seen.append(look_at(vault.resolve(issued_token(grant)).reveal(), None))
    for name, ref in given_tokens(vault, settings):
        seen.append(look_at(vault.resolve(ref).reveal(), name))
    return Tokens(tuple(seen)) if seen else Missing("there is no access token")


@probe(question="what form the Authorization header has that the application sends")
def given_header(vault: Vault, settings: SettingsSeen) -> GivenHeader | Missing:
    given = settings.get(SettingName.AUTHORIZATION)
    if given is None:
        return Missing("no Authorization header was given to examine", Why.NOT_NEEDED)
    if not given.shape.sendable:
        return Missing("the Authorization header given is no value that could be sent")
    return examine_header(vault.get(SettingName.AUTHORIZATION.value).reveal())[0]


def issued_token(grant: Grant) -> SecretRef:
    """Where the vault holds the token that this run was given."""
    return token_of(grant.final)


def token_of(attempt: Attempt) -> SecretRef:
    """Where the vault holds the token that this request was given."""
    return SecretRef("access_token", f"exchange {attempt.result.exchange}")


def given_tokens(vault: Vault, settings: SettingsSeen) -> list[tuple[SettingName, SecretRef]]:
    """The tokens that the person gave, cleaned where they need it."""
    refs: list[tuple[SettingName, SecretRef]] = []
    given = settings.get(SettingName.ACCESS_TOKEN)
    if given is not None and given.shape.sendable:
        cleaned = next((c.variant for c in given.shape.corrections), AS_GIVEN)
        refs.append((SettingName.ACCESS_TOKEN, SecretRef(SettingName.ACCESS_TOKEN.value, cleaned)))
    if HEADER_TOKEN in vault:
        refs.append((SettingName.AUTHORIZATION, HEADER_TOKEN))
    return refs


def look_at(token: str, given_as: SettingName | None) -> TokenSeen:
    """The token's form and claims (RFC 7515 section 3.1, RFC 7519 section 4)."""
    segments = token.split(".")
    size = len(token.encode("utf-8", "surrogatepass"))
    if len(segments) == 5:
        return TokenSeen(given_as, TokenForm.JWE, size=size)
    if len(segments) != 3:
        return _not_three(token, segments, given_as, size)
    import jwt

    damaged = next((i for i, s in enumerate(segments) if not _SEGMENT.fullmatch(s)), None)
    if damaged is not None:
        part = ("header", "claims", "signature")[damaged]
        return TokenSeen(given_as, TokenForm.MALFORMED, f"its {part} holds characters that base64url has not", size)
    try:
        decoded = jwt.decode_complete(token, options={"verify_signature": False})
    except (jwt.exceptions.PyJWTError, ValueError) as problem:
        return TokenSeen(given_as, TokenForm.MALFORMED, f"it cannot be decoded ({problem})", size)
    header, claims = decoded["header"], decoded["payload"]
    if not segments[2] and str(header.get("alg", "")).lower() != "none":
        return TokenSeen(
            given_as, TokenForm.MALFORMED, "its signature is missing", size, algorithm=_text(header, "alg")
        )
    return _seen(header, claims, given_as, size)


def _not_three(token: str, segments: list[str], given_as: SettingName | None, size: int) -> TokenSeen:
    if token.startswith("eyJ"):
        detail = f"it has {len(segments)} segment{'s' * (len(segments) > 1)} where a JWT has three"
        return TokenSeen(given_as, TokenForm.MALFORMED, detail, size)
    return TokenSeen(given_as, TokenForm.OPAQUE, size=size)


def _seen(header: dict[str, Any], claims: dict[str, Any], given_as: SettingName | None, size: int) -> TokenSeen:
    client = next((c for c in (_text(claims, k) for k in ("azp", "client_id", "clientId")) if c), None)
    return TokenSeen(
        given_as,
        TokenForm.JWS,
        size=size,
        algorithm=_text(header, "alg"),
        key_id=_text(header, "kid"),
        media_type=_text(header, "typ"),
        issuer=_text(claims, "iss"),
        subject=_text(claims, "sub"),
        audience=_audience(claims.get("aud")),
        client=client,
        kind=_text(claims, "typ"),
        issued_at=_time(claims, "iat"),
        expires_at=_time(claims, "exp"),
        not_before=_time(claims, "nbf"),
        roles=_roles(claims),
        scope=_text(claims, "scope"),
        bound=_bound(claims.get("cnf")),
        username=_text(claims, "preferred_username"),
    )


def _roles(claims: dict[str, Any]) -> tuple[str, ...] | None:
    realm, resource = claims.get("realm_access"), claims.get("resource_access")
    if not isinstance(realm, dict) and not isinstance(resource, dict):
        return None
    roles = _listed(realm)
    for client, access in resource.items() if isinstance(resource, dict) else ():
        roles += [f"{client}:{r}" for r in _listed(access)]
    return tuple(roles[:200])


def _listed(access: object) -> list[str]:
    roles = access.get("roles") if isinstance(access, dict) else None
    return [str(r) for r in roles] if isinstance(roles, list) else []


def _bound(cnf: object) -> str | None:
    return ", ".join(sorted(str(k) for k in cnf)) if isinstance(cnf, dict) and cnf else None


def _audience(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    return tuple(str(v)[:300] for v in value) if isinstance(value, list) else (str(value)[:300],)


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return value[:1000] if isinstance(value, str) else None


def _time(claims: dict[str, Any], key: str) -> float | None:
    value = claims.get(key)
    return (
        float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12 else None
    )
