"""Asks a declared world without a network, the way a client would."""

import json
import re
from typing import Any
from urllib.parse import urlencode

from doctor.sandbox.edge import respond
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, Reply, Request
from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Client, Realm, World

NOW = 1_800_000_000.0
SECRET = "Secret0123456789Secret0123456789"
REALM = "/auth/realms/demo"
TOKEN = f"{REALM}/protocol/openid-connect/token"
AUTH = f"{REALM}/protocol/openid-connect/auth"
TABLES = "/api/reference-data/v1/tables"
WORLD = World(realms=(Realm("demo", clients=(Client("demo-client", SECRET),)),))
KEYS = KeyRing()
"""Shared by all tests: making a key takes longer than most of them."""
_FORM = {"grant_type": "client_credentials", "client_id": "demo-client", "client_secret": SECRET}


def scene(world: World = WORLD) -> Scene:
    return Scene(world, KEYS, "https://localhost:8443")


def reply(world: World, request: Request, now: float = NOW) -> Reply:
    return respond(scene(world), request, now)


def ask(world: World, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
    """The answer to one request; ``Content_Type`` stands for ``Content-Type``."""
    path, _, query = target.partition("?")
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    answer = reply(world, Request(method, path, query, named, body))
    assert isinstance(answer, Answer)
    return answer


def post(world: World, *pairs: tuple[str, str], target: str = TOKEN, **headers: str) -> Answer:
    """A form, sent to the token endpoint."""
    form = {"Content_Type": "application/x-www-form-urlencoded", **headers}
    return ask(world, "POST", target, urlencode(pairs).encode(), **form)


def grant(world: World = WORLD, headers: dict[str, str] | None = None, **changes: str | None) -> Answer:
    """The right token request with changed parameters; None leaves one out."""
    pairs = {**_FORM, **changes}
    return post(world, *((name, value) for name, value in pairs.items() if value is not None), **(headers or {}))


def token(world: World = WORLD) -> str:
    return str(document(grant(world))["access_token"])


def get_tables(world: World, authorization: str | None, now: float = NOW, path: str = TABLES) -> Answer:
    headers = () if authorization is None else (("Authorization", authorization),)
    answer = reply(world, Request("GET", path, "", headers), now)
    assert isinstance(answer, Answer)
    return answer


def document(answer: Answer) -> Any:
    return json.loads(answer.body)


def header(answer: Answer, name: str) -> str | None:
    return next((value for key, value in answer.headers if key.lower() == name.lower()), None)


def told(answer: Answer) -> tuple[int, str, str | None]:
    """Status, ``error`` and ``error_description``."""
    said = document(answer)
    return answer.status, said["error"], said.get("error_description")


def message(answer: Answer) -> str:
    """What stands in the element with the id ``kc-error-message``."""
    found = re.search(r'id="kc-error-message">\s*<p[^>]*>(.*?)</p>', answer.body.decode(), re.DOTALL)
    assert found, answer.body
    return found[1]
