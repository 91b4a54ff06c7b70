"""The access token is current when it reaches the API.

A token past its ``exp`` claim is refused with 401 (RFC 6750 section 3.1, RFC 7519 section 4.1.4). A local clock that
runs ahead makes a fresh token look the same, so a server's clock is asked where one was read.
"""

from collections.abc import Iterator

from checks import causes
from checks.token_words import name, of_it
from doctor.api import Alternative, Clock, Confidence, Finding, Grant, Stage, Tokens, TokenSeen, check

_SHORT = 30.0
"""Seconds in which a token cannot well be used and renewed."""
_REFUSALS = (causes.API_TOKEN_REFUSED, causes.API_SAYS_EXPIRED)


@check(
    id="jwt-expiry",
    title="The access token is current",
    stage=Stage.ACCESS_TOKEN,
    causes=(
        causes.TOKEN_EXPIRED,
        causes.TOKEN_NOT_YET_VALID,
        causes.TOKEN_LIFETIME_SHORT,
        causes.TOKEN_LIFETIME_DIFFERS,
    ),
)
def run(tokens: Tokens, clock: Clock, grant: Grant | None) -> Iterator[Finding]:
    for token in tokens.tokens:
        yield from _current(token, clock)
    if tokens.issued is not None:
        yield from _lifetime(tokens.issued, grant)


def _current(token: TokenSeen, clock: Clock) -> Iterator[Finding]:
    whose = "the server's clock" if clock.confirmed else "this machine's clock"
    confidence = Confidence.CERTAIN if clock.confirmed and token.given_as is not None else Confidence.LIKELY
    # A token that is out of date when it is issued may be an old one, or one of a server whose own clock is wrong.
    other = causes.SERVER_CLOCKS_DIFFER if clock.confirmed else causes.CLOCK_WRONG
    alternatives = () if confidence is Confidence.CERTAIN else (Alternative(other.id, Confidence.POSSIBLE),)
    now = clock.true_now
    if token.expires_at is not None and token.expires_at <= now - (clock.leeway if token.given_as is None else 0):
        yield causes.TOKEN_EXPIRED.found(
            observed=f"By {whose}, {name(token)} expired {_span(now - token.expires_at)} ago (exp).",
            expected="exp in the future.",
            confidence=confidence,
            alternatives=alternatives,
            setting=token.given_as,
            explains=of_it(token, *_REFUSALS, causes.TOKEN_KEY_UNKNOWN),
        )
    starts = max((t for t in (token.not_before, token.issued_at) if t is not None), default=None)
    if starts is not None and starts > now + clock.leeway:
        yield causes.TOKEN_NOT_YET_VALID.found(
            observed=f"By {whose}, {name(token)} begins in {_span(starts - now)}.",
            expected="nbf and iat in the past.",
            confidence=confidence,
            alternatives=alternatives,
            setting=token.given_as,
            explains=of_it(token, *_REFUSALS),
        )


def _lifetime(token: TokenSeen, grant: Grant | None) -> Iterator[Finding]:
    promised = grant.response.expires_in if grant and grant.response else None
    if token.expires_at is None:
        return
    stated = token.expires_at - token.issued_at if token.issued_at is not None else None
    if promised is not None and stated is not None and abs(promised - stated) > 5:
        yield causes.TOKEN_LIFETIME_DIFFERS.found(
            observed=f"expires_in is {promised:.0f} s, and exp minus iat is {stated:.0f} s.",
            expected="The same lifetime in both.",
        )
    shortest = min((life for life in (promised, stated) if life is not None), default=None)
    if shortest is not None and shortest < _SHORT:
        yield causes.TOKEN_LIFETIME_SHORT.found(
            observed=f"The issued access token lives {shortest:.0f} s.",
            expected=f"At least {_SHORT:.0f} s, to use it and renew it in time.",
        )


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 172_800:
        return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
    return f"{seconds / 86_400:.0f} days"
