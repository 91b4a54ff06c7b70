"""This machine's clock and the servers' agree, within what does no harm.

A wrong local clock makes a fresh token look expired; two servers that disagree make it early or late at the API.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import Clock, Confidence, Endpoint, Finding, Missing, RealmLine, Stage, Why, check


@check(
    id="clocks-agree",
    title="This machine's clock and the servers' agree",
    stage=Stage.NETWORK,
    causes=(causes.CLOCK_WRONG, causes.SERVER_CLOCKS_DIFFER),
)
def run(clock: Clock, line: RealmLine) -> Iterator[Finding | Missing]:
    if not clock.readings:
        yield Missing("no server's clock could be read", Why.UNANSWERED)
    realm = clock.reading(Endpoint.REALM) or clock.reading(Endpoint.TOKEN)
    api = clock.reading(Endpoint.API)
    if realm and api and abs(realm.offset - api.offset) > clock.leeway + realm.bound + api.bound:
        difference = api.offset - realm.offset
        yield causes.SERVER_CLOCKS_DIFFER.found(
            observed=f"The API's clock is {_apart(-difference)} the realm's"
            f" (each read here, give or take {realm.bound + api.bound:.0f} s).",
            expected=f"Servers within {clock.leeway:.0f} s of each other.",
            confidence=Confidence.CERTAIN,
            endpoint=Endpoint.API,
            explains=(causes.API_SAYS_EXPIRED, causes.API_TOKEN_REFUSED, causes.CLOCK_WRONG),
        )
    wrong = [r for r in clock.readings if abs(r.offset) > clock.leeway + r.bound]
    if wrong and len(wrong) == len(clock.readings):
        reading = wrong[0]
        yield causes.CLOCK_WRONG.found(
            observed=f"This machine's clock is {_apart(reading.offset)}"
            f" the server's (its {reading.source}, give or take {reading.bound:.1f} s).",
            expected=f"Clocks within {clock.leeway:.0f} s of each other.",
            explains=(causes.TOKEN_EXPIRED, causes.TOKEN_NOT_YET_VALID, causes.CERTIFICATE_DATES_OR_CLOCK),
        )


def _apart(seconds: float) -> str:
    """``300 s ahead of``."""
    return f"{abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'}"
