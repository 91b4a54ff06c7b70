"""Suites that need programs of their own: what this machine lacks is said by name, and in CI it is a failure."""

import os
from collections.abc import Callable, Generator
from dataclasses import dataclass

import pytest

NOT_RUN = pytest.StashKey[list[str]]()
"""A sentence for each suite that was left out; the end of the session shows them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One program that is not there, or too old."""

    name: str
    install: str

    def __str__(self) -> str:
        return f"{self.name} ({self.install})"


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests that ask for one fixture, and what that fixture needs."""

    marker: str
    fixture: str
    words: str
    """``The live suite ({} tests with a real Keycloak)``"""
    missing: Callable[[], list[Part]]

    def collected(self, config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
        """Mark what needs the parts; what is still selected after that then has to have them, in CI at least."""
        for item in self._ours(items):
            item.add_marker(self.marker)
        yield
        selected = self._ours(items)
        lacking = self.missing() if selected else []
        if lacking:
            self._leave_out(config, selected, lacking)

    def _ours(self, items: list[pytest.Item]) -> list[pytest.Item]:
        return [item for item in items if self.fixture in getattr(item, "fixturenames", ())]

    def _leave_out(self, config: pytest.Config, items: list[pytest.Item], lacking: list[Part]) -> None:
        named = " and ".join(map(str, lacking))
        sentence = f"{self.words.format(len(items))} was not run: this machine lacks {named}."
        if os.environ.get("CI"):
            raise pytest.UsageError(f"{sentence} In CI that is a failure.")
        config.stash.setdefault(NOT_RUN, []).append(sentence)
        for item in items:
            item.add_marker(pytest.mark.skip(reason=sentence))
