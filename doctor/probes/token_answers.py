"""Reads a token endpoint's answer: status and ``error`` first, the description only where those leave a choice.

The order and the words are Keycloak's (``TokenEndpoint``, ``ClientIdAndSecretAuthenticator``), versions 15 to 26;
a server with other words falls through to what its ``error`` code means in RFC 6749 section 5.2.
"""

import re
from typing import Any

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import BodyKind, Reply, Speaker
from doctor.model.facts.token import AuthMethod, Said, TokenResponse

_WORDS: tuple[tuple[Said, str, str], ...] = (
    (Said.REALM_UNKNOWN, r"realm does not exist", ""),
    (Said.REALM_DISABLED, r"access_denied", r"realm not enabled|realm.*disabled"),
    (Said.HTTPS_REQUIRED, r"invalid_request", r"https required"),
    (Said.BODY_LOST, r"invalid_request", r"missing (form )?parameter|grant_type.*(missing|required)"),
    (Said.GRANT_UNSUPPORTED, r"unsupported_grant_type", ""),
    (Said.PUBLIC, r"unauthorized_client", r"public client"),
    (Said.BEARER_ONLY, r"unauthorized_client|invalid_client", r"bearer.?only"),
    (
        Said.SERVICE_ACCOUNT_OFF,
        r"unauthorized_client",
        r"not enabled to retrieve service account|service accounts? .*(not enabled|disabled)|grant.?type",
    ),
    (Said.SERVICE_USER, r"invalid_request", r"service.account.*(disabled|does not exist)|user .*disabled"),
    (Said.ASSERTION_WANTED, r"invalid_client|unauthorized_client", r"client_assertion|signed jwt"),
    (Said.METHOD_WANTED, r"unauthorized_client|invalid_client", r"requires method|invalid method used"),
    (Said.BASIC_UNREADABLE, r"unauthorized_client", r"unexpected error when authenticating"),
    (Said.NOT_OIDC, r"invalid_client", r"wrong client protocol"),
    (Said.DPOP, r"invalid_dpop_proof|use_dpop_nonce", ""),
    (Said.DPOP, r"invalid_request", r"dpop"),
    (Said.HOLDER_OF_KEY, r"invalid_request", r"hok|holder.of.key|client certificat.*missing|mtls"),
    (Said.SCOPE, r"invalid_scope", ""),
    (Said.NO_ENDPOINT, r"protocol not found|http 40[45] .*|resteasy003(210|650).*|unable to find matching.*", ""),
    (Said.OTHER_REFUSAL, r".*", r"duplicated parameter"),
    (Said.CLIENT_DISABLED, r"unauthorized_client", r"^400 .*client credentials"),  # versions 15 to 19, and only they
    (
        Said.CLIENT_UNKNOWN,
        r"unauthorized_client|invalid_client",
        r"\bunknown client|\b(client|application)\b.* (not found|unknown|does not exist|not registered)\b",
    ),
    (Said.SECRET_WRONG, r"unauthorized_client", r"secret|credentials"),
    (Said.SECRET_WRONG, r"invalid_client", r"\b(invalid|wrong|incorrect|bad|expired) (client )?secret\b(?! or)"),
    (Said.CLIENT_UNUSABLE, r"invalid_client", r"invalid client"),
    (Said.UNCLEAR_REFUSAL, r"invalid_client|unauthorized_client", ""),
    (Said.UNCLEAR_REFUSAL, r"access_denied", r"^401 "),
)
"""What it says, the ``error`` code, and what status and description hold; the first row that fits."""


def what_it_says(result: Reply | TransportFailure, response: TokenResponse | None) -> Said:
    """The answer, as the earliest of Keycloak's checks that it can come from."""
    if isinstance(result, TransportFailure):
        return Said.NOTHING
    if result.redirect:
        return Said.REDIRECT
    if result.ok:
        return _success(result, response)
    if result.body is BodyKind.HTML and result.speaker is Speaker.KEYCLOAK:
        return Said.NO_ENDPOINT  # its token endpoint has no pages, in no version
    return _known_words(result) or _by_status(result)


def method_wanted(reply: Reply) -> AuthMethod | None:
    """The client authentication method that a refusal names."""
    words = reply.error_description or ""
    named = [m for m in (AuthMethod.BASIC, AuthMethod.POST) if re.search(rf"requires? method '?{m.value}", words, re.I)]
    return named[0] if named else None


def token_response(document: object) -> TokenResponse:
    """The fields of a 200, without the token (RFC 6749 section 5.1)."""
    fields: dict[str, Any] = document if isinstance(document, dict) else {}
    token, given = fields.get("access_token"), fields.get("expires_in")
    return TokenResponse(
        access_token=isinstance(token, str) and bool(token.strip()),
        token_type=_text(fields.get("token_type")),
        expires_in=_seconds(given),
        expires_in_given=None if given is None else str(given)[:100],
        scope=_text(fields.get("scope")),
    )


def _success(reply: Reply, response: TokenResponse | None) -> Said:
    if reply.body is not BodyKind.OBJECT:
        return Said.NOT_JSON
    return Said.TOKEN if response and response.access_token else Said.INCOMPLETE


def _known_words(reply: Reply) -> Said | None:
    error, words = (reply.error or "").lower(), f"{reply.status} {reply.error_description or ''}".lower()
    if not error:
        return None
    return next((said for said, code, told in _WORDS if re.fullmatch(code, error) and re.search(told, words)), None)


def _by_status(reply: Reply) -> Said:
    if not reply.error or reply.status >= 500 or reply.status == 429:
        return Said.OTHER_REFUSAL if reply.body is BodyKind.OBJECT and reply.status < 401 else Said.ELSEWHERE
    return Said.NO_ENDPOINT if reply.status == 404 else Said.OTHER_REFUSAL


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if 0 < seconds < 1e10 else None


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) else None
