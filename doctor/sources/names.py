"""The names that give settings, and the names that only look like them."""

from collections.abc import Iterable, Iterator, Mapping

from doctor.model.facts.settings import Unused
from doctor.model.spelling import distance
from doctor.model.terms import EXAMINED, SettingName

PREFIX = "ATACCAMA"
PROFILE_VARIABLE = "ATACCAMA_DOCTOR_PROFILE"
NO_VARIABLE = (SettingName.CA_BUNDLE, SettingName.PROXY)
"""Settings whose variables are everybody's (``REQUESTS_CA_BUNDLE``, ``HTTPS_PROXY``), and read where they are used."""
VARIABLES = {name: f"{PREFIX}_{name.upper()}" for name in SettingName if name not in NO_VARIABLE}
EXAMINED_VARIABLES = tuple(VARIABLES[name] for name in EXAMINED)
SECRET_FILE = f"{VARIABLES[SettingName.CLIENT_SECRET]}_FILE"
_TOOL = (PROFILE_VARIABLE, "ATACCAMA_DOCTOR_FINGERPRINT_KEY")
READ = frozenset({*VARIABLES.values(), SECRET_FILE, *_TOOL})
"""Every variable that this program reads as its own."""
_MEANT = {
    SettingName.URL: "URL URI HOST HOSTNAME DOMAIN ENV ENVIRONMENT BASEURL PORTALURL ENDPOINT SERVER",
    SettingName.REALM: "REALM TENANT REALMNAME TENANTNAME",
    SettingName.CLIENT_ID: "CLIENTID ID CLIENT CLIENTNAME",
    SettingName.CLIENT_SECRET: "CLIENTSECRET SECRET CLIENTPASSWORD PASSWORD CLIENTKEY",
    SettingName.SCOPE: "SCOPE SCOPES",
    SettingName.TOKEN_URL: "TOKENURL TOKENURI TOKENENDPOINT AUTHURL",
    SettingName.API_URL: "APIURL APIURI APIBASE APIBASEURL APIHOST",
    SettingName.AUTHORIZATION: "AUTHORIZATION AUTHORIZATIONHEADER AUTHHEADER",
    SettingName.ACCESS_TOKEN: "ACCESSTOKEN TOKEN BEARERTOKEN",
    SettingName.CA_BUNDLE: "CABUNDLE CACERT CAFILE",
    SettingName.PROXY: "PROXY PROXYURL HTTPSPROXY",
}
_SETTINGS = {word: name for name, words in _MEANT.items() for word in words.split()}
_NEAR = 2
_SHORT, _SHORTEST = 6, 4
"""Letters; words below the first are near by one letter alone, words below the second are too near to each other."""


def setting_meant(name: str) -> SettingName | None:
    """The setting that a name without our prefix means, whatever its case and separators; None where none is near."""
    letters = "".join(char for char in name.upper() if char.isalnum())
    if letters in _SETTINGS:
        return _SETTINGS[letters]
    if len(letters) < _SHORTEST:
        return None
    limit = 1 if len(letters) < _SHORT else _NEAR
    near = {word: distance(letters, word, limit) for word in _SETTINGS}
    closest = min(near, key=lambda word: near[word])
    return _SETTINGS[closest] if near[closest] <= limit else None


def unused_variables(environ: Iterable[str], source: str) -> Iterator[Unused]:
    """The variables whose name begins, or nearly begins, with our prefix, and that nothing reads."""
    for name in environ:
        if name not in READ and (rest := _behind_prefix(name)) is not None:
            yield Unused(name, source, _variable_meant(rest))


def secret_values(unused: Iterable[Unused], environ: Mapping[str, str]) -> Iterator[str]:
    """The values among them that may be secret: no report may show them either."""
    from doctor.model.artefact import secret_like

    secret = {variable for name, variable in VARIABLES.items() if name.secret}
    for each in unused:
        value = environ.get(each.name, "")
        if value and (each.meant in secret or secret_like(SettingName.CLIENT_SECRET, value)):
            yield value


def _behind_prefix(name: str) -> str | None:
    first, _, rest = name.upper().partition("_")
    if rest and abs(len(first) - len(PREFIX)) <= _NEAR and distance(first, PREFIX, _NEAR) <= _NEAR:
        return rest
    return None


def _variable_meant(rest: str) -> str | None:
    if rest.startswith("DOCTOR_"):
        near = {name: distance(rest, name.partition("_")[2], _NEAR) for name in _TOOL}
        return next((name for name, far in near.items() if far <= _NEAR), None)
    if rest.endswith(("_FILE", "_PATH")) and setting_meant(rest[:-5]) is SettingName.CLIENT_SECRET:
        return SECRET_FILE
    meant = setting_meant(rest)
    return VARIABLES.get(meant) if meant else None
