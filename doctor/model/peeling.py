"""A value as an onion: white space, a label, quotes and punctuation come off one layer at a time.

Every stage is kept, because what looks like a layer may belong to the value.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from doctor.model import characters
from doctor.model.artefact import artefact_of
from doctor.model.facts.settings import Artefact, OddCharacter, OddKind, Shape, Where
from doctor.model.placeholder import placeholder_in, variable_in
from doctor.model.terms import SettingName
from doctor.model.wrapping import unlabelled, unpunctuated, unquoted

LONGEST = 16_384
"""Characters that a value is looked into; no credential is longer, and what is longer is only trimmed."""
_MOST_LAYERS = 12
_MOST_ODD = 8
_WHOLE = frozenset({Artefact.JSON, Artefact.COMMAND, Artefact.PEM, Artefact.BEARER_HEADER})
_EDGE_CAUSES = {OddKind.WHITESPACE: "edge-whitespace", OddKind.INVISIBLE: "invisible-character"}


class Stage(NamedTuple):
    """A value after some layers came off."""

    value: str
    causes: tuple[str, ...]
    """Ids of the causes undone so far, the outermost first."""
    noted: Shape
    """What the layers were."""


def peel(name: SettingName, value: str) -> Iterator[Stage]:
    """Yield the value as given, then each stage of taking off what does not belong; the last one is clean.

    A template's own text ends it, and a document: their brackets are no layers.
    """
    stage: Stage | None = Stage(value, (), Shape())
    for _ in range(_MOST_LAYERS):
        if stage is None:
            return
        yield stage
        stage = _following(name, stage)


def odd_inside(text: str, kind: OddKind, found: Iterable[str]) -> tuple[OddCharacter, ...]:
    """Return the characters as odd ones, with where in the text each stands."""
    return tuple(OddCharacter(kind, ord(char), _where(text, char)) for char in found)


def merged(*several: tuple[OddCharacter, ...]) -> tuple[OddCharacter, ...]:
    """Return them all, equal ones once, and of each kind no more than a reader can use."""
    distinct = dict.fromkeys(odd for part in several for odd in part)
    return tuple(odd for kind in OddKind for odd in [o for o in distinct if o.kind is kind][:_MOST_ODD])


def _following(name: SettingName, stage: Stage) -> Stage | None:
    if trimmed := _edges_off(stage):
        return trimmed
    whole = len(stage.value) > LONGEST or _is_whole(name, stage.value)
    return None if whole else _layer_off(stage) or _inside_off(name, stage)


def _edges_off(stage: Stage) -> Stage | None:
    core = characters.trimmed(stage.value)
    if core == stage.value:
        return None
    odd = _odd_edges(stage.value)
    noted = replace(stage.noted, odd=merged(stage.noted.odd, odd))
    return _off(stage, core, noted, *(_EDGE_CAUSES[o.kind] for o in odd))


def _layer_off(stage: Stage) -> Stage | None:
    text, noted = stage.value, stage.noted
    if peeled := unlabelled(text):
        label = f"{noted.label} {peeled.layer}" if noted.label else peeled.layer
        return _off(stage, peeled.rest, replace(noted, label=label), "label-pasted")
    if peeled := unquoted(text):
        return _off(stage, peeled.rest, replace(noted, quotes=noted.quotes or peeled.layer), "quotes-kept")
    if peeled := unpunctuated(text):
        mark = noted.trailing_punctuation or peeled.layer
        return _off(stage, peeled.rest, replace(noted, trailing_punctuation=mark), "label-pasted")
    return None


def _inside_off(name: SettingName, stage: Stage) -> Stage | None:
    text, noted = stage.value, stage.noted
    if (core := characters.without_invisible(text)) != text:
        odd = odd_inside(text, OddKind.INVISIBLE, characters.invisible_in(text))
        return _off(stage, core, replace(noted, odd=merged(noted.odd, odd)), "invisible-character")
    if name is not SettingName.CA_BUNDLE and (core := characters.folded(text)) != text:
        odd = odd_inside(text, OddKind.LOOKALIKE, characters.twins_in(text))
        return _off(stage, core, replace(noted, odd=merged(noted.odd, odd)), "lookalike-character")
    return None


def _off(stage: Stage, value: str, noted: Shape, *causes: str) -> Stage:
    return Stage(value, tuple(dict.fromkeys((*stage.causes, *causes))), noted)


def _odd_edges(text: str) -> tuple[OddCharacter, ...]:
    """The characters that ``trimmed`` takes off, from the outside in."""
    start, end = characters.edges(text)
    sides = ((Where.END, text[end:][::-1]), (Where.START, text[:start]))
    odd = (
        OddCharacter(kind, ord(char), where)
        for where, run in sides
        for char in dict.fromkeys(run)
        for kind in (OddKind.WHITESPACE if characters.is_white(char) else OddKind.INVISIBLE,)
    )
    return tuple(odd)


def _where(text: str, char: str) -> Where:
    if text.startswith(char):
        return Where.START
    return Where.END if text.endswith(char) else Where.INSIDE


def _is_whole(name: SettingName, text: str) -> bool:
    """True for what has no layers although it looks like it: a template's own text, a document, a command."""
    return bool(variable_in(name, text) or placeholder_in(name, text)) or artefact_of(name, text) in _WHOLE
