"""No roles at all, or administration roles, are remarked; ordinary roles and absent audiences are fine."""

from typing import Any

import pytest

from checks.jwt_roles import run
from doctor.api import TokenForm
from tests.checks.facts import Told, cases, tokens, told

LIGHTWEIGHT = {"roles": None, "audience": None, "username": None}


@pytest.mark.parametrize(
    ("change", "expected"),
    cases(
        {
            "it is lightweight (keycloak.md 4b, lightweight access token)": (
                LIGHTWEIGHT,
                ("token-lacks-claims", None, "certain", "warn"),
            ),
            "it carries realm management": (
                {"roles": ("realm-management:manage-users",)},
                ("token-over-privileged", None, "certain", "warn"),
            ),
            "it carries the realm's admin role": (
                {"roles": ("api-reader", "admin")},
                ("token-over-privileged", None, "certain", "warn"),
            ),
        }
    ),
)
def test_a_token_is_remarked_when(change: dict[str, Any], expected: Told) -> None:
    assert told(run, tokens(**change)) == [expected]


@pytest.mark.parametrize(
    "change",
    cases(
        {
            "it carries the client's own roles": {"roles": ("catalog:reader",)},
            "it has no role claim and an audience (keycloak.md 4b: absent, not empty)": {"roles": None},
            "it has roles and no audience": {"audience": None},
            "a role only begins like admin": {"roles": ("administrative-reader",)},
            "it is opaque": {**LIGHTWEIGHT, "form": TokenForm.OPAQUE},
        }
    ),
)
def test_a_token_is_left_alone_when(change: dict[str, Any]) -> None:
    assert told(run, tokens(**change)) == []
