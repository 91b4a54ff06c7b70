"""The live environment for the session, or one clear sentence on what is missing."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.live import ingress as environment
from tests.live import parts

HERE = Path(__file__).parent
NOT_RUN = pytest.StashKey[str]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Mark what needs the environment; what is still selected then needs its parts, in CI without exception."""
    for item in _ours(items):
        item.add_marker("live")
    yield
    selected = _ours(items)
    lacking = parts.missing() if selected else []
    if lacking:
        _leave_out(config, selected, " and ".join(map(str, lacking)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if sentence := config.stash.get(NOT_RUN, ""):
        terminalreporter.section("not run: live suite", yellow=True)
        terminalreporter.write_line(sentence)


@pytest.fixture(scope="session")
def ingress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[environment.Ingress]:
    """Keycloak and a protected API behind nginx, one for the whole session."""
    with environment.running(tmp_path_factory.mktemp("live")) as running:
        yield running


def _ours(items: list[pytest.Item]) -> list[pytest.Item]:
    return [item for item in items if "ingress" in getattr(item, "fixturenames", ()) and item.path.is_relative_to(HERE)]


def _leave_out(config: pytest.Config, selected: list[pytest.Item], lacking: str) -> None:
    sentence = f"The live suite ({len(selected)} tests with a real Keycloak) was not run: this machine lacks {lacking}."
    if os.environ.get("CI"):
        raise pytest.UsageError(f"{sentence} In CI that is a failure.")
    config.stash[NOT_RUN] = sentence
    for item in selected:
        item.add_marker(pytest.mark.skip(reason=sentence))
