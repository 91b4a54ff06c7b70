"""The live environment for the session, or one clear sentence on what is missing."""

from collections.abc import Generator, Iterator

import pytest

from tests.live import ingress as environment
from tests.live import parts
from tests.live.release import Release
from tests.parts import Suite

SUITE = Suite("live", "ingress", "The live suite ({} tests with a real Keycloak)", parts.missing)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    return (yield from SUITE.collected(config, items))


@pytest.fixture(scope="session")
def ingress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[environment.Ingress]:
    """Keycloak and a protected API behind nginx, one for the whole session."""
    with environment.running(tmp_path_factory.mktemp("live"), Release.of_session()) as running:
        yield running
