"""What the tests of the command line share."""

from collections.abc import Iterator

import pytest

from doctor.sandbox import open_environment
from doctor.sandbox.server import Sandbox


@pytest.fixture(scope="module")
def environment() -> Iterator[Sandbox]:
    """The healthy one, once for all tests of a file."""
    with open_environment() as running:
        yield running
