"""The closed vocabularies that reports, checks and scripts share (stable once released)."""

from enum import StrEnum


class Stage(StrEnum):
    """Where in the journey from settings to a protected GET something happens, in order."""

    SETTINGS = "settings"
    NETWORK = "network"
    REALM = "realm"
    TOKEN = "token"
    ACCESS_TOKEN = "access_token"
    API = "api"

    @property
    def position(self) -> int:
        """0 for the first stage; what is earlier must be mended earlier."""
        return list(Stage).index(self)


class Severity(StrEnum):
    """How much a finding weighs. A note never changes an outcome."""

    FAIL = "fail"
    WARN = "warn"
    NOTE = "note"


class Confidence(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    """The evidence excludes everything else in the catalogue."""
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def position(self) -> int:
        """0 for the surest."""
        return list(Confidence).index(self)


class Worst(StrEnum):
    """The worst that a cause can be, from the catalogue's last column (F, W, I, N)."""

    FAIL = "fail"
    WARN = "warn"
    INCONCLUSIVE = "inconclusive"
    NOTE = "note"


class Outcome(StrEnum):
    """How one check ended."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"


class Verdict(StrEnum):
    """What a whole run says."""

    HEALTHY = "healthy"
    WARNINGS = "warnings"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"


class SettingName(StrEnum):
    """The settings that a cause can be about."""

    URL = "url"
    REALM = "realm"
    CLIENT_ID = "client_id"
    CLIENT_SECRET = "client_secret"
    SCOPE = "scope"
    TOKEN_URL = "token_url"
    API_URL = "api_url"
    AUTHORIZATION = "authorization"
    ACCESS_TOKEN = "access_token"
    PROXY = "proxy"
    CA_BUNDLE = "ca_bundle"

    @property
    def words(self) -> str:
        """The name as it stands in a sentence: ``client secret``."""
        return _WORDS.get(self, self.value.replace("_", " "))

    @property
    def secret(self) -> bool:
        """True when the value itself must never be shown."""
        return self in _SECRET


_WORDS = {
    SettingName.URL: "URL",
    SettingName.TOKEN_URL: "token URL",
    SettingName.API_URL: "API URL",
    SettingName.CLIENT_ID: "client ID",
    SettingName.AUTHORIZATION: "Authorization header",
    SettingName.CA_BUNDLE: "CA bundle",
}
URLS = (SettingName.URL, SettingName.TOKEN_URL, SettingName.API_URL)
"""The settings that say where the environment is, the most telling first."""
EXAMINED = (SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN)
"""The settings that a person has already and wants to have examined."""
_SECRET = frozenset({SettingName.CLIENT_SECRET, SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN})


class Endpoint(StrEnum):
    """At which of the environment's doors something happened."""

    REALM = "realm"
    TOKEN = "token"
    API = "api"

    @property
    def words(self) -> str:
        """The name as it stands in a sentence: ``token endpoint``."""
        return {"realm": "realm", "token": "token endpoint", "api": "API"}[self.value]
