"""One answer as it is kept: status, headers and body, without what differs from run to run."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from doctor.probes.markup import page_words
from doctor.sandbox.era import Era
from tests.behaviour.asking import Asking, send
from tests.behaviour.environment import Environment

HERE = Path(__file__).parent
ERAS: Mapping[str, Era] = {"18.0.2": Era.TALKATIVE, "22.0.5": Era.CLASSIC, "26.7.4": Era.REACTIVE}
"""The version that was recorded for each era; of 19 no distribution is to be had from Maven Central."""
_LEFT_OUT = ("connection", "content-length", "date", "server", "set-cookie", "transfer-encoding")
"""Headers that are nginx's, and a cookie that no client of the grant keeps."""
_KEYS = ("n", "e", "x", "y", "kid", "x5c", "x5t", "x5t#S256", "public_key")
_DISCOVERY = (
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "grant_types_supported",
    "token_endpoint_auth_methods_supported",
)
"""What a client of the grant reads there."""
_JWT = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+")


@dataclass(frozen=True)
class Recorded:
    """What Keycloak said."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case, in alphabetical order."""
    body: Any
    """The JSON document; of a page its title and words; None for nothing."""


def answer(environment: Environment, asking: Asking) -> Recorded:
    """What the environment answers to this question, ready to be kept or compared."""
    ask = asking(environment)
    response, origin = send(environment, ask), getattr(environment, ask.door)
    headers = {name.lower(): value for name, value in response.headers.items()}
    kept = {name: _varied(value, origin) for name, value in sorted(headers.items()) if name not in _LEFT_OUT}
    return Recorded(response.status_code, kept, _body(response, origin))


def load(version: str) -> Mapping[str, Recorded]:
    """The answers of one version, by the question's name."""
    kept = json.loads(_file(version).read_text("utf-8"))
    return {name: Recorded(each["status"], kept["headers"][each["headers"]], each["body"])
            for name, each in kept["answers"].items()}  # fmt: skip


def keep(version: str, answers: Mapping[str, Recorded]) -> Path:
    """Write them, one answer a line; headers that several share stand once."""
    sets: list[Mapping[str, str]] = []
    for answer in answers.values():
        if answer.headers not in sets:
            sets.append(answer.headers)
    rows = {
        name: {"status": each.status, "headers": f"h{sets.index(each.headers)}", "body": each.body}
        for name, each in answers.items()
    }
    shared = {f"h{number}": each for number, each in enumerate(sets)}
    parts: Mapping[str, Mapping[str, Any]] = {"headers": shared, "answers": rows}
    text = ",\n".join(f'"{name}": {{\n{_lines(part)}\n}}' for name, part in parts.items())
    _file(version).write_text(f"{{\n{text}\n}}\n", "utf-8")
    return _file(version)


def _file(version: str) -> Path:
    return HERE / f"keycloak-{version}.json"


def _lines(part: Mapping[str, Any]) -> str:
    return ",\n".join(f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in part.items())


def _body(response: requests.Response, origin: str) -> Any:
    if not response.content:
        return None
    if "html" in response.headers.get("Content-Type", ""):
        title = re.search(r"<title>(.*?)</title>", response.text)
        body = re.sub(r"(?s)<head>.*</head>", "", response.text)
        return {"title": title and title[1], "words": _varied(page_words(body), origin)}
    return _without_chance(_reduced(response.json()), origin)


def _reduced(document: Any) -> Any:
    if isinstance(document, dict) and "token_endpoint" in document:
        return {name: document[name] for name in _DISCOVERY}
    if isinstance(document, dict) and "keys" in document:
        return {"keys": sorted(({name: key.get(name) for name in ("kty", "alg", "use")} for key in document["keys"]),
                               key=str)}  # fmt: skip
    return document


def _without_chance(value: Any, origin: str, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _without_chance(each, origin, key) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((_without_chance(each, origin) for each in value), key=str)
    if name == "expires_in" and value > 60:
        return -(-value // 60) * 60  # the first token of a kind takes seconds to make
    if not isinstance(value, str):
        return value
    if name in _KEYS:
        return "(a key)"
    return " ".join(sorted(value.split())) if name == "scope" else _varied(value, origin)


def _varied(text: str, origin: str) -> str:
    """Without the environment's own address and its tokens."""
    return _JWT.sub("(a token)", text.replace(origin.split("://")[1], "environment"))
