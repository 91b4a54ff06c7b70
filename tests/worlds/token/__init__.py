"""The client credentials grant is refused, or looks as if it were."""

from tests.worlds.token import clients, endpoints, providers, responses, scopes

_PARTS = (clients, providers, scopes, endpoints, responses)

FAULTS = tuple(case for part in _PARTS for case in part.FAULTS)
HEALTHY = tuple(case for part in _PARTS for case in part.HEALTHY)
