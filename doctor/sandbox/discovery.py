"""The realm's discovery document (OpenID Connect Discovery section 3), as far as a client of the grant reads it."""

from typing import Any

from doctor.sandbox.scene import Scene
from doctor.sandbox.world import Realm

_SIGNATURES = [
    "PS384", "RS384", "EdDSA", "ES384", "HS256", "HS512", "ES256", "RS256", "HS384", "ES512", "PS256", "PS512", "RS512",
]  # fmt: skip
_LATER_GRANTS = [
    "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:ietf:params:oauth:grant-type:uma-ticket",
]  # fmt: skip
_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "auth_time", "name", "preferred_username", "email", "acr", "azp", "nonce"]
_METHODS = ["private_key_jwt", "client_secret_basic", "client_secret_post", "tls_client_auth", "client_secret_jwt"]


def configuration(scene: Scene, realm: Realm) -> dict[str, Any]:
    """Endpoints under the issuer, and what the realm supports."""
    issuer = scene.issuer(realm)
    protocol = f"{issuer}/protocol/openid-connect"
    supported = _supported(realm)
    if not scene.world.era.classic:
        supported["grant_types_supported"] += _LATER_GRANTS
    return {"issuer": issuer, **_endpoints(protocol), **supported, **_more(issuer, protocol)}


def _endpoints(protocol: str) -> dict[str, Any]:
    return {
        "authorization_endpoint": f"{protocol}/auth",
        "token_endpoint": f"{protocol}/token",
        "introspection_endpoint": f"{protocol}/token/introspect",
        "userinfo_endpoint": f"{protocol}/userinfo",
        "end_session_endpoint": f"{protocol}/logout",
        "frontchannel_logout_session_supported": True,
        "frontchannel_logout_supported": True,
        "jwks_uri": f"{protocol}/certs",
        "check_session_iframe": f"{protocol}/login-status-iframe.html",
    }


def _supported(realm: Realm) -> dict[str, Any]:
    scopes = {scope for client in realm.clients for scope in client.scopes + client.optional_scopes}
    return {
        "grant_types_supported": list(realm.grant_types),
        "acr_values_supported": ["0", "1"],
        "response_types_supported": ["code", "none", "id_token", "token", "id_token token", "code id_token"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": _SIGNATURES,
        "token_endpoint_auth_methods_supported": _METHODS,
        "token_endpoint_auth_signing_alg_values_supported": _SIGNATURES,
        "introspection_endpoint_auth_methods_supported": _METHODS,
        "claims_supported": _CLAIMS,
        "claim_types_supported": ["normal"],
        "claims_parameter_supported": True,
        "scopes_supported": ["openid", *sorted(scopes)],
        "code_challenge_methods_supported": ["plain", "S256"],
        "tls_client_certificate_bound_access_tokens": True,
        "dpop_signing_alg_values_supported": [name for name in _SIGNATURES if not name.startswith("HS")],
    }


def _more(issuer: str, protocol: str) -> dict[str, Any]:
    return {
        "revocation_endpoint": f"{protocol}/revoke",
        "revocation_endpoint_auth_methods_supported": _METHODS,
        "backchannel_logout_supported": True,
        "device_authorization_endpoint": f"{protocol}/auth/device",
        "pushed_authorization_request_endpoint": f"{protocol}/ext/par/request",
        "registration_endpoint": f"{issuer}/clients-registrations/openid-connect",
        "mtls_endpoint_aliases": {
            "token_endpoint": f"{protocol}/token",
            "revocation_endpoint": f"{protocol}/revoke",
            "introspection_endpoint": f"{protocol}/token/introspect",
        },
        "authorization_response_iss_parameter_supported": True,
    }
