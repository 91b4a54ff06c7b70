"""The text of a file of profiles with one more in it, or one written anew; everything else stands as it stood."""

import json
import re
import tomllib
from collections.abc import Mapping

Profile = Mapping[str, str | Mapping[str, str]]
"""Settings by name; a secret is a reference, as an inline table."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def with_profile(text: str, name: str, profile: Profile) -> tuple[str, bool]:
    """The new text, and whether the profile is the default in it.

    ``ValueError`` when that cannot be done without touching something else: the file is no TOML, or it does not
    write each profile as ``[profiles.NAME]``.
    """
    before = tomllib.loads(text)
    default = before.get("default", name)
    head = "" if "default" in before else f"default = {_string(name)}\n\n"
    edited = head + _replaced(text, name, _table(name, profile))
    wanted = {**before, "default": default, "profiles": {**before.get("profiles", {}), name: profile}}
    if tomllib.loads(edited) != wanted:
        raise ValueError("the edit would change more than this profile")
    return edited, default == name


def _table(name: str, profile: Profile) -> str:
    lines = [f"{key} = {_value(value)}\n" for key, value in profile.items()]
    return f"[profiles.{_key(name)}]\n" + "".join(lines)


def _value(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return _string(value)
    return "{ " + ", ".join(f"{key} = {_string(each)}" for key, each in value.items()) + " }"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)


def _string(text: str) -> str:
    """A basic string of TOML: that of JSON, but that DEL has to be escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _replaced(text: str, name: str, table: str) -> str:
    """The text with this table in the place of the profile's own, or at the end."""
    spelled = "|".join(re.escape(each) for each in (_key(name), _string(name), f"'{name}'"))
    own = re.compile(rf"^[ \t]*\[profiles\.(?:{spelled})\][ \t]*(?:#.*)?(?:\n(?![ \t]*\[).*)*", re.M)
    found = own.search(text)
    if found is None:
        return f"{text.rstrip()}\n\n{table}".lstrip()
    behind = re.search(r"(?:\n[ \t]*(?:#.*)?)*\Z", found[0])  # what leads to the next table stays
    return text[: found.start()] + table.rstrip() + (behind[0] if behind else "") + text[found.end() :]
