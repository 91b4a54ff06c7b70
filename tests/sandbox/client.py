"""A plain HTTPS client of the running environment; verifies against its CA, follows nothing, uses no proxy."""

import http.client
import ssl
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlencode

from doctor.sandbox.server import Sandbox


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


def connect(env: Sandbox, timeout: float = 5) -> http.client.HTTPSConnection:
    context = ssl.create_default_context(cafile=env.ca_bundle)
    return http.client.HTTPSConnection("localhost", env.port, timeout=timeout, context=context)


def send(
    connection: http.client.HTTPSConnection, method: str, path: str, body: str | None = None, **headers: str
) -> Got:
    """One request on an open or new connection, its body read to the end."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    answer = connection.getresponse()
    return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def get(env: Sandbox, path: str, **headers: str) -> Got:
    with closing(connect(env)) as connection:
        return send(connection, "GET", path, **headers)


def request_token(env: Sandbox) -> Got:
    """The token request with the settings that were typed."""
    typed = env.settings
    names = ("client_id", "client_secret", "scope")
    form = {"grant_type": "client_credentials", **{name: typed[name] for name in names if name in typed}}
    path = f"/auth/realms/{typed['realm']}/protocol/openid-connect/token"
    with closing(connect(env)) as connection:
        return send(connection, "POST", path, urlencode(form), Content_Type="application/x-www-form-urlencoded")
