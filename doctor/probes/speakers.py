"""Who speaks: Keycloak, the API's framework, or what stands in front of them, by the marks that each leaves."""

import re
from typing import Any

from doctor.model.facts.reply import BodyKind, Speaker
from doctor.model.request import Response

_KEYCLOAK_HEADERS = ("referrer-policy", "x-content-type-options", "x-frame-options", "strict-transport-security")
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


def speaker_of(response: Response, fields: dict[str, Any], kind: BodyKind) -> Speaker:
    """The one that has signed the answer; ``fields`` are those of its JSON object."""
    lines = "\n".join(f"{name}: {value}" for name, value in response.headers).lower()
    if is_keycloaks_page(response) if kind is BodyKind.HTML else _keycloak(response, fields):
        return Speaker.KEYCLOAK
    for speaker, marks in _SPEAKERS:
        if marks.search(lines):
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


def is_keycloaks_page(response: Response) -> bool:
    """Keycloak's own, whatever the theme: its title calls to sign in, and nobody can sign in on it."""
    return 'id="kc-error-message"' in response.text
