"""How sentences call a token."""

from doctor.api import TokenSeen


def name(token: TokenSeen, *, start: bool = False) -> str:
    """``the issued access token``; with a capital at the start of a sentence."""
    words = "the issued access token" if token.given_as is None else f"the token in the {token.given_as.words} given"
    return "T" + words[1:] if start else words
