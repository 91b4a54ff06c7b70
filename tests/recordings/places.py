"""Requests that are not as they should be, and every place but the token endpoint."""

from collections.abc import Mapping
from dataclasses import replace

from tests.behaviour.asking import (
    AUTHORIZATION,
    CERTS,
    DISCOVERY,
    FORM,
    TOKEN,
    Ask,
    Asking,
    at,
    authorization,
    fixed,
    get,
    grant,
)
from tests.behaviour.environment import CASE_REALM, DISABLED_REALM, HTTPS_REALM, Environment


def _in_query(environment: Environment) -> Ask:
    return Ask(query=dict(grant("reader")(environment).form or ()), body="", headers={"Content-Type": FORM})


def _twice(environment: Environment) -> Ask:
    return Ask(form=(*(grant("reader")(environment).form or ()), ("client_secret", "again")))


def _to_the_pages(environment: Environment) -> Ask:
    return replace(grant("reader")(environment), path=AUTHORIZATION)


def _with_put(environment: Environment) -> Ask:
    return replace(grant("reader")(environment), method="PUT")


def _typed(content_type: str) -> Asking:
    return fixed(body='{"grant_type": "client_credentials"}', headers={"Content-Type": content_type})


_ABOUT = {
    "a good client": "reader",
    "an unknown client": "nobody",
    "a disabled client": "disabled",
    "a public client": "public",
    "a bearer-only client": "bearer-only",
    "a SAML client": "saml",
    "a client whose service account is off": "no-service-account",
    "a client by signed JWT": "signed-jwt",
    "a client by certificate": "x509",
}


def _posted(path: str) -> Asking:
    return fixed(path, form=(("grant_type", "client_credentials"),))


REQUESTS: Mapping[str, Asking] = {
    "a scope that does not exist": grant("reader", scope="nope"),
    "a scope that is not the client's": grant("optional-scopes", scope="email"),
    "a wrong secret hides a wrong scope": grant("reader", "wrong", scope="nope"),
    "a service account that is off hides a wrong scope": grant("no-service-account", scope="nope"),
    "a form without grant_type": fixed(form=(("probe", "1"),)),
    "a POST without body": fixed(),
    "an empty form": fixed(body="", headers={"Content-Type": FORM}),
    "everything in the query": _in_query,
    "a JSON body": _typed("application/json"),
    "a text body": _typed("text/plain"),
    "a misspelt grant": grant("reader", grant_type="client-credentials"),
    "a grant that the client may not use": grant("reader", grant_type="password"),
    "a field sent twice": _twice,
    "the grant, sent to the authorization endpoint": _to_the_pages,
    "a form without a client, sent to the authorization endpoint": fixed(AUTHORIZATION, form=(("probe", "1"),)),
    "GET on the token endpoint": get(TOKEN),
    "PUT on the token endpoint": _with_put,
}

PLACES: Mapping[str, Asking] = {
    "the realm's page": get(""),
    "the realm's discovery document": get(DISCOVERY),
    "the realm's keys": get(CERTS, CASE_REALM),
    "the page of an unknown realm": get("", "nobody"),
    "the discovery document of an unknown realm": get(DISCOVERY, "nobody"),
    "the token endpoint of an unknown realm": grant("reader", realm="nobody"),
    "a realm in the wrong case": grant("reader", realm=CASE_REALM.lower()),
    "the page of a realm in the wrong case": get("", CASE_REALM.lower()),
    "a realm with a space at its end": get("", f"{CASE_REALM} "),
    "a disabled realm": grant("reader", realm=DISABLED_REALM),
    "a form without grant_type in a disabled realm": fixed(realm=DISABLED_REALM, form=(("probe", "1"),)),
    "the page of a disabled realm": get("", DISABLED_REALM),
    "the discovery document of a disabled realm": get(DISCOVERY, DISABLED_REALM),
    "the keys of a disabled realm": get(CERTS, DISABLED_REALM),
    "a misspelt protocol": _posted("/protocol/openidconnect/token"),
    "POST to a misspelt token endpoint": _posted(f"{TOKEN}s"),
    "GET of a misspelt token endpoint": get(f"{TOKEN}s"),
    "an unknown place in the realm": get("/nosuch"),
    "POST to the realm's page": _posted(""),
    "a misspelt word before the realm": get("/auth/realm/doctor", None),
    "the list of realms": get("/auth/realms", None),
    "the base path twice": get("/auth/auth/realms/doctor", None),
    "a double slash": get("/auth//realms/doctor", None),
    "the page of a realm, below no base path": get("/realms/doctor", None),
    "the discovery document, below no base path": get(f"/realms/doctor{DISCOVERY}", None),
    "the token endpoint, below no base path": fixed(f"/realms/doctor{TOKEN}", None, form=(("probe", "1"),)),
}

ROOTED: Mapping[str, Asking] = {
    "the page of a realm, below a base path that the server lacks": get("/auth/realms/doctor", None),
    "the discovery document, below a base path that the server lacks": get(f"/auth/realms/doctor{DISCOVERY}", None),
    "the token endpoint, below a base path that the server lacks": fixed(
        f"/auth/realms/doctor{TOKEN}", None, form=(("probe", "1"),)
    ),
    "the realm's page without a base path": get("/realms/doctor", None),
}
"""Asked of a server that has no base path."""

SCHEME: Mapping[str, Asking] = {
    "a realm that wants HTTPS": grant("reader", realm=HTTPS_REALM),
    **{
        f"{name}, the scheme being lost": at("url_scheme_lost", asking)
        for name, asking in {
            "the token endpoint": grant("reader"),
            "a form without grant_type": fixed(form=(("probe", "1"),)),
            "the discovery document": get(DISCOVERY),
            "the keys": get(CERTS),
            "the realm's page": get(""),
            "the authorization endpoint": authorization("reader"),
            "the token endpoint of a realm that wants HTTPS": grant("reader", realm=HTTPS_REALM),
        }.items()
    },
}

BROWSER: Mapping[str, Asking] = {
    "the authorization endpoint without parameters": get(AUTHORIZATION),
    "the authorization endpoint of a disabled realm": authorization("reader", realm=DISABLED_REALM),
    "the authorization endpoint of an unknown realm": authorization("reader", realm="nobody"),
    **{f"the authorization endpoint about {who}": authorization(client) for who, client in _ABOUT.items()},
    **{
        f"the authorization endpoint about {who}, asked for a page": authorization(client, accept="text/html")
        for who, client in _ABOUT.items()
    },
}
