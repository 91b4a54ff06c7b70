"""Token and API stand on one host, as the vendor's page has it; another host is worth knowing, not wrong."""

from collections.abc import Iterator

from checks import causes
from doctor.api import Finding, Stage, Target, check


@check(
    id="api-host",
    title="Token and API are on one host",
    stage=Stage.API,
    causes=(causes.API_HOST_DIFFERS,),
)
def run(target: Target) -> Iterator[Finding]:
    if not f"{target.api_base}/".startswith(f"{target.origin}/"):
        yield causes.API_HOST_DIFFERS.found(
            observed=f"The realm is at {target.origin}, the API at {target.api_base}.",
            expected="One host, unless the environment is meant to have two.",
        )
