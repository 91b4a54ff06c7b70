"""What was typed: wrong before anything is sent, or odd and right."""

from tests.worlds.settings import (
    artefacts,
    carriers,
    characters,
    encoded,
    placeholders,
    right_as_given,
    sources,
    swapped,
    urls,
    wrapped,
)

_PARTS = (characters, wrapped, placeholders, encoded, artefacts, swapped, urls, sources, carriers, right_as_given)

FAULTS = tuple(case for part in _PARTS for case in part.FAULTS)
HEALTHY = tuple(case for part in _PARTS for case in part.HEALTHY)
