"""The door through which checks, probes and renderers come in (Python Packaging User Guide, entry points)."""

from functools import cache
from importlib.metadata import Distribution, EntryPoint, EntryPoints, entry_points

OURS = "ataccama-doctor"
_NAMELESS = "unknown"


@cache
def points(group: str) -> tuple[EntryPoint, ...]:
    """What is installed in a group, ours first."""
    return tuple(sorted(_installed().select(group=group), key=_place))


def provider_of(point: EntryPoint) -> str:
    """Name of the distribution that brought it."""
    return _name(point.dist) if point.dist else _NAMELESS


def unloadable(point: EntryPoint, problem: BaseException) -> str:
    """The sentence for a plug-in that cannot be loaded."""
    words = f": {_first_line(problem)}".rstrip(": .")
    return f"The plug-in {point.name} of {provider_of(point)} cannot be loaded: {type(problem).__name__}{words}."


def _first_line(problem: BaseException) -> str:
    try:
        return next(iter(str(problem).strip().splitlines()), "")[:200]
    except Exception:  # noqa: BLE001 - a plug-in's exception may break while it says what broke
        return ""


@cache
def _installed() -> EntryPoints:
    return entry_points()  # type: ignore[return-value]  # the stubs speak of Python 3.9


def _place(point: EntryPoint) -> tuple[bool, str, str]:
    provider = provider_of(point)
    return provider != OURS, provider, point.name


@cache
def _name(dist: Distribution) -> str:
    """Asking a distribution for its name parses all of its metadata: once is enough."""
    try:
        return dist.name or _NAMELESS
    except Exception:  # noqa: BLE001 - metadata that is gone or unreadable, in whatever way this Python tells it
        return _NAMELESS
