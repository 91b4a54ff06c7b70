"""JSON values to frozen dataclasses: type hints and data walked together."""

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields
from enum import Enum
from types import NoneType
from typing import Any, Literal, NoReturn, get_args, get_origin

from doctor.model.hints import TAG, is_class, is_tagged, item_hints, type_hints, union_members


class CodecError(ValueError):
    """The data is not what the types say; the message is one sentence that names the place."""


class Decoder:
    """Walks hints and data together and knows where it stands."""

    def __init__(self, strict: bool) -> None:
        self._strict = strict

    def value(self, hint: Any, data: object, path: str) -> Any:
        members = union_members(hint)
        if len(members) > 1:
            return self._union(members, data, path)
        if hint is Any or hint is object:
            return data
        if is_class(hint):
            return self._object(hint, data, path)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return self._enum(hint, data, path)
        if get_origin(hint) is Literal:
            return data if data in get_args(hint) else _refuse(path, f"one of {_listed(get_args(hint))}", data)
        return self._container(hint, data, path)

    def _container(self, hint: Any, data: object, path: str) -> Any:
        match get_origin(hint) or hint:
            case origin if origin in (tuple, list, set, frozenset):
                return origin(self._items(hint, data, path))
            case origin if isinstance(origin, type) and issubclass(origin, Mapping):
                return self._mapping(hint, data, path)
            case _:
                return _plain(hint, data, path)

    def _union(self, members: tuple[Any, ...], data: object, path: str) -> Any:
        if data is None and NoneType in members:
            return None
        rest = [m for m in members if m is not NoneType]
        if len(rest) == 1:
            return self.value(rest[0], data, path)
        if isinstance(data, dict) and is_tagged(tuple(rest)):
            return self._tagged([m for m in rest if is_class(m)], data, path)
        for member in rest:
            with suppress(CodecError):
                return self.value(member, data, path)
        return _refuse(path, f"one of {_listed([_name(m) for m in rest])}", data)

    def _tagged(self, classes: list[type], data: dict[str, Any], path: str) -> Any:
        cls = next((c for c in classes if c.__name__ == data.get(TAG)), None)
        if cls is None:
            _refuse(_join(path, TAG), f"one of {_listed([c.__name__ for c in classes])}", data.get(TAG))
        return self._object(cls, {k: v for k, v in data.items() if k != TAG}, path)

    def _object(self, cls: Any, data: object, path: str) -> Any:
        if not isinstance(data, dict):
            _refuse(path, "an object", data)
        known = {f.name: f for f in fields(cls) if f.init}
        unknown = [str(name) for name in data if name not in known]
        if unknown and self._strict:
            raise CodecError(f"{_place(path)} has a field {_shown(unknown[0])}, which {cls.__name__} does not know.")
        hints = type_hints(cls)
        return cls(
            **{
                name: self.value(hints[name], data[name], _join(path, name))
                for name, field in known.items()
                if name in data or _is_required(field, path)
            }
        )

    def _enum(self, cls: type[Enum], data: object, path: str) -> Enum:
        for member in cls:
            if data is member or (member.value == data and type(member.value) is type(data)):
                return member
        return _refuse(path, f"one of {_listed([m.value for m in cls])}", data)

    def _items(self, hint: Any, data: object, path: str) -> list[Any]:
        if not isinstance(data, list):
            _refuse(path, "an array", data)
        arguments = get_args(hint)
        fixed = get_origin(hint) is tuple and arguments[-1:] != (...,)
        if fixed and len(data) != len(arguments):
            _refuse(path, f"an array of {len(arguments)}", data)
        declared = zip(item_hints(hint), data, strict=False)
        return [self.value(inner or Any, item, f"{path}[{n}]") for n, (inner, item) in enumerate(declared)]

    def _mapping(self, hint: Any, data: object, path: str) -> dict[Any, Any]:
        if not isinstance(data, dict):
            _refuse(path, "an object", data)
        key, value = get_args(hint) or (str, Any)
        return {self.value(key, k, path): self.value(value, v, _join(path, str(k))) for k, v in data.items()}


def _plain(hint: Any, data: object, path: str) -> Any:
    fits = _is_number(data) if hint is float else data is None if hint in (NoneType, None) else type(data) is hint
    return data if fits else _refuse(path, _name(hint), data)


def _is_number(data: object) -> bool:
    """True for what a float can hold."""
    try:
        return isinstance(data, int | float) and not isinstance(data, bool) and math.isfinite(data)
    except OverflowError:
        return False


def _is_required(field: Field[Any], path: str) -> bool:
    """False where a default stands in for what is absent; absent and required is an error."""
    if field.default is MISSING and field.default_factory is MISSING:
        raise CodecError(f"{_place(path)} lacks the field '{field.name}'.")
    return False


def _refuse(path: str, expected: str, data: object) -> NoReturn:
    raise CodecError(f"{_place(path)} is {_shown(data)}; expected {expected}.")


def _shown(data: object) -> str:
    """What stands there, short: a file's content is not to flood a message."""
    match data:
        case dict():
            return "an object"
        case list():
            return f"an array of {len(data)}"
        case str():
            return ascii(data if len(data) <= 40 else data[:39] + "~")
        case None:
            return "null"
        case _:
            return str(data)[:40]


def _name(hint: Any) -> str:
    names = {str: "a string", int: "an integer", float: "a number", bool: "true or false", NoneType: "null"}
    return names.get(hint) or str(getattr(hint, "__name__", hint))


def _listed(options: Any) -> str:
    return ", ".join(str(option) for option in options)


def _join(path: str, name: str) -> str:
    return f"{path}.{name[:40]}" if path else name[:40]


def _place(path: str) -> str:
    return path or "The document"
