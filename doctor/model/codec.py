"""Frozen dataclasses to JSON values and back, driven by their type hints (RFC 8259).

A dataclass is an object of its fields; a union of dataclasses is tagged, ``{"is": "ClassName", …}``; a tuple is an
array; an enum is its value. A field that carries ``optional`` metadata is left out when it is None.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar

from doctor.model.decoding import CodecError, Decoder
from doctor.model.hints import TAG, argument, is_optional, is_tagged, item_hint, only_member, type_hints, union_members

__all__ = ["CodecError", "decode", "decode_as", "encode"]

T = TypeVar("T")
_PLAIN: tuple[type, ...] = (str, int, float, bool)


def encode(obj: Any, hint: Any = None) -> Any:
    """The JSON value of ``obj``; ``hint`` is its declared type where that is a union, which writes the tag."""
    members = union_members(hint)
    if is_dataclass(obj) and not isinstance(obj, type):
        return _encode_fields(obj, tagged=is_tagged(members))
    if isinstance(obj, Enum):
        return obj.value
    if isinstance(obj, Mapping):
        value_hint = argument(only_member(members), 1)
        return {_key(key): encode(value, value_hint) for key, value in obj.items()}
    if isinstance(obj, tuple | list):
        return [encode(item, item_hint(only_member(members), n)) for n, item in enumerate(obj)]
    if isinstance(obj, frozenset | set):
        return sorted(encode(item, argument(only_member(members), 0)) for item in obj)
    if obj is None or isinstance(obj, _PLAIN):
        return obj
    raise CodecError(f"A value of type {type(obj).__name__} has no JSON form.")


def decode(cls: type[T], data: object, *, strict: bool = True) -> T:
    """The ``cls`` that ``data`` describes. ``strict=False`` passes over fields that ``cls`` does not know."""
    result: T = decode_as(cls, data, strict=strict)
    return result


def decode_as(hint: Any, data: object, *, strict: bool = True) -> Any:
    """Like :func:`decode` for any type hint: unions, tuples, enums, ``X | None``."""
    return Decoder(strict).value(hint, data, "")


def _encode_fields(obj: Any, *, tagged: bool) -> dict[str, Any]:
    hints = type_hints(type(obj))
    out: dict[str, Any] = {TAG: type(obj).__name__} if tagged else {}
    for field in fields(obj):
        value = getattr(obj, field.name)
        if not (value is None and is_optional(field)):
            out[field.name] = encode(value, hints[field.name])
    return out


def _key(key: object) -> str:
    if isinstance(key, Enum):
        return str(key.value)
    if isinstance(key, str):
        return key
    raise CodecError(f"A key of type {type(key).__name__} has no JSON form: only strings have.")
