"""Chromium for the session, or one clear sentence on what is missing."""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import programs
from tests.browser.pages import PAGES
from tests.parts import Suite

SUITE = Suite("browser", "chromium", "The browser suite ({} tests of the HTML report in Chromium)", programs.missing)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    return (yield from SUITE.collected(config, items))


@pytest.fixture(scope="session")
def chromium() -> None:
    """Stands for every program that the suite needs."""


@pytest.fixture(scope="session")
def written(chromium: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each page as a file."""
    folder = tmp_path_factory.mktemp("pages")
    files = {name: folder / f"{name}.html" for name in PAGES}
    for name, path in files.items():
        path.write_text(PAGES[name](), encoding="utf-8")
    return files


@pytest.fixture(scope="session")
def looks(written: dict[str, Path]) -> dict[str, Any]:
    """What Chromium saw of each page."""
    seen = json.loads(programs.node("look.mjs", *map(str, written.values())))
    return {name: seen[str(path)] for name, path in written.items()}


@pytest.fixture(params=PAGES)
def seen(request: pytest.FixtureRequest, looks: dict[str, Any]) -> Any:
    return looks[request.param]
