"""``--deep``: the API refuses a token whose signature was altered."""

from collections.abc import Iterator

from checks import causes
from doctor.api import AlteredCall, Endpoint, Finding, Stage, check


@check(
    id="altered-token-refused",
    title="The API refuses an altered token",
    stage=Stage.API,
    causes=(causes.API_SIGNATURE_UNCHECKED,),
)
def run(altered: AlteredCall) -> Iterator[Finding]:
    if altered.call.said.success:
        yield causes.API_SIGNATURE_UNCHECKED.found(
            observed=f"GET {altered.call.path} with an altered signature was answered with {altered.call.status}.",
            expected="401.",
            endpoint=Endpoint.API,
            exchanges=(altered.call.result.exchange,),
        )
