"""Which profile is in force, and what it says of each setting."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from doctor.model.artefact import secret_like
from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.spelling import unknown
from doctor.model.terms import SettingName
from doctor.sources.profile_file import GET, Kind, ProfileFile, Reference, Value, load, value_of
from doctor.sources.profile_search import FILE, nearest, own
from doctor.sources.reading import Text, from_file, from_word

_NAMED = re.compile(r"(?P<path>.+\.toml)(?::(?P<name>.+))?")
"""``--profile PATH`` and ``--profile PATH:NAME`` name the file too."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile in force."""

    name: str
    file: ProfileFile
    values: Mapping[str, Any] = field(repr=False)

    @property
    def words(self) -> str:
        """``profile dev in ataccama-doctor.toml``: as the source of a value."""
        return f"profile {self.name} in {self.file.path.name}"

    @property
    def get_paths(self) -> tuple[str, ...]:
        paths = self.values.get(GET, ())
        return (paths,) if isinstance(paths, str) else tuple(paths)

    def value(self, name: SettingName) -> Value | None:
        return value_of(self.values, name)

    @property
    def address(self) -> str:
        """How ``--profile`` names it together with its file."""
        return f"{self.file.path}:{self.name}"


def files(folder: Path | None, user_folder: Path | None) -> Iterator[ProfileFile]:
    """The files of profiles that there are: the nearest one upwards, then the user's own."""
    found, mine = nearest(folder), own(user_folder)
    if found and not (mine and found.samefile(mine)):
        yield load(found, named=False)
    if mine:
        yield load(mine, named=True)


def chosen(asked: str | None, folder: Path | None, user_folder: Path | None) -> Profile | None:
    """The profile that was asked for, or the default of the first file that has one."""
    named = _NAMED.fullmatch(asked) if asked is not None else None
    if named:
        return _of_file(load(Path(named["path"]).expanduser(), named=True), named["name"])
    known: list[str] = []
    for file in files(folder, user_folder):
        name = file.default if asked is None else asked
        if name is not None and name in file.profiles:
            return Profile(name, file, file.profiles[name])
        known += file.profiles
    if asked is None:
        return None
    raise UsageProblem(_unknown(asked, known, folder, user_folder))


def source_of(profile: Profile, name: SettingName, environ: Mapping[str, str]) -> Callable[[], Text] | None:
    """Reads what the profile says of a setting; None where it says nothing."""
    value = profile.value(name)
    if isinstance(value, Reference):
        return lambda: _referred(profile, name, value, environ)
    return None if value is None else lambda: _written(profile, name, value)


def is_costly(profile: Profile, name: SettingName) -> bool:
    """True where reading it starts a command or opens the keyring."""
    value = profile.value(name)
    return isinstance(value, Reference) and value.kind in (Kind.COMMAND, Kind.KEYRING)


def _of_file(file: ProfileFile, name: str | None) -> Profile:
    name = name or file.default
    if name is None:
        raise UsageProblem(f"{file.path} has no default; say which profile: --profile {file.path}:NAME.")
    if name not in file.profiles:
        raise UsageProblem(_unknown(name, list(file.profiles), None, None))
    return Profile(name, file, file.profiles[name])


def _unknown(name: str, known: list[str], folder: Path | None, user_folder: Path | None) -> str:
    if not known:
        where = " and ".join(str(place) for place in (folder, user_folder) if place)
        return f"There is no profile {name}: no {FILE} with profiles was found (looked upwards from {where})."
    return unknown("profile", name, known, f"Known are {', '.join(known)}.")


def _written(profile: Profile, name: SettingName, value: str) -> Text:
    """A value in the file itself; a path is one from the file's folder."""
    if name is SettingName.CA_BUNDLE and value:
        value = str(profile.file.path.parent / Path(value).expanduser())
    return Text(value, profile.words, _exposure(profile.file.path) if name.secret else None)


def _exposure(path: Path) -> str | None:
    from doctor.sources.exposure import exposure

    return exposure(path, path.stat())


def _referred(profile: Profile, name: SettingName, reference: Reference, environ: Mapping[str, str]) -> Text:
    target = "that looks like the secret itself" if secret_like(name, reference.target) else reference.target
    words = f"{profile.words} ({reference.kind} {target})"
    match reference.kind:
        case Kind.ENV:
            if reference.target not in environ:
                raise UsageProblem(f"The {name.words} is absent: {words} names a variable that is not set.")
            return from_word(words, environ[reference.target])
        case Kind.FILE:
            return from_file(words, str(profile.file.path.parent / Path(reference.target).expanduser()))
        case Kind.COMMAND:
            return _command(profile, name, reference.target)
        case Kind.KEYRING:
            from doctor.sources.keyring_store import read

            return Text(read(reference.target, words), words)


def _command(profile: Profile, name: SettingName, command: str) -> Text:
    if not profile.file.named:
        raise UsageProblem(
            f"{profile.file.path} was merely found, so the command in it for the {name.words} was not run. "
            f"If the file is yours, name it: --profile {profile.address}"
        )
    from doctor.sources.command import from_command

    return from_command(f"{profile.words}, command", command)
