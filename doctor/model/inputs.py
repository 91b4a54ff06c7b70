"""What a run starts from: values as given, where each came from, and what was asked for."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from doctor.model.facts.settings import Loader, RunOptions, Unused
from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName, Severity


@dataclass(frozen=True, slots=True)
class Other:
    """Another source of a setting, which is not used."""

    source: str
    value: str | None = field(default=None, repr=False)
    """None where finding out would start a command or open the keyring: only what is in force is worth that."""
    exposed: str | None = None
    """As in ``Given``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What another loader makes of a line of an env file."""

    loader: Loader
    value: str | None = field(repr=False)
    """None where it refuses the line, or finds no such name."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line of an env file that gave a value."""

    file: str
    number: int
    name: str
    others: tuple[Reading, ...]
    """The loaders that read another value than the one in force."""

    @property
    def place(self) -> str:
        """``.env, line 3``."""
        return f"{self.file}, line {self.number}"


@dataclass(frozen=True, slots=True)
class Given:
    """One setting in force, exactly as it was given. Holds secrets: never printed, never stored."""

    name: SettingName
    value: str = field(repr=False)
    source: str
    """``--url``, ``ATACCAMA_URL``, ``profile dev in ataccama-doctor.toml``."""
    shadowed: tuple[Other, ...] = ()
    """Every other source that gave it too, the strongest first."""
    exposed: str | None = None
    """How others can read it where it stands, for a secret in a file."""
    line: Line | None = None
    """The line of an env file that gave it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that one run over one environment needs to know."""

    given: tuple[Given, ...]
    options: RunOptions = field(default_factory=RunOptions)
    timeout: float = 10.0
    """Seconds a request, by the wall."""
    deadline: float = 60.0
    """Seconds for the whole run."""
    deadline_set: bool = False
    """True when the person set the deadline: then nothing moves it."""
    only: tuple[str, ...] = ()
    """Shell-style patterns of check ids or stages; empty selects all."""
    skip: tuple[str, ...] = ()
    fail_on: Severity = Severity.FAIL
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    """For proxies, CA bundles and the fingerprint key."""
    other_secrets: tuple[str, ...] = field(default=(), repr=False)
    """Values that were read and are not used, to be removed from every output all the same."""
    user_folder: Path | None = None
    """The user's configuration folder, where the fingerprint key is kept; None for a key of this run only."""
    secret_sends: int | None = None
    """Requests that may still carry the client secret; None for as many as a whole run may."""
    name: str | None = None
    """Name of the profile, None to use the host's."""
    unused: tuple[Unused, ...] = ()
    """What is set and what nothing reads."""
    notes: tuple[str, ...] = ()
    """What a reader must know about where values came from, as sentences."""
