"""``--deep``: the API refuses the token once it has expired, and the usual leeway of 60 s is over."""

from collections.abc import Iterator

from checks import causes
from doctor.api import Endpoint, ExpiredCall, Finding, Stage, check


@check(
    id="expired-token-refused",
    title="The API refuses an expired token",
    stage=Stage.API,
    causes=(causes.API_ACCEPTS_EXPIRED,),
)
def run(expired: ExpiredCall) -> Iterator[Finding]:
    if expired.call.said.success:
        yield causes.API_ACCEPTS_EXPIRED.found(
            observed=f"{expired.waited:.0f} s after exp, GET {expired.call.path} was answered {expired.call.status}.",
            expected="401.",
            endpoint=Endpoint.API,
            exchanges=(expired.call.result.exchange,),
        )
