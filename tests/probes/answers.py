"""HTTP answers as a probe sees them."""

import json
from typing import Any

from doctor.api import Response

URL = "https://acme.ataccama.one/auth/realms/acme/protocol/openid-connect/token"
KEYCLOAK = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
"""What Keycloak sends with every answer of a realm (keycloak.md 2, who answered)."""


def response(status: int, body: object = "", headers: dict[str, str] | None = None, **change: Any) -> Response:
    """An answer; a body that is no string is sent as JSON."""
    is_json = not isinstance(body, str)
    text = json.dumps(body) if is_json else str(body)
    kind = {"Content-Type": "application/json" if is_json else "text/html"} if text else {}
    fields: dict[str, Any] = {
        "exchange": 1,
        "status": status,
        "url": URL,
        "headers": tuple({**kind, **(headers or {})}.items()),
        "text": text,
        "document": body if is_json else None,
        "truncated": False,
        "local_time": 1_790_000_000.0,
        "round_trip": 0.05,
        "verified": True,
    }
    return Response(**{**fields, **change})
