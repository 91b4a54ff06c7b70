"""One text as it reads once its escapes are undone, each byte traceable to where it stands in the text.

A view undoes one kind of escape, or several one after the other as they were put on. Working on UTF-8 bytes lets
percent-encoded and ``\\x`` bytes meet the characters they spell.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate, pairwise
from re import Match, Pattern
from typing import Final

from doctor.redaction.escapes import ESCAPES, Escape

MAX_DEPTH: Final = 3
MAX_VIEWS: Final = 16
_PIECE: Final = 1024
_BLANK: Final = bytes([*range(0x21), 0x7F])
# Case does not count, nor do the two alphabets of Base64.
_FOLD: Final = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ-_", b"abcdefghijklmnopqrstuvwxyz+/")
_SEPARATORS: Final = b":+,"


# Spaces and invisible characters beyond ASCII, in UTF-8: C1 controls, no-break space, soft hyphen, the general
# punctuation that shows nothing, the ideographic space and the byte order mark.
_INVISIBLE: Final = (
    rb"\xc2[\x80-\xa0\xad]|\xe1\x9a\x80|\xe1\xa0\x8e|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\x9f-\xaf]"
    rb"|\xe3\x80\x80|\xef\xbb\xbf"
)
_UNSEEN: Final = re.compile(_INVISIBLE)
_ASCII: Final = bytes(range(0x80))
_GAPS: Final = re.compile(rb"[\x00-\x20\x7f]+|" + _INVISIBLE)
_HEX_GAPS: Final = re.compile(rb"0x|[:+,]+")


def squeeze(data: bytes) -> bytes:
    """``data`` without white space and invisible characters, folded: what needles are compared with."""
    # What lies beyond ASCII is little in most texts, and looked through without the rest.
    if not data.isascii() and _UNSEEN.search(data.translate(None, _ASCII)):
        data = _UNSEEN.sub(b"", data)
    return data.translate(_FOLD, _BLANK)


def _nothing(_match: Match[bytes]) -> bytes:
    return b""


class OffsetMap:
    """Where the bytes of a rewritten text stand in the text it was made from."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        """Where each rewritten piece begins in the result, ascending."""
        self.pieces: list[tuple[int, int, int]] = []
        """For each: its end in the result, its start and end in the source."""

    @classmethod
    def of(cls, source: bytes, pattern: Pattern[bytes], rewrite: Callable[[Match[bytes]], bytes]) -> "OffsetMap":
        offsets, shift = cls(), 0
        for match in pattern.finditer(source):
            length = len(rewrite(match))
            begin = match.start() + shift
            offsets.starts.append(begin)
            offsets.pieces.append((begin + length, match.start(), match.end()))
            shift += length - (match.end() - match.start())
        return offsets

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that ``start`` to ``end`` came from; ``end`` is exclusive and past ``start``."""
        return self._byte(start)[0], self._byte(end - 1)[1]

    def _byte(self, position: int) -> tuple[int, int]:
        index = bisect_right(self.starts, position) - 1
        if index < 0:
            return position, position + 1
        piece_end, source_start, source_end = self.pieces[index]
        if position < piece_end:
            return source_start, source_end
        origin = source_end + position - piece_end
        return origin, origin + 1


class GapMap:
    """Where the bytes of a squeezed text stand in the text; worked out only around the places asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._cuts = list(_cuts(data))
        sizes = [len(squeeze(data[a:b])) for a, b in pairwise(self._cuts)]
        self._sums = list(accumulate(sizes, initial=0))
        self._maps: dict[int, OffsetMap] = {}

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that ``start`` to ``end`` came from; ``end`` is exclusive and past ``start``."""
        return self._byte(start), self._byte(end - 1) + 1

    def _byte(self, position: int) -> int:
        index = bisect_right(self._sums, position) - 1
        if index not in self._maps:
            piece = self._data[self._cuts[index] : self._cuts[index + 1]]
            self._maps[index] = OffsetMap.of(piece, _GAPS, _nothing)
        at = position - self._sums[index]
        return self._cuts[index] + self._maps[index].source(at, at + 1)[0]


def _cuts(data: bytes) -> Iterator[int]:
    """Where to cut a text into pieces without cutting a character."""
    cut = 0
    while cut < len(data):
        yield cut
        cut += _PIECE
        while cut < len(data) and data[cut] & 0xC0 == 0x80:
            cut += 1
    yield len(data)


class View:
    """The text with the escapes ``path`` undone, from the outermost inwards."""

    def __init__(self, data: bytes, path: tuple[Escape, ...] = (), parent: "View | None" = None) -> None:
        self.data, self.path, self.parent = data, path, parent
        self.counts: dict[object, int] = {}
        """How often each needle was seen here."""

    @cached_property
    def squeezed(self) -> bytes:
        return squeeze(self.data)

    @cached_property
    def bare(self) -> bytes:
        """``squeezed`` without what stands between hexadecimal digits."""
        return self.squeezed.replace(b"0x", b"").translate(None, _SEPARATORS)

    @cached_property
    def _from_squeezed(self) -> "GapMap":
        return GapMap(self.data)

    @cached_property
    def _from_bare(self) -> OffsetMap:
        return OffsetMap.of(self.squeezed, _HEX_GAPS, _nothing)

    @cached_property
    def _from_data(self) -> OffsetMap:
        source = self.parent.data if self.parent else self.data
        return OffsetMap.of(source, self.path[-1].pattern, self.path[-1].undo)

    def locate_bare(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original bytes behind a stretch of ``bare``."""
        return self.locate_squeezed(*self._from_bare.source(start, end))

    def locate_squeezed(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original bytes behind a stretch of ``squeezed``."""
        return self.locate(*self._from_squeezed.source(start, end))

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original bytes behind a stretch of ``data``."""
        if self.parent is None:
            return start, end
        return self.parent.locate(*self._from_data.source(start, end))

    def whole_characters(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the original bytes, widened so that it cuts no character."""
        data = self._original
        while start > 0 and data[start] & 0xC0 == 0x80:
            start -= 1
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end += 1
        return start, end

    @property
    def _original(self) -> bytes:
        return self.parent._original if self.parent else self.data  # noqa: SLF001 - a view's own kind


def views(text: str) -> Iterator[View]:
    """The text as it is, then with its escapes undone in every order that makes a difference."""
    queue = [View(text.encode("utf-8", "surrogatepass"))]
    seen = {queue[0].data}
    for view in queue:
        yield view
        for child in _children(view):
            if child.data not in seen and len(queue) < MAX_VIEWS:
                seen.add(child.data)
                queue.append(child)


def _children(view: View) -> Iterator[View]:
    if len(view.path) < MAX_DEPTH:
        for escape in ESCAPES:
            if escape.sign in view.data:
                yield View(escape.pattern.sub(escape.undo, view.data), (*view.path, escape), view)
