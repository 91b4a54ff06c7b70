"""The access token carries the roles that an API needs, and no more than that.

Roles are read from the token where an API does so; a lightweight token has none (Keycloak 24 and newer).
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import Finding, Stage, TokenForm, Tokens, TokenSeen, check

_ADMINISTRATION = ("realm-management:", "MMM_admin", "MMM_application_admin", "realm-admin", "master-realm:")


@check(
    id="jwt-roles",
    title="The access token carries roles, and no administration roles",
    stage=Stage.ACCESS_TOKEN,
    causes=(causes.TOKEN_LACKS_CLAIMS, causes.TOKEN_OVER_PRIVILEGED),
)
def run(tokens: Tokens) -> Iterator[Finding]:
    for token in tokens.tokens:
        if token.form is not TokenForm.JWS:
            continue
        if _lightweight(token):
            yield causes.TOKEN_LACKS_CLAIMS.found(
                observed="The token has no roles, no audience and no user name: it is a lightweight one.",
                expected="realm_access or resource_access, where an API reads roles from the token.",
                setting=token.given_as,
            )
        excess = [r for r in token.roles or () if r.startswith(_ADMINISTRATION) or r == "admin"]
        if excess:
            yield causes.TOKEN_OVER_PRIVILEGED.found(
                observed=f"The token carries {', '.join(excess[:5])}.",
                expected="Only the roles that this client's calls need.",
                setting=token.given_as,
            )


def _lightweight(token: TokenSeen) -> bool:
    return token.roles is None and token.audience is None and token.username is None and token.client is not None
