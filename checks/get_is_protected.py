"""The GET is refused without a token: otherwise its success with one proves nothing."""

from collections.abc import Iterator

from checks import causes
from doctor.api import AnonymousCall, Finding, OtherCalls, Stage, check


@check(
    id="get-is-protected",
    title="The GET is refused without a token",
    stage=Stage.API,
    causes=(causes.API_NOT_PROTECTED,),
)
def run(anonymous: AnonymousCall, others: OtherCalls | None) -> Iterator[Finding]:
    for call in (anonymous.call, *(others.anonymous if others else ())):
        if call.said.success:
            yield causes.API_NOT_PROTECTED.found(
                observed=f"GET {call.path} without any token was answered with {call.status}.",
                expected="401.",
                exchanges=(call.result.exchange,),
            )
            return
