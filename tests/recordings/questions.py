"""Every question, by its name."""

from collections.abc import Mapping

from tests.behaviour.asking import Asking
from tests.recordings.clients import ACCEPTED, REFUSED
from tests.recordings.places import BROWSER, PLACES, REQUESTS, ROOTED, SCHEME

QUESTIONS: Mapping[str, Asking] = {**ACCEPTED, **REFUSED, **REQUESTS, **PLACES, **SCHEME, **BROWSER}
"""Put to a server that serves below ``/auth``."""

__all__ = ["QUESTIONS", "ROOTED"]
