"""The host's name resolves.

A name that does not exist was mistyped, or belongs to a network this machine is not in; a resolver that does not
answer says nothing about the name.
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import by_line, not_reached
from doctor.api import ApiLine, FailureKind, Finding, Missing, Phase, RealmLine, Stage, TokenLine, check

_KINDS = (FailureKind.HOST_NOT_FOUND, FailureKind.RESOLVER_UNAVAILABLE)


@check(
    id="name-resolves",
    title="The host's name resolves",
    stage=Stage.NETWORK,
    causes=(causes.HOST_NOT_FOUND, causes.NAME_RESOLUTION_UNAVAILABLE),
)
def run(realm: RealmLine, token: TokenLine, api: ApiLine) -> Iterator[Finding | Missing]:
    yield from by_line(_KINDS, realm, token, api)
    yield from not_reached(Phase.CONNECT, "no name was looked up", realm, token, api)
