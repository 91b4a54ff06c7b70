"""Keeps a profile: the secret in the keyring, or in a file of its own that only its owner can read; all or nothing."""

import os
import shlex
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName
from doctor.onboarding.profile_text import Profile, with_profile
from doctor.sources import keyring_store
from doctor.sources.profile_file import ProfileFile, load
from doctor.sources.profile_search import FILE


@dataclass(frozen=True, slots=True)
class Kept:
    """Where things are now."""

    profile: str
    file: Path
    is_default: bool
    secret: str
    """``in the keyring, as ataccama-doctor/acme``, ``in /home/me/.config/ataccama-doctor/acme.secret (mode 0600)``."""
    secret_command: str
    """Prints the secret, for a shell."""


def known_profiles(folder: Path) -> ProfileFile | None:
    """The user's own file of profiles, None where there is none yet."""
    path = folder / FILE
    return load(path, named=True) if path.exists() else None


def keep(folder: Path, name: str, values: Mapping[SettingName, str], secret: str) -> Kept:
    """Write the secret, then the profile that refers to it; when one of them fails, nothing is changed."""
    path = folder / FILE
    with ExitStack() as undo:
        _make(folder)
        reference, where, command = _keep_secret(folder, name, secret, undo)
        text, is_default = _edited(path, name, values, reference)
        _write(path, text)
        undo.pop_all()
    if "keyring" in reference:
        _secret_file(folder, name).unlink(missing_ok=True)
    return Kept(name, path, is_default, where, command)


def _keep_secret(folder: Path, name: str, secret: str, undo: ExitStack) -> tuple[dict[str, str], str, str]:
    """The reference to it, where it is in words, and the command that prints it."""
    if keyring_store.keep(name, secret, undo):
        service = keyring_store.SERVICE
        return {"keyring": name}, f"in the keyring, as {service}/{name}", f"keyring get {service} {name}"
    path = _secret_file(folder, name)
    before = path.read_bytes() if path.exists() else None
    _write(path, secret)
    undo.callback(lambda: path.unlink() if before is None else _write(path, before.decode()))
    return {"file": path.name}, f"in {path} (mode 0600), as there is no keyring here", f"cat {shlex.quote(str(path))}"


def _secret_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.secret"


def _edited(path: Path, name: str, values: Mapping[SettingName, str], reference: Mapping[str, str]) -> tuple[str, bool]:
    """The file with the profile in it and everything else as it stood; whether it is the default now."""
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    profile: Profile = {**{str(setting): value for setting, value in values.items()}, "client_secret": reference}
    try:
        return with_profile(text, name, profile)
    except ValueError:
        raise UsageProblem(f"{path} cannot be added to; write each profile in it as [profiles.NAME].") from None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageProblem(f"The folder {folder} cannot be made: {problem.strerror}.") from None


def _write(path: Path, text: str) -> None:
    """The whole text under that name, for its owner alone; or what was there before."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be written: {problem.strerror}. Nothing was kept.") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be written: {problem.strerror}. Nothing was kept.") from None
    finally:
        with suppress(OSError):
            Path(draft).unlink()
