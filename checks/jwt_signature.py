"""The realm signed the access token: its key is published, and the signature is that key's (RFC 7515 section 5.2)."""

from collections.abc import Iterator

from checks import causes
from doctor.api import CauseRef, Finding, Signatures, SignatureSeen, SignatureState, Stage, check


@check(
    id="jwt-signature",
    title="The realm's keys verify the access token",
    stage=Stage.ACCESS_TOKEN,
    causes=(causes.TOKEN_KEY_UNKNOWN, causes.TOKEN_SIGNATURE_INVALID),
)
def run(signatures: Signatures) -> Iterator[Finding]:
    known = ", ".join(signatures.keys[:5]) or "without ids"
    for seen in signatures.signatures:
        if seen.state is SignatureState.KEY_UNKNOWN:
            yield causes.TOKEN_KEY_UNKNOWN.found(
                observed=f"The token names the key {seen.key_id}; the realm publishes {known}.",
                expected="A key of the realm that was given.",
                setting=seen.given_as,
                explains=_consequences(seen),
            )
        elif seen.state is SignatureState.INVALID:
            yield causes.TOKEN_SIGNATURE_INVALID.found(
                observed=f"The realm has the key {seen.key_id or 'in question'}, and the signature is not its.",
                expected="The signature that the realm made.",
                setting=seen.given_as,
                explains=_consequences(seen),
            )


def _consequences(seen: SignatureSeen) -> tuple[CauseRef, ...]:
    return tuple(cause.about(seen.given_as) for cause in (causes.API_TOKEN_REFUSED, causes.API_KEY_UNKNOWN))
