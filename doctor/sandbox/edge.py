"""The edge: which of the servers behind it a request reaches, and what it takes for itself."""

from dataclasses import replace
from email.utils import formatdate

from doctor.sandbox import api, keycloak
from doctor.sandbox.message import Answer, Cached, Delayed, Drip, Reply, Request, Truncated, html_answer
from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Rule


def respond(scene: Scene, request: Request, now: float) -> Reply:
    """The reply to a request, from the edge itself or from what is behind it."""
    for rule in scene.world.edge.rules:
        if not _matches(scene, rule, request):
            continue
        if not rule.drops_body:
            return _taken(scene, rule, request, now)
        request = _without_body(request)
    return _behind(scene, request, now)


def _taken(scene: Scene, rule: Rule, request: Request, now: float) -> Reply:
    match rule.reply:
        case Truncated(answer=None) | Delayed(answer=None) | Drip(answer=None):
            return replace(rule.reply, answer=_behind(scene, request, now))
        case Cached(age, admitted):
            dated = ("Date", formatdate(now - age, usegmt=True))
            return _behind(scene, request, now).with_headers(dated, *((("Age", str(age)),) if admitted else ()))
        case reply:
            return reply


def _matches(scene: Scene, rule: Rule, request: Request) -> bool:
    world = scene.world
    prefix = rule.prefix.replace("{realm}", f"{world.edge.base_path}/realms/{world.realm.name}")
    return (
        request.path.startswith(prefix)
        and request.method in (rule.methods or (request.method,))
        and rule.authorized in (None, request.header("Authorization") is not None)
        and (rule.before is None or request.number < rule.before)
        and (rule.with_parameter is None or request.parameter(rule.with_parameter) is not None)
    )


def _without_body(request: Request) -> Request:
    return replace(request, body=b"")


def _behind(scene: Scene, request: Request, now: float) -> Answer:
    world = scene.world
    if _below(request.path, "/graphql") and world.api.graphql_only:
        graphql = world.with_api(paths=("/graphql",), base="", document={"data": {"__typename": "Query"}})
        return api.answer(replace(scene, world=graphql), request, now)
    if _below(request.path, world.api.base) and not world.api.graphql_only:
        return api.answer(scene, request, now)
    if _below(request.path, world.edge.base_path):
        return keycloak.answer(scene, request, now + world.keycloak_clock_offset)
    return world.edge.default or nginx_page(404, "Not Found")


def _below(path: str, base: str) -> bool:
    return path == base or path.startswith(base + "/")


def nginx_page(status: int, reason: str, words: str = "") -> Answer:
    """An error page as the ingress makes it."""
    title = f"{status} {words or reason}"
    center = f"<center><h1>{status} {reason}</h1></center>\r\n" + (f"<center>{words}</center>\r\n" if words else "")
    head = f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
    return html_answer(status, f"{head}{center}<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n", "text/html")
