"""A file of profiles: found, read, and every mistake in it named with line and column, never with a value."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from doctor.model.artefact import secret_like
from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName
from doctor.sources.names import setting_meant

KEYS = (
    *(SettingName.URL, SettingName.REALM, SettingName.CLIENT_ID, SettingName.CLIENT_SECRET, SettingName.SCOPE),
    *(SettingName.TOKEN_URL, SettingName.API_URL, SettingName.CA_BUNDLE, SettingName.PROXY),
)
GET = "get"
_MOST = 10
"""Mistakes that are shown at once."""
_LARGEST = 100_000
"""Bytes; a file of profiles is a hundred times smaller."""


class Kind(StrEnum):
    """Where a secret that a profile refers to stands."""

    ENV = "env"
    FILE = "file"
    COMMAND = "command"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Reference:
    """``client_secret = { env = "MY_SECRET" }``."""

    kind: Kind
    target: str


Value: TypeAlias = str | Reference


@dataclass(frozen=True, slots=True)
class ProfileFile:
    path: Path
    named: bool
    """True for one that the person named, or that lies in their own folder; False for one that was merely found."""
    default: str | None
    profiles: Mapping[str, Mapping[str, Any]]
    """As they stand in the file, checked."""


@dataclass(frozen=True, slots=True)
class _Mistake:
    keys: tuple[str, ...]
    """The way to it from the top of the file."""
    sentence: str


def load(path: Path, *, named: bool) -> ProfileFile:
    """The file's profiles; ``UsageProblem`` says where in it each mistake stands."""
    text = _text(path)
    data = _parsed(path, text)
    if mistakes := list(_mistakes(data)):
        from doctor.sources.toml_places import place

        raise UsageProblem("\n".join(f"{path}, {place(text, m.keys)}: {m.sentence}" for m in mistakes[:_MOST]))
    return ProfileFile(path, named, data.get("default"), data.get("profiles", {}))


def value_of(profile: Mapping[str, Any], name: SettingName) -> Value | None:
    """What a profile says of a setting."""
    found = profile.get(name)
    if isinstance(found, dict):
        ((kind, target),) = found.items()
        return Reference(Kind(kind), target)
    return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as problem:
        raise UsageProblem(f"The profiles in {path} cannot be read: {problem.strerror}.") from None
    if len(content) > _LARGEST:
        raise UsageProblem(f"{path} is larger than 100 kB, which no file of profiles is.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(f"{path} is not UTF-8 text, which TOML is. Save it as UTF-8.") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        from doctor.sources.toml_places import syntax_place

        raise UsageProblem(f"{path}, {syntax_place(text, str(problem))}") from None


def _mistakes(data: Mapping[str, Any]) -> Iterator[_Mistake]:
    for key in data:
        if key not in ("default", "profiles"):
            yield _Mistake((key,), "at the top of the file only default and [profiles.NAME] are known.")
    profiles = data.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(each, dict) for each in profiles.values()):
        yield _Mistake(("profiles",), "profiles are tables: [profiles.dev], then a line for each setting.")
        return
    default = data.get("default")
    if default is not None and (not isinstance(default, str) or default not in profiles):
        known = " and ".join(profiles) or "none"
        yield _Mistake(("default",), f"default names a profile of this file; it has {known}.")
    for name, profile in profiles.items():
        for key, value in profile.items():
            if sentence := _wrong(key, value):
                yield _Mistake(("profiles", name, key), sentence)


def _wrong(key: str, value: object) -> str | None:
    """What is wrong with a line of a profile, or None."""
    if key == GET:
        paths = value if isinstance(value, list) else [value]
        fine = bool(paths) and all(isinstance(path, str) for path in paths)
        return None if fine else 'get is a path or a list of paths: get = ["/api/..."].'
    if key not in KEYS:
        meant = setting_meant(key)
        hint = f"; {meant} is" if meant in KEYS else f"; known are {', '.join((*KEYS, GET))}"
        shown = "this" if secret_like(SettingName.CLIENT_SECRET, key) or len(key) > 40 else key
        return f"{shown} is no setting of a profile{hint}."
    if SettingName(key).secret and isinstance(value, dict):
        return _wrong_reference(key, value)
    return None if isinstance(value, str) else f'{key} is text in quotes: {key} = "...".'


def _wrong_reference(key: str, value: Mapping[str, object]) -> str | None:
    fine = (kind in set(Kind) and isinstance(target, str) and target for kind, target in value.items())
    if len(value) == 1 and all(fine):
        return None
    return f'{key} is one reference, such as {key} = {{ keyring = "acme" }}; the kinds are {", ".join(Kind)}.'
