"""The standard ``@dataclass(frozen=True, slots=True)`` without a compiler's work: start-up is a feature.

The standard decorator compiles half a dozen methods for every class, which costs half a millisecond a class each time
the program starts; ours are shared.  Fields, defaults and ``match`` stay the standard one's work, so that ``fields``,
``replace`` and ``is_dataclass`` hold, and a type checker sees the standard decorator itself.
"""

import dataclasses
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass", "field_names"]


class _Frozen:
    """The methods that every class is given."""

    def __init__(self: Any, /, *given: object, **named: object) -> None:
        slots = _slots(self.__class__)
        for (_, put, _, _), value in zip(slots, given, strict=False):
            put(self, value)
        for name, put, default, make in slots[len(given) :]:
            value = named.pop(name, default)
            put(self, make() if value is dataclasses.MISSING else value)
        if named or len(given) > len(slots):
            raise TypeError(f"{type(self).__name__} has no field for {', '.join(named) or 'so many values'}")

    def __repr__(self: Any) -> str:
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), _values(self)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = {name: method for name, method in vars(_Frozen).items() if callable(method)}


def field_names(cls: Any) -> tuple[str, ...] | None:
    """The names of a dataclass's fields, whoever made it; None for a class that is none."""
    return _field_names(cls)


@cache
def _field_names(cls: Any) -> tuple[str, ...] | None:
    return tuple(f.name for f in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else None


def _values(obj: Any) -> tuple[object, ...]:
    return tuple([getattr(obj, name) for name in obj.__match_args__])


def _frozen(cls: type[Any]) -> type[Any]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # or else the standard decorator reads it from the signature, slowly
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    own = vars(cls).get("__annotations__", {})
    slots = tuple(f.name for f in dataclasses.fields(cls) if f.name in own)
    body = {name: value for name, value in vars(cls).items() if name not in (*slots, "__dict__", "__weakref__")}
    # Made once more, with slots: all of its methods at once, since each that is added later costs as much as the class.
    namespace = {**_METHODS, **body, "__slots__": slots, "__qualname__": cls.__qualname__}
    made: type[Any] = type(cls)(cls.__name__, cls.__bases__, namespace)  # type: ignore[misc]  # a metaclass's call
    return made


@cache
def _slots(cls: Any) -> list[tuple[str, Callable[[object, object], None], object, Callable[[], object]]]:
    """For each field its name, what sets it, and its default or what makes one."""
    return [(f.name, getattr(cls, f.name).__set__, f.default, _maker(cls, f)) for f in dataclasses.fields(cls)]


def _maker(cls: type[Any], field: dataclasses.Field[Any]) -> Callable[[], object]:
    """Makes the value of a field that is not given and has no plain default."""
    if field.default_factory is dataclasses.MISSING:
        return partial(_lack, cls.__name__, field.name)
    return field.default_factory


def _lack(owner: str, name: str) -> NoReturn:
    raise TypeError(f"{owner} needs a value for {name}")


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[Any]], type[Any]]:
        """Decorate a class: a frozen value of slots, and nothing else."""
        if not (frozen and slots):
            raise TypeError("Only frozen, slotted classes are made here; for others there is dataclasses.")
        return _frozen
