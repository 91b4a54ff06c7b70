"""The places that give a setting, the strongest first: option, variable, profile."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName
from doctor.sources.names import SECRET_FILE, VARIABLES
from doctor.sources.reading import STDIN, Text, from_file, from_stdin, from_word

if TYPE_CHECKING:
    from doctor.sources.env_file import EnvFile
    from doctor.sources.profile import Profile


@dataclass(frozen=True, slots=True)
class Flags:
    """The settings on the command line; None for one that is not there."""

    words: Mapping[SettingName, str | None]
    """Settings whose option takes the value itself."""
    files: Mapping[SettingName, str | None]
    """Settings whose option takes a path; ``-`` is standard input."""
    client_secret_command: str | None = None
    profile: str | None = None
    env_file: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a value can come from."""

    environ: Mapping[str, str] = field(repr=False)
    stdin: Callable[[int], bytes]
    """Reads at most so many bytes of standard input."""
    prompt: Callable[[], str] | None = None
    """Asks the person for the client secret without echo; None where nobody can be asked."""
    confirm: Callable[[str], bool] | None = None
    """Asks the person a question that yes or no answers; None likewise."""
    folder: Path | None = None
    """Where profiles are looked for upwards; None for nowhere."""
    user_folder: Path | None = None
    """The user's configuration folder; None for none."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One place that gives a setting."""

    read: Callable[[], Text]
    """Reads the value where it stands; raises ``UsageProblem`` when it cannot be read."""
    source: str
    costly: bool = False
    """Reading starts a command, opens the keyring or waits for standard input, which only what is in force is worth."""
    of_profile: bool = False


def offers(
    name: SettingName, flags: Flags, around: Surroundings, env_file: "EnvFile | None", profile: "Profile | None"
) -> tuple[Offer, ...]:
    """Every place that gives the setting; an env file was named by an option, and wins over the variables."""
    return (
        *_options(name, flags, around),
        *(_env_file(name, env_file) if env_file else ()),
        *_variables(name, around.environ),
        *(_profile(name, profile, around.environ) if profile else ()),
    )


def _options(name: SettingName, flags: Flags, around: Surroundings) -> Iterator[Offer]:
    option = f"--{name.replace('_', '-')}"
    if (word := flags.words.get(name)) is not None:
        yield Offer(lambda: from_word(option, word), option)
    if (path := flags.files.get(name)) is not None:
        source = f"{option}-file"
        yield Offer(lambda: _from_path(source, path, around), source, costly=path == STDIN)
    if name is SettingName.CLIENT_SECRET and (command := flags.client_secret_command) is not None:
        yield Offer(lambda: _from_command(f"{option}-command", command), f"{option}-command", costly=True)


def _env_file(name: SettingName, env_file: "EnvFile") -> Iterator[Offer]:
    for text in env_file.of(VARIABLES.get(name, "")):
        yield Offer(lambda text=text: text, text.source)  # type: ignore[misc]
    for text in env_file.of(SECRET_FILE) if name is SettingName.CLIENT_SECRET else ():
        source = f"{SECRET_FILE} in {text.source}"
        yield Offer(lambda source=source, text=text: from_file(source, text.value), source)  # type: ignore[misc]


def _variables(name: SettingName, environ: Mapping[str, str]) -> Iterator[Offer]:
    variable = VARIABLES.get(name)
    if variable is not None and (value := environ.get(variable)) is not None:
        yield Offer(lambda: from_word(variable, value), variable)
    if name is SettingName.CLIENT_SECRET and (file := environ.get(SECRET_FILE)) is not None:
        yield Offer(lambda: from_file(SECRET_FILE, file), SECRET_FILE)


def _profile(name: SettingName, profile: "Profile", environ: Mapping[str, str]) -> Iterator[Offer]:
    from doctor.sources.profile import is_costly, source_of  # imported already, where there is a profile

    if read := source_of(profile, name, environ):
        yield Offer(read, profile.words, costly=is_costly(profile, name), of_profile=True)


def _from_path(source: str, path: str, around: Surroundings) -> Text:
    return from_stdin(source, around.stdin) if path == STDIN else from_file(source, path)


def _from_command(source: str, command: str) -> Text:
    from doctor.sources.command import from_command  # most runs start no command

    return from_command(source, command)
