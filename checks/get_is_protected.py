"""The GET is refused without a token: otherwise its success with one proves nothing."""

from collections.abc import Iterator

from checks import causes
from checks.reached import answered
from doctor.api import AnonymousCall, ApiSaid, Finding, Missing, OtherCalls, Stage, Why, check


@check(
    id="get-is-protected",
    title="The GET is refused without a token",
    stage=Stage.API,
    causes=(causes.API_NOT_PROTECTED,),
)
def run(anonymous: AnonymousCall, others: OtherCalls | None) -> Iterator[Finding | Missing]:
    calls = (anonymous.call, *(others.anonymous if others else ()))
    for call in calls:
        if call.said.success:
            yield causes.API_NOT_PROTECTED.found(
                observed=f"GET {call.path} without any token was answered with {call.status}.",
                expected="401.",
                exchanges=(call.result.exchange,),
            )
            return
    if all(call.said in _NO_REFUSAL for call in calls):
        said = answered(anonymous.call.result)
        yield Missing(f"to GET {anonymous.call.path} without a token, {said}", Why.UNANSWERED)


_NO_REFUSAL = (
    ApiSaid.NOTHING,
    ApiSaid.ELSEWHERE,
    ApiSaid.SERVER_ERROR,
    ApiSaid.REDIRECT,
    ApiSaid.PAGE,
    ApiSaid.NOT_FOUND,
)
