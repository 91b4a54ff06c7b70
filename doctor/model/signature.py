"""A function's signature, read as what it needs: the declaration that the runner works from."""

import types
from collections.abc import Callable
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from doctor.model.errors import SignatureProblem
from doctor.model.facts.missing import Missing
from doctor.model.frozen import dataclass

T = TypeVar("T")


class Deferred(Generic[T]):
    """A fact that a probe awaits only when it turns out to need it.

    A probe with a ``Deferred[Fact]`` parameter starts without waiting for that fact.
    """

    def __init__(self, await_fact: Callable[[], T | Missing]) -> None:
        self._await = await_fact

    def get(self) -> T | Missing:
        """The fact, once it is there; ``Missing`` when it never will be."""
        return self._await()


@dataclass(frozen=True, slots=True)
class Need:
    """One parameter."""

    name: str
    type: type[Any]
    optional: bool = False
    """``X | None``: also without."""
    deferred: bool = False


def needs_of(function: Callable[..., Any]) -> tuple[Need, ...]:
    """The parameters of a check or probe, or ``SignatureProblem`` with what is wrong."""
    hints = _hints(function)
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return tuple(_need(function, name, hints) for name in names)


def result_of(function: Callable[..., Any]) -> type[Any]:
    """The one fact type that a probe gives: its return annotation without ``Missing``."""
    hint = _hints(function).get("return")
    facts = [t for t in _members(hint) if t not in (Missing, type(None))]
    if len(facts) != 1 or not hasattr(facts[0], "__dataclass_fields__"):
        raise SignatureProblem(f"{function.__name__} must be annotated to return one fact (a frozen dataclass)")
    return facts[0]  # type: ignore[no-any-return]


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    plain: dict[str, Any] = getattr(function, "__annotations__", {})
    if not any(isinstance(hint, str) for hint in plain.values()):
        return plain
    try:
        return get_type_hints(function)
    except (NameError, TypeError) as problem:
        raise SignatureProblem(f"{getattr(function, '__name__', function)}: {problem}") from None


def _need(function: Callable[..., Any], name: str, hints: dict[str, Any]) -> Need:
    if name not in hints:
        raise SignatureProblem(f"parameter {name} of {function.__name__} has no type")
    hint = hints[name]
    if get_origin(hint) is Deferred:
        return Need(name, get_args(hint)[0], deferred=True)
    members = _members(hint)
    wanted = [t for t in members if t is not type(None)]
    if len(wanted) != 1 or not isinstance(wanted[0], type):
        raise SignatureProblem(f"parameter {name} of {function.__name__} must name one fact, or one fact | None")
    return Need(name, wanted[0], optional=len(members) > 1)


def _members(hint: Any) -> list[Any]:
    return list(get_args(hint)) if get_origin(hint) in (types.UnionType, Union) else [hint]
