"""How far apart two spellings are, and what was meant by a name that nobody knows."""

from collections.abc import Iterable


def distance(one: str, other: str, limit: int) -> int:
    """Levenshtein's distance; any number over the limit where the lengths alone say so."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, row = row, [i]
        for j, b in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
    return row[-1]


def unknown(kind: str, name: str, known: Iterable[str], listing: str = "") -> str:
    """``There is no fault edge-whitespce. Did you mean edge-whitespace?``"""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=3, cutoff=0.65)
    shown = name if len(name) <= 60 else f"{name[:60]} …"
    hint = f" Did you mean {' or '.join(close)}?" if close else f" {listing}" if listing else ""
    return f"There is no {kind} {shown}.{hint}"
