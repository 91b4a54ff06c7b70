"""What kind of page answered: recognised by status and headers first, by what edges write on them second."""

import re
from urllib.parse import urlsplit

from doctor.model.facts.reply import BodyKind, PageKind
from doctor.model.request import Response
from doctor.probes.markup import page_words, title
from doctor.probes.speakers import is_keycloaks_page

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
# Not compiled here: few runs meet a page, and re keeps what it once compiled.
_ASKS_A_PERSON = r"(?i)<input[^>]+(type=[\"']?password|name=[\"']?(saml(request|response)|wresult)\b)"
_SIGN_IN_PLACES = (
    r"(?i)[/.](log|sign)[-_]?(in|on)\b|/(sso|adfs|wsfed|idp)\b|/saml|/oauth2/(start|auth)|/authorize\b|/openid-connect/auth\b"
    r"|[?&](response_type|redirect_ur[il]|return_?(url|to)|samlrequest|relaystate|wctx)="
)
"""Paths and parameters that a redirect to a sign-in leads to."""
_SIGN_IN = r"(?i)\b(sign|log)[ -]?(in|on)\b|single sign|\bsso\b|captive portal|accept the terms|identity provider"


def page_of(response: Response, kind: BodyKind) -> PageKind | None:
    """The page, or None where the answer is none and leads to none."""
    if response.header("cf-mitigated"):
        return PageKind.CHALLENGE
    if 300 <= response.status < 400 and re.search(_SIGN_IN_PLACES, _path_and_query(response.header("location") or "")):
        return PageKind.SIGN_IN
    if kind in (BodyKind.HTML, BodyKind.TEXT):
        return _worded(response, kind) or (PageKind.PLAIN if kind is BodyKind.HTML else None)
    return PageKind.DEFAULT if _nowhere(response, kind) else None


def _worded(response: Response, kind: BodyKind) -> PageKind | None:
    words = page_words(response.text)[:20_000].lower()
    for page, patterns in _PAGES:
        if any(re.search(pattern, words) for pattern in patterns):
            return page
    if kind is BodyKind.HTML and is_keycloaks_page(response):
        return PageKind.PLAIN
    if kind is BodyKind.HTML and (
        re.search(_ASKS_A_PERSON, response.text) or re.search(_SIGN_IN, title(response.text) or "")
    ):
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
