"""The Authorization header that the application sends is ``Bearer``, one space, the token (RFC 6750 section 2.1)."""

from collections.abc import Iterator

from checks import causes
from doctor.api import (
    Cause,
    CauseRef,
    Finding,
    GivenHeader,
    HeaderFault,
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
}


@check(
    id="bearer-header",
    title="The Authorization header has the Bearer form",
    stage=Stage.API,
    causes=tuple(_CAUSES.values()),
)
def run(header: GivenHeader) -> Iterator[Finding]:
    for seen in header.faults:
        yield _CAUSES[seen.fault].found(
            observed=f"In the Authorization header given, {seen.observed}.",
            expected="Bearer, one space, the token, and nothing else.",
            severity=Severity.WARN if seen.harmless else None,
            setting=SettingName.AUTHORIZATION,
            explains=() if seen.harmless else _EXPLAINS,
        )


_EXPLAINS: tuple[CauseRef, ...] = tuple(
    cause.about(SettingName.AUTHORIZATION)
    for cause in (causes.API_TOKEN_REFUSED, causes.AUTHORIZATION_HEADER_LOST, causes.TOKEN_MALFORMED)
)
