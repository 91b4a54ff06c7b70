"""How the protected API answers, in the words of a Spring Security resource server."""

import re
from dataclasses import dataclass

import requests

from tests.behaviour.asking import Ask, send
from tests.behaviour.environment import Environment

LISTS = "/api/reference-data/v1/tables?size=1"
DECODING = "An error occurred while attempting to decode the Jwt: "
NO_KEY = f"{DECODING}Signed JWT rejected: Another algorithm expected, or no matching key(s) found"
MORE = "The request requires higher privileges than provided by the access token."


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """What one GET of the API is answered with."""

    name: str
    status: int
    header: str | None = "Bearer {token}"
    """Of a sound ``{token}``, or of one whose signature was ``{altered}``; None for none at all."""
    client: str = "reader"
    path: str = LISTS
    error: str | None = None
    """``error`` in ``WWW-Authenticate``; with None a 401 carries the bare word ``Bearer``."""
    description: str | None = None

    def value(self, token: str) -> str | None:
        """The ``Authorization`` header made of a sound token."""
        return self.header and self.header.format(token=token, altered=f"{token[:-8]}AAAAAAAA")


def _malformed(name: str, header: str) -> ApiAnswer:
    return ApiAnswer(name, 401, header, error="invalid_token", description="Bearer token is malformed")


API_ANSWERS = [
    ApiAnswer("a sound token is let in", 200),
    ApiAnswer("the newer list is there too", 200, path="/api/catalog/v1/catalog-items?size=1"),
    ApiAnswer("the word bearer in small letters is let in", 200, "bearer {token}"),
    ApiAnswer("a token signed with ES256 is let in", 200, client="es256"),
    ApiAnswer("a token signed with PS256 is let in", 200, client="ps256"),
    ApiAnswer("no header", 401, None),
    ApiAnswer("a token without prefix", 401, "{token}"),
    ApiAnswer("another scheme", 401, "Token {token}"),
    _malformed("the prefix twice", "Bearer Bearer {token}"),
    _malformed("two spaces", "Bearer  {token}"),
    _malformed("a quoted token", 'Bearer "{token}"'),
    _malformed("a colon after the prefix", "Bearer: {token}"),
    ApiAnswer("rubbish", 401, "Bearer x.y.z", error="invalid_token", description=f"{DECODING}Malformed token"),
    ApiAnswer(
        "an altered signature",
        401,
        "Bearer {altered}",
        error="invalid_token",
        description=f"{DECODING}Signed JWT rejected: Invalid signature",
    ),
    ApiAnswer("an algorithm that is not accepted", 401, client="eddsa", error="invalid_token", description=NO_KEY),
    ApiAnswer("a client without the role", 403, client="no-role", error="insufficient_scope", description=MORE),
    ApiAnswer("a token without roles in it", 403, client="lightweight", error="insufficient_scope", description=MORE),
    ApiAnswer("an unknown path with a token", 404, path="/api/nope"),
    ApiAnswer("an unknown path without a token", 401, None, path="/api/nope"),
    ApiAnswer("the open path without a token", 200, None, path="/api/status"),
]


def hold(answer: ApiAnswer, environment: Environment) -> None:
    """Assert that the environment's API answers so."""
    response = get(environment, answer.path, answer.value(environment.token(answer.client)))
    challenge = response.headers.get("WWW-Authenticate")
    said = dict(re.findall(r'(\w+)="([^"]*)"', challenge or ""))
    found = (response.status_code, said.get("error"), said.get("error_description"))
    assert found == (answer.status, answer.error, answer.description)
    assert (challenge is not None) == (answer.status in (401, 403))
    assert answer.error or challenge in (None, "Bearer")


def get(environment: Environment, path: str, authorization: str | None) -> requests.Response:
    """One GET of the API, with this header or none."""
    return send(environment, Ask(path, None, "GET", headers={"Authorization": authorization} if authorization else {}))
