"""The realms as Keycloak imports them; every fault that a client can have is one client."""

import string
from typing import Any

from tests.behaviour.environment import CASE_REALM, DISABLED_REALM, FOREIGN_REALM, HTTPS_REALM, SHORT_REALM

REALM = "doctor"
ROLE = "api-reader"
ODD_SECRET = f"odd{string.punctuation}odd"
"""Every special character of printable ASCII. ``import`` would replace ``${...}``, which does not occur in it."""

DEFAULT_SCOPES = ["acr", "basic", "email", "profile", "roles", "service_account", "web-origins"]
"""What a client gets that is made by hand with its service account on; ``import`` alone would miss one of them."""

Json = dict[str, Any]


def _client(client_id: str, secret: str = "", **fields: Any) -> Json:
    return {
        "clientId": client_id,
        "secret": secret,
        "serviceAccountsEnabled": True,
        "standardFlowEnabled": False,
        "directAccessGrantsEnabled": False,
        "defaultClientScopes": DEFAULT_SCOPES,
        "optionalClientScopes": ["address", "phone", "offline_access", "microprofile-jwt"],
        **fields,
    }


def _with(client_id: str, **attributes: str) -> Json:
    names = {name.replace("__", "."): value for name, value in attributes.items()}
    return _client(client_id, f"{client_id}-Secret-1", attributes=names)


def _method(client_id: str, method: str) -> Json:
    return _with(client_id, client__secret__authentication__allowed__method=method)


def _signs(client_id: str, algorithm: str) -> Json:
    return _with(client_id, access__token__signed__response__alg=algorithm)


READER = _client("reader", "reader-Secret-0123456789abcdef")
CLIENTS: list[Json] = [
    READER,
    _client("no-role", "no-role-Secret-1"),
    _client("disabled", "disabled-Secret-1", enabled=False),
    _client("public", publicClient=True, serviceAccountsEnabled=False),
    _client("no-service-account", "no-service-account-Secret-1", serviceAccountsEnabled=False),
    _client("user-disabled", "user-disabled-Secret-1"),
    _client("signed-jwt", clientAuthenticatorType="client-jwt"),
    _client("secret-jwt", "secret-jwt-Secret-0123456789abcdef", clientAuthenticatorType="client-secret-jwt"),
    _client("x509", clientAuthenticatorType="client-x509", attributes={"x509.subjectdn": "CN=never"}),
    _client("bearer-only", "bearer-only-Secret-1", bearerOnly=True, serviceAccountsEnabled=False),
    _client("saml", "saml-Secret-1", protocol="saml", serviceAccountsEnabled=False),
    _client("odd-secret", ODD_SECRET),
    _client("plus-secret", "plus+secret"),
    _client("percent-secret", "percent%41secret"),
    _client("wo:colon", "colon:Secret:1"),
    _method("basic-only", "client_secret_basic"),
    _method("post-only", "client_secret_post"),
    _with("short", access__token__lifespan="2"),
    _with("lightweight", client__use__lightweight__access__token__enabled="true"),
    _with("dpop", dpop__bound__access__tokens="true"),
    _with("hok", tls__client__certificate__bound__access__tokens="true"),
    _signs("es256", "ES256"),
    _signs("ps256", "PS256"),
    _signs("eddsa", "EdDSA"),
    _client(
        "optional-scopes",
        "optional-scopes-Secret-1",
        defaultClientScopes=["basic", "roles", "service_account"],
        optionalClientScopes=["address", "phone"],
    ),
]
WITHOUT_ROLE = ("no-role", "optional-scopes", "wo:colon")


def secrets() -> dict[str, str]:
    """Client id to secret; empty where the client has none."""
    return {client["clientId"]: client["secret"] for client in CLIENTS}


def realms() -> list[Json]:
    """Every realm, ready to be written as ``<realm>-realm.json``."""
    return [
        _realm(REALM, CLIENTS),
        _realm(CASE_REALM, [READER]),
        _realm(DISABLED_REALM, [READER], enabled=False),
        _realm(SHORT_REALM, [READER], accessTokenLifespan=5),
        _realm(FOREIGN_REALM, [READER]),
        _realm(HTTPS_REALM, [READER], sslRequired="all"),
    ]


def _realm(name: str, clients: list[Json], **fields: Any) -> Json:
    accounts = [each["clientId"] for each in clients if each["serviceAccountsEnabled"]]
    return {
        "realm": name,
        "enabled": True,
        "sslRequired": "external",
        "accessTokenLifespan": 300,
        "roles": {"realm": [{"name": ROLE}]},
        "clients": clients,
        "users": [_service_account(name, each) for each in accounts],
        **fields,
    }


def _service_account(realm: str, client_id: str) -> Json:
    return {
        "username": f"service-account-{client_id.lower()}",
        "enabled": client_id != "user-disabled",
        "serviceAccountClientId": client_id,
        "realmRoles": [f"default-roles-{realm.lower()}", *([] if client_id in WITHOUT_ROLE else [ROLE])],
    }
