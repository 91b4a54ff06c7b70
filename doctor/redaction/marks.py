"""The marks that removing has left in a text: none is ever taken for a secret, nor is a part of one."""

from bisect import bisect_right

from doctor.model.frozen import dataclass
from doctor.redaction.by_name import MARK

_ENDS = ("ed]", "ld]")


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the marks stand, in bytes of the text, ascending."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Marks":
        if not any(end in text for end in _ENDS):
            return cls()
        found, starts, ends, at, size = MARK.finditer(text), [], [], 0, 0
        for match in found:
            size += len(text[at : match.start()].encode("utf-8", "surrogatepass"))
            starts.append(size)
            at = match.end()
            size += len(match[0])  # a mark is ASCII
            ends.append(size)
        return cls(tuple(starts), tuple(ends))

    def touch(self, start: int, end: int) -> bool:
        """True when the stretch is a mark, a part of one, or reaches into one; one may stand inside it whole."""
        n = bisect_right(self.ends, start)
        while n < len(self.starts) and self.starts[n] < end:
            around = start <= self.starts[n] and self.ends[n] <= end
            if not around or (start, end) == (self.starts[n], self.ends[n]):
                return True
            n += 1
        return False
