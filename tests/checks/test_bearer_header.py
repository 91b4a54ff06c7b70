"""The header as the person's application sends it, read by the probe's own reader."""

import pytest

from checks.bearer_header import run
from doctor.api import AnonymousCall, ApiSaid, AuthorizedCall, GivenCalls, SettingName
from doctor.probes.header import examine_header
from tests.checks.facts import Told, call, cases, found, told

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln"


@pytest.mark.parametrize(
    ("value", "expected"),
    cases(
        {
            "the token stands alone (keycloak.md 5a, missing Bearer prefix)": (
                JWT,
                ("bearer-prefix-missing", "authorization", "certain", "fail"),
            ),
            "Bearer stands twice (keycloak.md 5a, Bearer Bearer x)": (
                f"Bearer Bearer {JWT}",
                ("bearer-prefix-doubled", "authorization", "certain", "fail"),
            ),
            "the scheme is Token (keycloak.md 5a, Token x)": (
                f"Token {JWT}",
                ("bearer-scheme-differs", "authorization", "certain", "fail"),
            ),
            "a colon follows Bearer (keycloak.md 5a, Bearer:)": (
                f"Bearer: {JWT}",
                ("bearer-scheme-differs", "authorization", "certain", "fail"),
            ),
            "two spaces stand before the token": (
                f"Bearer  {JWT}",
                ("bearer-whitespace", "authorization", "certain", "fail"),
            ),
            "no space stands before the token": (
                f"Bearer{JWT}",
                ("bearer-whitespace", "authorization", "certain", "fail"),
            ),
            "a line feed ends it (keycloak.md 5a, trailing newline)": (
                f"Bearer {JWT}\n",
                ("bearer-whitespace", "authorization", "certain", "fail"),
            ),
            "quotes stand round the token": (
                f'Bearer "{JWT}"',
                ("bearer-token-quoted", "authorization", "certain", "fail"),
            ),
            "angle brackets stand round the token (keycloak.md 5a, Bearer <x>)": (
                f"Bearer <{JWT}>",
                ("bearer-token-quoted", "authorization", "certain", "fail"),
            ),
            "quotes stand round the whole header": (
                f'"Bearer {JWT}"',
                ("quotes-kept", "authorization", "certain", "fail"),
            ),
            "the header's name came along": (
                f"Authorization: Bearer {JWT}",
                ("label-pasted", "authorization", "certain", "fail"),
            ),
            "nothing follows Bearer": ("Bearer ", ("value-empty", "authorization", "certain", "fail")),
            "bearer is in lower case (keycloak.md 5b: Envoy minds, Spring does not)": (
                f"bearer {JWT}",
                ("bearer-scheme-differs", "authorization", "certain", "warn"),
            ),
        }
    ),
)
def test_it_names_the_fault_when(value: str, expected: Told) -> None:
    assert told(run, examine_header(value)[0]) == [expected]


def test_a_fault_of_the_header_explains_that_the_api_refused_it() -> None:
    (finding,) = found(run, examine_header(f"Bearer Bearer {JWT}")[0])

    assert {ref.cause for ref in finding.explains} >= {"api-token-refused", "token-malformed"}
    assert {ref.setting for ref in finding.explains} == {"authorization"}


def test_a_harmless_oddity_explains_nothing() -> None:
    (finding,) = found(run, examine_header(f"bearer {JWT}")[0])

    assert finding.explains == ()


def _sent(said: ApiSaid) -> GivenCalls:
    return GivenCalls((call(said, given_as=SettingName.AUTHORIZATION),))


def test_what_the_api_took_as_it_was_given_is_no_fault() -> None:
    """Kong takes any white space after Bearer (keycloak.md 5d)."""
    refused = AnonymousCall(call(ApiSaid.TOKEN_MISSING, 401))
    header = examine_header(f"Bearer  {JWT}")[0]

    assert told(run, header, _sent(ApiSaid.DOCUMENTED), refused) == []
    assert told(run, header, _sent(ApiSaid.DOCUMENTED), AnonymousCall(call(ApiSaid.DOCUMENTED))) != []


def test_lower_case_is_the_fault_where_the_api_sees_no_token_for_it() -> None:
    """keycloak.md 5b: Envoy compares the prefix letter by letter."""
    header = examine_header(f"bearer {JWT}")[0]
    right = AuthorizedCall(call(ApiSaid.DOCUMENTED))
    neither = AuthorizedCall(call(ApiSaid.TOKEN_MISSING, 401))

    assert [f[3] for f in told(run, header, _sent(ApiSaid.TOKEN_MISSING), right)] == ["fail"]
    assert [f[3] for f in told(run, header, _sent(ApiSaid.TOKEN_MISSING), neither)] == ["warn"]


@pytest.mark.parametrize("value", [f"Bearer {JWT}", "Bearer opaque-token_1.2~3+4/5=="])
def test_a_header_of_the_right_form_is_left_alone(value: str) -> None:
    assert told(run, examine_header(value)[0]) == []


def test_no_message_shows_the_token() -> None:
    for finding in found(run, examine_header(f'"Bearer  <{JWT}>"\n')[0]):
        assert JWT[:8] not in finding.observed + finding.fix
