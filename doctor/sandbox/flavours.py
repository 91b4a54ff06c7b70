"""Who stands before the API, or is it: how each reads the Authorization header, and its words for each refusal.

The words are those of Spring Security 5 to 7, Envoy's ``jwt_authn``, Kong's ``jwt``, nginx and AWS API Gateway.
"""

import re
from typing import Literal

from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.refusal import Reason, Refused

Flavour = Literal["spring", "spring-5", "spring-7", "envoy", "kong", "nginx", "aws"]

_TOKEN68 = re.compile(r"Bearer (?P<token>[a-zA-Z0-9-._~+/]+=*)", re.IGNORECASE)
_KONG = re.compile(r"\s*[Bb]earer\s+(?P<token>.+)")
_URI = "https://tools.ietf.org/html/rfc6750#section-3.1"
_DECODING = "An error occurred while attempting to decode the Jwt: "
_SPRING = {
    Reason.HEADER: "Bearer token is malformed",
    Reason.TOKEN: f"{_DECODING}Malformed token",
    Reason.PAYLOAD: f"{_DECODING}Malformed payload",
    Reason.ENCRYPTED: f"{_DECODING}Encrypted JWT rejected: No JWE key selector is configured",
    Reason.UNSIGNED: "Unsupported algorithm of none",
    Reason.KEY: f"{_DECODING}Signed JWT rejected: Another algorithm expected, or no matching key(s) found",
    Reason.SIGNATURE: f"{_DECODING}Signed JWT rejected: Invalid signature",
    Reason.EXPIRED: f"{_DECODING}Jwt expired at {{moment}}",
    Reason.EARLY: f"{_DECODING}Jwt used before {{moment}}",
    Reason.ISSUER: f"{_DECODING}The iss claim is not valid",
    Reason.BOUND: f"{_DECODING}Unable to obtain X509Certificate from current request",
    Reason.AUDIENCE: f"{_DECODING}The aud claim is not valid",
    Reason.PERMISSION: "The request requires higher privileges than provided by the access token.",
}
_ENVOY = {
    Reason.NO_TOKEN: "Jwt is missing",
    Reason.HEADER: "Jwt header is an invalid Base64url encoded",
    Reason.TOKEN: "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections",
    Reason.PAYLOAD: "Jwt payload is an invalid JSON",
    Reason.ENCRYPTED: "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections",
    Reason.UNSIGNED: "Jwt header [alg] is not supported",
    Reason.KEY: "Jwks doesn't have key to match kid or alg from Jwt",
    Reason.SIGNATURE: "Jwt verification fails",
    Reason.EXPIRED: "Jwt is expired",
    Reason.EARLY: "Jwt not yet valid",
    Reason.ISSUER: "Jwt issuer is not configured",
    Reason.AUDIENCE: "Audiences in Jwt are not allowed",
    Reason.PERMISSION: "RBAC: access denied",
    Reason.KEYS_UNREACHABLE: "Jwks remote fetch is failed",
}
_KONG_WORDS = {
    Reason.NO_TOKEN: {"message": "Unauthorized"},
    Reason.HEADER: {"message": "Bad token; invalid JSON"},
    Reason.TOKEN: {"message": "Bad token; invalid JSON"},
    Reason.ENCRYPTED: {"message": "Bad token; invalid JSON"},
    Reason.UNSIGNED: {"message": "Invalid algorithm"},
    Reason.KEY: {"message": "No credentials found for given 'iss'"},
    Reason.SIGNATURE: {"message": "Invalid signature"},
    Reason.EXPIRED: {"exp": "token expired"},
    Reason.EARLY: {"nbf": "token not valid yet"},
    Reason.ISSUER: {"message": "No credentials found for given 'iss'"},
    Reason.PERMISSION: {"message": "You cannot consume this service"},
}
_AWS = {
    Reason.EXPIRED: "the token has expired",
    Reason.EARLY: "the token is not valid yet",
    Reason.ISSUER: "the token issuer is not valid",
    Reason.AUDIENCE: "the token does not have a valid audience",
    Reason.SIGNATURE: "signature validation failed",
    Reason.KEY: "unable to find a signing key that matches",
}


def bearer_token(flavour: Flavour, header: str | None) -> str:
    """The token in the header, as this server finds it; raises ``Refused``."""
    match flavour:
        case "envoy":
            found = header.split("Bearer ", 1)[1:] if header else []
            token = found[0].strip() if found else ""
        case "kong" | "nginx" | "aws":
            match_ = _KONG.match(header or "")
            token = match_["token"].strip() if match_ else ""
        case _:
            return _spring_token(header)
    if not token:
        raise Refused(Reason.NO_TOKEN)
    if not _TOKEN68.fullmatch(f"Bearer {token}"):
        raise Refused(Reason.HEADER)
    return token


def _spring_token(header: str | None) -> str:
    if header is None or not header.lower().startswith("bearer"):
        raise Refused(Reason.NO_TOKEN)
    found = _TOKEN68.fullmatch(header)
    if found is None:
        raise Refused(Reason.HEADER)
    return found["token"]


def refusal(flavour: Flavour, refused: Refused, url: str) -> Answer:
    """The answer to a request that was refused for this reason."""
    match flavour:
        case "envoy":
            return _envoy(refused, url)
        case "kong":
            return _kong(refused)
        case "nginx":
            return _nginx(refused)
        case "aws":
            return _aws(refused)
        case _:
            return _spring(flavour, refused, url)


def _spring(flavour: Flavour, refused: Refused, url: str) -> Answer:
    origin = "/".join(url.split("/", 3)[:3])
    more = f'resource_metadata="{origin}/.well-known/oauth-protected-resource"' if flavour == "spring-7" else ""
    if refused.reason is Reason.NO_TOKEN or (flavour == "spring-5" and refused.reason is Reason.KEYS_UNREACHABLE):
        return Answer(401, (("WWW-Authenticate", f"Bearer {more}".strip()),))
    forbidden = refused.reason is Reason.PERMISSION
    error = "insufficient_scope" if forbidden else "invalid_token"
    words = _SPRING[refused.reason].format(moment=refused.moment)
    value = f'Bearer error="{error}", error_description="{words}", error_uri="{_URI}"'
    return Answer(403 if forbidden else 401, (("WWW-Authenticate", ", ".join(filter(None, (value, more)))),))


def _envoy(refused: Refused, url: str) -> Answer:
    forbidden = refused.reason in (Reason.AUDIENCE, Reason.PERMISSION)
    error = "" if refused.reason is Reason.NO_TOKEN else ', error="invalid_token"'
    challenge = () if forbidden else (("WWW-Authenticate", f'Bearer realm="{url}"{error}'),)
    words = _ENVOY.get(refused.reason, "Jwt verification fails")
    headers = (("Content-Type", "text/plain"), ("Server", "istio-envoy"), *challenge)
    return Answer(403 if forbidden else 401, headers, words.encode())


def _kong(refused: Refused) -> Answer:
    forbidden = refused.reason is Reason.PERMISSION
    error = "" if refused.reason is Reason.NO_TOKEN else ' error="invalid_token"'
    challenge = () if forbidden else (("WWW-Authenticate", f"Bearer{error}"),)
    words = _KONG_WORDS.get(refused.reason, {"message": "Unauthorized"})
    return json_answer(403 if forbidden else 401, words).with_headers(("Server", "kong/3.8"), *challenge)


def _nginx(refused: Refused) -> Answer:
    status, words = (
        (403, "403 Forbidden") if refused.reason is Reason.PERMISSION else (401, "401 Authorization Required")
    )
    page = f"<html><head><title>{words}</title></head><body><center><h1>{words}</h1></center><hr><center>nginx</center>"
    return html_answer(status, f"{page}</body></html>", "text/html").with_headers(("Server", "nginx"))


def _aws(refused: Refused) -> Answer:
    known = ("apigw-requestid", "EaPiGwReQuEsT=")
    if refused.reason is Reason.PERMISSION:
        return json_answer(403, {"message": "Forbidden"}).with_headers(known)
    words = _AWS.get(refused.reason, "the token is not valid")
    missing = refused.reason is Reason.NO_TOKEN
    error = "" if missing else f' scope="" error="invalid_token" error_description="{words}"'
    return json_answer(401, {"message": "Unauthorized"}).with_headers(("www-authenticate", f"Bearer{error}"), known)
