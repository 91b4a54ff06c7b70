"""Every fault is a row of the catalogue, and its world shows on the wire what its title says."""

import json
from collections.abc import Callable

import pytest

from checks.causes import CATALOGUE
from doctor.model.terms import SettingName, Verdict, Worst
from doctor.sandbox import open_environment
from doctor.sandbox.fault import Fault
from doctor.sandbox.faults import FAULTS
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from tests.sandbox.asking import KEYS
from tests.sandbox.client import Got, get, request_token

TABLES = "/api/reference-data/v1/tables"
NOT_HERE = {
    "certificate-trusted-elsewhere": "it lies in this machine's trust stores",
    "curl-differs": "it lies in this machine's variables and files",
    "loaders-differ": "it lies in how a file is read",
    "name-resolution-unavailable": "it lies in this machine's resolver",
    "network-unreachable": "it lies in this machine's routes",
    "secret-exposed": "it lies in a file's mode",
    "setting-shadowed": "it takes two sources of settings",
}
"""Causes that no server on loopback can make true."""


def test_every_cause_has_a_world_or_a_reason_for_having_none() -> None:
    assert set(CATALOGUE) == set(FAULTS) | set(NOT_HERE)
    assert not set(FAULTS) & set(NOT_HERE)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_declared_in_the_contracts_words(fault: Fault) -> None:
    names = {*SettingName, "get"}
    assert set(fault.settings) <= names
    assert fault.setting is None or fault.setting in names
    assert (
        fault.title[0].islower() or fault.title.split()[0].isupper() or fault.title.split()[0] in ("Keycloak", "DPoP")
    )
    assert not fault.title.endswith(".")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_faults_verdict_is_no_worse_than_its_cause_can_be(fault: Fault) -> None:
    allowed = {
        Worst.FAIL: {Verdict.FAILED, Verdict.WARNINGS},
        Worst.WARN: {Verdict.WARNINGS},
        Worst.INCONCLUSIVE: {Verdict.INCONCLUSIVE},
        Worst.NOTE: {Verdict.HEALTHY},
    }
    assert fault.verdict in allowed[CATALOGUE[fault.cause].worst]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_changes_the_world_or_what_was_typed(fault: Fault) -> None:
    world = healthy()
    assert fault.settings or fault.world(world) != world


@pytest.mark.parametrize("cause", FAULTS)
def test_a_faulty_world_starts_and_its_settings_are_texts(cause: str) -> None:
    with open_environment(cause, keys=KEYS) as env:
        assert all(isinstance(value, str) for value in env.settings.values())
        assert env.settings == env.settings


def outcome(env: Sandbox) -> tuple[Got, Got | None]:
    """The token response, and the protected GET with its token."""
    token = request_token(env)
    if token.status != 200 or b'"access_token"' not in token.body:
        return token, None
    sent = f"Bearer {json.loads(token.body)['access_token']}"
    return token, get(env, env.settings.get("get", TABLES), Authorization=sent)


TOKEN_REFUSED: dict[str, tuple[int, str]] = {
    "edge-whitespace": (401, "unauthorized_client"),
    "quotes-kept": (401, "unauthorized_client"),
    "encoded-value": (401, "unauthorized_client"),
    "swapped-values": (401, "invalid_client"),
    "realm-not-found": (404, "Realm does not exist"),
    "realm-case-differs": (404, "Realm does not exist"),
    "realm-disabled": (403, "access_denied"),
    "https-not-forwarded": (403, "invalid_request"),
    "client-not-found": (401, "invalid_client"),
    "client-disabled": (401, "invalid_client"),
    "client-not-usable": (401, "invalid_client"),
    "client-secret-mismatch": (401, "unauthorized_client"),
    "credentials-rejected": (401, "invalid_client"),
    "client-public": (401, "unauthorized_client"),
    "client-bearer-only": (400, "invalid_client"),
    "client-not-oidc": (400, "invalid_client"),
    "service-account-off": (401, "unauthorized_client"),
    "service-account-user-disabled": (401, "invalid_request"),
    "signed-jwt-required": (400, "invalid_client"),
    "client-auth-method-differs": (401, "unauthorized_client"),
    "scope-refused": (400, "invalid_scope"),
    "proof-of-possession-required": (400, "invalid_request"),
    "request-body-lost": (400, "invalid_request"),
    "token-request-refused": (400, "invalid_request"),
    "grant-unsupported": (400, "unsupported_grant_type"),
    "server-error": (500, "unknown_error"),
}


@pytest.mark.parametrize(("cause", "expected"), TOKEN_REFUSED.items(), ids=TOKEN_REFUSED)
def test_the_token_request_is_refused_with(cause: str, expected: tuple[int, str]) -> None:
    with open_environment(cause, keys=KEYS) as env:
        token, protected = outcome(env)
        assert (token.status, json.loads(token.body)["error"]) == expected
        assert protected is None


def challenge(words: str) -> Callable[[Got], bool]:
    return lambda got: words in got.headers.get("www-authenticate", "")


GET_REFUSED: dict[str, tuple[int, Callable[[Got], bool]]] = {
    "token-not-jwt": (401, challenge("Malformed token")),
    "token-malformed": (401, challenge("Malformed token")),
    "token-encrypted": (401, challenge("Encrypted JWT rejected")),
    "token-algorithm-unsafe": (401, challenge("Unsupported algorithm of none")),
    "token-key-unknown": (401, challenge("no matching key")),
    "token-signature-invalid": (401, challenge("Invalid signature")),
    "token-sender-constrained": (401, challenge("X509Certificate")),
    "server-clocks-differ": (401, challenge("Jwt expired at")),
    "authorization-header-lost": (401, lambda got: got.headers["www-authenticate"] == "Bearer"),
    "api-token-refused": (401, lambda got: "www-authenticate" not in got.headers),
    "api-issuer-not-trusted": (401, challenge("The iss claim is not valid")),
    "api-audience-missing": (401, challenge("The aud claim is not valid")),
    "api-key-unknown": (401, challenge("no matching key")),
    "api-says-expired": (401, challenge("Jwt expired at")),
    "permission-missing": (403, challenge("insufficient_scope")),
    "api-forbidden": (403, lambda got: "www-authenticate" not in got.headers),
    "api-request-refused": (412, lambda got: b"Tenant" in got.body),
    "product-without-rest-api": (404, lambda got: b"nginx" in got.body),
    "api-not-found": (404, lambda got: b'"path"' in got.body),
    "api-path-lacks-prefix": (404, lambda got: b"nginx" in got.body),
    "api-redirects": (307, lambda got: got.headers["location"].startswith("https://api.invalid/")),
    "api-answers-html": (200, lambda got: got.body.startswith(b"<!doctype html>")),
    "api-header-too-large": (400, lambda got: b"Bad Request" in got.body),
    "api-cannot-check-tokens": (500, lambda got: b"Internal Server Error" in got.body),
    "edge-blocks": (403, lambda got: got.headers["cf-mitigated"] == "challenge"),
}


@pytest.mark.parametrize(("cause", "expected"), GET_REFUSED.items(), ids=GET_REFUSED)
def test_the_protected_get_ends_with(cause: str, expected: tuple[int, Callable[[Got], bool]]) -> None:
    with open_environment(cause, keys=KEYS) as env:
        protected = outcome(env)[1]
        assert protected is not None
        assert protected.status == expected[0]
        assert expected[1](protected)


WORKING = [
    cause for cause, fault in FAULTS.items()
    if fault.verdict in (Verdict.WARNINGS, Verdict.HEALTHY) and cause != "url-extra-parts"
]  # fmt: skip


@pytest.mark.parametrize("cause", WORKING)
def test_what_is_only_remarkable_works(cause: str) -> None:
    with open_environment(cause, keys=KEYS) as env:
        token, protected = outcome(env)
        assert (token.status, protected and protected.status) == (200, 200)


GIVEN = {
    "token-expired": "Jwt expired at",
    "token-not-yet-valid": "Jwt used before",
    "token-issuer-differs": "no matching key",
}


@pytest.mark.parametrize(("cause", "words"), GIVEN.items())
def test_a_token_that_was_given_is_refused_with(cause: str, words: str) -> None:
    with open_environment(cause, keys=KEYS) as env:
        assert "client_secret" not in env.settings
        got = get(env, TABLES, Authorization=f"Bearer {env.settings['access_token']}")
        assert (got.status, challenge(words)(got)) == (401, True)


def test_the_second_token_fails_where_renewal_fails() -> None:
    with open_environment("renewal-failed", keys=KEYS) as env:
        assert [request_token(env).status for _ in range(3)] == [200, 401, 401]


def test_a_large_token_is_larger_than_common_limits() -> None:
    with open_environment("token-too-large", keys=KEYS) as env:
        assert len(json.loads(request_token(env).body)["access_token"]) > 8192


@pytest.mark.parametrize("cause", [cause for cause in FAULTS if cause.startswith("bearer-")])
def test_a_malformed_header_is_refused_by_the_api(cause: str) -> None:
    with open_environment(cause, keys=KEYS) as env:
        assert get(env, TABLES, Authorization=env.settings["authorization"]).status == 401
