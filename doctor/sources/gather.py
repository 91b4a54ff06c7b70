"""Every setting from its strongest source, with what that source shadows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from doctor.model.errors import UsageProblem
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given
from doctor.model.terms import SettingName
from doctor.sources.lines import other_lines
from doctor.sources.reading import STDIN, Text, from_file, from_stdin, from_word
from doctor.sources.required import absent, sentence

Source: TypeAlias = Callable[[], Text]
"""Reads the value where it stands; raises ``UsageProblem`` when it cannot be read."""
_URLS = (SettingName.URL, SettingName.TOKEN_URL, SettingName.API_URL)
_IN_FILES = (SettingName.CLIENT_SECRET, SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN)
_NO_VARIABLE = (SettingName.CA_BUNDLE, SettingName.PROXY)
"""Their variables are everybody's (``REQUESTS_CA_BUNDLE``, ``HTTPS_PROXY``), and read where they are used."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The settings on the command line; None for one that is not there."""

    words: Mapping[SettingName, str | None]
    """Settings whose option takes the value itself."""
    files: Mapping[SettingName, str | None]
    """Settings whose option takes a path; ``-`` is standard input."""
    client_secret_command: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a value can come from."""

    environ: Mapping[str, str] = field(repr=False)
    stdin: Callable[[int], bytes]
    """Reads at most so many bytes of standard input."""
    prompt: Callable[[], str] | None = None
    """Asks the person for the client secret without echo; None where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Gathered:
    given: tuple[Given, ...]
    other_secrets: tuple[str, ...] = field(default=(), repr=False)


def gather(flags: Flags, around: Surroundings) -> Gathered:
    """Read every setting. ``UsageProblem`` names all that is absent at once, or the first that cannot be read."""
    _refuse_contradictions(flags, around.environ)
    offers = {name: tuple(_sources(name, flags, around)) for name in SettingName}
    offers = {name: sources for name, sources in offers.items() if sources}
    missing = absent(offers, {name: offers[name][0]().value for name in _URLS if name in offers})
    if missing == (SettingName.CLIENT_SECRET,) and around.prompt is not None:
        offers[SettingName.CLIENT_SECRET] = (_asked(around.prompt),)
    elif missing:
        raise UsageProblem(sentence(missing))
    texts = {name: _read(offers[name]) for name in SettingName if name in offers}
    return Gathered(tuple(_given(name, *found) for name, found in texts.items()), tuple(_others(texts)))


def _sources(name: SettingName, flags: Flags, around: Surroundings) -> Iterator[Source]:
    """The places that give a setting, the strongest first."""
    option, variable = f"--{name.replace('_', '-')}", f"ATACCAMA_{name.upper()}"
    if (word := flags.words.get(name)) is not None:
        yield lambda: from_word(option, word)
    if (path := flags.files.get(name)) is not None:
        yield lambda: _from_path(f"{option}-file", path, around)
    if name is SettingName.CLIENT_SECRET and (command := flags.client_secret_command) is not None:
        yield lambda: _from_command(f"{option}-command", command)
    if name not in _NO_VARIABLE and (value := around.environ.get(variable)) is not None:
        yield lambda: from_word(variable, value)
    if name is SettingName.CLIENT_SECRET and (file := around.environ.get(f"{variable}_FILE")) is not None:
        yield lambda: from_file(f"{variable}_FILE", file)


def _from_path(source: str, path: str, around: Surroundings) -> Text:
    return from_stdin(source, around.stdin) if path == STDIN else from_file(source, path)


def _asked(prompt: Callable[[], str]) -> Source:
    return lambda: Text(from_word("the prompt", prompt()).value, "prompt (one line end removed)")


def _from_command(source: str, command: str) -> Text:
    from doctor.sources.command import from_command  # most runs start no command

    return from_command(source, command)


def _refuse_contradictions(flags: Flags, environ: Mapping[str, str]) -> None:
    if "ATACCAMA_CLIENT_SECRET" in environ and "ATACCAMA_CLIENT_SECRET_FILE" in environ:
        raise UsageProblem("ATACCAMA_CLIENT_SECRET and ATACCAMA_CLIENT_SECRET_FILE are both set. Unset one of them.")
    if flags.files.get(SettingName.CLIENT_SECRET) is not None and flags.client_secret_command is not None:
        raise UsageProblem("--client-secret-file and --client-secret-command were both given. Give one of them.")
    readers = [f"--{name.replace('_', '-')}-file" for name in _IN_FILES if flags.files.get(name) == STDIN]
    if len(readers) > 1:
        raise UsageProblem(f"{' and '.join(readers)} both read standard input (-). Give one of them a path.")


def _read(sources: Sequence[Source]) -> tuple[Text, tuple[Text, ...]]:
    """What is in force must be readable; what is not used and cannot be read shadows nothing."""
    return sources[0](), tuple(text for source in sources[1:] if (text := _attempt(source)))


def _attempt(source: Source) -> Text | None:
    try:
        return source()
    except UsageProblem:
        return None


def _given(name: SettingName, text: Text, shadowed: Sequence[Text]) -> Given:
    return Given(
        name,
        text.value,
        text.source,
        shadowed=tuple((other.source, other.value) for other in shadowed),
        exposed=text.exposed if name.secret else None,
    )


def _others(texts: Mapping[SettingName, tuple[Text, tuple[Text, ...]]]) -> Iterator[str]:
    shown = [text.value for name, (text, _) in texts.items() if not name.secret]
    for name, (text, shadowed) in texts.items():
        if name.secret:
            for read in (text, *shadowed):
                yield from other_lines(read.value, shown)
