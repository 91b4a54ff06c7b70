"""How Keycloak answers the client credentials grant of each kind of client."""

from dataclasses import replace

from tests.behaviour.asking import TOKEN, Answer, Ask, basic, fixed, grant, without_secret
from tests.behaviour.environment import CASE_REALM, SHORT_REALM, Environment
from tests.live.words import (
    BAD_BASIC,
    ICC,
    IS_PUBLIC,
    NO_CERTIFICATE,
    NO_SERVICE_ACCOUNT,
    WANTS_BASIC,
    WANTS_FORM,
    WANTS_JWT,
)


def _at_slash(environment: Environment) -> Ask:
    return replace(grant("reader")(environment), path=f"{TOKEN}/")


def _form_over_header(environment: Environment) -> Ask:
    return replace(basic("reader", "wrong")(environment), form=grant("reader")(environment).form)


ACCEPTED = [
    Answer("the right secret in the form is accepted", grant("reader"), 200),
    Answer("the right secret in the header is accepted", basic("reader"), 200),
    Answer("every special character is accepted in the form", grant("odd-secret"), 200),
    Answer("every special character is accepted form-encoded in the header", basic("odd-secret"), 200),
    Answer("an encoded plus is accepted in the header", basic("plus-secret"), 200),
    Answer("an encoded percent sign is accepted in the header", basic("percent-secret"), 200),
    Answer("an encoded colon in the id is accepted in the header", basic("wo:colon"), 200),
    Answer("a client for Basic is accepted with Basic", basic("basic-only"), 200),
    Answer("a client for the form is accepted with the form", grant("post-only"), 200),
    Answer("the form wins over a wrong header", _form_over_header, 200),
    Answer("Basic and the same id in the form are accepted", basic("reader", form=(("client_id", "reader"),)), 200),
    Answer("the scope openid is accepted", grant("reader", scope="openid"), 200),
    Answer("an optional scope of the client is accepted", grant("optional-scopes", scope="phone"), 200),
    Answer("a realm in its own spelling works", grant("reader", realm=CASE_REALM), 200),
    Answer("a realm with short tokens works", grant("reader", realm=SHORT_REALM), 200),
    Answer("a lightweight client is accepted", grant("lightweight"), 200),
    Answer("a client signed with ES256 is accepted", grant("es256"), 200),
    Answer("a client signed with PS256 is accepted", grant("ps256"), 200),
    Answer("a client signed with EdDSA is accepted", grant("eddsa"), 200),
    Answer("a slash after the token endpoint does no harm", _at_slash, 200),
]

CLIENTS = [
    Answer("an unknown client", grant("nobody", "x"), 401, "invalid_client", ICC),
    Answer("an unknown client without secret", without_secret("nobody"), 401, "invalid_client", ICC),
    Answer("an unknown client in the header", basic("nobody", "x"), 401, "invalid_client", ICC),
    Answer("an id in capitals", grant("READER", "x"), 401, "invalid_client", ICC),
    Answer("no client at all", fixed(form=(("grant_type", "client_credentials"),)), 401, "invalid_client", ICC),
    Answer("a wrong secret", grant("reader", "wrong"), 401, "unauthorized_client", ICC),
    Answer("a wrong secret in the header", basic("reader", "wrong"), 401, "unauthorized_client", ICC),
    Answer("an empty secret", grant("reader", ""), 401, "unauthorized_client", ICC),
    Answer("no secret", without_secret("reader"), 401, "unauthorized_client", ICC),
    Answer(
        "an empty secret in the form beats Basic",
        basic("reader", form=(("client_id", "reader"), ("client_secret", ""))),
        401,
        "unauthorized_client",
        ICC,
    ),
    Answer("a line feed after the secret", grant("reader", end="\n"), 401, "unauthorized_client", ICC),
    Answer(
        "a carriage return and line feed after the secret", grant("reader", end="\r\n"), 401, "unauthorized_client", ICC
    ),
    Answer("a space after the secret", grant("reader", end=" "), 401, "unauthorized_client", ICC),
    Answer("a byte order mark after the secret", grant("reader", end="\ufeff"), 401, "unauthorized_client", ICC),
    Answer("a disabled client", grant("disabled"), 401, "invalid_client", ICC),
    Answer("a disabled client without secret", without_secret("disabled"), 401, "invalid_client", ICC),
    Answer("a public client", grant("public", "x"), 401, "unauthorized_client", IS_PUBLIC),
    Answer("a public client without secret", without_secret("public"), 401, "unauthorized_client", IS_PUBLIC),
    Answer(
        "a client whose service account is off",
        grant("no-service-account"),
        401,
        "unauthorized_client",
        NO_SERVICE_ACCOUNT,
    ),
    Answer(
        "a wrong secret hides that the service account is off",
        grant("no-service-account", "wrong"),
        401,
        "unauthorized_client",
        ICC,
    ),
    Answer(
        "a disabled service account user",
        grant("user-disabled"),
        401,
        "invalid_request",
        "User 'service-account-user-disabled' disabled",
    ),
    Answer("a client by signed JWT", grant("signed-jwt", "x"), 400, "invalid_client", WANTS_JWT),
    Answer("a client by signed JWT without secret", without_secret("signed-jwt"), 400, "invalid_client", WANTS_JWT),
    Answer("a client by JWT signed with its secret", grant("secret-jwt"), 400, "invalid_client", WANTS_JWT),
    Answer("a client by certificate", grant("x509", "x"), 401, "invalid_client", ICC),
    Answer("a bearer-only client", grant("bearer-only"), 400, "invalid_client", "Bearer-only not allowed"),
    Answer("a bearer-only client without secret", without_secret("bearer-only"), 401, "unauthorized_client", ICC),
    Answer("a SAML client", grant("saml"), 400, "invalid_client", "Wrong client protocol."),
    Answer("a client for Basic only, by form", grant("basic-only"), 401, "unauthorized_client", WANTS_BASIC),
    Answer(
        "a client for Basic only, by form with a wrong secret",
        grant("basic-only", "wrong"),
        401,
        "unauthorized_client",
        WANTS_BASIC,
    ),
    Answer("a client for the form only, by header", basic("post-only"), 401, "unauthorized_client", WANTS_FORM),
    Answer(
        "a raw percent sign in the header that is no escape",
        basic("odd-secret", encoded=False),
        400,
        "unauthorized_client",
        BAD_BASIC,
    ),
    Answer(
        "a raw percent sign in the header that looks like an escape",
        basic("percent-secret", encoded=False),
        401,
        "unauthorized_client",
        ICC,
    ),
    Answer("a raw plus in the header", basic("plus-secret", encoded=False), 401, "unauthorized_client", ICC),
    Answer("a raw colon in the id in the header", basic("wo:colon", encoded=False), 401, "invalid_client", ICC),
    Answer("a client that binds tokens by DPoP", grant("dpop"), 400, "invalid_request", "DPoP proof is missing"),
    Answer("a client that binds tokens by certificate", grant("hok"), 400, "invalid_request", NO_CERTIFICATE),
]
