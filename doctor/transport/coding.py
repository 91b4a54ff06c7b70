"""Content codings undone piece by piece, never more than was asked for (RFC 9110 section 8.4.1)."""

import zlib
from collections.abc import Callable
from typing import Any

Decode = Callable[[bytes, int], bytes]
"""Undoes the next piece; gives at most so many bytes, and at least one must be asked for."""


def decoder(coding: str) -> Decode:
    """The decoder for a ``Content-Encoding``: those that our requests announce; any other body stays as it is."""
    coding = coding.strip().lower()
    if coding not in ("gzip", "x-gzip", "deflate"):
        return lambda piece, _most: piece
    inflater: Any = None

    def inflate(piece: bytes, most: int) -> bytes:
        nonlocal inflater
        inflater = inflater or zlib.decompressobj(_window(coding, piece))
        return inflater.decompress(piece, most)  # type: ignore[no-any-return]

    return inflate


def _window(coding: str, first: bytes) -> int:
    """What zlib is to expect; some servers send the bare stream (RFC 1951) and call it ``deflate``."""
    if coding != "deflate":
        return zlib.MAX_WBITS | 16
    in_zlib_form = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0  # RFC 1950, 2.2
    return zlib.MAX_WBITS if in_zlib_form else -zlib.MAX_WBITS
