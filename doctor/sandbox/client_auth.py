"""Client authentication at Keycloak's token endpoint (RFC 6749 section 2.3): who is calling, or why not."""

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from doctor.sandbox.declared_realm import AuthMethod, Client, Realm
from doctor.sandbox.era import Era
from doctor.sandbox.message import Answer, Request, json_answer

_NOT_TOLD = "Invalid client or Invalid client credentials"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Credentials:
    """What the request carried; None where it carried nothing."""

    client_id: str | None
    secret: str | None
    method: AuthMethod


class BadEscape(Exception):
    """A ``%`` in the Basic header that begins no escape: Keycloak's decoder throws."""


def authenticate(realm: Realm, request: Request, issued: int, era: Era) -> Client | Answer:
    """The client, or the refusal, in Keycloak's order of checks."""
    try:
        given = credentials(request, decoded=era is not Era.TALKATIVE)
    except BadEscape:
        return refusal(400, "unauthorized_client", "Unexpected error when authenticating client")
    client = realm.client(given.client_id)
    answer = _refused(client, given, issued, era)
    if answer is not None and realm.discreet:
        return json_answer(401, {"error": "invalid_client"})
    if answer is not None or client is None:
        return answer or _unusable(era)
    return client


def _refused(client: Client | None, given: Credentials, issued: int, era: Era) -> Answer | None:
    if client is None or client.authenticator == "client-x509":
        return _unusable(era)
    if client.authenticator in ("client-jwt", "client-secret-jwt"):
        return refusal(400, "invalid_client", "Parameter client_assertion_type is missing")
    if not client.enabled or (client.tokens is not None and issued >= client.tokens):
        return _disabled(era)
    if client.public:
        return None
    return _secret_refused(client, given, era)


def _secret_refused(client: Client, given: Credentials, era: Era) -> Answer | None:
    if not era.classic and given.secret is not None and client.allowed_method not in (None, given.method):
        return refusal(401, "unauthorized_client", (
            "Invalid method used to get client secret. "
            f"Client requires method '{client.allowed_method}' to obtain client secret from the request"
        ))  # fmt: skip
    if client.secret is None or given.secret != client.secret:
        return refusal(401, "unauthorized_client", _why(given) if era is Era.TALKATIVE else _NOT_TOLD)
    return None


def _why(given: Credentials) -> str:
    return "Client secret not provided in request" if given.secret is None else "Invalid client secret"


def _unusable(era: Era) -> Answer:
    if era is Era.TALKATIVE:
        return refusal(400, "invalid_client", "Invalid client credentials")
    return refusal(401, "invalid_client", _NOT_TOLD)


def _disabled(era: Era) -> Answer:
    if era is Era.TALKATIVE:
        return refusal(400, "unauthorized_client", "Invalid client credentials")
    return _unusable(era)


def refusal(status: int, error: str, description: str) -> Answer:
    """An OAuth error (RFC 6749 section 5.2)."""
    return json_answer(status, {"error": error, "error_description": description})


def credentials(request: Request, *, decoded: bool = True) -> Credentials:
    """Basic first, then the form over it, value by value."""
    client_id, secret = _basic(request.header("Authorization") or "", decoded=decoded)
    in_form = request.parameter("client_secret")
    method: AuthMethod = "client_secret_basic" if in_form is None and secret is not None else "client_secret_post"
    return Credentials(
        request.parameter("client_id") or client_id,
        in_form if in_form is not None else secret,
        method,
    )


def _basic(header: str, *, decoded: bool) -> tuple[str | None, str | None]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None, None
    try:
        pair = base64.b64decode(encoded.strip(), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return None, None
    client_id, colon, secret = pair.partition(":")
    if not colon:
        return None, None
    return (_decoded(client_id), _decoded(secret)) if decoded else (client_id, secret)


def _decoded(value: str) -> str:
    if _BAD_ESCAPE.search(value):
        raise BadEscape
    return unquote_plus(value)
