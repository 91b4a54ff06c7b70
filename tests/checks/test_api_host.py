"""An API on another origin than the realm is a note."""

import pytest

from checks.api_host import run
from tests.checks.facts import cases, target, told


@pytest.mark.parametrize(
    "api",
    cases(
        {
            "another host": "https://api.example.com",
            "another port": "https://acme.ataccama.one:8443",
            "a host that begins alike": "https://acme.ataccama.one.example.com",
        }
    ),
)
def test_another_origin_is_a_note(api: str) -> None:
    assert told(run, target(api_base=api)) == [("api-host-differs", None, "certain", "note")]


@pytest.mark.parametrize("api", ["https://acme.ataccama.one", "https://acme.ataccama.one/one"])
def test_the_same_origin_is_left_alone(api: str) -> None:
    assert told(run, target(api_base=api)) == []
