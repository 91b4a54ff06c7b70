"""The proxy lets the connection through.

The proxy answers before the environment is reached; its refusal is about the way, not the destination.
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import by_line
from doctor.api import FailureKind, Finding, Proxied, Stage, check

_KINDS = (FailureKind.PROXY_UNREACHABLE, FailureKind.PROXY_AUTHENTICATION, FailureKind.PROXY_REFUSED)


@check(
    id="proxy-passes",
    title="The proxy lets the connection through",
    stage=Stage.NETWORK,
    causes=(causes.PROXY_UNREACHABLE, causes.PROXY_AUTHENTICATION_REQUIRED, causes.PROXY_REFUSED),
)
def run(proxied: Proxied) -> Iterator[Finding]:
    yield from by_line(_KINDS, *proxied.lines)
