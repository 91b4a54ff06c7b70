"""Keycloak 26's front: which resource a path names, and the answers of the simple ones."""

from urllib.parse import unquote

from doctor.sandbox import authorization_endpoint, token_endpoint
from doctor.sandbox.discovery import configuration
from doctor.sandbox.error_page import error_page
from doctor.sandbox.message import Answer, Request, json_answer
from doctor.sandbox.scene import Scene, needs_https
from doctor.sandbox.world import Realm

SECURITY_HEADERS = (
    ("Referrer-Policy", "no-referrer"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Robots-Tag", "none"),
)
_NO_CACHE = ("Cache-Control", "no-cache")
_REVALIDATE = ("Cache-Control", "no-cache, must-revalidate, no-transform, no-store")


def answer(scene: Scene, request: Request, now: float) -> Answer:
    """What Keycloak says to a request below its base path."""
    path = request.path.removeprefix(scene.world.edge.base_path)
    if "//" in request.path:
        document = {"error": "missingNormalization", "error_description": "Request path not normalized"}
        return json_answer(400, document, "application/json; charset=UTF-8")
    match path.rstrip("/").split("/"):
        case ["", "realms", name, *rest]:
            return _realm(scene, request, unquote(name), rest, now).with_headers(*SECURITY_HEADERS)
        case _:
            return _no_resource(request, 404, "Unable to find matching target resource method")


def _realm(scene: Scene, request: Request, name: str, rest: list[str], now: float) -> Answer:
    realm = scene.world.find_realm(name)
    if realm is None:
        return json_answer(404, {"error": "Realm does not exist"})
    match rest:
        case []:
            answer = json_answer(200, _page(scene, realm), "application/json;charset=UTF-8")
            return _read(request, answer.with_headers(_NO_CACHE))
        case [".well-known", "openid-configuration"] if _reads(request):
            return _over_https(scene, realm, json_answer(200, configuration(scene, realm)).with_headers(_REVALIDATE))
        case ["protocol", "openid-connect", *path]:
            return _openid_connect(scene, realm, request, path, now)
        case ["protocol", _, *_]:
            return json_answer(404, {"error": "Protocol not found"})
        case _:
            return _no_resource(request, 404, "HTTP 404 Not Found")


def _openid_connect(scene: Scene, realm: Realm, request: Request, path: list[str], now: float) -> Answer:
    match path:
        case ["token"] if request.method == "POST":
            return needs_https(scene, realm) or token_endpoint.answer(scene, realm, request, now)
        case ["certs"]:
            answer = json_answer(200, scene.keys.jwks(realm)).with_headers(_NO_CACHE)
            return _read(request, _over_https(scene, realm, answer))
        case ["auth"]:
            return authorization_endpoint.answer(scene, realm, request)
        case [name] if name != "token" and _reads(request):
            return _no_resource(request, 404, "HTTP 404 Not Found")
        case _:
            return _no_resource(request, 405, "HTTP 405 Method Not Allowed")


def _page(scene: Scene, realm: Realm) -> dict[str, object]:
    issuer = scene.issuer(realm)
    return {
        "realm": realm.name,
        "public_key": scene.keys.key(realm).public_key,
        "token-service": f"{issuer}/protocol/openid-connect",
        "account-service": f"{issuer}/account",
        "tokens-not-before": 0,
    }


def _over_https(scene: Scene, realm: Realm, answer: Answer) -> Answer:
    return needs_https(scene, realm) or answer


def _reads(request: Request) -> bool:
    return request.method in ("GET", "HEAD")


def _read(request: Request, answer: Answer) -> Answer:
    return answer if _reads(request) else _no_resource(request, 405, "HTTP 405 Method Not Allowed")


def _no_resource(request: Request, status: int, words: str) -> Answer:
    """A framework error: JSON, or the themed page for who asked for HTML."""
    if request.names_html:
        return error_page("", status, "Page not found" if status == 404 else words)
    return json_answer(status, {"error": words})
