"""Frozen dataclasses to JSON values and back, driven by their type hints (RFC 8259).

A dataclass is an object of its fields; a union of dataclasses is tagged, ``{"is": "ClassName", …}``; a tuple is an
array; an enum is its value. A field that carries ``optional`` metadata is left out when it is None.
"""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from doctor.model.decoding import CodecError, Decoder
from doctor.model.frozen import field_names
from doctor.model.hints import TAG, argument, is_optional, is_tagged, item_hints, only_member, type_hints, union_members

__all__ = ["CodecError", "decode", "decode_as", "encode"]

T = TypeVar("T")
_PLAIN: tuple[type, ...] = (str, int, float, bool)
_LISTS = (tuple, list)


def encode(obj: Any, hint: Any = None) -> Any:
    """The JSON value of ``obj``; ``hint`` is its declared type where that is a union, which writes the tag."""
    if obj is None or type(obj) in _PLAIN:  # most of a report is leaves
        return obj
    if field_names(type(obj)) is not None:
        return _encode_fields(obj, tagged=is_tagged(union_members(hint)))
    if isinstance(obj, Enum):
        return obj if isinstance(obj, str) else obj.value  # a word of ours stays known as one
    declared = hint and only_member(union_members(hint))
    if isinstance(obj, _LISTS):
        return [encode(item, inner) for item, inner in zip(obj, item_hints(declared), strict=False)]
    if isinstance(obj, Mapping):
        inner = argument(declared, 1)
        return {_key(key): encode(value, inner) for key, value in obj.items()}
    if isinstance(obj, frozenset | set):
        return sorted(encode(item, argument(declared, 0)) for item in obj)
    if isinstance(obj, _PLAIN):
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
    out: dict[str, Any] = {TAG: type(obj).__name__} if tagged else {}
    for name, hint, optional in _fields(obj.__class__):
        value = getattr(obj, name)
        if not (value is None and optional):
            out[name] = encode(value, hint)
    return out


@cache
def _fields(cls: Any) -> tuple[tuple[str, Any, bool], ...]:
    hints = type_hints(cls)
    return tuple((field.name, hints[field.name], is_optional(field)) for field in fields(cls))


def _key(key: object) -> str:
    if isinstance(key, Enum):
        return str(key.value)
    if isinstance(key, str):
        return key
    raise CodecError(f"A key of type {type(key).__name__} has no JSON form: only strings have.")
