"""A keyring for tests: a JSON file named by a variable, chosen with ``PYTHON_KEYRING_BACKEND``."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

BACKEND = "tests.sources.keyring_backend.JsonKeyring"
PLACE = "TESTS_KEYRING"


class JsonKeyring(KeyringBackend):
    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        found: str | None = _entries().get(f"{service}/{username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        Path(os.environ[PLACE]).write_text(json.dumps({**_entries(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        left = _entries()
        if left.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("there is none")
        Path(os.environ[PLACE]).write_text(json.dumps(left))


def _entries() -> dict[str, str]:
    path = Path(os.environ[PLACE])
    entries: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return entries
