"""The words on a page, without its markup."""

import re

_CUT = 500
"""Characters that are kept of a text of a server's."""


def page_words(text: str) -> str:
    """The words of a page without markup, on one line."""
    from html import unescape  # for pages alone: its table of entities is large

    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", " ", text[:100_000])
    return re.sub(r"\s+", " ", unescape(bare)).strip()


def element_text(text: str, element_id: str) -> str | None:
    """The words inside the element of that id, or None."""
    match = re.search(rf"(?is)<(\w+)[^>]*\bid=[\"']?{re.escape(element_id)}\b[^>]*>(.*?)</\1>", text[:200_000])
    return cut(page_words(match.group(2))) if match else None


def title(text: str) -> str | None:
    """What the page calls itself, in its title or else in its heading."""
    for tag in ("title", "h1"):
        match = re.search(rf"(?is)<{tag}\b[^>]*>(.*?)</{tag}>", text[:100_000])
        if match and (words := page_words(match.group(1))):
            return cut(words)
    return None


def cut(text: str) -> str:
    """At most 500 characters of it."""
    return text if len(text) <= _CUT else text[: _CUT - 1] + "…"
