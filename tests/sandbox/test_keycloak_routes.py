"""keycloak.md section 2: which answer a path, a realm, a method and a form get, before any client is looked at."""

from dataclasses import replace

import pytest

from doctor.sandbox.world import World
from tests.sandbox.asking import AUTH, REALM, TOKEN, WORLD, ask, document, grant, header, message, post, told

SECURITY = ("Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "X-Robots-Tag")
DISABLED = WORLD.with_realm(enabled=False)
SCHEME_LOST = WORLD.with_edge(forwards_scheme=False)
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("path", ["", "/.well-known/openid-configuration", "/protocol/openid-connect/token", "/nosuch"])
@pytest.mark.parametrize("realm", ["unknown", "Demo", "demo%20"])
def test_an_unknown_realm_is_the_same_404_on_every_path(realm: str, path: str) -> None:
    answer = ask(WORLD, "GET", f"/auth/realms/{realm}{path}")
    assert (answer.status, answer.body) == (404, b'{"error":"Realm does not exist"}')
    assert all(header(answer, name) for name in SECURITY)


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("POST", f"{REALM}/protocol/openidconnect/token", 404, "Protocol not found"),
        ("GET", f"{REALM}/protocol/openid-connect/tokens", 404, "HTTP 404 Not Found"),
        ("POST", f"{REALM}/protocol/openid-connect/tokens", 405, "HTTP 405 Method Not Allowed"),
        ("POST", f"{REALM}/protocol/openid-connect/certs", 405, "HTTP 405 Method Not Allowed"),
        ("POST", f"{REALM}/.well-known/openid-configuration", 404, "HTTP 404 Not Found"),
        ("POST", f"{REALM}/nosuch", 404, "HTTP 404 Not Found"),
        ("POST", REALM, 405, "HTTP 405 Method Not Allowed"),
        ("PUT", TOKEN, 405, "HTTP 405 Method Not Allowed"),
        ("GET", f"{REALM}/nosuch", 404, "HTTP 404 Not Found"),
        ("GET", TOKEN, 405, "HTTP 405 Method Not Allowed"),
    ],
)
def test_a_wrong_path_inside_a_realm_is_json_with_the_five_security_headers(
    method: str, path: str, status: int, words: str
) -> None:
    answer = ask(WORLD, method, path, Content_Type=FORM)
    assert told(answer) == (status, words, None)
    assert header(answer, "X-Frame-Options") == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/auth/realm/demo", "/auth/realms", "/auth/nowhere"])
def test_a_wrong_path_before_the_realm_has_no_security_headers(path: str) -> None:
    answer = ask(WORLD, "GET", path)
    assert told(answer) == (404, "Unable to find matching target resource method", None)
    assert not any(header(answer, name) for name in SECURITY)


def test_a_double_slash_is_not_normalised() -> None:
    answer = ask(WORLD, "GET", "/auth//realms/demo")
    assert told(answer) == (400, "missingNormalization", "Request path not normalized")
    assert header(answer, "Content-Type") == "application/json; charset=UTF-8"
    assert not any(header(answer, name) for name in SECURITY)


def test_a_trailing_slash_after_certs_works() -> None:
    assert ask(WORLD, "GET", f"{REALM}/protocol/openid-connect/certs/").status == 200


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_a_body_that_is_no_form_has_no_grant_type(content_type: str) -> None:
    answer = ask(WORLD, "POST", TOKEN, b'{"grant_type": "client_credentials"}', Content_Type=content_type)
    assert told(answer) == (400, "invalid_request", "Missing form parameter: grant_type")


def test_the_grant_for_passwords_is_not_for_service_clients() -> None:
    expected = (400, "unauthorized_client", "Client not allowed for direct access grants")
    assert told(grant(grant_type="password")) == expected


def test_framework_errors_are_html_for_who_asks_for_html() -> None:
    answer = ask(WORLD, "GET", f"{REALM}/nosuch", Accept="text/html,*/*")
    assert (answer.status, header(answer, "Content-Type")) == (404, "text/html;charset=utf-8")
    assert told(ask(WORLD, "GET", f"{REALM}/nosuch", Accept="*/*"))[0] == 404


def test_the_empty_probe_says_that_grant_type_is_missing_and_forbids_storing() -> None:
    answer = post(WORLD)
    assert told(answer) == (400, "invalid_request", "Missing form parameter: grant_type")
    assert (header(answer, "Cache-Control"), header(answer, "Pragma")) == ("no-store", "no-cache")
    assert all(header(answer, name) for name in SECURITY)


def test_parameters_in_the_query_are_not_read() -> None:
    answer = post(WORLD, target=f"{TOKEN}?grant_type=client_credentials&client_id=demo-client")
    assert told(answer) == (400, "invalid_request", "Missing form parameter: grant_type")


@pytest.mark.parametrize("name", ["client-credentials", "client_credential", "CLIENT_CREDENTIALS", ""])
def test_another_grant_type_is_unsupported(name: str) -> None:
    assert told(grant(grant_type=name)) == (400, "unsupported_grant_type", "Unsupported grant_type")


def test_a_disabled_realm_refuses_tokens_and_shows_its_page_discovery_and_keys() -> None:
    assert told(grant(DISABLED)) == (403, "access_denied", "Realm not enabled")
    assert told(post(DISABLED)) == (403, "access_denied", "Realm not enabled")
    shown = ("", "/.well-known/openid-configuration", "/protocol/openid-connect/certs")
    assert [ask(DISABLED, "GET", REALM + path).status for path in shown] == [200, 200, 200]


def test_a_lost_scheme_is_https_required_everywhere_but_on_the_realms_page() -> None:
    refused = (403, "invalid_request", "HTTPS required")
    assert told(grant(SCHEME_LOST)) == refused
    assert told(ask(SCHEME_LOST, "GET", f"{REALM}/.well-known/openid-configuration")) == refused
    assert told(ask(SCHEME_LOST, "GET", f"{REALM}/protocol/openid-connect/certs")) == refused
    assert document(ask(SCHEME_LOST, "GET", REALM))["token-service"].startswith("http://")


def test_a_lost_scheme_is_no_matter_where_the_realm_asks_for_no_https() -> None:
    assert grant(SCHEME_LOST.with_realm(ssl_required="none")).status == 200


def test_the_realms_page_names_realm_key_and_services() -> None:
    answer = ask(WORLD, "GET", REALM)
    expected = ["realm", "public_key", "token-service", "account-service", "tokens-not-before"]
    assert list(document(answer)) == expected
    assert header(answer, "Content-Type") == "application/json;charset=UTF-8"


def test_discovery_follows_the_issuer() -> None:
    found = document(
        ask(WORLD.with_realm(issuer="https://login.example/x"), "GET", f"{REALM}/.well-known/openid-configuration")
    )
    assert found["issuer"] == "https://login.example/x"
    assert found["token_endpoint"] == "https://login.example/x/protocol/openid-connect/token"
    assert "client_credentials" in found["grant_types_supported"]


def test_the_jwk_set_holds_a_key_to_sign_and_one_to_encrypt() -> None:
    keys = document(ask(WORLD, "GET", f"{REALM}/protocol/openid-connect/certs"))["keys"]
    assert {(key["use"], key["alg"]) for key in keys} == {("sig", "RS256"), ("enc", "RSA-OAEP")}
    assert set(keys[0]) == {"kid", "kty", "alg", "use", "x5c", "x5t", "x5t#S256", "n", "e"}


@pytest.mark.parametrize(
    ("world", "target", "status", "words"),
    [
        (WORLD, f"{AUTH}?client_id=nobody&response_type=code&scope=openid", 400, "Client not found."),
        (WORLD.with_client(enabled=False), f"{AUTH}?client_id=demo-client", 400, "Client disabled."),
        (
            WORLD.with_client(bearer_only=True),
            f"{AUTH}?client_id=demo-client",
            403,
            "Bearer-only applications are not allowed to initiate browser login",
        ),
        (WORLD.with_client(protocol="saml"), f"{AUTH}?client_id=demo-client", 400, "Wrong client protocol."),
        (WORLD, f"{AUTH}?client_id=demo-client", 400, "Invalid parameter: redirect_uri"),
        (
            WORLD.with_client(authenticator="client-x509"),
            f"{AUTH}?client_id=demo-client",
            400,
            "Invalid parameter: redirect_uri",
        ),
    ],
)
def test_the_authorization_endpoint_tells_what_the_client_is(
    world: World, target: str, status: int, words: str
) -> None:
    answer = ask(world, "GET", target)
    assert (answer.status, message(answer)) == (status, words)
    assert header(answer, "Content-Type") == "text/html;charset=utf-8"


@pytest.mark.parametrize("accept", ["application/json", "text/html,application/json"])
def test_the_authorization_endpoint_answers_json_to_who_names_json(accept: str) -> None:
    answer = ask(WORLD, "GET", f"{AUTH}?client_id=nobody&response_type=code", Accept=accept)
    assert told(answer) == (400, "Client not found.", None)
    assert told(ask(WORLD, "GET", AUTH, Accept=accept)) == (400, "Invalid Request", None)


def test_what_was_asked_for_does_not_become_markup() -> None:
    world = replace(WORLD, realms=(replace(WORLD.realm, name="<b>"),))
    assert b"<b>" not in ask(world, "GET", "/auth/realms/%3Cb%3E/protocol/openid-connect/auth?client_id=x").body


def test_without_auth_in_the_base_path_keycloak_answers_at_the_root() -> None:
    world = WORLD.with_edge(base_path="")
    assert document(ask(world, "GET", "/realms/demo"))["realm"] == "demo"
    assert told(ask(world, "GET", REALM)) == (404, "Unable to find matching target resource method", None)


def test_with_auth_in_the_base_path_the_root_is_the_ingress() -> None:
    answer = ask(WORLD, "GET", "/realms/demo")
    assert (answer.status, header(answer, "Content-Type")) == (404, "text/html")
    assert b"<center><h1>404 Not Found</h1></center>" in answer.body
