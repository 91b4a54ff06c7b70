"""Reads the API's answer to a GET: status and challenge first, the gateway's own words where those leave a choice."""

import re

from doctor.model.facts.api import ApiSaid
from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import BodyKind, PageKind, Reply, Speaker

_WORDS: tuple[tuple[ApiSaid, str], ...] = (
    (
        ApiSaid.KEYS_UNREACHABLE,
        r"jwks remote fetch is failed|couldn't retrieve (remote )?jwk|jwk set.*(unreachable|failed)",
    ),
    (ApiSaid.EXPIRED, r"\bexpired\b"),
    (ApiSaid.EARLY, r"used before|not yet valid|not valid yet"),
    (ApiSaid.AUDIENCE, r"\baud(ience)?s?\b"),
    (ApiSaid.ISSUER, r"\biss(uer)?\b"),
    (
        ApiSaid.KEY_UNKNOWN,
        r"no matching key|doesn't have key|key(s)? not found|unknown key|unable to find.*key|invalid key",
    ),
    (ApiSaid.SIGNATURE, r"signature|verification fails"),
    (
        ApiSaid.TOKEN_MISSING,
        r"jwt is missing|no (bearer |access )?token|missing (bearer |access )?token|token (is )?missing",
    ),
    (
        ApiSaid.TOKEN_MALFORMED,
        r"malformed|bad token|unrecognizable token|not in the form of|base64url|could not be parsed",
    ),
)
_PERMISSION = (
    r"insufficient_scope|higher privileges|permission|privilege|not authori[sz]ed to|rbac: access denied"
    r"|cannot consume|missing (the )?(role|scope|authority)|required (role|scope|authority)"
)
"""In lower case, as all that is compared; compiled where an API first refuses."""


def what_the_api_says(result: Reply | TransportFailure, document: object) -> ApiSaid:
    """The answer to one GET."""
    if isinstance(result, TransportFailure):
        return ApiSaid.NOTHING
    if result.obstacle is not None:
        return ApiSaid.ELSEWHERE
    if result.redirect:
        return ApiSaid.REDIRECT
    if result.ok:
        return _success(result, document)
    if result.status == 431 or result.page is PageKind.HEADER_TOO_LARGE:
        return ApiSaid.HEADER_TOO_LARGE
    return _refusal(result)


def _success(reply: Reply, document: object) -> ApiSaid:
    if reply.body is BodyKind.OBJECT and isinstance(document, dict) and isinstance(document.get("data"), list):
        return ApiSaid.DOCUMENTED
    if reply.body is BodyKind.HTML:
        return ApiSaid.PAGE
    return ApiSaid.OTHER_JSON if reply.body in (BodyKind.OBJECT, BodyKind.JSON) else ApiSaid.OTHER_BODY


def _refusal(reply: Reply) -> ApiSaid:
    words = _said(reply)
    match reply.status:
        case 401:
            return _named(words) or _unnamed(reply)
        case 403:
            return _forbidden(reply, words)
        case 404 | 410:
            return ApiSaid.NOT_FOUND
        case 500 | 501:
            return ApiSaid.SERVER_ERROR
        case status if status >= 500:
            return ApiSaid.ELSEWHERE
    return ApiSaid.TOKEN_MALFORMED if reply.bearer and reply.bearer.error == "invalid_token" else ApiSaid.REFUSED


def _named(words: str) -> ApiSaid | None:
    """The reason that the words give; a gateway that gives none, the usual case, has no pattern compiled for it."""
    return next((said for said, mark in _WORDS if re.search(mark, words)), None) if words else None


def _forbidden(reply: Reply, words: str) -> ApiSaid:
    if re.search(r"\baudiences? in jwt|\baud\b", words):
        return ApiSaid.AUDIENCE
    if reply.speaker is Speaker.AWS and "missing authentication token" in words:
        return ApiSaid.NOT_FOUND  # what API Gateway says of a path that it does not have
    return ApiSaid.PERMISSION if re.search(_PERMISSION, words) else ApiSaid.FORBIDDEN


def _unnamed(reply: Reply) -> ApiSaid:
    """401 without a reason: no ``error`` in the challenge means that no token was seen (RFC 6750 section 3.1)."""
    bearer = reply.bearer
    words = _said(reply)
    if bearer is not None and bearer.error is None and not _THE_STATUS.sub("", words).strip(" .:-"):
        return ApiSaid.TOKEN_MISSING
    return ApiSaid.PERMISSION if re.search(_PERMISSION, words) else ApiSaid.TOKEN_REFUSED


_THE_STATUS = re.compile(
    r"401|unauthori[sz]ed|authorization required|(full )?authentication (is )?required( to access this resource)?"
)
"""What a body says that only repeats the status."""


def _said(reply: Reply) -> str:
    bearer = reply.bearer
    parts = [
        reply.error,
        reply.error_description,
        reply.message,
        bearer and bearer.error,
        bearer and bearer.error_description,
    ]
    return " ".join(p for p in parts if p).lower()
