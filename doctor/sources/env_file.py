"""An env file: what the usual loaders make of each line, beside the line as it stands.

python-dotenv's reading is the value in force.  Where docker compose, or a program that takes the line as it stands,
reads another, that is kept: once the server has answered it tells which reading was the right one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from io import StringIO
from pathlib import Path

from doctor.model.artefact import secret_like
from doctor.model.facts.settings import Loader, Unused
from doctor.model.frozen import dataclass
from doctor.model.inputs import Line, Reading
from doctor.model.terms import SettingName
from doctor.sources import compose
from doctor.sources.names import READ, SECRET_FILE, VARIABLES, setting_meant, unused_variables
from doctor.sources.reading import Text, file_content

_BOM = "\ufeff"
_SHORTEST = 8
"""Characters of a value from which on it is told from ordinary words."""


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What was read from it."""

    name: str
    texts: tuple[tuple[str, Text], ...] = field(repr=False)
    """Each variable with its value, in the file's order; the last of several with one name is in force."""
    unused: tuple[Unused, ...] = ()
    other_secrets: tuple[str, ...] = field(default=(), repr=False)

    def of(self, variable: str) -> tuple[Text, ...]:
        """Every value of a variable, the one in force first."""
        return tuple(text for name, text in reversed(self.texts) if name == variable)

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.texts)


def read(path: str, environ: Mapping[str, str]) -> EnvFile:
    """Read the file; ``UsageProblem`` where it cannot be read."""
    content, exposed = file_content("--env-file", path)
    lines = tuple(_lines(Path(path).name, content, environ))
    texts = tuple(
        (line.name, Text(value, line.place, exposed, from_outside=True, line=line if line.name in READ else None))
        for line, value in lines
    )
    unused = tuple(_unused(line) for line, _ in lines if line.name not in READ)
    return EnvFile(Path(path).name, texts, tuple(each for each in unused if each), tuple(_other_secrets(lines)))


def _lines(path: str, content: str, environ: Mapping[str, str]) -> Iterator[tuple[Line, str]]:
    """Each line that gives a variable, with the value in force."""
    from dotenv.parser import parse_stream

    marked, content = content.startswith(_BOM), content.removeprefix(_BOM)
    known: dict[str, str] = {}
    for binding in parse_stream(StringIO(content, newline="")):
        statement = binding.original.string.lstrip()
        number = binding.original.line + binding.original.string[: -len(statement) or None].count("\n")
        raw = statement.split("\n")[0]
        name = binding.key or _name_of(raw)
        if name is None or "=" not in raw or raw.startswith("#"):
            continue
        stands = raw.partition("=")[2]
        around = {**known, **environ}
        value = stands if binding.value is None else _expanded(binding.value, around)
        readings = {Loader.COMPOSE: compose.reading(statement.partition("=")[2], around), Loader.AS_IT_STANDS: stands}
        if marked and number == 1:
            readings[Loader.AS_IT_STANDS] = None
        others = tuple(Reading(loader, other) for loader, other in readings.items() if other != value)
        known[name] = value
        yield Line(path, number, name, others), value


def _name_of(raw: str) -> str | None:
    """The name in a line that python-dotenv cannot read."""
    name = raw.partition("=")[0].strip().removeprefix("export ").strip()
    return name if name in READ else None


def _expanded(value: str, around: Mapping[str, str]) -> str:
    from dotenv.variables import parse_variables

    return "".join(atom.resolve(around) for atom in parse_variables(value))


def _unused(line: Line) -> Unused | None:
    """The line, where its name is nearly one of ours, or a setting's without our prefix."""
    near = next(unused_variables([line.name], line.place), None)
    if near:
        return near
    meant = setting_meant(line.name)
    return Unused(line.name, line.place, VARIABLES[meant]) if meant in VARIABLES else None


def _other_secrets(lines: tuple[tuple[Line, str], ...]) -> Iterator[str]:
    """What stands in the file beside the settings, as far as it may be secret: no report may show it either."""
    settings = {*VARIABLES.values(), SECRET_FILE}
    for line, value in lines:
        for text in (value, *(reading.value or "" for reading in line.others)):
            if line.name not in settings and len(text) >= _SHORTEST and _may_be_secret(line.name, text):
                yield text


def _may_be_secret(name: str, text: str) -> bool:
    telling = any(word in name.upper() for word in ("SECRET", "PASSWORD", "TOKEN", "KEY"))
    return telling or secret_like(SettingName.CLIENT_SECRET, text)
