"""The JSON Schema of a file of profiles, for editors that complete and check TOML by one."""

from typing import Any

from doctor.model.terms import SettingName
from doctor.sources.profile_file import GET, KEYS, Kind

_WORDS = {
    SettingName.URL: "The environment as label, domain or URL; domain as stated in the Cloud Portal.",
    SettingName.REALM: "Tenant name as stated in the Cloud Portal.",
    SettingName.CLIENT_ID: "Of the API client.",
    SettingName.CLIENT_SECRET: "Of the API client: a reference, or the secret itself, which is accepted with a remark.",
    SettingName.SCOPE: "Only where the API wants one.",
    SettingName.TOKEN_URL: "The token endpoint, where it is not the environment's own.",
    SettingName.API_URL: "Where the API lives elsewhere.",
    SettingName.CA_BUNDLE: "Certificates to trust, as PEM; a path from the file's folder.",
    SettingName.PROXY: "The proxy to go through.",
}
_REFERENCES = {
    Kind.ENV: "The name of a variable that holds the secret.",
    Kind.FILE: "A file that holds the secret and nothing else; a path from this file's folder.",
    Kind.COMMAND: "A command that prints the secret; run without a shell, and only where this file was named.",
    Kind.KEYRING: "The name under which the secret is kept in the operating system's keyring.",
}
_TEXT = {"type": "string"}


def profile_schema() -> dict[str, Any]:
    """A closed schema: what the program refuses in a file, an editor marks."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:ataccama-doctor:profiles",
        "title": "Profiles of ataccama-doctor",
        "type": "object",
        "properties": {
            "default": {**_TEXT, "description": "The profile that is used where none is named."},
            "profiles": {"type": "object", "additionalProperties": {"$ref": "#/$defs/profile"}},
        },
        "additionalProperties": False,
        "$defs": {"profile": _profile(), "reference": _reference()},
    }


def _profile() -> dict[str, Any]:
    paths = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
    described = {"description": "Protected GETs to try in place of the default one.", **paths}
    return {
        "type": "object",
        "description": "One environment, and as whom it is asked.",
        "properties": {**{str(name): _setting(name) for name in KEYS}, GET: described},
        "additionalProperties": False,
    }


def _setting(name: SettingName) -> dict[str, Any]:
    kind = {"anyOf": [{"$ref": "#/$defs/reference"}, _TEXT]} if name.secret else _TEXT
    return {"description": _WORDS[name], **kind}


def _reference() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Where the secret stands.",
        "properties": {kind: {**_TEXT, "minLength": 1, "description": words} for kind, words in _REFERENCES.items()},
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }
