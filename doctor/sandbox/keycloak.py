"""Keycloak's front: which resource a path names, and the answers of the simple ones."""

from urllib.parse import unquote

from doctor.sandbox import authorization_endpoint, token_endpoint
from doctor.sandbox.discovery import configuration
from doctor.sandbox.message import FORM, Answer, Headers, Request, json_answer
from doctor.sandbox.no_resource import no_place, no_realm, not_allowed, not_found, unknown_path
from doctor.sandbox.scene import Scene, needs_https
from doctor.sandbox.world import Era, Realm

_SECURITY = (
    ("Referrer-Policy", "no-referrer"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
)
_ROBOTS = ("X-Robots-Tag", "none")
_SCRIPTS = ("X-XSS-Protection", "1; mode=block")
_NO_STORE = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
_NO_CACHE = ("Cache-Control", "no-cache")
_REVALIDATE = ("Cache-Control", "no-cache, must-revalidate, no-transform, no-store")


def answer(scene: Scene, request: Request, now: float) -> Answer:
    """What Keycloak says to a request below its base path."""
    path = request.path.removeprefix(scene.world.edge.base_path)
    classic = scene.world.era.classic
    if "//" in request.path and not classic:
        document = {"error": "missingNormalization", "error_description": "Request path not normalized"}
        return json_answer(400, document, "application/json; charset=UTF-8")
    match path.rstrip("/").split("/"):
        case ["", "realms", name, *rest]:
            answer = _realm(scene, request, unquote(name), rest, now)
            return answer.with_headers(*_security(answer, classic=classic))
        case _:
            answer = no_place(scene, request)
            return answer.with_headers(*_security(answer, classic=classic)) if classic else answer


def _security(answer: Answer, *, classic: bool) -> Headers:
    """What Keycloak adds to its answers; robots are sent away everywhere, or from the pages only."""
    if not classic:
        return (*_SECURITY, _ROBOTS)
    page = any(value.startswith("text/html") for _, value in answer.headers)
    return (*_SECURITY, _SCRIPTS, *((_ROBOTS,) if page else ()))


def _realm(scene: Scene, request: Request, name: str, rest: list[str], now: float) -> Answer:
    realm = scene.world.find_realm(name)
    if realm is None:
        return no_realm(scene, request)
    match rest:
        case []:
            content_type = "application/json" if scene.world.era.classic else "application/json;charset=UTF-8"
            answer = json_answer(200, _page(scene, realm), content_type)
            return _read(scene, request, answer.with_headers(_NO_CACHE))
        case [".well-known", "openid-configuration"] if _reads(request):
            return _over_https(scene, realm, json_answer(200, configuration(scene, realm)).with_headers(_REVALIDATE))
        case ["protocol", "openid-connect", *path]:
            return _openid_connect(scene, realm, request, path, now)
        case ["protocol", _, *_]:
            return json_answer(404, {"error": "Protocol not found"})
        case _:
            return unknown_path(scene, request)


def _openid_connect(scene: Scene, realm: Realm, request: Request, path: list[str], now: float) -> Answer:
    match path:
        case ["token"] if request.method == "POST":
            return _no_form(scene, request) or _token(scene, realm, request, now)
        case ["certs"]:
            answer = json_answer(200, scene.keys.jwks(realm)).with_headers(_NO_CACHE)
            return _read(scene, request, _over_https(scene, realm, answer))
        case ["auth"]:
            return authorization_endpoint.answer(scene, realm, request)
        case [name] if name != "token" and (_reads(request) or scene.world.era.classic):
            return not_found(scene, request)
        case _:
            return not_allowed(scene, request)


def _no_form(scene: Scene, request: Request) -> Answer | None:
    """What is no form does not reach the token endpoint of RESTEasy Classic; later ones read it as an empty form."""
    content_type = request.header("Content-Type")
    if content_type is None:
        return json_answer(500, {"error": "unknown_error"}) if scene.world.era is Era.TALKATIVE else None
    if scene.world.era.classic and not content_type.lower().startswith(FORM):
        return json_answer(415, {"error": "RESTEASY003065: Cannot consume content type"})
    return None


def _token(scene: Scene, realm: Realm, request: Request, now: float) -> Answer:
    answer = needs_https(scene, realm) or token_endpoint.answer(scene, realm, request, now)
    return answer.with_headers(*_NO_STORE)


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


def _read(scene: Scene, request: Request, answer: Answer) -> Answer:
    return answer if _reads(request) else not_allowed(scene, request)
