"""Why an API refuses a request, apart from the words that each server has for it."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The reasons, in the order in which a resource server comes upon them."""

    NO_TOKEN = "no token was seen"
    HEADER = "the header is malformed"
    TOKEN = "the token is no JWT"
    PAYLOAD = "the claims are no JSON object"
    ENCRYPTED = "the token is encrypted"
    UNSIGNED = "the token is unsigned"
    KEY = "no key for the token"
    SIGNATURE = "the signature is another"
    EXPIRED = "the token is expired"
    EARLY = "the token is not valid yet"
    ISSUER = "the issuer is another"
    BOUND = "the token is bound to a certificate"
    AUDIENCE = "the audience is another"
    PERMISSION = "the permission is missing"
    KEYS_UNREACHABLE = "the realm's keys cannot be had"


@dataclass
class Refused(Exception):
    """The request was refused."""

    reason: Reason
    moment: str = ""
    """The time that a reason is about, as ``2026-01-01T00:00:00Z``."""
