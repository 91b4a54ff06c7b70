"""The host speaks TLS with this machine.

The certificate has a check of its own; here it is the handshake itself (RFC 8446).
"""

from collections.abc import Iterator

from checks import causes
from checks.reached import by_line, not_reached, unencrypted
from doctor.api import ApiLine, FailureKind, Finding, Missing, Phase, RealmLine, Stage, TokenLine, check

_KINDS = (
    FailureKind.TLS_NOT_SPOKEN,
    FailureKind.TLS_VERSION,
    FailureKind.CLIENT_CERTIFICATE,
    FailureKind.NAME_UNKNOWN,
)


@check(
    id="tls-agreed",
    title="The host speaks TLS with this machine",
    stage=Stage.NETWORK,
    causes=(
        causes.TLS_NOT_SPOKEN,
        causes.TLS_VERSION_REFUSED,
        causes.CLIENT_CERTIFICATE_REQUIRED,
        causes.ENVIRONMENT_NOT_THERE,
    ),
)
def run(realm: RealmLine, token: TokenLine, api: ApiLine) -> Iterator[Finding | Missing]:
    yield from by_line(_KINDS, realm, token, api)
    yield from unencrypted(realm, token, api)
    yield from not_reached(Phase.TLS, "no TLS handshake was begun", realm, token, api)
