"""How sentences call a token, and how the API's refusal of it is named."""

from checks import causes
from doctor.api import Cause, CauseRef, SettingName, TokenSeen


def name(token: TokenSeen, *, start: bool = False) -> str:
    """``the issued access token``; with a capital at the start of a sentence."""
    match token.given_as:
        case None:
            words = "the issued access token"
        case SettingName.ACCESS_TOKEN:
            words = "the access token given"
        case other:
            words = f"the token in the {other.words} given"
    return "T" + words[1:] if start else words


REFUSALS = (
    causes.API_TOKEN_REFUSED,
    causes.API_KEY_UNKNOWN,
    causes.API_ISSUER_NOT_TRUSTED,
    causes.API_AUDIENCE_MISSING,
    causes.API_SAYS_EXPIRED,
)
"""What an API may say of a token whose form is wrong: it never came to the claims, or should not have."""


def of_it(token: TokenSeen, *consequences: Cause) -> tuple[CauseRef, ...]:
    """These causes where they are about this token: what befalls another token is not explained by it."""
    return tuple(cause.about(token.given_as) for cause in consequences)
