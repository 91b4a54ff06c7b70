"""Data as trees of frozen dataclasses, tuples and dicts: rewritten leaf by leaf, or read leaf by leaf."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from enum import Enum
from functools import cache
from typing import Any, Final, TypeAlias

from doctor.model.frozen import field_names
from doctor.model.hints import TAG
from doctor.model.secret import Secret, mark

Pairs: TypeAlias = tuple[tuple[str, str], ...]
MAX_DEPTH: Final = 150
_TOO_DEEP: Final = mark("data nested too deeply,")


class Rewriter:
    """Gives a copy of a tree in which strings are rewritten; keys, enums and numbers stay."""

    def __init__(
        self, leaf: Callable[[str], str], pairs: Callable[[Pairs], Pairs], keyed: Callable[[str, str], str]
    ) -> None:
        self._leaf, self._pairs, self._keyed = leaf, pairs, keyed

    def value(self, obj: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            return _TOO_DEEP
        match obj:
            case Secret():
                return str(obj)
            case Enum() | bool() | int() | float() | None:
                return obj
            case str():
                return self._leaf(obj)
            case bytes():
                return self._leaf(obj.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
            case Mapping():
                return {key: self._member(key, item, depth) for key, item in obj.items()}
            case list() | set() | frozenset() | tuple():
                return self._items(obj, depth)
            case _:
                return obj if field_names(type(obj)) is None else self._fields(obj, depth)

    def _items(self, items: Any, depth: int) -> Any:
        new = [self.value(item, depth + 1) for item in items]
        return type(items)(*new) if hasattr(items, "_fields") else type(items)(new)

    def _member(self, key: object, item: Any, depth: int) -> Any:
        if isinstance(key, str) and isinstance(item, str) and not isinstance(item, Enum):
            return self._keyed(key, item)
        return self._named(key, item, depth)

    def _named(self, name: object, item: Any, depth: int) -> Any:
        if name == "headers" and _are_pairs(item):
            cleaned = self._pairs(tuple((key, value) for key, value in item))
            return cleaned if isinstance(item, tuple) else [list(pair) for pair in cleaned]
        return self.value(item, depth + 1)

    def _fields(self, obj: Any, depth: int) -> Any:
        changed = {}
        for name in _settable(obj.__class__):
            old = getattr(obj, name)
            new = self._named(name, old, depth)
            if new is not old and new != old:
                changed[name] = new
        return replace(obj, **changed) if changed else obj


@cache
def _settable(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls) if field.init)


def _are_pairs(item: object) -> bool:
    return isinstance(item, list | tuple) and all(
        isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in item
    )


def leaves(obj: Any) -> Iterator[str]:
    """Every string of a tree; keys, enums and names of classes are the product's own and left out."""
    stack = [obj]
    while stack:
        item = stack.pop()
        if isinstance(item, str) and not isinstance(item, Enum):
            yield item
        else:
            stack.extend(_inside(item))


def _inside(item: Any) -> Iterable[Any]:
    match item:
        case Enum():
            return ()
        case bytes():
            return (item.decode("utf-8", "replace"),)
        case Mapping():
            return [value for name, value in item.items() if name != TAG]
        case list() | set() | frozenset() | tuple():
            return item
        case _:
            return [getattr(item, name) for name in field_names(type(item)) or ()]
