"""The access token: not what it should be, or merely unusual."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Minting, Rule, TokenAnswer
from tests.worlds.edges import CERTS
from tests.worlds.world import Case, Typed, api, client, combined, edge, rules

OTHER_KID = "b3RoZXItcmVhbG0ta2V5LW5vdC1pbi10aGUta2V5cw"
ALL_IS_WELL = json_answer(200, {"meta": {"total": 0}, "data": []})


def issued(**changes: Any) -> Callable[..., Any]:
    return client(minting=Minting(**changes))


def given(token: Typed) -> Mapping[str, Typed]:
    """The token alone, without a secret to get another one with."""
    return {"access_token": token, "client_secret": None}


def beside(token: Typed) -> Mapping[str, Typed]:
    """The token, beside a client that gets one of its own."""
    return {"access_token": token}


def minted(minting: Minting | None = None, **claims: Any) -> Callable[[Sandbox], str]:
    return lambda env: env.mint(*((minting,) if minting else ()), **{k: _at(v) for k, v in claims.items()})


def _at(value: Any) -> Any:
    """A function is of the time now."""
    return value(int(time.time())) if callable(value) else value


def ago(seconds: int) -> Callable[[int], int]:
    return lambda now: now - seconds


def _part(document: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


def claims_changed(env: Sandbox) -> str:
    """Somebody put other claims between the header and the signature."""
    head, _, signature = env.mint().split(".")
    issuer = f"{env.url}/auth/realms/{env.realm}"
    return f"{head}.{_part({'sub': 'admin', 'iss': issuer, 'exp': int(time.time()) + 300})}.{signature}"


def padded(env: Sandbox) -> str:
    return ".".join(part + "=" * (-len(part) % 4) for part in env.mint(jti="trrtcc:12").split("."))


EXPIRED: dict[str, Any] = {"iat": ago(3900), "exp": ago(3600)}
EARLY: dict[str, Any] = {"iat": ago(0), "nbf": ago(-3600), "exp": ago(-7200)}
OTHER_REALM: dict[str, Any] = {"iss": "https://localhost/auth/realms/other"}
SHOWN: Mapping[str, Mapping[str, Typed]] = {
    "token-not-jwt": {"is a hexadecimal word": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                      "is a UUID": "6f9619ff-8b86-4d11-b42d-00c04fc964ff"},
    "token-malformed": {
        "is cut in its claims": lambda env: env.mint()[:200],
        "lacks its signature": lambda env: env.mint().rpartition(".")[0],
        "has an empty signature": lambda env: env.mint().rpartition(".")[0] + ".",
        "is padded": padded,
        "has a part too many": lambda env: env.mint() + ".AAAA",
        "has claims that are no JSON": lambda env: "{0}.AAAA.{2}".format(*env.mint().split(".")),
        "is in the other Base64": lambda env: env.mint().replace(".", "+/.", 1),
        "ends in an ellipsis": lambda env: env.mint()[:-20] + "...",
    },
    "token-encrypted": {"has five parts": minted(Minting(mangle="encrypted"))},
    "token-algorithm-unsafe": {"is unsigned": minted(Minting("none")), "has a shared secret": minted(Minting("HS256"))},
    "token-key-unknown": {"names another key": minted(Minting(kid=OTHER_KID))},
    "token-signature-invalid": {"was altered in its signature": minted(Minting(mangle="signature")),
                                "was altered in its claims": claims_changed},
    "token-expired": {"expired an hour ago": minted(**EXPIRED),
                      "expired just now, within the API's leeway": minted(iat=ago(310), exp=ago(10)),
                      "expired three minutes ago": minted(iat=ago(480), exp=ago(180)),
                      "expired last year": minted(iat=ago(31_536_300), exp=ago(31_536_000))},
    "token-not-yet-valid": {"is valid in an hour": minted(**EARLY)},
    "token-issuer-differs": {
        "is another realm's": minted(Minting(kid=OTHER_KID), **OTHER_REALM),
        "is another environment's": minted(Minting(kid=OTHER_KID), iss="https://other.example/auth/realms/demo"),
        "names the issuer with http": lambda env: env.mint(iss=f"{env.url.replace('https', 'http')}/auth/realms/demo"),
        "names the issuer with a slash at the end": lambda env: env.mint(iss=f"{env.url}/auth/realms/demo/"),
    },
    "token-wrong-kind": {
        "is an ID token": lambda env: env.mint(typ="ID", aud=env.client_id),
        "is a refresh token": minted(Minting("HS256"), typ="Refresh"),
        "is an offline token": minted(Minting("HS256"), typ="Offline"),
        "is a logout token": minted(Minting(header={"typ": "logout+jwt"}), typ="Logout"),
    },
    "token-sender-constrained": {"is bound to a certificate": minted(cnf={"x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9"})},
}  # fmt: skip
"""Tokens that a person gave, by what is wrong with them."""

GIVEN = tuple(
    Case(f"the token given {what}{how}", settings=setting(token), cause=cause, setting="access_token",
         fact="keycloak.md 4b, 5a")
    for cause, tokens in SHOWN.items() for what, token in tokens.items()
    for how, setting in (("", given), (", beside a client that works", beside))
)  # fmt: skip

PASTED = tuple(
    Case(f"the token given {what}", settings=given(token), cause=cause, setting="access_token", confidence="certain",
         fact="contract.md 1: kept exactly as given")
    for what, cause, token in (
        ("ends in a line feed", "edge-whitespace", lambda env: f"{env.mint()}\n"),
        ("begins with a space", "edge-whitespace", lambda env: f" {env.mint()}"),
        ("is wrapped in quotes", "quotes-kept", lambda env: f'"{env.mint()}"'),
        ("is in angle brackets", "quotes-kept", lambda env: f"<{env.mint()}>"),
        ("was wrapped onto two lines", "inner-whitespace", lambda env: f"{env.mint()[:76]}\n{env.mint()[76:]}"),
        ("came with its name", "label-pasted", lambda env: f"access_token={env.mint()}"),
        ("came with a comma", "label-pasted", lambda env: f"{env.mint()},"),
        ("begins with a byte order mark", "invisible-character", lambda env: f"\ufeff{env.mint()}"),
        ("is a whole header", "wrong-artefact", lambda env: f"Bearer {env.mint()}"),
    )
)  # fmt: skip

ISSUED = (
    Case("the token issued is another client's", combined(issued(claims={"azp": "other-client", "client_id":
         "other-client"}), rules(Rule(json_answer(401, {"message": "Unauthorized"}), "/api", authorized=True))),
         cause="token-client-differs", fact="keycloak.md 4b"),
    Case("the token issued is opaque", issued(mangle="opaque"), cause="token-not-jwt", confidence="certain"),
    Case("the token issued is cut", issued(mangle="cut"), cause="token-malformed", confidence="certain"),
    Case("the token issued has a line break in it", issued(mangle="line-break"), cause="token-malformed"),
    Case("the token issued is encrypted", issued(mangle="encrypted"), cause="token-encrypted"),
    Case("the token issued has a shared secret", issued(algorithm="HS256"), cause="token-algorithm-unsafe",
         confidence="certain"),
    Case("the token issued names another key", issued(kid=OTHER_KID), cause="token-key-unknown", confidence="certain"),
    Case("the token issued is altered", issued(mangle="signature"), cause="token-signature-invalid",
         confidence="certain"),
    Case("the token issued is another issuer's", issued(claims=OTHER_REALM), cause="token-issuer-differs",
         confidence="certain"),
    Case("the token issued is bound to a certificate", issued(claims={"cnf": {"x5t#S256": "abc"}}),
         cause="token-sender-constrained", confidence="certain"),
    Case("the token issued is valid in an hour", issued(claims={"nbf": int(time.time()) + 3600}),
         cause="token-not-yet-valid"),
    Case("the token issued expired long ago", issued(claims={"iat": 1_600_000_000, "exp": 1_600_000_300}),
         cause="token-expired", confidence="likely"),
    Case("the token issued expired long ago, and no Date comes", combined(edge(sends_date=False), issued(claims={
         "iat": 1_600_000_000, "exp": 1_600_000_300})), cause="token-expired", confidence="likely"),
    Case("the token issued has no roles and the API wants one", combined(client(lightweight=True),
         api(required_role="api-reader")), cause="permission-missing", also=("token-lacks-claims",)),
    Case("the token issued is too large for the API", combined(api(max_header=8000), client(
         client_roles={f"application-{n:03}": (f"role-of-application-{n:03}",) for n in range(120)})),
         cause="api-header-too-large", also=("token-too-large",)),
)  # fmt: skip

FAULTS = (*GIVEN, *PASTED, *ISSUED)


def algorithm(name: str) -> Case:
    return Case(f"tokens are signed with {name}", combined(client(algorithm=name), api(algorithms=(name,))),
                resembles="token-algorithm-unsafe", fact="keycloak.md 4b")  # fmt: skip


def audience(what: str, value: object) -> Case:
    return Case(f"the audience is {what}", issued(claims={"aud": value}), resembles="api-audience-missing",
                fact="keycloak.md 4b")  # fmt: skip


def keys(what: str, answer: Answer) -> Case:
    """The realm's keys cannot be read here; the API has its own copy."""
    return Case(f"the realm's keys are {what}", rules(Rule(answer, CERTS)), resembles="token-key-unknown",
                fact="contract.md 2")  # fmt: skip


HEALTHY = (
    *(algorithm(name) for name in ("RS384", "RS512", "ES256", "PS256", "PS512", "EdDSA")),
    Case("tokens live for a minute", client(lifespan=60), resembles="token-lifetime-short"),
    Case("tokens live for thirty seconds", client(lifespan=30), resembles="token-lifetime-short", fact="causes.md"),
    Case("tokens live for ten hours", client(lifespan=36_000), resembles="token-lifetime-differs"),
    Case("tokens live for ten seconds", client(lifespan=10), also=("token-lifetime-short",),
         resembles="token-lifetime-short"),
    Case("expires_in is a second off", client(token_answer=TokenAnswer({"expires_in": 299})),
         resembles="token-lifetime-differs"),
    Case("expires_in is an hour, the token five minutes", client(token_answer=TokenAnswer({"expires_in": 3600})),
         also=("token-lifetime-differs",), resembles="token-lifetime-differs"),
    audience("absent", None),
    audience("one name", "one-api"),
    audience("a list", ["account", "one-api", "other"]),
    audience("an empty list", []),
    Case("the token issued is an ID token, and the API takes those", issued(claims={"typ": "ID"}),
         also=("token-wrong-kind",), resembles="token-wrong-kind", fact="contract.md 2"),
    Case("the token is of the type at+jwt", issued(header={"typ": "at+jwt"}), resembles="token-wrong-kind",
         fact="keycloak.md 4b"),
    Case("the token names no key", issued(header={"kid": None}), resembles="token-key-unknown", fact="RFC 7515 4.1.4"),
    Case("the token names no key, and the realm has several", combined(issued(header={"kid": None}),
         client(algorithm="ES256")), resembles="token-key-unknown", fact="issue 3, point 3"),
    Case("the token has no type", issued(header={"typ": None}), resembles="token-wrong-kind"),
    Case("the token does not name its client", issued(claims={"azp": None, "client_id": None}),
         resembles="token-client-differs"),
    Case("the token names its client as older versions do", issued(claims={"azp": None, "client_id": None,
         "clientId": "demo-client"}), resembles="token-client-differs", fact="keycloak.md 4b"),
    Case("the token has no iat", issued(claims={"iat": None}), resembles="token-not-yet-valid"),
    Case("the token has nbf 0", issued(claims={"nbf": 0}), resembles="token-not-yet-valid", fact="keycloak.md 4b"),
    Case("the token has an empty cnf", issued(claims={"cnf": {}}), resembles="token-sender-constrained"),
    Case("the token is lightweight and works", client(lightweight=True), also=("token-lacks-claims",),
         resembles="token-lacks-claims"),
    Case("the token has no roles and works", issued(claims={"realm_access": None, "resource_access": None}),
         resembles="token-lacks-claims"),
    Case("the client has many roles of its own", client(roles=tuple(f"reader-{n}" for n in range(40))),
         resembles="token-over-privileged"),
    Case("a role is called administrator-of-nothing", client(roles=("administrator-of-nothing",)),
         resembles="token-over-privileged"),
    Case("the token is opaque and the API takes it", combined(issued(mangle="opaque"), rules(
         Rule(ALL_IS_WELL, "/api", authorized=True))), also=("token-not-jwt",), resembles="token-not-jwt",
         fact="contract.md 2"),
    keys("out of reach", Answer(503)),
    keys("a page", html_answer(200, "<html><body>hello</body></html>")),
    keys("none", json_answer(200, {"keys": []})),
    keys("no document", json_answer(200, ["keys"])),
    keys("hidden", html_answer(404, "<html><body>not here</body></html>")),
    Case("the list of keys is an old copy", rules(Rule(json_answer(200, {"keys": [
         {"kid": "older", "kty": "RSA", "alg": "RS256", "use": "sig", "n": "AQAB", "e": "AQAB"}]}), CERTS)),
         also=("token-key-unknown",), resembles="token-key-unknown", fact="contract.md 2"),
    Case("a good token is given alone", settings=given(lambda env: env.mint()), resembles="token-client-differs"),
    Case("a good token is given beside the client", settings=beside(lambda env: env.mint()),
         resembles="token-client-differs"),
    Case("a good token is given without a client ID", settings={**given(lambda env: env.mint()), "client_id": None},
         resembles="token-client-differs"),
    Case("no Date comes, and a good token is given", edge(sends_date=False), given(lambda env: env.mint()),
         resembles="token-expired"),
)  # fmt: skip
