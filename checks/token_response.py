"""The token response can be used (RFC 6749 section 5.1): JSON, ``access_token``, ``expires_in``, Bearer."""

from collections.abc import Iterator

from checks import causes
from doctor.api import Endpoint, Finding, Said, Stage, TokenSuccess, check


@check(
    id="token-response",
    title="The token response can be used",
    stage=Stage.TOKEN,
    causes=(causes.TOKEN_RESPONSE_NOT_JSON, causes.TOKEN_RESPONSE_INCOMPLETE, causes.TOKEN_TYPE_NOT_BEARER),
)
def run(success: TokenSuccess) -> Iterator[Finding]:
    reply, response = success.reply, success.response
    exchanges = (reply.exchange,)
    if success.said is Said.NOT_JSON:
        yield causes.TOKEN_RESPONSE_NOT_JSON.found(
            observed=f"The token endpoint answered {reply.words}.",
            expected="A JSON object.",
            endpoint=Endpoint.TOKEN,
            exchanges=exchanges,
        )
    if response is None or success.said not in (Said.TOKEN, Said.INCOMPLETE):
        return
    if not response.access_token or response.expires_in is None:
        missing = "no access_token" if not response.access_token else _lifetime(response.expires_in_given)
        yield causes.TOKEN_RESPONSE_INCOMPLETE.found(
            observed=f"The token endpoint answered {reply.status} with {missing}.",
            expected="access_token, and expires_in as a positive number of seconds.",
            endpoint=Endpoint.TOKEN,
            exchanges=exchanges,
        )
    if response.token_type is not None and response.token_type.lower() != "bearer":
        yield causes.TOKEN_TYPE_NOT_BEARER.found(
            observed=f"The token endpoint says that token_type is {response.token_type}.",
            expected="Bearer.",
            endpoint=Endpoint.TOKEN,
            exchanges=exchanges,
        )


def _lifetime(given: str | None) -> str:
    return "no expires_in" if given is None else f"expires_in {given}"
