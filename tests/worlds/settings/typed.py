"""The right value of each setting, and how to spoil it as a person does."""

from collections.abc import Callable

from doctor.sandbox.server import Sandbox
from tests.worlds.world import Case, Typed, client, realm

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


def right_as_it_is(value: str, resembles: str, setting: str = "client_secret") -> Case:
    """The world whose secret, client ID or realm is this value, odd as it looks."""
    changes = {"client_secret": client(secret=value), "client_id": client(client_id=value), "realm": realm(name=value)}
    return Case(f"{value!a} is right as {setting}", changes[setting], {setting: value}, resembles=resembles)
