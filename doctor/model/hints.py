"""What a dataclass's type hints say: the one reading of them that the codec and the schema share."""

from collections.abc import Iterator
from dataclasses import Field, is_dataclass
from functools import cache
from itertools import chain, repeat
from types import NoneType, UnionType
from typing import Any, TypeGuard, Union, get_args, get_origin, get_type_hints

TAG = "is"
"""Tells the members of a union apart; a Python keyword, so that no field can have this name."""


def type_hints(cls: Any) -> dict[str, Any]:
    """The resolved hints of a dataclass's fields."""
    return _type_hints(cls)


@cache
def _type_hints(cls: Any) -> dict[str, Any]:
    own = {name: hint for base in reversed(cls.__mro__) for name, hint in vars(base).get("__annotations__", {}).items()}
    quoted = any(isinstance(hint, str) for hint in own.values())
    return get_type_hints(cls) if quoted else own  # resolving costs a hundred times more than reading


def union_members(hint: Any) -> tuple[Any, ...]:
    """The members of a union, None among them; a plain hint is its own only member."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def is_class(hint: Any) -> TypeGuard[type]:
    """True for a hint that is a dataclass."""
    return isinstance(hint, type) and is_dataclass(hint)


def is_tagged(members: tuple[Any, ...]) -> bool:
    """True for a union in which the data alone does not tell which dataclass it is."""
    return sum(is_class(member) for member in members) > 1


def is_optional(field: Field[Any]) -> bool:
    """True for a field that is left out of the JSON when it is None."""
    return bool(field.metadata.get("optional"))


def only_member(members: tuple[Any, ...]) -> Any:
    """The one member that is not None; None where there are several or nothing is declared."""
    rest = [member for member in members if member not in (NoneType, None)]
    return rest[0] if len(rest) == 1 else None


def argument(hint: Any, n: int) -> Any:
    """The ``n``-th type argument, None where there is none."""
    arguments = get_args(hint)
    return arguments[n] if n < len(arguments) else None


def item_hints(hint: Any) -> Iterator[Any]:
    """The hint of each item of a tuple, list or set, without end; None where nothing is declared."""
    arguments = get_args(hint)
    alike = len(arguments) == 1 or arguments[1:] == (...,)
    return repeat(arguments[0]) if alike else chain(arguments, repeat(None))
