"""The Authorization header that the application sends is ``Bearer``, one space, the token (RFC 6750 section 2.1).

Servers differ in what they let pass: what the API took as it was given is no fault there, and lower-case ``bearer``,
which most take, is one where the API did not see a token for it.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Call,
    Cause,
    CauseRef,
    Finding,
    GivenCalls,
    GivenHeader,
    HeaderFault,
    HeaderFaultSeen,
    SettingName,
    Severity,
    Stage,
    check,
)

_CAUSES: dict[HeaderFault, Cause] = {
    HeaderFault.PREFIX_MISSING: causes.BEARER_PREFIX_MISSING,
    HeaderFault.PREFIX_DOUBLED: causes.BEARER_PREFIX_DOUBLED,
    HeaderFault.SCHEME_DIFFERS: causes.BEARER_SCHEME_DIFFERS,
    HeaderFault.WHITESPACE: causes.BEARER_WHITESPACE,
    HeaderFault.QUOTED: causes.BEARER_TOKEN_QUOTED,
    HeaderFault.WRAPPED: causes.QUOTES_KEPT,
    HeaderFault.LABELLED: causes.LABEL_PASTED,
    HeaderFault.EMPTY: causes.VALUE_EMPTY,
}


@check(
    id="bearer-header",
    title="The Authorization header has the Bearer form",
    stage=Stage.API,
    causes=tuple(_CAUSES.values()),
)
def run(
    header: GivenHeader,
    given: GivenCalls | None,
    anonymous: AnonymousCall | None,
    authorized: AuthorizedCall | None,
) -> Iterator[Finding]:
    sent = next((c for c in (given.calls if given else ()) if c.given_as is SettingName.AUTHORIZATION), None)
    taken = sent is not None and sent.said.success and not (anonymous and anonymous.call.said.success)
    overlooked = _overlooked(sent, authorized)
    for seen in header.faults:
        if seen.harmless or not taken:
            yield _finding(seen, harmless=seen.harmless and not overlooked)


def _overlooked(sent: Call | None, authorized: AuthorizedCall | None) -> bool:
    """The API saw no token in the header as it was given, and sees one in a header of the right form."""
    seen = authorized is not None and authorized.call.said is not ApiSaid.TOKEN_MISSING
    return seen and sent is not None and sent.said is ApiSaid.TOKEN_MISSING


def _finding(seen: HeaderFaultSeen, *, harmless: bool) -> Finding:
    return _CAUSES[seen.fault].found(
        observed=f"In the Authorization header given, {seen.observed}.",
        expected="Bearer, one space, the token, and nothing else.",
        fix=_FIX,
        severity=Severity.WARN if harmless else None,
        setting=SettingName.AUTHORIZATION,
        explains=() if harmless else _EXPLAINS,
    )


_FIX = "Send Authorization: Bearer, one space and the token, nothing else."
_EXPLAINS: tuple[CauseRef, ...] = tuple(
    cause.about(SettingName.AUTHORIZATION)
    for cause in (causes.API_TOKEN_REFUSED, causes.AUTHORIZATION_HEADER_LOST, causes.TOKEN_MALFORMED)
)
