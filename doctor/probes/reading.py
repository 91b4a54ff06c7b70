"""Reads an HTTP answer as what it is: who speaks, what kind of body or page, which words. No conclusions."""

import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import REQUEST_IDS, BodyKind, Challenge, Reply
from doctor.model.request import Response
from doctor.model.retry_after import seconds_to_wait
from doctor.probes.markup import cut, page_words, title
from doctor.probes.pages import page_of
from doctor.probes.speakers import speaker_of


def read(response: Response | TransportFailure) -> Reply | TransportFailure:
    """The answer as a fact."""
    return response if isinstance(response, TransportFailure) else reply_of(response)


def reply_of(response: Response) -> Reply:
    """An HTTP answer as a fact; every string in it cut to 500 characters."""
    media_type = (response.header("content-type") or "").split(";")[0].strip().lower()
    document, kind = response.document, _body_kind(response, media_type)
    fields: dict[str, Any] = document if isinstance(document, dict) else {}
    location = response.header("location")
    return Reply(
        exchange=response.exchange,
        status=response.status,
        url=response.url,
        body=kind,
        speaker=speaker_of(response, fields, kind),
        page=page_of(response, kind),
        title=title(response.text) if kind is BodyKind.HTML else None,
        media_type=media_type,
        location=cut(_absolute(response.url, location)) if location else None,
        challenges=tuple(
            c for name, value in response.headers if name.lower() == "www-authenticate" for c in challenges(value)
        ),
        error=_string(fields.get("error")),
        error_description=_string(fields.get("error_description")),
        message=_message(fields, response, kind),
        retry_after=seconds_to_wait(response.header("retry-after"), response.local_time),
        date=None if response.header("age") else _date(response.header("date")),
        local_time=response.local_time,
        round_trip=response.round_trip,
        request_id=_request_id(response),
        verified=response.verified,
    )


def challenges(header: str) -> tuple[Challenge, ...]:
    """The challenges of one ``WWW-Authenticate`` header (RFC 9110 section 11.6.1)."""
    found: list[tuple[str, dict[str, str]]] = []
    for scheme, key, quoted, bare in _CHALLENGE.findall(header):
        if scheme:
            found.append((scheme, {}))
        elif key and found:
            found[-1][1][key.lower()] = quoted.replace('\\"', '"') or bare
    return tuple(
        Challenge(
            cut(scheme),
            realm=_string(given.get("realm")),
            error=_string(given.get("error")),
            error_description=_string(given.get("error_description")),
        )
        for scheme, given in found
    )


_CHALLENGE = re.compile(
    r"(?:^|,)\s*([A-Za-z][A-Za-z0-9_-]*)(?=\s*$|\s*,|\s+[A-Za-z])(?!\s*=)"
    r"|([A-Za-z_]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s,\"]+))"
)


def _body_kind(response: Response, media_type: str) -> BodyKind:
    if not response.text.strip():
        return BodyKind.EMPTY
    if response.document is not None:
        return BodyKind.OBJECT if isinstance(response.document, dict) else BodyKind.JSON
    head = response.text.lstrip("\ufeff \t\r\n")[:200].lower()
    if "html" in media_type or head.startswith(("<!doctype html", "<html", "<head", "<body", "<center")):
        return BodyKind.HTML
    return BodyKind.TEXT


def _message(fields: dict[str, Any], response: Response, kind: BodyKind) -> str | None:
    for key in ("message", "detail", "title", "reason", "exp", "nbf"):
        if isinstance(fields.get(key), str):
            return cut(fields[key])
    if kind is BodyKind.TEXT:
        return cut(page_words(response.text)) or None
    return None


def _absolute(url: str, location: str) -> str:
    """Where a redirect leads (RFC 9110 section 10.2.2); what is no URL stays as it was sent."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _request_id(response: Response) -> str | None:
    for name in REQUEST_IDS:
        value = response.header(name)
        if value:
            return f"{name}: {cut(value)}"
    return None


def _date(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp() if value else None
    except (ValueError, TypeError, OverflowError):
        return None


def _string(value: object) -> str | None:
    return cut(value) if isinstance(value, str) else None
