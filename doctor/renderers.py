"""Renderers by format name, from the entry points. A renderer takes a ``Report`` and a ``Style`` and returns text."""

from collections.abc import Callable

from doctor.entry_points import points, unloadable
from doctor.model.errors import DoctorError

RENDERERS = "ataccama_doctor.renderers"


def renderer(name: str) -> Callable[..., str]:
    """The renderer of that format; ``KeyError`` when none is installed, ``DoctorError`` when it cannot be loaded."""
    for point in points(RENDERERS):
        if point.name == name:
            try:
                return point.load()  # type: ignore[no-any-return]
            except (Exception, SystemExit) as problem:  # noqa: BLE001 - whatever a plug-in raises is its fault, told as a sentence
                raise DoctorError(unloadable(point, problem)) from None
    raise KeyError(name)


def renderer_names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(point.name for point in points(RENDERERS)))
