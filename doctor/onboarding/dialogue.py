"""How a person is talked to: replaced in tests, and by a terminal in the program."""

from typing import Protocol


class Dialogue(Protocol):
    def say(self, text: str = "") -> None:
        """A paragraph; nothing for an empty line."""

    def ask(self, label: str, default: str | None = None) -> str:
        """A line as it was typed; an empty one only where nothing was."""

    def ask_hidden(self, label: str) -> str:
        """Likewise, without echo."""

    def confirm(self, question: str, *, default: bool) -> bool:
        """Yes or no."""
