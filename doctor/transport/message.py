"""Requests as bytes, as the report shows them, and answers as values."""

import base64
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from doctor import __version__
from doctor.model.report import RequestReport
from doctor.model.request import Basic, Bearer, RawAuthorization, Request, Response
from doctor.model.secret import AS_GIVEN, SecretRef, Vault, mark

if TYPE_CHECKING:
    from http.client import HTTPResponse

_DEFAULTS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
    "User-Agent": f"ataccama-doctor/{__version__}",
}


def compose(request: Request, vault: Vault) -> tuple[dict[str, Any], bytes | None]:
    """Headers and body with the secrets in them: for the wire only."""
    headers: dict[str, Any] = {**_DEFAULTS, **request.headers}
    authorization = _authorization(request, vault)
    if authorization is not None:
        headers["Authorization"] = authorization
    if request.form is None:
        return headers, None
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    fields = {name: _bytes(_value(value, vault)) for name, value in request.form.items()}
    return headers, urlencode(fields).encode("ascii")


def shown(request: Request) -> RequestReport:
    """The request as the report has it: the references named, never resolved."""
    headers = {**_DEFAULTS, **request.headers}
    match request.authorization:
        case Basic():
            headers["Authorization"] = "Basic " + mark("client id and secret")
        case Bearer(token):
            headers["Authorization"] = "Bearer " + mark(token.name.replace("_", " "))
        case RawAuthorization():
            headers["Authorization"] = mark("authorization header")
        case None:
            pass
    return RequestReport(request.method, request.url, tuple(headers.items()), _shown_form(request.form))


def to_response(
    number: int,
    answer: "HTTPResponse",
    content: bytes,
    *,
    arrived: float,
    round_trip: float,
    verified: bool,
    url: str,
) -> Response:
    """The answer as a value, not yet redacted."""
    text = content.decode(_charset(answer.headers.get("Content-Type", "")), errors="replace")
    return Response(
        exchange=number,
        status=answer.status,
        url=url,
        headers=tuple((name, value) for name, value in answer.headers.items()),
        text=text,
        document=_document(content),
        truncated=False,
        local_time=arrived,
        round_trip=round_trip,
        verified=verified,
    )


def _authorization(request: Request, vault: Vault) -> bytes | None:
    match request.authorization:
        case None:
            return None
        case Basic(client_id, client_secret):
            client, secret = _bytes(_value(client_id, vault)), _bytes(_value(client_secret, vault))
            pair = f"{quote_plus(client)}:{quote_plus(secret)}"
            return b"Basic " + base64.b64encode(pair.encode())
        case Bearer(token):
            return b"Bearer " + _bytes(_value(token, vault))
        case RawAuthorization(value):
            return _bytes(_value(value, vault))


def _value(value: str | SecretRef, vault: Vault) -> str:
    return vault.get(value.name, value.variant).reveal() if isinstance(value, SecretRef) else value


def _bytes(value: str) -> bytes:
    """UTF-8; what came from bytes that are none goes out as those bytes, and half a surrogate pair as it stands."""
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")


def _shown_form(form: Mapping[str, str | SecretRef] | None) -> str | None:
    if form is None:
        return None
    return "&".join(
        f"{name}={_shown_reference(value) if isinstance(value, SecretRef) else quote_plus(_bytes(value))}"
        for name, value in form.items()
    )


def _shown_reference(ref: SecretRef) -> str:
    words = ref.name.replace("_", " ")
    if ref.name != "client_id":
        return mark(words)  # in the words of the redaction, which would take any other for a secret
    return f"[{words}]" if ref.variant == AS_GIVEN else f"[{words}, {ref.variant}]"


def _charset(content_type: str) -> str:
    charset = content_type.partition("charset=")[2].split(";")[0].strip().strip('"').lower()
    return charset if charset in ("iso-8859-1", "us-ascii", "utf-16", "windows-1252") else "utf-8"


def _document(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
