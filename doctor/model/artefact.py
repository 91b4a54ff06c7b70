"""Another kind of thing in a setting's place, and what kind of text a value looks like."""

import re
from collections.abc import Mapping

from doctor.model.facts.settings import Artefact
from doctor.model.pattern import Pattern
from doctor.model.terms import SettingName

JWT = Pattern(r"eyJ[\w\-]+\.[\w\-]+\.[\w\-]*", holds=("eyJ",))
_HEADER = Pattern(r"(?:Authorization\s*:\s*)?(?:Bearer|Basic)\s+(?P<rest>\S+)", re.IGNORECASE, holds=("bearer", "bas"))
_EMAIL = Pattern(r"[^@\s:/]{1,64}@[^@\s:/]{1,200}\.[A-Za-z]{2,24}", holds="@")
_URL = Pattern(r"https?://[^\s/]+", re.IGNORECASE, holds=("://",))
_COMMAND = Pattern(
    r"(?:\$ )?(?:(?:curl|wget|https?|Invoke-(?:RestMethod|WebRequest)|irm|az|aws|gcloud|vault|kubectl|op)\s+[\w\-'\"/]"
    r"|(?:cat|echo|printf|pass)\s+[\w\-'\"/.]+\Z)",
    holds=(
        *("curl", "wget", "http", "Invoke-", "irm", "az", "aws", "gcloud", "vault", "kubectl", "op"),
        *("cat", "echo", "printf", "pass"),
    ),
)
_UUID = Pattern(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WORD = Pattern(r"[A-Z]?[a-z]{4,}|[A-Z]{4,}|(?:19|20)\d\d")
_SHORT_WORD = Pattern(r"[A-Z]?[a-z]{3,}|[A-Z]{3,}")
_IDENTIFIER = Pattern(r"[A-Za-z][A-Za-z0-9]*(?:[-_.:/@][A-Za-z0-9]+)*")
_TOKENS = frozenset({SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN})
_NAMED = frozenset({SettingName.CLIENT_ID, SettingName.CLIENT_SECRET, SettingName.REALM, SettingName.SCOPE})
_OWN = {
    SettingName.CLIENT_SECRET: r"client[_\-]?secret",
    SettingName.CLIENT_ID: r"client[_\-]?id",
    SettingName.ACCESS_TOKEN: r"access[_\-]?token",
    SettingName.REALM: r"realm",
}


def artefact_of(name: SettingName, text: str) -> Artefact | None:
    """Return the kind of thing that stands there instead of what the setting holds, or None."""
    if "-----BEGIN " in text:
        return Artefact.PEM
    if name is SettingName.AUTHORIZATION or name not in _NAMED | _TOKENS:
        return None
    if name is not SettingName.ACCESS_TOKEN and JWT.fullmatch(text):
        return Artefact.JWT
    if _HEADER.fullmatch(text):
        return Artefact.BEARER_HEADER
    if name in {SettingName.CLIENT_ID, SettingName.REALM} and len(text) < 300 and _EMAIL.fullmatch(text):
        return Artefact.EMAIL
    if name is not SettingName.REALM and _URL.match(text):
        return Artefact.URL
    if _COMMAND.match(text):
        return Artefact.COMMAND
    return Artefact.JSON if isinstance(_document(text), dict | list) else None


def taken_out(name: SettingName, text: str) -> str | None:
    """Return the setting's own value from a document, command, form or file that holds it under its name, or None."""
    if name not in _OWN:
        return None
    document = _document(text)
    if isinstance(document, dict):
        return _member(document, _OWN[name])
    header = _HEADER.fullmatch(text)
    if header and name is SettingName.ACCESS_TOKEN:
        return header["rest"]
    own = rf"[\s&?\"'{{,;_]{_OWN[name]}[\"']?\s*[=:]\s*[\"']?([^\s\"'&,;]+)"
    found = Pattern(own, re.IGNORECASE, holds="=:").search(f"\n{text}")
    return found[1] if found and found[1] != text else None


def is_uuid(text: str) -> bool:
    """True for a UUID in its textual form (RFC 9562 section 4)."""
    return bool(_UUID.fullmatch(text))


def secret_like(name: SettingName, text: str) -> bool:
    """True for a generated secret: long, random, no words. A UUID is one anywhere but in a client id's place."""
    if _UUID.fullmatch(text):
        return name is not SettingName.CLIENT_ID
    if not 16 <= len(text) <= 512 or any(char.isspace() for char in text) or _URL.match(text) or JWT.fullmatch(text):
        return False
    left = _WORD.sub("", text)
    return sum(char not in "-_." for char in left) >= 14 and any(char.isalpha() for char in left)


def identifier_like(name: SettingName, text: str) -> bool:
    """True for a name that a person chose, and for a UUID in a client id's place."""
    if _UUID.fullmatch(text):
        return name is SettingName.CLIENT_ID
    if not 2 <= len(text) <= 64 or not _IDENTIFIER.fullmatch(text) or secret_like(name, text):
        return False
    return len(_SHORT_WORD.sub("", text)) * 2 <= len(text)


def _document(text: str) -> object:
    if text[:1] + text[-1:] not in {"{}", "[]"}:
        return None
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _member(document: Mapping[str, object], own: str) -> str | None:
    for key, value in document.items():
        if isinstance(value, str) and re.fullmatch(rf"(?:.*[_.\-])?(?:{own}|secret|value)", key, re.IGNORECASE):
            return value
    return None
