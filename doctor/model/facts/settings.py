"""What was given: each setting's source and shape, and the environment that the settings point at."""

from enum import StrEnum

from doctor.model.frozen import dataclass
from doctor.model.terms import SettingName


class Where(StrEnum):
    """Where in a value something stands: all that may be told of a secret's insides."""

    START = "at the start"
    END = "at the end"
    INSIDE = "inside"


class OddKind(StrEnum):
    WHITESPACE = "whitespace"
    """Unicode property White_Space."""
    INVISIBLE = "invisible"
    """Another control, format or default-ignorable character: BOM, zero-width, soft hyphen, bidi mark, NUL."""
    LOOKALIKE = "lookalike"
    """A non-ASCII twin of an ASCII character: typographic dash or quote, Cyrillic or full-width letter."""


@dataclass(frozen=True, slots=True)
class OddCharacter:
    """One character that does not belong, without its neighbours. Equal ones are listed once."""

    kind: OddKind
    code_point: int
    where: Where

    @property
    def words(self) -> str:
        """``line feed (U+000A) at the end``."""
        return f"{_NAMES.get(self.code_point) or _unicode_name(self.code_point)} (U+{self.code_point:04X}) {self.where}"


class Artefact(StrEnum):
    """Another kind of thing than the setting holds."""

    JWT = "a JWT"
    BEARER_HEADER = "a whole Authorization header"
    EMAIL = "an e-mail address"
    PEM = "a PEM key or certificate"
    URL = "a URL"
    JSON = "a JSON document"
    COMMAND = "a command line"


class Encoding(StrEnum):
    BASE64 = "Base64"
    BASE64_PAIR = "Base64 of id:secret"
    PERCENT = "percent-encoding"
    HTML = "HTML escaping"
    JSON = "JSON escaping"


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that the shape suggests instead. The value itself stays in the vault under ``variant``."""

    variant: str
    """Key in the vault: ``cleaned``, ``decoded`` … ``as given`` is the value itself."""
    causes: tuple[str, ...]
    """Ids of the causes that this correction would undo, the outermost first."""
    shown: str | None = None
    """The corrected value, for settings that are no secret."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What can be said of a value without showing it."""

    empty: bool = False
    odd: tuple[OddCharacter, ...] = ()
    quotes: str | None = None
    """The kind of quotes round it: ``double quotes``, ``typographic quotes``, ``backticks``."""
    label: str | None = None
    """The name that came along: ``client_secret=``; never a part of the value."""
    trailing_punctuation: str | None = None
    """``,`` or ``;`` left from the file it was copied from."""
    placeholder: str | None = None
    """The template's own text or a mask, shown as it is: no secret."""
    variable: str | None = None
    """The reference that nothing replaced, shown as it is: no secret."""
    encoding: Encoding | None = None
    artefact: Artefact | None = None
    secret_like: bool = False
    """It looks like a generated secret: long, random, no words."""
    identifier_like: bool = False
    """It looks like a name that a person chose, or a UUID in a client id's place."""
    uuid: bool = False
    """It is a UUID: an id and a secret of this form do not tell which is which."""
    needs_encoding: bool = False
    """It holds a character that ``curl -d`` would not send as it is (``+ & % =`` or not ASCII)."""
    corrections: tuple[Correction, ...] = ()
    """Most plausible first."""

    @property
    def sendable(self) -> bool:
        """False for what is no credential at all: empty, a placeholder, an unexpanded variable."""
        return not (self.empty or self.placeholder or self.variable)

    @property
    def suspect(self) -> bool:
        """True when something about it suggests a correction."""
        return bool(self.corrections)


@dataclass(frozen=True, slots=True)
class Shadowed:
    """Another source that also gave this setting."""

    source: str
    same: bool
    """True when it holds the same value."""
    variant: str | None = None
    """Its key in the vault, when it differs and can be tried."""
    read: bool = True
    """False where finding out would start a command or open the keyring."""
    exposed: str | None = None
    """As in ``Setting``."""


class Loader(StrEnum):
    """Who reads env files."""

    DOTENV = "python-dotenv"
    COMPOSE = "docker compose"
    AS_IT_STANDS = "a program that takes the line as it stands"
    """``docker run --env-file``, ``make``, ``cut``: all that is behind the ``=`` is the value."""


class Difference(StrEnum):
    """What another loader does otherwise with a line of an env file."""

    QUOTES = "quotes"
    """It takes them as part of the value."""
    CARRIAGE_RETURN = "carriage return"
    """Likewise the one before the line feed."""
    BYTE_ORDER_MARK = "byte order mark"
    """It takes the one before the name as part of the name."""
    COMMENT = "comment"
    """A ``#`` begins one for some, and not for others."""
    LITERAL_DOLLAR = "literal dollar"
    """It leaves a ``$`` as it stands."""
    EXPANDED_DOLLAR = "expanded dollar"
    """It puts a variable's value in the place of a ``$``."""
    ESCAPE = "escape"
    """It reads a backslash in another way."""
    REFUSED = "refused"
    """It does not take the line."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A loader that reads another value from the same line of an env file."""

    loader: Loader
    difference: Difference
    variant: str | None = None
    """Key of its value in the vault, where it has one that can be tried."""


@dataclass(frozen=True, slots=True)
class LineSeen:
    """The line of an env file that gave a value."""

    place: str
    """``.env, line 3``."""
    fixed: str
    """The line as it should be; a secret's value is masked."""
    others: tuple[OtherReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in force."""

    name: SettingName
    source: str
    shape: Shape
    value: str | None = None
    """As given; None for a secret."""
    fingerprint: str | None = None
    shadowed: tuple[Shadowed, ...] = ()
    exposed: str | None = None
    """How others can read it where it stands: ``mode 0644``, ``tracked by git``, ``not ignored by git``."""
    line: LineSeen | None = None
    """Where it stands in an env file."""


@dataclass(frozen=True, slots=True)
class Unused:
    """A name that is set and that nothing reads, near enough to one of ours to be told."""

    name: str
    source: str
    """``the environment``, ``.env, line 3``, ``profile dev in ataccama-doctor.toml``."""
    meant: str | None = None
    """The name that is read, where one can be told."""

    @property
    def words(self) -> str:
        """``ATACCAMA_CLIENTID is set in the environment and not read; the name is ATACCAMA_CLIENT_ID``."""
        end = f"; the name is {self.meant}" if self.meant else ""
        return f"{self.name} is set in {self.source} and not read{end}"


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    """Every setting that was given, in contract order. Settings that nobody gave are absent."""

    settings: tuple[Setting, ...]
    unused: tuple[Unused, ...] = ()

    def get(self, name: SettingName) -> Setting | None:
        """The setting in force, or None when nobody gave it."""
        return next((s for s in self.settings if s.name is name), None)

    def has(self, name: SettingName) -> bool:
        return self.get(name) is not None


@dataclass(frozen=True, slots=True)
class EnvLines:
    """The settings that an env file gave."""

    given: tuple[SettingName, ...]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the person asked for beyond the settings."""

    deep: bool = False
    browser_endpoint: bool = True
    """False: do not ask the realm's authorization endpoint about the client."""
    get_paths: tuple[str, ...] = ()
    """Protected GETs to try instead of the default ones."""


class UrlProblemKind(StrEnum):
    """Causes that the URL alone can tell; each value is the cause's id."""

    MALFORMED = "url-malformed"
    NOT_HTTPS = "url-not-https"
    EXTRA_PARTS = "url-extra-parts"
    DOUBLED_SUFFIX = "url-doubled-suffix"
    NOT_AN_ENVIRONMENT = "url-not-an-environment"


@dataclass(frozen=True, slots=True)
class UrlProblem:
    kind: UrlProblemKind
    setting: SettingName
    observed: str
    """What stands there, as a clause: ``the path /auth/realms/acme came along``; credentials in it are not shown."""
    used: str | None = None
    """What was used instead, None when nothing could be."""


@dataclass(frozen=True, slots=True)
class UrlsRead:
    """What the URLs say, whether or not a target could be made of them."""

    problems: tuple[UrlProblem, ...] = ()
    realms_named: tuple[tuple[SettingName, str], ...] = ()
    """Every realm that a URL given names, with the setting it stood in."""
    realm: str | None = None
    """The ``realm`` setting, where it can be shown."""
    realm_in_value: str | None = None
    """The realm inside a ``realm`` that holds a path or URL."""
    token_endpoint: str | None = None
    """The one that the other settings make."""
    token_url: str | None = None
    """The ``token_url`` given."""
    vendor_domain: bool = False
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The environment that the settings point at; all URLs absolute, ASCII, without credentials."""

    origin: str
    """``https://acme.ataccama.one``, of the realm; default port left out."""
    base_path: str
    """``/auth``, or what a ``token_url`` says; without slash at the end; may be empty."""
    realm: str
    """As given, not yet percent-encoded."""
    token_endpoint: str
    api_base: str
    """Origin, or origin and path, of the API; without slash at the end."""
    vendor_domain: bool
    """On ``*.ataccama.one`` over HTTPS: the token request need not wait for the realm's answer."""
    token_url_given: bool = False
    api_url_prefix: bool = False
    """An API URL was given, and it ends with ``/api``: paths may stand below that or begin with it."""
    problems: tuple[UrlProblem, ...] = ()
    realms_named: tuple[tuple[SettingName, str], ...] = ()
    """Every realm that a URL given names, with the setting it stood in."""
    realm_in_value: str | None = None
    """The realm inside a ``realm`` that holds a path or URL."""

    @property
    def issuer(self) -> str:
        """``https://host/auth/realms/acme``: the realm's URL as the settings have it."""
        from urllib.parse import quote

        return f"{self.origin}{self.base_path}/realms/{quote(self.realm, safe='', errors='surrogatepass')}"


_NAMES = {
    0x00: "NUL",
    0x09: "tab",
    0x0A: "line feed",
    0x0B: "vertical tab",
    0x0C: "form feed",
    0x0D: "carriage return",
    0x20: "space",
    0x85: "next line",
    0xA0: "no-break space",
    0xAD: "soft hyphen",
    0xFEFF: "byte order mark",
}


def _unicode_name(code_point: int) -> str:
    import unicodedata

    return unicodedata.name(chr(code_point), "control character").lower()
