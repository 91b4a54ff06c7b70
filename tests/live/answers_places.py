"""How Keycloak answers requests that are not as they should be, and every place but the token endpoint."""

from dataclasses import replace

from tests.behaviour.asking import (
    AUTHORIZATION,
    CERTS,
    DISCOVERY,
    FORM,
    TOKEN,
    Answer,
    Ask,
    Asking,
    authorization,
    fixed,
    get,
    grant,
)
from tests.behaviour.environment import CASE_REALM, DISABLED_REALM, Environment
from tests.live.words import (
    ICC,
    IS_BEARER_ONLY,
    NO_GRANT,
    NO_MATCH,
    NO_REALM,
    NO_REDIRECT_URI,
    NO_SERVICE_ACCOUNT,
    NOT_ALLOWED,
    NOT_FOUND,
)


def _in_query(environment: Environment) -> Ask:
    return Ask(query=dict(grant("reader")(environment).form or ()), body="", headers={"Content-Type": FORM})


def _twice(environment: Environment) -> Ask:
    return Ask(form=(*(grant("reader")(environment).form or ()), ("client_secret", "again")))


def _with_put(environment: Environment) -> Ask:
    return replace(grant("reader")(environment), method="PUT")


def _typed(content_type: str) -> Asking:
    return fixed(body='{"grant_type": "client_credentials"}', headers={"Content-Type": content_type})


def _posted(path: str) -> Asking:
    return fixed(path, form=(("grant_type", "client_credentials"),))


REQUESTS = [
    Answer("a scope that does not exist", grant("reader", scope="nope"), 400, "invalid_scope", "Invalid scopes: nope"),
    Answer(
        "a scope that is not the client's",
        grant("optional-scopes", scope="email"),
        400,
        "invalid_scope",
        "Invalid scopes: email",
    ),
    Answer(
        "a wrong secret hides a wrong scope", grant("reader", "wrong", scope="nope"), 401, "unauthorized_client", ICC
    ),
    Answer(
        "a service account that is off hides a wrong scope",
        grant("no-service-account", scope="nope"),
        401,
        "unauthorized_client",
        NO_SERVICE_ACCOUNT,
    ),
    Answer("a form without grant_type", fixed(form=(("probe", "1"),)), 400, "invalid_request", NO_GRANT),
    Answer("a POST without body", fixed(), 400, "invalid_request", NO_GRANT),
    Answer("an empty form", fixed(body="", headers={"Content-Type": FORM}), 400, "invalid_request", NO_GRANT),
    Answer("everything in the query", _in_query, 400, "invalid_request", NO_GRANT),
    Answer("a JSON body", _typed("application/json"), 400, "invalid_request", NO_GRANT),
    Answer("a text body", _typed("text/plain"), 400, "invalid_request", NO_GRANT),
    Answer(
        "a misspelt grant",
        grant("reader", grant_type="client-credentials"),
        400,
        "unsupported_grant_type",
        "Unsupported grant_type",
    ),
    Answer(
        "a grant that the client may not use",
        grant("reader", grant_type="password"),
        400,
        "unauthorized_client",
        "Client not allowed for direct access grants",
    ),
    Answer("a field sent twice", _twice, 400, "invalid_request", "duplicated parameter"),
    Answer("GET on the token endpoint", get(TOKEN), 405, NOT_ALLOWED),
    Answer("PUT on the token endpoint", _with_put, 405, NOT_ALLOWED),
]

PLACES = [
    Answer("the realm's page", get(""), 200),
    Answer("the realm's discovery document", get(DISCOVERY), 200),
    Answer("the realm's keys", get(CERTS), 200),
    Answer("the page of an unknown realm", get("", "nobody"), 404, NO_REALM),
    Answer("the discovery document of an unknown realm", get(DISCOVERY, "nobody"), 404, NO_REALM),
    Answer("the token endpoint of an unknown realm", grant("reader", realm="nobody"), 404, NO_REALM),
    Answer("a realm in the wrong case", grant("reader", realm=CASE_REALM.lower()), 404, NO_REALM),
    Answer("the page of a realm in the wrong case", get("", CASE_REALM.lower()), 404, NO_REALM),
    Answer("a realm with a space at its end", get("", f"{CASE_REALM} "), 404, NO_REALM),
    Answer("a disabled realm", grant("reader", realm=DISABLED_REALM), 403, "access_denied", "Realm not enabled"),
    Answer(
        "a form without grant_type in a disabled realm",
        fixed(realm=DISABLED_REALM, form=(("probe", "1"),)),
        403,
        "access_denied",
        "Realm not enabled",
    ),
    Answer("the page of a disabled realm", get("", DISABLED_REALM), 200),
    Answer("the discovery document of a disabled realm", get(DISCOVERY, DISABLED_REALM), 200),
    Answer("the keys of a disabled realm", get(CERTS, DISABLED_REALM), 200),
    Answer("a misspelt protocol", _posted("/protocol/openidconnect/token"), 404, "Protocol not found"),
    Answer("POST to a misspelt token endpoint", _posted(f"{TOKEN}s"), 405, NOT_ALLOWED),
    Answer("GET of a misspelt token endpoint", get(f"{TOKEN}s"), 404, NOT_FOUND),
    Answer("an unknown place in the realm", get("/nosuch"), 404, NOT_FOUND),
    Answer("POST to the realm's page", _posted(""), 405, NOT_ALLOWED),
    Answer("a misspelt word before the realm", get("/auth/realm/doctor", None), 404, NO_MATCH),
    Answer("the list of realms", get("/auth/realms", None), 404, NO_MATCH),
    Answer("the base path twice", get("/auth/auth/realms/doctor", None), 404, NO_MATCH),
    Answer(
        "a double slash", get("/auth//realms/doctor", None), 400, "missingNormalization", "Request path not normalized"
    ),
    Answer("the authorization endpoint without parameters", get(AUTHORIZATION), 400, "Invalid Request"),
    Answer("the authorization endpoint about a good client", authorization("reader"), 400, NO_REDIRECT_URI),
    Answer("the authorization endpoint about an unknown client", authorization("nobody"), 400, "Client not found."),
    Answer("the authorization endpoint about a disabled client", authorization("disabled"), 400, "Client disabled."),
    Answer("the authorization endpoint about a client by certificate", authorization("x509"), 400, NO_REDIRECT_URI),
    Answer("the authorization endpoint about a SAML client", authorization("saml"), 400, "Wrong client protocol."),
    Answer("the authorization endpoint about a bearer-only client", authorization("bearer-only"), 403, IS_BEARER_ONLY),
]

PAGES = [
    ("unknown", "nobody", 400, "Client not found."),
    ("disabled", "disabled", 400, "Client disabled."),
    ("good", "reader", 400, NO_REDIRECT_URI),
    ("bearer-only", "bearer-only", 403, IS_BEARER_ONLY),
]
"""The same as HTML: which client, its id, status, and the words in ``kc-error-message``."""
