"""The client credentials grant is refused, or its answer is not one."""

from doctor.model.terms import Verdict
from doctor.sandbox.edge import nginx_page
from doctor.sandbox.fault import Fault
from doctor.sandbox.fault_worlds.network import TOKEN, ruled
from doctor.sandbox.message import Answer, Hang, redirect
from doctor.sandbox.world import Rule, TokenAnswer, World, new_secret

_NO_BROWSERS = ruled(Rule(nginx_page(403, "Forbidden"), "{realm}/protocol/openid-connect/auth"))


def _without_grant(world: World) -> World:
    kept = tuple(grant for grant in world.realm.grant_types if grant != "client_credentials")
    return world.with_realm(grant_types=kept)


FAULTS = (
    Fault("client-not-found", "the client ID is misspelt", settings={"client_id": lambda env: f"{env.client_id}-typo"}),
    Fault("client-disabled", "the client is disabled", lambda world: world.with_client(enabled=False)),
    Fault(
        "client-not-usable",
        "the client is disabled, and the edge hides the authorization endpoint",
        lambda world: _NO_BROWSERS(world.with_client(enabled=False)),
    ),
    Fault(
        "client-secret-mismatch",
        "the client secret is not this client's",
        settings={"client_secret": lambda _: new_secret()},
    ),
    Fault(
        "credentials-rejected",
        "the server tells nobody what was wrong",
        lambda world: _NO_BROWSERS(world.with_realm(discreet=True)),
        {"client_secret": lambda _: new_secret()},
    ),
    Fault("client-public", "the client is public", lambda world: world.with_client(public=True)),
    Fault("client-bearer-only", "the client is bearer-only", lambda world: world.with_client(bearer_only=True)),
    Fault("client-not-oidc", "the client is a SAML client", lambda world: world.with_client(protocol="saml")),
    Fault("service-account-off", "the grant is off for it", lambda world: world.with_client(service_account=False)),
    Fault(
        "service-account-user-disabled",
        "the client's user is disabled",
        lambda world: world.with_client(service_account_enabled=False),
    ),
    Fault(
        "signed-jwt-required",
        "the client authenticates by signed JWT",
        lambda world: world.with_client(authenticator="client-jwt"),
    ),
    Fault(
        "client-auth-method-differs",
        "the client takes its secret as Basic only",
        lambda world: world.with_client(allowed_method="client_secret_basic"),
    ),
    Fault("scope-refused", "a scope is asked for that the client lacks", settings={"scope": "reference-data"}),
    Fault("proof-of-possession-required", "DPoP is required", lambda world: world.with_client(dpop=True)),
    Fault(
        "request-body-lost",
        "the edge loses the body of every POST",
        ruled(Rule(Hang(), TOKEN, methods=("POST",), drops_body=True)),
    ),
    Fault(
        "token-request-refused",
        "a client policy refuses",
        lambda world: world.with_client(policy=("invalid_request", "Access from this network is not allowed")),
    ),
    Fault("grant-unsupported", "the realm does not offer client credentials", _without_grant),
    Fault(
        "token-url-wrong",
        "the token URL given has a letter too many",
        settings={"token_url": lambda env: f"{env.token_endpoint}s"},
    ),
    Fault(
        "token-url-redirects",
        "the token endpoint redirects to another host",
        ruled(Rule(redirect("https://login.invalid/auth/token", 308), TOKEN)),
    ),
    Fault(
        "token-response-not-json",
        "the token endpoint answers 200 with a word",
        lambda world: world.with_client(
            token_answer=TokenAnswer(instead=Answer(200, (("Content-Type", "text/plain"),), b"granted"))
        ),
    ),
    Fault(
        "token-response-incomplete",
        "the answer holds no access token",
        lambda world: world.with_client(token_answer=TokenAnswer({"access_token": None})),
    ),
    Fault(
        "token-type-not-bearer",
        "the answer calls its token a MAC token",
        lambda world: world.with_client(token_answer=TokenAnswer({"token_type": "mac"})),
        verdict=Verdict.WARNINGS,
    ),
)
