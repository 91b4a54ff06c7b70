"""The framework's answers where Keycloak has no resource: RESTEasy Classic's words, or RESTEasy Reactive's."""

from doctor.sandbox.error_page import error_page
from doctor.sandbox.message import Answer, Request, json_answer
from doctor.sandbox.scene import Scene


def no_place(scene: Scene, request: Request) -> Answer:
    """No realm is named, so that the router itself answers."""
    return _error(scene, request, 404, _nowhere(scene, request) or "Unable to find matching target resource method")


def not_found(scene: Scene, request: Request) -> Answer:
    """The realm's protocol has no such path."""
    return _error(scene, request, 404, _nowhere(scene, request) or "HTTP 404 Not Found")


def unknown_path(scene: Scene, request: Request) -> Answer:
    """The realm itself has no such path; every era says so in the same words."""
    return _error(scene, request, 404, "HTTP 404 Not Found")


def no_realm(scene: Scene, request: Request) -> Answer:
    """There is no realm of this name."""
    return _error(scene, request, 404, "Realm does not exist")


def not_allowed(scene: Scene, request: Request) -> Answer:
    """The path is there, for another method."""
    classic = f"RESTEASY003650: No resource method found for {request.method}, return 405 with Allow header"
    return _error(scene, request, 405, classic if scene.world.era.classic else "HTTP 405 Method Not Allowed")


def _nowhere(scene: Scene, request: Request) -> str:
    where = f"{scene.seen_origin}{request.path}"
    return f"RESTEASY003210: Could not find resource for full path: {where}" if scene.world.era.classic else ""


def _error(scene: Scene, request: Request, status: int, words: str) -> Answer:
    """JSON, or the themed page for who asked for HTML."""
    if request.names_html:
        return error_page("", status, "Page not found" if status == 404 else words, classic=scene.world.era.classic)
    return json_answer(status, {"error": words})
