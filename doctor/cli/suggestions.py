"""A name that is not known, and those that are spelled nearly so."""

from collections.abc import Iterable


def unknown(kind: str, name: str, known: Iterable[str], listing: str = "") -> str:
    """``There is no fault edge-whitespce. Did you mean edge-whitespace?``"""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=3, cutoff=0.65)
    shown = name if len(name) <= 60 else f"{name[:60]} …"
    hint = f" Did you mean {' or '.join(close)}?" if close else f" {listing}" if listing else ""
    return f"There is no {kind} {shown}.{hint}"
