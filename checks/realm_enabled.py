"""The realm is switched on, and takes the scheme that was used.

Discovery answers for a disabled realm too; only the token endpoint says that it is off.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import Discovery, Endpoint, Finding, Grant, Missing, Reply, Said, Stage, TokenDoor, Why, check


@check(
    id="realm-enabled",
    title="The realm is enabled and accepts HTTPS",
    stage=Stage.REALM,
    causes=(causes.REALM_DISABLED, causes.HTTPS_NOT_FORWARDED),
)
def run(discovery: Discovery, grant: Grant | None, door: TokenDoor | None) -> Iterator[Finding | Missing]:
    yield from _refusals(discovery, grant, door)
    if grant is None and door is None:
        yield Missing("the token endpoint was not asked", Why.NOT_NEEDED)
    elif not (grant is not None and grant.final.said.past_realm) and not (door is not None and door.keycloak):
        yield Missing("the token endpoint did not answer for the realm", Why.UNANSWERED)


def _refusals(discovery: Discovery, grant: Grant | None, door: TokenDoor | None) -> Iterator[Finding]:
    if grant is not None and grant.final.said is Said.REALM_DISABLED and isinstance(grant.final.result, Reply):
        yield causes.REALM_DISABLED.found(
            observed=f"Keycloak answered {grant.final.result.words} at the token endpoint.",
            expected="A realm that is enabled.",
            endpoint=Endpoint.TOKEN,
            exchanges=(grant.final.result.exchange,),
        )
    for endpoint, reply in _https_wanted(discovery, grant, door):
        yield causes.HTTPS_NOT_FORWARDED.found(
            observed=f"Asked over HTTPS, Keycloak answered {reply.words}: it was told of another scheme.",
            expected="The proxy in front of Keycloak passes on X-Forwarded-Proto.",
            endpoint=endpoint,
            exchanges=(reply.exchange,),
        )
        return


def _https_wanted(
    discovery: Discovery, grant: Grant | None, door: TokenDoor | None
) -> Iterator[tuple[Endpoint, Reply]]:
    results = (
        (Endpoint.TOKEN, grant.final.result if grant else None),
        (Endpoint.TOKEN, door.result if door else None),
        (Endpoint.REALM, discovery.result),
    )
    for endpoint, result in results:
        if isinstance(result, Reply) and result.url.startswith("https://") and _wants_https(result):
            yield endpoint, result


def _wants_https(reply: Reply) -> bool:
    return reply.status == 403 and "https required" in (reply.error_description or "").lower()
