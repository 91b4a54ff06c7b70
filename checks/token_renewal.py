"""``--deep``: a second token can be had by repeating the request, as the vendor's page asks every client to do."""

from collections.abc import Iterator

from checks import causes
from doctor.api import Endpoint, Finding, Renewal, Reply, Stage, check


@check(
    id="token-renewal",
    title="A second token can be had",
    stage=Stage.ACCESS_TOKEN,
    causes=(causes.RENEWAL_FAILED,),
)
def run(renewal: Renewal) -> Iterator[Finding]:
    if not renewal.renewed:
        words = renewal.result.words if isinstance(renewal.result, Reply) else renewal.result.detail
        yield causes.RENEWAL_FAILED.found(
            observed=f"The first token came; to the same request again the answer was {words}.",
            expected=_EXPECTED,
            endpoint=Endpoint.TOKEN,
            exchanges=(renewal.result.exchange,),
        )


_EXPECTED = "200 with another token."
