"""Regular expressions that are compiled once they could match: start-up is a feature.

Compiling all of ours takes longer than a TLS handshake, and hardly any of them can match a value that is in order. So
a pattern names what every match of it holds; a text without that is answered at a glance.
"""

import re
from collections.abc import Callable
from functools import cached_property


class Pattern:
    """Answers as ``re.compile(source, flags)`` does."""

    def __init__(
        self,
        source: str,
        flags: int = 0,
        *,
        holds: tuple[str, ...] | str = ("",),
        in_vain: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """``holds``: strings, or the characters of one, of which at least one stands in whatever matches.

        They are in lower case where case is ignored. ``in_vain`` is true only of texts in which nothing matches.
        """
        self.source, self.flags, self.holds, self._in_vain = source, flags, holds, in_vain

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text) if self._may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text) if self._may_match(text) else None

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text) if self._may_match(text) else None

    def findall(self, text: str) -> list[str]:
        return self.compiled.findall(text) if self._may_match(text) else []

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.compiled.sub(new, text) if self._may_match(text) else text

    def _may_match(self, text: str) -> bool:
        seen = text.casefold() if self.flags & re.IGNORECASE else text
        return any(part in seen for part in self.holds) and not self._in_vain(text)
