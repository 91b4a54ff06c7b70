"""The protected API: who gets in, and what answers."""

import datetime as dt
from email.utils import formatdate
from typing import Any

from doctor.sandbox.flavours import bearer_token, refusal
from doctor.sandbox.jwt_decoder import authenticated
from doctor.sandbox.message import Answer, Request, html_answer, json_answer
from doctor.sandbox.refusal import Reason, Refused
from doctor.sandbox.scene import Scene
from doctor.sandbox.tables import envelope

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "0"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains"),
    ("X-Frame-Options", "DENY"),
)


def answer(scene: Scene, request: Request, now: float) -> Answer:
    """What the API says to a request below its base."""
    too_large = _too_large(scene, request)
    moment = now + scene.world.api.clock_offset
    dated = (("Date", formatdate(moment, usegmt=True)),) if scene.world.api.own_date else ()
    return too_large or _answer(scene, request, moment).with_headers(*dated, *_HEADERS)


def _answer(scene: Scene, request: Request, now: float) -> Answer:
    api = scene.world.api
    if not api.protected or _path(scene, request) in api.open_paths:
        return _resource(scene, request, now)
    try:
        _let_in(scene, request, now)
    except Refused as refused:
        return _refusal(scene, request, refused, now)
    return _resource(scene, request, now)


def _let_in(scene: Scene, request: Request, now: float) -> None:
    """Returns when the request may go on; raises ``Refused``."""
    api = scene.world.api
    header = None if api.strips_authorization else request.header("Authorization")
    claims = authenticated(scene, bearer_token(api.flavour, header), now)
    if _path(scene, request) in api.paths and not _authorized(scene, claims):
        raise Refused(Reason.PERMISSION)


def _refusal(scene: Scene, request: Request, refused: Refused, now: float) -> Answer:
    api = scene.world.api
    if refused.reason is Reason.KEYS_UNREACHABLE and api.flavour in ("spring", "spring-7"):
        return _spring_error(request, 500, "Internal Server Error", now)
    answer = refusal(api.flavour, refused, f"{scene.origin}{request.path}")
    return answer if api.tells_why or refused.reason is Reason.NO_TOKEN else Answer(answer.status)


def _too_large(scene: Scene, request: Request) -> Answer | None:
    limit = scene.world.api.max_header
    if limit is None or len(request.header("Authorization") or "") <= limit:
        return None
    title = "HTTP Status 400 \u2013 Bad Request"
    page = f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1></body></html>'
    return html_answer(400, page, "text/html;charset=utf-8").with_headers(("Content-Language", "en"))


def _authorized(scene: Scene, claims: dict[str, Any]) -> bool:
    client = scene.world.realm.client(claims.get("azp"))
    roles = claims.get("realm_access", {}).get("roles", [])
    required = scene.world.api.required_role
    return (client is None or client.permitted) and (required is None or required in roles)


def _path(scene: Scene, request: Request) -> str:
    return request.path.removeprefix(scene.world.api.base).rstrip("/")


def _resource(scene: Scene, request: Request, now: float) -> Answer:
    api = scene.world.api
    if api.refuses is not None:
        return api.refuses
    if api.html:
        return html_answer(200, _WEB_APPLICATION)
    if _path(scene, request) not in api.paths + api.open_paths:
        return _spring_error(request, 404, "Not Found", now)
    if request.method not in ("GET", "HEAD") and not api.graphql_only:
        return _spring_error(request, 405, "Method Not Allowed", now).with_headers(("Allow", "GET"))
    return json_answer(200, envelope(request) if api.document is None else api.document)


def _spring_error(request: Request, status: int, error: str, now: float) -> Answer:
    moment = dt.datetime.fromtimestamp(now, dt.UTC).isoformat(timespec="milliseconds")
    return json_answer(status, {"timestamp": moment, "status": status, "error": error, "path": request.path})


_WEB_APPLICATION = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ataccama ONE</title></head>'
    '<body><div id="root"></div><script src="/main.js"></script></body></html>'
)
