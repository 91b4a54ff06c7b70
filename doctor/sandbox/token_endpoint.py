"""Keycloak's token endpoint: the client credentials grant, every check in the server's own order."""

from collections.abc import Iterator
from typing import Any

from doctor.sandbox import tokens
from doctor.sandbox.client_auth import authenticate, refusal
from doctor.sandbox.message import Answer, Request, json_answer
from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Client, Era, Realm


def answer(scene: Scene, realm: Realm, request: Request, now: float) -> Answer:
    """The endpoint's answer to a POST of a form."""
    refused = _before_authentication(realm, request)
    if refused is not None:
        return refused
    client = authenticate(realm, request, request.issued, scene.world.era)
    if isinstance(client, Answer):
        return client
    refused = next(_after_authentication(client, request, scene.world.era), None)
    if refused or client.token_answer.instead:
        return refused or client.token_answer.instead or Answer(200)
    granted = _granted(scene, realm, client, request, now)
    return client.token_answer.reframed(granted.body) if client.token_answer.reframed else granted


def _before_authentication(realm: Realm, request: Request) -> Answer | None:
    if not realm.enabled:
        return refusal(403, "access_denied", "Realm not enabled")
    grant_type = request.parameter("grant_type")
    if grant_type is None:
        return refusal(400, "invalid_request", "Missing form parameter: grant_type")
    if grant_type not in ("client_credentials", "password") or grant_type not in realm.grant_types:
        return refusal(400, "unsupported_grant_type", "Unsupported grant_type")
    return None


def _after_authentication(client: Client, request: Request, era: Era) -> Iterator[Answer]:
    """Every refusal that this request deserves, the first of them first."""
    if client.protocol != "openid-connect":
        yield refusal(400, "invalid_client", "Wrong client protocol.")
    if client.bearer_only:
        yield refusal(400, "invalid_client", "Bearer-only not allowed")
    names = [name for name, _ in request.parameters]
    if len(names) != len(set(names)):
        yield refusal(400, "invalid_request", "duplicated parameter")
    if request.parameter("grant_type") == "password":
        yield refusal(400, "unauthorized_client", "Client not allowed for direct access grants")
    yield from _of_the_grant(client, request, era)


def _of_the_grant(client: Client, request: Request, era: Era) -> Iterator[Answer]:
    # Until 22 such clients get plain tokens: the feature is not switched on by itself.
    if client.dpop and not era.classic and request.header("DPoP") is None:
        yield refusal(400, "invalid_request", "DPoP proof is missing")
    yield from _service_account(client)
    if _unknown_scopes(client, request):
        yield refusal(400, "invalid_scope", f"Invalid scopes: {request.parameter('scope')}")
    if client.policy is not None:
        yield refusal(400, *client.policy)
    if client.certificate_bound:
        yield refusal(400, "invalid_request", "Client Certification missing for MTLS HoK Token Binding")


def _service_account(client: Client) -> Iterator[Answer]:
    if client.public:
        yield refusal(401, "unauthorized_client", "Public client not allowed to retrieve service account")
    if not client.service_account:
        yield refusal(401, "unauthorized_client", "Client not enabled to retrieve service account")
    if client.service_account_enabled is None:
        yield refusal(401, "invalid_request", "The associated service account for the client does not exist")
    if client.service_account_enabled is False:
        yield refusal(401, "invalid_request", f"User 'service-account-{client.client_id.lower()}' disabled")


def _requested(request: Request) -> list[str]:
    # Keycloak splits at spaces alone (RFC 6749 section 3.3): another white space is a part of a name.
    return [name for name in (request.parameter("scope") or "").split(" ") if name]


def _unknown_scopes(client: Client, request: Request) -> bool:
    return not {"openid", *client.scopes, *client.optional_scopes}.issuperset(_requested(request))


def _granted(scene: Scene, realm: Realm, client: Client, request: Request, now: float) -> Answer:
    requested = _requested(request)
    scope = " ".join(dict.fromkeys([s for s in requested if s == "openid"] + list(client.scopes) + requested))
    token = tokens.access_token(scene, realm, client, scope, now, request.number)
    document: dict[str, Any] = {
        "access_token": token,
        "expires_in": client.lifespan,
        "refresh_expires_in": 0,
        "token_type": "Bearer",
        **({"id_token": _id_token(scene, realm, client, scope, now, request)} if "openid" in requested else {}),
        "not-before-policy": 0,
        "scope": scope,
    }
    members = {**document, **client.token_answer.members}
    return json_answer(200, {name: value for name, value in members.items() if value is not None})


def _id_token(scene: Scene, realm: Realm, client: Client, scope: str, now: float, request: Request) -> str:
    said = tokens.claims(scene, realm, client, scope, now, request.number)
    kept = {name: value for name, value in said.items() if name not in ("scope", "realm_access", "resource_access")}
    return tokens.sign(scene, realm, {**kept, "typ": "ID", "aud": client.client_id})
