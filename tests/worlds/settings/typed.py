"""The right value of each setting, and how to spoil it as a person does."""

from collections.abc import Callable

from doctor.sandbox.server import Sandbox
from tests.worlds.world import Typed

RIGHT: dict[str, Callable[[Sandbox], str]] = {
    "url": lambda env: env.url,
    "realm": lambda env: env.realm,
    "client_id": lambda env: env.client_id,
    "client_secret": lambda env: env.client_secret,
    "scope": lambda _: "profile",
    "token_url": lambda env: env.token_endpoint,
    "api_url": lambda env: env.url,
}
"""By setting; the last three may be left out."""
CREDENTIALS = ("client_id", "client_secret")


def spoiled(setting: str, how: Callable[[str], str]) -> dict[str, Typed]:
    """The right value of a setting after ``how`` was done to it."""
    return {setting: lambda env: how(RIGHT[setting](env))}
