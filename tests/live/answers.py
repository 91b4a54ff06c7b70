"""What Keycloak 26.7.4 answers, as recorded from the running server: the words that the embedded environment repeats.

Where these tables and a document differ, the tables are right: ``test_keycloak_answers.py`` holds them to the server.
"""

from tests.live.answers_clients import ACCEPTED, CLIENTS
from tests.live.answers_places import PAGES, PLACES, REQUESTS

ANSWERS = (*ACCEPTED, *CLIENTS, *REQUESTS, *PLACES)
"""Every request whose answer is JSON."""

__all__ = ["ANSWERS", "PAGES"]
