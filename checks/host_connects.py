"""The host accepts connections.

Nobody could be asked, so nothing is said about the credentials.
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import by_line, not_reached
from doctor.api import ApiLine, FailureKind, Finding, Missing, Phase, RealmLine, Stage, TokenLine, check

_KINDS = (FailureKind.REFUSED, FailureKind.CONNECT_TIMED_OUT, FailureKind.RESET, FailureKind.UNREACHABLE)


@check(
    id="host-connects",
    title="The host accepts connections",
    stage=Stage.NETWORK,
    causes=(
        causes.CONNECTION_REFUSED,
        causes.CONNECTION_TIMED_OUT,
        causes.CONNECTION_RESET,
        causes.NETWORK_UNREACHABLE,
    ),
)
def run(realm: RealmLine, token: TokenLine, api: ApiLine) -> Iterator[Finding | Missing]:
    yield from by_line(_KINDS, realm, token, api)
    yield from not_reached(Phase.TLS, "no connection to the host was tried", realm, token, api)
