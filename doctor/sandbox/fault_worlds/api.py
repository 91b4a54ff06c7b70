"""The header that reaches the API, and what the API makes of it."""

from collections.abc import Callable

from doctor.model.terms import Verdict
from doctor.sandbox.fault import Fault, Typed
from doctor.sandbox.fault_worlds.network import ruled
from doctor.sandbox.message import json_answer, redirect
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Rule, World


def _sent(template: str) -> dict[str, Typed]:
    """The header that the person's own application sends."""
    return {"authorization": lambda env: template.format(token=env.mint())}


def _api(**changes: object) -> Callable[[World], World]:
    return lambda world: world.with_api(**changes)


def _tables_without_prefix(env: Sandbox) -> str:
    return env.world.api.paths[0]


FAULTS = (
    Fault("bearer-prefix-missing", "the header is the bare token", settings=_sent("{token}"), setting="authorization"),
    Fault(
        "bearer-prefix-doubled",
        "the header begins with Bearer twice",
        settings=_sent("Bearer Bearer {token}"),
        setting="authorization",
    ),
    Fault("bearer-scheme-differs", "the scheme is Token", settings=_sent("Token {token}"), setting="authorization"),
    Fault(
        "bearer-whitespace",
        "two spaces stand after Bearer",
        settings=_sent("Bearer  {token}"),
        setting="authorization",
    ),
    Fault(
        "bearer-token-quoted",
        "the token in the header is in quotes",
        settings=_sent('Bearer "{token}"'),
        setting="authorization",
    ),
    Fault("authorization-header-lost", "the edge removes the header", _api(strips_authorization=True)),
    Fault(
        "api-token-refused",
        "the API refuses the token without a word",
        _api(trusted_issuer="https://other.example/auth/realms/demo", tells_why=False),
    ),
    Fault(
        "api-issuer-not-trusted",
        "the API trusts another issuer",
        _api(trusted_issuer="https://other.example/auth/realms/demo"),
    ),
    Fault("api-audience-missing", "the API wants to be named in the token", _api(audience="one-api")),
    Fault("api-key-unknown", "the API's copy of the realm's keys is old", _api(keys_known=False)),
    Fault("api-says-expired", "the API's hidden clock is fifteen minutes ahead", _api(clock_offset=900)),
    Fault("permission-missing", "the client may not make this call", lambda world: world.with_client(permitted=False)),
    Fault(
        "api-forbidden",
        "the API answers a bare 403",
        lambda world: world.with_client(permitted=False).with_api(tells_why=False),
    ),
    Fault(
        "api-request-refused",
        "the API refuses the request for a reason of its own",
        _api(refuses=json_answer(412, {"status": 412, "error": "Precondition Failed", "message": "Tenant is moving"})),
    ),
    Fault("product-without-rest-api", "the product has GraphQL only", _api(graphql_only=True)),
    Fault("api-not-found", "none of the paths is there", _api(paths=())),
    Fault("api-path-lacks-prefix", "the path lacks /api", settings={"get": _tables_without_prefix}),
    Fault(
        "api-redirects",
        "the API redirects to another host",
        ruled(Rule(redirect("https://api.invalid/api/reference-data/v1/tables", 307), "/api")),
    ),
    Fault("api-answers-html", "the web application answers for the API", _api(html=True)),
    Fault(
        "api-response-unexpected",
        "the API's answer has another shape",
        _api(document={"tables": []}),
        verdict=Verdict.WARNINGS,
    ),
    Fault("api-not-protected", "the API asks nobody for a token", _api(protected=False), verdict=Verdict.WARNINGS),
    Fault("api-header-too-large", "the API takes only short headers", _api(max_header=512)),
    Fault("api-cannot-check-tokens", "the API cannot reach the realm's keys", _api(broken_keys=True)),
    Fault("api-signature-unchecked", "the API does not check signatures", _api(checks_signature=False), deep=True),
    Fault(
        "api-accepts-expired",
        "the API takes expired tokens",
        lambda world: world.with_client(lifespan=2).with_api(checks_expiry=False),
        deep=True,
    ),
)
