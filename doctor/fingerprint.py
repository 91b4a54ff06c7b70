"""Fingerprints: whether two reports saw the same secret, without telling anything about it.

HMAC-SHA256 under a random key of the user's, or under the team's key from the environment; the key's id stands before
the colon, so that fingerprints under different keys are seen not to be comparable.
"""

import hmac
import os
import secrets
from dataclasses import field
from pathlib import Path
from typing import Final, Self

from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.secret import Secret

KEY_FILE: Final = "fingerprint.key"
KEY_VARIABLE: Final = "ATACCAMA_DOCTOR_FINGERPRINT_KEY"
_KEY_BYTES: Final = 32
# Two labels keep the key's id and the fingerprints apart, whatever the secret is.
_ID_LABEL: Final = b"ataccama-doctor/fingerprint/key-id"
_VALUE_LABEL: Final = b"ataccama-doctor/fingerprint/value\x00"


@dataclass(frozen=True, slots=True)
class Fingerprinter:
    """Gives equal secrets equal fingerprints under one key."""

    _key: bytes = field(repr=False)
    persistent: bool
    """False: the key lives as long as this run, and its fingerprints compare with no other report's."""
    problem: str | None = None
    """Why the key is not persistent, as a sentence."""

    @classmethod
    def from_key(cls, text: str) -> Self:
        """Use a key that people share, from the environment."""
        if not text.strip():
            raise UsageProblem(f"{KEY_VARIABLE} is set and empty. Give it a random value or unset it.")
        return cls(text.encode("utf-8", "surrogateescape"), persistent=True)

    @classmethod
    def in_directory(cls, directory: Path) -> Self:
        """Use the user's key in ``directory``, made at first use; without one, a key for this run only."""
        try:
            return cls(_read_or_create(directory), persistent=True)
        except OSError as error:
            why = f"The fingerprint key cannot be kept in {directory} ({error.strerror or 'not usable'})."
        except ValueError:
            why = f"The fingerprint key {directory / KEY_FILE} is damaged. Delete it, and the next run makes a new one."
        return cls(secrets.token_bytes(_KEY_BYTES), persistent=False, problem=why)

    @property
    def key_id(self) -> str:
        """Eight hex digits that tell keys apart; derived from the key alone."""
        return self._digest(_ID_LABEL)[:8]

    def of(self, secret: Secret) -> str:
        """``<key id>:<16 hex digits>``."""
        value = secret.reveal().encode("utf-8", "surrogatepass")
        return f"{self.key_id}:{self._digest(_VALUE_LABEL + value)[:16]}"

    def _digest(self, message: bytes) -> str:
        return hmac.new(self._key, message, "sha256").hexdigest()


def _read_or_create(directory: Path) -> bytes:
    path = directory / KEY_FILE
    try:
        return _read(path)
    except FileNotFoundError:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(path)
        return _read(path)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        key = bytes.fromhex(file.read(1024).decode("ascii").strip())
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
            os.fchmod(file.fileno(), 0o600)
    if len(key) != _KEY_BYTES:
        raise ValueError("not a key of 32 bytes")
    return key


def _create(path: Path) -> None:
    """Put a whole new key in place, unless another process was faster: then its key stays."""
    draft = path.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without hard links: the last of two racing processes wins, and both read its key.
        draft.replace(path)
