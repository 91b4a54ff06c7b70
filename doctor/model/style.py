"""How a report is to look: what the stream can show and how much the reader wants."""

from doctor.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The reader's side of a rendering; the report is the other side."""

    colour: bool = False
    """Terminal colours (SGR sequences); formats that are files ignore it."""
    unicode: bool = True
    """False: the stream takes ASCII only."""
    width: int = 80
    """Columns; what is under 40 counts as 40."""
    verbosity: int = 0
    """-1 quiet, 0, 1 = ``-v``, 2 = ``-vv``."""
    replaces: str = ""
    """What the file held that is being written over, for a format that keeps something of it; empty on a stream."""
