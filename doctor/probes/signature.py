"""Fetches the realm's keys and verifies the tokens against them (RFC 7515 section 5.2, RFC 7517)."""

from typing import Any

from doctor.model.facts.access_token import (
    KeySet,
    Signatures,
    SignatureSeen,
    SignatureState,
    TokenForm,
    Tokens,
    TokenSeen,
)
from doctor.model.facts.missing import Missing
from doctor.model.facts.network import TransportFailure
from doctor.model.facts.realm import Realm
from doctor.model.facts.settings import SettingsSeen
from doctor.model.facts.token import Grant
from doctor.model.probe import probe
from doctor.model.request import Http, Request
from doctor.model.secret import Vault
from doctor.model.terms import Endpoint
from doctor.probes.access_token import given_tokens, issued_token
from doctor.probes.reading import read

_MEMBERS = ("kty", "kid", "alg", "use", "n", "e", "crv", "x", "y")
_ASYMMETRIC = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K", "EdDSA"}
)


@probe(question="which keys the realm signs with")
def key_set(http: Http, realm: Realm) -> KeySet | Missing:
    response = http.ask(Request("read the realm's keys", Endpoint.REALM, "GET", realm.jwks_uri))
    result = read(response)
    if isinstance(response, TransportFailure) or not isinstance(response.document, dict):
        return KeySet(result, ())
    listed = response.document.get("keys")
    keys = [k for k in listed if isinstance(k, dict)] if isinstance(listed, list) else []
    return KeySet(result, tuple(_public(k) for k in keys if k.get("use") != "enc"))


@probe(question="whether the realm signed the tokens")
def signatures(
    vault: Vault, settings: SettingsSeen, tokens: Tokens, key_set: KeySet, grant: Grant | None
) -> Signatures | Missing:
    if not key_set.keys:
        return Missing("the realm's keys could not be read")
    refs = dict(given_tokens(vault, settings))
    seen = []
    for token in tokens.tokens:
        if token.form is not TokenForm.JWS:
            continue
        ref = issued_token(grant) if token.given_as is None and grant else refs[token.given_as]  # type: ignore[index]
        seen.append(_verify(vault.resolve(ref).reveal(), token, key_set))
    return Signatures(tuple(seen), key_set.key_ids)


def prepare() -> None:
    """Import what verifies signatures, which takes longer than verifying."""
    import jwt  # noqa: F401


def _verify(token: str, seen: TokenSeen, key_set: KeySet) -> SignatureSeen:
    if seen.algorithm not in _ASYMMETRIC:
        return SignatureSeen(seen.given_as, SignatureState.UNSUPPORTED, seen.key_id, f"algorithm {seen.algorithm}")
    keys = [k for k in key_set.keys if seen.key_id is None or k.get("kid") == seen.key_id]
    if not keys:
        return SignatureSeen(seen.given_as, SignatureState.KEY_UNKNOWN, seen.key_id)
    states = [_verified_by(token, seen.algorithm or "", key) for key in keys]
    best = next(
        (s for s in (SignatureState.VERIFIED, SignatureState.INVALID) if s in states), SignatureState.UNSUPPORTED
    )
    return SignatureSeen(seen.given_as, best, seen.key_id)


def _verified_by(token: str, algorithm: str, key: dict[str, str]) -> SignatureState:
    import jwt

    try:
        material: Any = jwt.PyJWK.from_dict(key, algorithm=algorithm).key
        jwt.PyJWS().decode(token, material, algorithms=[algorithm])
    except jwt.exceptions.InvalidSignatureError:
        return SignatureState.INVALID
    except (jwt.exceptions.PyJWTError, ValueError, TypeError, AttributeError):
        return SignatureState.UNSUPPORTED  # a key of another kind than the algorithm needs
    return SignatureState.VERIFIED


def _public(key: dict[str, Any]) -> dict[str, str]:
    return {name: str(key[name]) for name in _MEMBERS if isinstance(key.get(name), str)}
