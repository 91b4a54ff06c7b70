"""The Authorization header as given: its faults, and the token inside it all the same."""

import pytest

from doctor.api import HeaderFault
from doctor.probes.header import examine_header
from tests.checks.facts import cases

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln"
F = HeaderFault


@pytest.mark.parametrize(
    ("value", "faults"),
    cases(
        {
            "as it should be": (f"Bearer {JWT}", []),
            "the token alone": (JWT, [F.PREFIX_MISSING]),
            "Bearer twice": (f"Bearer Bearer {JWT}", [F.PREFIX_DOUBLED]),
            "another scheme": (f"JWT {JWT}", [F.SCHEME_DIFFERS]),
            "a colon": (f"Bearer: {JWT}", [F.SCHEME_DIFFERS]),
            "lower case": (f"bearer {JWT}", [F.SCHEME_DIFFERS]),
            "two spaces": (f"Bearer  {JWT}", [F.WHITESPACE]),
            "a tab": (f"Bearer\t{JWT}", [F.WHITESPACE]),
            "a no-break space": (f"Bearer\u00a0{JWT}", [F.WHITESPACE]),
            "no space": (f"Bearer{JWT}", [F.WHITESPACE]),
            "a line feed at the end": (f"Bearer {JWT}\n", [F.WHITESPACE]),
            "a line break inside": (f"Bearer {JWT[:9]}\n{JWT[9:]}", [F.WHITESPACE]),
            "quotes round the token": (f'Bearer "{JWT}"', [F.QUOTED]),
            "angle brackets": (f"Bearer <{JWT}>", [F.QUOTED]),
            "quotes round the whole": (f'"Bearer {JWT}"', [F.WRAPPED]),
            "the header's name": (f"Authorization: Bearer {JWT}", [F.LABELLED]),
            "several at once": (f" bearer  <{JWT}>", [F.QUOTED, F.WHITESPACE, F.WHITESPACE, F.SCHEME_DIFFERS]),
        }
    ),
)
def test_it_finds_the_faults_and_the_token_of(value: str, faults: list[HeaderFault]) -> None:
    seen, token = examine_header(value)

    assert [f.fault for f in seen.faults] == faults
    assert (token, seen.token) == (JWT, True)


@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "", "Bearer \u2026 \u2026", "Bearer caf\u00e9"])
def test_where_there_is_no_token_there_is_none(value: str) -> None:
    seen, token = examine_header(value)

    assert (token, seen.token) == (None, False)


@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "bearer\t"])
def test_nothing_after_bearer_is_one_fault(value: str) -> None:
    assert [f.fault for f in examine_header(value)[0].faults] == [F.EMPTY]


def test_the_login_of_a_user_is_no_token_and_is_known_all_the_same() -> None:
    seen, carried = examine_header("Basic dXNlcjpwYXNzd29yZA==")

    assert (seen.token, carried) == (False, "dXNlcjpwYXNzd29yZA==")


@pytest.mark.parametrize(
    ("value", "sendable"),
    [(f"Bearer {JWT}", True), (f"Bearer\t{JWT}", True), (f"Bearer {JWT}\n", False), (f"Bearer \x00{JWT}", False)],
)
def test_what_no_client_may_send_is_not_sent(value: str, sendable: bool) -> None:
    """keycloak.md 5a, trailing newline: the request never leaves."""
    assert examine_header(value)[0].sendable is sendable


def test_only_lower_case_is_harmless() -> None:
    harmless = [f.harmless for v in (f"bearer {JWT}", f"Token {JWT}") for f in examine_header(v)[0].faults]

    assert harmless == [True, False]
