"""Reads an HTTP answer as what it is: who speaks, what kind of body, which words. No conclusions."""

import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from doctor.model.facts.network import TransportFailure
from doctor.model.facts.reply import BodyKind, Challenge, PageKind, Reply, Speaker
from doctor.model.request import Response
from doctor.model.retry_after import seconds_to_wait

_CUT = 500
_KEYCLOAK_HEADERS = ("referrer-policy", "x-content-type-options", "x-frame-options", "strict-transport-security")
_REQUEST_IDS = (
    "x-request-id",
    "x-correlation-id",
    "request-id",
    "traceparent",
    "cf-ray",
    "x-amz-request-id",
    "x-amzn-requestid",
    "apigw-requestid",
    "x-azure-ref",
    "x-amz-cf-id",
)
_SPEAKER_MARKS = (
    (Speaker.CLOUDFLARE, r"^server: cloudflare|^cf-ray:"),
    (Speaker.AZURE, r"^x-azure-ref:"),
    (Speaker.AWS, r"^server: awselb|^x-amzn-|^apigw-requestid:|^x-amz-cf-id:|^x-amz-apigw-id:"),
    (Speaker.INSPECTION, r"^server: (zscaler|netskope|bluecoat|mcafee|fortigate)"),
    (Speaker.KONG, r"^(server|via):.*\bkong\b|^x-kong-"),
    (Speaker.ENVOY, r"^server: (istio-)?envoy"),
    (Speaker.ENVOY, r"^www-authenticate: bearer realm=\"https?://[^\"]*\"(, error=\"invalid_token\")?$"),
    (Speaker.SPRING, r"^www-authenticate: bearer.*(rfc6750#section-3|resource_metadata=)"),
)
_SPEAKERS = tuple((speaker, re.compile(marks, re.M)) for speaker, marks in _SPEAKER_MARKS)
_PAGES: tuple[tuple[PageKind, tuple[str, ...]], ...] = (
    (
        PageKind.TLS_EXPECTED,
        (
            "plain http request was sent to https port",
            "http request to an https server",
            "speaking plain http to an ssl",
            r"requires tls\b",
        ),
    ),
    (
        PageKind.CLIENT_CERTIFICATE,
        (
            "no required ssl certificate was sent",
            "the ssl certificate error",
            "client certificate (is )?required",
        ),
    ),
    (
        PageKind.HEADER_TOO_LARGE,
        (
            "request header( fields)?( or cookie)?( is)? too large",
            "header is too large",
        ),
    ),
    (
        PageKind.CHALLENGE,
        (
            "just a moment",
            "checking your browser",
            "verify(ing)? (that )?you are (a )?human",
            "attention required",
            "enable javascript and cookies to continue",
            "captcha",
        ),
    ),
    (
        PageKind.BLOCK,
        (
            "request (is|was|has been) blocked",
            "you have been blocked",
            r"access denied.{0,200}\b(reference|incident|ray id|error( code:?)? 1\d{3})",
            r"\berror( code:?)? 1\d{3}\b.{0,200}access denied",
            "web application firewall",
            "could not be satisfied",
            "incident id",
            "support id",
            "url (was )?rejected",
            "blocked by",
            "security policy",
            "category block",
            "not in the allow",
            "ip address is not allowed",
        ),
    ),
    (
        PageKind.DEFAULT,
        (
            "default backend",
            "404 page not found",
            "no route matched",
            "no such app",
            "site not found",
            "unknown (domain|host)",
            "welcome to nginx",
            "no application (is )?configured",
            "environment (is )?(not found|stopped|unavailable)",
            "domain (is|may be) (parked|for sale)|buy this domain|parked (free|domain)",
            "web ?site (is )?not found",
            "there's nothing here",
        ),
    ),
)
"""What edges write on their pages; whole pages are never compared."""
_ASKS_A_PERSON = re.compile(r"<input[^>]+(type=[\"']?password|name=[\"']?(saml(request|response)|wresult)\b)", re.I)
_SIGN_IN_PLACES = re.compile(
    r"[/.](log|sign)[-_]?(in|on)\b|/(sso|adfs|wsfed|idp)\b|/saml|/oauth2/(start|auth)|/authorize\b|/openid-connect/auth\b"
    r"|[?&](response_type|redirect_ur[il]|return_?(url|to)|samlrequest|relaystate|wctx)=",
    re.I,
)
"""Paths and parameters that a redirect to a sign-in leads to."""
_SIGN_IN = re.compile(
    r"\b(sign|log)[ -]?(in|on)\b|single sign|\bsso\b|captive portal|accept the terms|identity provider", re.I
)


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
        speaker=_speaker(response, fields, kind),
        page=_page(response, kind),
        title=_title(response.text) if kind is BodyKind.HTML else None,
        media_type=media_type,
        location=_cut(urljoin(response.url, location)) if location else None,
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
            _cut(scheme),
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


def page_words(text: str) -> str:
    """The words of a page without markup, on one line."""
    from html import unescape  # for pages alone: its table of entities is large

    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", " ", text[:100_000])
    return re.sub(r"\s+", " ", unescape(bare)).strip()


def element_text(text: str, element_id: str) -> str | None:
    """The words inside the element of that id, or None."""
    match = re.search(rf"(?is)<(\w+)[^>]*\bid=[\"']?{re.escape(element_id)}\b[^>]*>(.*?)</\1>", text[:200_000])
    return _cut(page_words(match.group(2))) if match else None


def _body_kind(response: Response, media_type: str) -> BodyKind:
    if not response.text.strip():
        return BodyKind.EMPTY
    if response.document is not None:
        return BodyKind.OBJECT if isinstance(response.document, dict) else BodyKind.JSON
    head = response.text.lstrip("\ufeff \t\r\n")[:200].lower()
    if "html" in media_type or head.startswith(("<!doctype html", "<html", "<head", "<body", "<center")):
        return BodyKind.HTML
    return BodyKind.TEXT


def _speaker(response: Response, fields: dict[str, Any], kind: BodyKind) -> Speaker:
    lines = "\n".join(f"{name}: {value}" for name, value in response.headers).lower()
    if _error_page(response) if kind is BodyKind.HTML else _keycloak(response, fields):
        return Speaker.KEYCLOAK
    for speaker, pattern in _SPEAKERS:
        if pattern.search(lines):
            return speaker
    server = (response.header("server") or "").lower()
    if "nginx" in server and (kind is BodyKind.HTML and "<center>" in response.text.lower()):
        return Speaker.NGINX
    return Speaker.UNKNOWN


def _keycloak(response: Response, fields: dict[str, Any]) -> bool:
    names = {name.lower() for name, _ in response.headers}
    error = str(fields.get("error", ""))
    own_words = error == "Realm does not exist" or error.startswith(
        ("RESTEASY00", "HTTP 40", "Unable to find matching")
    )
    return own_words or (sum(name in names for name in _KEYCLOAK_HEADERS) >= 3 and "referrer-policy" in names)


def _error_page(response: Response) -> bool:
    """Keycloak's own, whatever the theme: its title calls to sign in, and nobody can sign in on it."""
    return 'id="kc-error-message"' in response.text


def _page(response: Response, kind: BodyKind) -> PageKind | None:
    if response.header("cf-mitigated"):
        return PageKind.CHALLENGE
    if 300 <= response.status < 400 and _SIGN_IN_PLACES.search(_path_and_query(response.header("location") or "")):
        return PageKind.SIGN_IN
    if kind in (BodyKind.HTML, BodyKind.TEXT):
        return _worded(response, kind) or (PageKind.PLAIN if kind is BodyKind.HTML else None)
    return PageKind.DEFAULT if _nowhere(response, kind) else None


def _worded(response: Response, kind: BodyKind) -> PageKind | None:
    words = page_words(response.text)[:20_000].lower()
    for page, patterns in _PAGES:
        if any(re.search(pattern, words) for pattern in patterns):
            return page
    if kind is BodyKind.HTML and _error_page(response):
        return PageKind.PLAIN
    if kind is BodyKind.HTML and (_ASKS_A_PERSON.search(response.text) or _SIGN_IN.search(_title(response.text) or "")):
        return PageKind.SIGN_IN
    return PageKind.DEFAULT if _stock(response) else None


def _stock(response: Response) -> bool:
    """True for the 404 page that nginx has for every path it does not lead on."""
    return response.status == 404 and "<hr><center>nginx" in re.sub(r"\s", "", response.text[:2000].lower())


def _nowhere(response: Response, kind: BodyKind) -> bool:
    """True for an edge's 404 without a page: it has no body, or says that it has no route."""
    return response.status == 404 and (kind is BodyKind.EMPTY or "no route matched" in response.text[:2000].lower())


def _path_and_query(location: str) -> str:
    try:
        parts = urlsplit(location)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}"


def _title(text: str) -> str | None:
    for tag in ("title", "h1"):
        match = re.search(rf"(?is)<{tag}\b[^>]*>(.*?)</{tag}>", text[:100_000])
        if match and (words := page_words(match.group(1))):
            return _cut(words)
    return None


def _message(fields: dict[str, Any], response: Response, kind: BodyKind) -> str | None:
    for key in ("message", "detail", "title", "reason", "exp", "nbf"):
        if isinstance(fields.get(key), str):
            return _cut(fields[key])
    if kind is BodyKind.TEXT:
        return _cut(page_words(response.text)) or None
    return None


def _request_id(response: Response) -> str | None:
    for name in _REQUEST_IDS:
        value = response.header(name)
        if value:
            return f"{name}: {_cut(value)}"
    return None


def _date(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp() if value else None
    except (ValueError, TypeError, OverflowError):
        return None


def _string(value: object) -> str | None:
    return _cut(value) if isinstance(value, str) else None


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else text[: _CUT - 1] + "…"
