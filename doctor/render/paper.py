"""The sheet that terminal text is written on: width, indentation, colour and ASCII in one place."""

from typing import Literal

from doctor.model.style import Style
from doctor.model.terms import Outcome
from doctor.render.columns import hanging
from doctor.render.harmless import ascii_only
from doctor.render.words import sign

Mark = Literal["strong", "faint"] | Outcome
_NARROWEST, _WIDEST, _ROOMY = 40, 100, 60
_LABEL = 9
_COLOURS: dict[Mark, str] = {
    "strong": "1",
    "faint": "2",
    Outcome.PASS: "32",
    Outcome.WARN: "33",
    Outcome.FAIL: "1;31",
    Outcome.INCONCLUSIVE: "35",
    Outcome.SKIP: "2",
    Outcome.ERROR: "1;31",
}


class Paper:
    """Collects lines; each method writes one entry, wrapped and indented."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._width = min(max(style.width, _NARROWEST), _WIDEST)
        self._lines: list[str] = []

    def line(self, text: str, indent: int = 0, mark: Mark | None = None, hang: int = 0) -> None:
        """One entry, its further lines ``hang`` columns more to the right; like all entries, nothing for no text."""
        self._write(text, " " * indent, " " * (indent + hang), mark)

    def signed(self, outcome: Outcome, text: str, indent: int = 0, mark: Mark | None = None) -> None:
        """One entry behind its outcome's sign."""
        pad, shown = " " * indent, sign(outcome, self.style.unicode)
        self._write(text, f"{pad}{shown} ", f"{pad}  ", mark, (shown, outcome))

    def labelled(self, label: str, text: str, indent: int = 2, mark: Mark | None = None) -> None:
        """One entry behind a label: in a column of its own where there is room, else hanging under it."""
        pad = " " * indent
        if self._width >= _ROOMY:
            self._write(text, f"{pad}{label:<{_LABEL}} ", pad + " " * (_LABEL + 1), mark, (label, "faint"))
        else:
            self._write(text and f"{label}: {text}", pad, f"{pad}  ", mark, (f"{label}:", "faint"))

    def gap(self) -> None:
        """One empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        """What was written, ending in one line end."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def _write(
        self, text: str, first: str, rest: str, mark: Mark | None, lead: tuple[str, Mark] = ("", "faint")
    ) -> None:
        """``lead``: what the entry begins with, which has a mark of its own."""
        shown = text if self.style.unicode else ascii_only(text)
        for n, line in enumerate(hanging(shown, self._width, first, rest)):
            beginning, own = lead if n == 0 else ("", None)
            at = len(line) - len(line.lstrip(" ")) + len(beginning)
            self._lines.append(self._coloured(line[:at], own) + self._coloured(line[at:], mark))

    def _coloured(self, line: str, mark: Mark | None) -> str:
        text = line.lstrip(" ")
        if mark is None or not text or not self.style.colour:
            return line
        return f"{line[: len(line) - len(text)]}\x1b[{_COLOURS[mark]}m{text}\x1b[0m"
