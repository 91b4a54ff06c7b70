"""The client credentials grant, asked about each kind of client in every way that a client sends its credentials."""

from collections.abc import Mapping
from dataclasses import replace

from tests.behaviour.asking import TOKEN, Ask, Asking, basic, fixed, grant, without_secret
from tests.behaviour.environment import CASE_REALM, SHORT_REALM, Environment


def _at_slash(environment: Environment) -> Ask:
    return replace(grant("reader")(environment), path=f"{TOKEN}/")


def _form_over_header(environment: Environment) -> Ask:
    return replace(basic("reader", "wrong")(environment), form=grant("reader")(environment).form)


ACCEPTED: Mapping[str, Asking] = {
    "the right secret in the form is accepted": grant("reader"),
    "the right secret in the header is accepted": basic("reader"),
    "every special character is accepted in the form": grant("odd-secret"),
    "every special character is accepted form-encoded in the header": basic("odd-secret"),
    "an encoded plus is accepted in the header": basic("plus-secret"),
    "an encoded percent sign is accepted in the header": basic("percent-secret"),
    "an encoded colon in the id is accepted in the header": basic("wo:colon"),
    "a client for Basic is accepted with Basic": basic("basic-only"),
    "a client for the form is accepted with the form": grant("post-only"),
    "the form wins over a wrong header": _form_over_header,
    "Basic and the same id in the form are accepted": basic("reader", form=(("client_id", "reader"),)),
    "the scope openid is accepted": grant("reader", scope="openid"),
    "an optional scope of the client is accepted": grant("optional-scopes", scope="phone"),
    "a realm in its own spelling works": grant("reader", realm=CASE_REALM),
    "a realm with short tokens works": grant("reader", realm=SHORT_REALM),
    "a lightweight client is accepted": grant("lightweight"),
    "a client signed with ES256 is accepted": grant("es256"),
    "a client signed with PS256 is accepted": grant("ps256"),
    "a slash after the token endpoint does no harm": _at_slash,
}

REFUSED: Mapping[str, Asking] = {
    "an unknown client": grant("nobody", "x"),
    "an unknown client without secret": without_secret("nobody"),
    "an unknown client in the header": basic("nobody", "x"),
    "an id in capitals": grant("READER", "x"),
    "no client at all": fixed(form=(("grant_type", "client_credentials"),)),
    "a wrong secret": grant("reader", "wrong"),
    "a wrong secret in the header": basic("reader", "wrong"),
    "an empty secret": grant("reader", ""),
    "no secret": without_secret("reader"),
    "an empty secret in the form beats Basic": basic("reader", form=(("client_id", "reader"), ("client_secret", ""))),
    "a line feed after the secret": grant("reader", end="\n"),
    "a carriage return and line feed after the secret": grant("reader", end="\r\n"),
    "a space after the secret": grant("reader", end=" "),
    "a byte order mark after the secret": grant("reader", end="\ufeff"),
    "a disabled client": grant("disabled"),
    "a disabled client without secret": without_secret("disabled"),
    "a public client": grant("public", "x"),
    "a public client without secret": without_secret("public"),
    "a client whose service account is off": grant("no-service-account"),
    "a wrong secret hides that the service account is off": grant("no-service-account", "wrong"),
    "a disabled service account user": grant("user-disabled"),
    "a client by signed JWT": grant("signed-jwt", "x"),
    "a client by signed JWT without secret": without_secret("signed-jwt"),
    "a client by JWT signed with its secret": grant("secret-jwt"),
    "a client by certificate": grant("x509", "x"),
    "a bearer-only client": grant("bearer-only"),
    "a bearer-only client without secret": without_secret("bearer-only"),
    "a SAML client": grant("saml"),
    "a client for Basic only, by form": grant("basic-only"),
    "a client for Basic only, by form with a wrong secret": grant("basic-only", "wrong"),
    "a client for the form only, by header": basic("post-only"),
    "a raw percent sign in the header that is no escape": basic("odd-secret", encoded=False),
    "a raw percent sign in the header that looks like an escape": basic("percent-secret", encoded=False),
    "a raw plus in the header": basic("plus-secret", encoded=False),
    "a raw colon in the id in the header": basic("wo:colon", encoded=False),
    "a client that binds tokens by DPoP": grant("dpop"),
    "a client that binds tokens by certificate": grant("hok"),
}
