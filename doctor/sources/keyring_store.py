"""The operating system's own store of secrets, by the keyring library (an extra)."""

from contextlib import ExitStack
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


def keep(name: str, secret: str, undo: ExitStack) -> bool:
    """Keep the secret under this name, and say how to undo it; False where no keyring can be used."""
    if find_spec("keyring") is None:
        return False
    import keyring

    try:
        before = keyring.get_password(SERVICE, name)
        keyring.set_password(SERVICE, name, secret)
        if keyring.get_password(SERVICE, name) == secret:
            undo.callback(_restore, name, before)
            return True
        return False
    except Exception:  # noqa: BLE001 - a store is somebody else's program
        return False


def _restore(name: str, before: str | None) -> None:
    import keyring

    if before is None:
        keyring.delete_password(SERVICE, name)
    else:
        keyring.set_password(SERVICE, name, before)


def _library(who: str) -> Any:
    if find_spec("keyring") is None:
        raise UsageProblem(f"{who} needs an extra: pip install 'ataccama-doctor[keyring]'.")
    import keyring

    return keyring
