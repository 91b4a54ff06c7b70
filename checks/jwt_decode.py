"""The access token is a signed JWT that can be decoded (RFC 7515, RFC 7519, RFC 9068)."""

from collections.abc import Iterator

from checks import causes
from checks.token_words import REFUSALS, name, of_it
from doctor.api import Cause, Finding, Stage, TokenForm, Tokens, TokenSeen, check

_FORMS: dict[TokenForm, Cause] = {
    TokenForm.OPAQUE: causes.TOKEN_NOT_JWT,
    TokenForm.MALFORMED: causes.TOKEN_MALFORMED,
    TokenForm.JWE: causes.TOKEN_ENCRYPTED,
}


@check(
    id="jwt-decode",
    title="The access token can be decoded",
    stage=Stage.ACCESS_TOKEN,
    causes=(*_FORMS.values(), causes.TOKEN_ALGORITHM_UNSAFE, causes.TOKEN_TOO_LARGE),
)
def run(tokens: Tokens) -> Iterator[Finding]:
    for token in tokens.tokens:
        yield from _form(token)
        if token.algorithm is not None and (token.algorithm.lower() == "none" or token.algorithm.startswith("HS")):
            yield causes.TOKEN_ALGORITHM_UNSAFE.found(
                observed=f"The header of {name(token)} says that its algorithm is {token.algorithm}.",
                expected="A signature with the realm's private key, such as RS256.",
                setting=token.given_as,
                explains=of_it(token, *REFUSALS, causes.TOKEN_SIGNATURE_INVALID, causes.TOKEN_KEY_UNKNOWN),
            )
        if token.size > 8000:
            yield causes.TOKEN_TOO_LARGE.found(
                observed=f"{name(token, start=True)} has {token.size} bytes.",
                expected="Less than the 8 KB that servers commonly take in one header.",
                setting=token.given_as,
            )


def _form(token: TokenSeen) -> Iterator[Finding]:
    cause = _FORMS.get(token.form)
    if cause is not None:
        yield cause.found(
            observed=f"{name(token, start=True)} is {token.form.value}{': ' + token.damage if token.damage else ''}.",
            expected="Three base64url segments: header, claims and signature.",
            setting=token.given_as,
            explains=of_it(token, *REFUSALS),
        )
