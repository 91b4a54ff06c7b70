"""What was not run for lack of a program is said at the end."""

import pytest

from tests.parts import NOT_RUN


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    sentences = config.stash.get(NOT_RUN, [])
    if sentences:
        terminalreporter.section("not run", yellow=True)
    for sentence in sentences:
        terminalreporter.write_line(sentence)
