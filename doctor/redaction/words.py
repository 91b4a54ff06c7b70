"""Words that are no secret although a secret may be spelled like them: the protocol's own."""

from typing import Final

_ERRORS: Final = """
    invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type invalid_scope access_denied
    unsupported_response_type server_error temporarily_unavailable invalid_token insufficient_scope invalid_dpop_proof
    interaction_required login_required account_selection_required consent_required invalid_request_uri
    invalid_request_object request_not_supported request_uri_not_supported registration_not_supported
"""
_NAMES: Final = """
    client_id client_secret client_assertion client_assertion_type grant_type scope state code redirect_uri
    response_type username password access_token refresh_token id_token token_type expires_in error error_description
    error_uri issuer token_endpoint authorization_endpoint jwks_uri introspection_endpoint userinfo_endpoint
    iss sub aud exp nbf iat jti azp typ alg kid acr cnf url realm token_url api_url authorization proxy ca_bundle
    dns connect tls send wait body api token
"""
_VALUES: Final = """
    client_credentials authorization_code implicit client_secret_basic client_secret_post client_secret_jwt
    private_key_jwt tls_client_auth self_signed_tls_client_auth none basic bearer dpop digest negotiate mac
    openid profile email offline_access roles query fragment form_post public pairwise
    rs256 rs384 rs512 es256 es384 es512 ps256 ps384 ps512 hs256 hs384 hs512 eddsa jwt at+jwt jwk rsa ec okp sig enc
    get post put patch delete head options trace connect http https http/1.1 http/1.0 http/2 h2
    true false null gzip deflate br identity chunked close keep-alive no-store no-cache max-age=0 utf-8 *
"""
_HEADERS: Final = """
    accept accept-encoding accept-language age allow authorization cache-control connection content-encoding
    content-language content-length content-security-policy content-type cookie date etag expires host keep-alive
    last-modified location pragma proxy-authenticate proxy-authorization referrer-policy retry-after server set-cookie
    strict-transport-security transfer-encoding user-agent vary via www-authenticate x-content-type-options
    x-frame-options x-powered-by x-request-id x-xss-protection
"""
_TYPES: Final = """
    application/json application/problem+json application/x-www-form-urlencoded application/jwt application/jwk-set+json
    application/xml text/html text/plain text/xml */* application/octet-stream
"""
_CHARSETS: Final = ("", ";charset=utf-8", "; charset=utf-8")

PROTOCOL_WORDS: Final = frozenset(
    f"{_ERRORS}{_NAMES}{_VALUES}{_HEADERS}".split()
    + [kind + charset for kind in _TYPES.split() for charset in _CHARSETS]
)
"""In lower case: error codes (RFC 6749, RFC 6750, OpenID Connect Core), parameters, methods, headers, media types."""


def is_protocol_word(leaf: str) -> bool:
    """True when ``leaf`` as a whole is one of the protocol's words."""
    return leaf.lower() in PROTOCOL_WORDS
