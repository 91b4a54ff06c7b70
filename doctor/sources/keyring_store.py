"""The operating system's own store of secrets, by the keyring library (an extra)."""

from importlib.util import find_spec
from typing import Any

from doctor.model.errors import UsageProblem

SERVICE = "ataccama-doctor"


def read(name: str, who: str) -> str:
    """The secret that is kept under this name."""
    keyring = _library(who)
    try:
        secret: str | None = keyring.get_password(SERVICE, name)
    except Exception as problem:  # noqa: BLE001 - a store is somebody else's program
        raise UsageProblem(f"The keyring, asked for {who}, does not answer ({type(problem).__name__}).") from None
    if secret is None:
        raise UsageProblem(f"The keyring has no entry for {who}. Write it with: keyring set {SERVICE} NAME")
    return secret


def _library(who: str) -> Any:
    if find_spec("keyring") is None:
        raise UsageProblem(f"{who} needs an extra: pip install 'ataccama-doctor[keyring]'.")
    import keyring

    return keyring
