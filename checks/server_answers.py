"""Every server that was reached gives a whole answer, in time and in HTTP."""

from collections.abc import Iterator

from checks.reached import CAUSE_OF, answers, by_answer, unanswered
from doctor.api import (
    AnonymousCall,
    AuthorizedCall,
    Discovery,
    FailureKind,
    Finding,
    FirstAttempt,
    Missing,
    RealmLine,
    Stage,
    check,
)

_KINDS = (
    FailureKind.RESPONSE_TIMED_OUT,
    FailureKind.RESPONSE_MALFORMED,
    FailureKind.RESPONSE_TOO_LARGE,
    FailureKind.RESET,
    FailureKind.REFUSED,
    FailureKind.CLIENT_CERTIFICATE,
)


@check(
    id="server-answers",
    title="Every server gives a whole answer in time",
    stage=Stage.NETWORK,
    causes=tuple(CAUSE_OF[kind] for kind in _KINDS),
)
def run(
    line: RealmLine,
    discovery: Discovery | None,
    first: FirstAttempt | None,
    anonymous: AnonymousCall | None,
    authorized: AuthorizedCall | None,
) -> Iterator[Finding | Missing]:
    found = answers(discovery, first, anonymous, authorized)
    yield from by_answer(_KINDS, found)
    yield from unanswered(found)
