"""What can be said of a setting's value without showing it, and the values that its shape suggests instead.

The value as given is always tried first: nothing here says that it is wrong.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import NamedTuple

from doctor.model.artefact import artefact_of, identifier_like, is_uuid, secret_like, taken_out
from doctor.model.characters import trimmed, white_in, without_white
from doctor.model.escapes import Decoded, decoded
from doctor.model.facts.settings import Artefact, Correction, OddKind, Shape
from doctor.model.frozen import dataclass
from doctor.model.pattern import Pattern
from doctor.model.peeling import LONGEST, Stage, merged, odd_inside, peel
from doctor.model.placeholder import placeholder_in, variable_in
from doctor.model.secret import CLEANED, FIRST_LINE, JOINED
from doctor.model.terms import URLS, SettingName
from doctor.model.url import read

_NOTHING: Mapping[SettingName, str] = MappingProxyType({})
_MOST_STAGES = 4
_LONGEST_SHOWN = 1000
_MAY_HOLD_SPACES = frozenset(
    {SettingName.SCOPE, SettingName.AUTHORIZATION, SettingName.PROXY, SettingName.CA_BUNDLE},
)
_CREDENTIALS = frozenset({SettingName.CLIENT_ID, SettingName.CLIENT_SECRET})
_SECRET_FIELD = Pattern(r"(?:secret|password|token)[\"']?\s*[=:]", re.IGNORECASE, holds="=:")
_SHOWABLE = frozenset({None, Artefact.EMAIL, Artefact.URL})


@dataclass(frozen=True, slots=True)
class Examined:
    """A value's shape, and the corrected values that it suggests."""

    shape: Shape
    """Holds nothing of a secret: fit for a report."""
    variants: Mapping[str, str] = field(repr=False)
    """The corrected value by ``Correction.variant``, in plain text: for the vault, never for a fact."""


class _Suggestion(NamedTuple):
    variant: str
    causes: tuple[str, ...]
    value: str


def examine(name: SettingName, value: str, *, others: Mapping[SettingName, str] = _NOTHING) -> Examined:
    """Say what is odd about a value, and which values it suggests instead.

    ``others`` are the other settings as given: a known client id tells Base64 of ``id:secret`` from other Base64.
    """
    stages = tuple(peel(name, value))
    shape = _described(name, value, stages[-1])
    if not shape.sendable:
        return Examined(shape, MappingProxyType({}))
    before = _before_encoding(name, stages[-1].value, others)
    shape = replace(shape, encoding=before[0].encoding if before else None)
    kept = _distinct(value, _suggestions(name, stages, shape, [form.value for form in before]))
    corrections = tuple(Correction(s.variant, s.causes, _shown(name, shape, s)) for s in kept)
    return Examined(replace(shape, corrections=corrections), MappingProxyType({s.variant: s.value for s in kept}))


def _before_encoding(name: SettingName, text: str, others: Mapping[SettingName, str]) -> tuple[Decoded, ...]:
    return decoded(name, text, others.get(SettingName.CLIENT_ID)) if len(text) <= LONGEST else ()


def _described(name: SettingName, value: str, core: Stage) -> Shape:
    text, credentials = core.value, _credentials(name, core.value)
    shape = replace(core.noted, empty=not text)
    if variable := variable_in(name, text) or variable_in(name, credentials):
        return replace(shape, variable=variable)
    if placeholder := placeholder_in(name, text) or placeholder_in(name, credentials):
        return replace(shape, placeholder=placeholder)
    white = [char for char in white_in(text) if char != " " or name not in _MAY_HOLD_SPACES]
    return replace(
        shape,
        odd=merged(shape.odd, odd_inside(text, OddKind.WHITESPACE, white)),
        artefact=artefact_of(name, trimmed(value)) or artefact_of(name, text),
        secret_like=name in _CREDENTIALS and secret_like(name, text),
        identifier_like=name in _CREDENTIALS and identifier_like(name, text),
        uuid=name in _CREDENTIALS and is_uuid(text),
        needs_encoding=name in _CREDENTIALS and (not text.isascii() or not set("+&%=").isdisjoint(text)),
    )


def _suggestions(
    name: SettingName, stages: tuple[Stage, ...], shape: Shape, before: list[str]
) -> Iterator[_Suggestion]:
    """Yield what could be tried instead, the most plausible first."""
    core = stages[-1]
    own = taken_out(name, trimmed(stages[0].value))
    if own and taken_out(name, core.value):
        yield _Suggestion("extracted", ("wrong-artefact" if shape.artefact else "label-pasted",), own)
    yield _Suggestion(CLEANED, core.causes, core.value)
    for number, value in enumerate(before):
        yield _Suggestion(f"decoded-{number + 1}" if number else "decoded", (*core.causes, "encoded-value"), value)
    if name not in _MAY_HOLD_SPACES and shape.artefact is None:
        if name in _CREDENTIALS:
            yield _Suggestion(FIRST_LINE, ("inner-whitespace",), _first_line(core.value))
        if _joinable(name, core.value):
            yield _Suggestion(JOINED, (*core.causes, "inner-whitespace"), without_white(core.value))
    for number, stage in reversed(list(enumerate(stages))[1:-1][-_MOST_STAGES:]):
        yield _Suggestion(f"cleaned-{number}", stage.causes, stage.value)


def _first_line(text: str) -> str:
    """The first line of several that is no note: the value may be that alone. Empty where there are not several."""
    lines = [line.strip() for line in text.splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "") if len(lines) > 1 else ""


def _joinable(name: SettingName, text: str) -> bool:
    """White space inside words is no slip of a URL: without it, one must be left."""
    return name not in URLS or read(text).location is not None


def _distinct(given: str, suggestions: Iterator[_Suggestion]) -> tuple[_Suggestion, ...]:
    kept: dict[str, _Suggestion] = {}
    for suggestion in suggestions:
        if suggestion.value and suggestion.value != given:
            kept.setdefault(suggestion.value, suggestion)
    return tuple(kept.values())


def showable(name: SettingName, value: str) -> bool:
    """False where a secret could stand in the value: swapped, pasted along with it, or as a URL's credentials."""
    if name.secret or secret_like(name, value) or len(value) > _LONGEST_SHOWN:
        return False
    credentials = "@" in value and (name is SettingName.PROXY or "//" in value)
    return not credentials and not _SECRET_FIELD.search(value) and artefact_of(name, value) in _SHOWABLE


def _shown(name: SettingName, shape: Shape, suggestion: _Suggestion) -> str | None:
    whole = suggestion.variant != "extracted" and shape.artefact not in _SHOWABLE
    return suggestion.value if showable(name, suggestion.value) and not whole else None


def _credentials(name: SettingName, text: str) -> str:
    """What stands behind the scheme of an Authorization header (RFC 9110 section 11.4)."""
    return text.partition(" ")[2].strip() if name is SettingName.AUTHORIZATION else ""
