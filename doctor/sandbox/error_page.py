"""Keycloak's themed error page: the message stands in the element with the id ``kc-error-message``."""

from html import escape

from doctor.sandbox.message import Answer, html_answer

_POLICY = ("Content-Security-Policy", "frame-src 'self'; frame-ancestors 'self'; object-src 'none';")


def error_page(realm: str, status: int, message: str, *, classic: bool) -> Answer:
    """The page that a browser would be shown; without a realm it has no language, and later versions no title."""
    name = escape(realm or "Keycloak")
    title = f"Sign in to {name}" if realm or classic else ""
    body = (
        '<!DOCTYPE html>\n<html class="login-pf" lang="en">\n\n<head>\n    <meta charset="utf-8">\n'
        f"    <title>{title}</title>\n</head>\n\n<body>\n"
        f'<div id="kc-header">{name}</div>\n'
        '<h1 id="kc-page-title">\n    We are sorry...\n</h1>\n<div id="kc-error-message">\n'
        f'    <p class="instruction">{escape(message)}</p>\n</div>\n</body>\n</html>\n'
    )
    language = (("Content-Language", "en"),) if realm else ()
    return html_answer(status, body).with_headers(*language, _POLICY)
