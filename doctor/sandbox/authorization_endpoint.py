"""Keycloak's authorization endpoint: it tells what the token endpoint hides (OpenID Connect Core section 3.1.2)."""

from doctor.sandbox.error_page import error_page
from doctor.sandbox.message import Answer, Request, json_answer
from doctor.sandbox.scene import Scene, needs_https
from doctor.sandbox.world import Realm


def answer(scene: Scene, realm: Realm, request: Request) -> Answer:
    """The error at which a request without ``redirect_uri`` ends: a page, or JSON for who names JSON."""
    status, words = _error(scene, realm, request)
    if request.names_json and not scene.world.era.classic:
        return json_answer(status, {"error": words})
    return error_page(realm.name, status, words, classic=scene.world.era.classic)


def _error(scene: Scene, realm: Realm, request: Request) -> tuple[int, str]:
    given = dict(request.parameters) if request.method == "POST" else request.query_parameters
    if needs_https(scene, realm) is not None:
        return 400, "HTTPS required"
    if not realm.enabled:
        return 400, "Realm not enabled"
    if "client_id" not in given:
        return 400, "Invalid Request"
    return _client_error(realm, given["client_id"])


def _client_error(realm: Realm, client_id: str) -> tuple[int, str]:
    client = realm.client(client_id)
    if client is None:
        return 400, "Client not found."
    if not client.enabled:
        return 400, "Client disabled."
    if client.bearer_only:
        return 403, "Bearer-only applications are not allowed to initiate browser login"
    if client.protocol != "openid-connect":
        return 400, "Wrong client protocol."
    return 400, "Invalid parameter: redirect_uri"
