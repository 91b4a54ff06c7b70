"""Content codings undone piece by piece, never more than was asked for (RFC 9110 section 8.4.1)."""

import http.client
import zlib
from typing import Any, Final

_UNKNOWN: Final = ("br", "zstd", "compress", "x-compress")
"""Codings that are in use, and that our requests do not announce."""


class Decoder:
    """Undoes a ``Content-Encoding``: those that our requests announce; a body under any other name stays as it is."""

    def __init__(self, coding: str) -> None:
        """Raises ``HTTPException`` for a coding that cannot be undone here."""
        self._coding = coding.strip().lower()
        self._inflater: Any = None
        if self._coding in _UNKNOWN:
            raise http.client.HTTPException(
                f"the body is in the content coding {self._coding}, which was not asked for"
            )

    def decode(self, piece: bytes, most: int) -> bytes:
        """The next piece; gives at most so many bytes, and at least one must be asked for."""
        if self._coding not in ("gzip", "x-gzip", "deflate"):
            return piece
        self._inflater = self._inflater or zlib.decompressobj(_window(self._coding, piece))
        return self._inflater.decompress(piece, most)  # type: ignore[no-any-return]

    @property
    def ended(self) -> bool:
        """False when the coded body broke off before its own end."""
        return self._inflater is None or self._inflater.eof


def _window(coding: str, first: bytes) -> int:
    """What zlib is to expect; some servers send the bare stream (RFC 1951) and call it ``deflate``."""
    if coding != "deflate":
        return zlib.MAX_WBITS | 16
    in_zlib_form = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0  # RFC 1950, 2.2
    return zlib.MAX_WBITS if in_zlib_form else -zlib.MAX_WBITS
