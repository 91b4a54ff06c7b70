"""How each value was taken as given: accepted, rejected, and which other value was accepted in its place."""

import pytest

from doctor.api import (
    ApiSaid,
    Discovery,
    FailureKind,
    GivenCalls,
    Grant,
    Reception,
    Said,
    SettingName,
    Standing,
)
from doctor.probes.reception import reception
from tests.checks.facts import (
    attempt,
    call,
    cases,
    discovery,
    failure,
    grant,
    healthy_grant,
    lines,
    realm,
    reply,
    setting,
    settings,
)

S = SettingName
A, R, U = Standing.ACCEPTED, Standing.REJECTED, Standing.UNASKED


def taken(requests: Grant | None = None, *, scope: bool = False, given: GivenCalls | None = None) -> Reception:
    seen = settings(setting(S.SCOPE, "email")) if scope else settings()
    result = reception.run(seen, lines()[0], discovery(), realm(), None, requests, given)
    assert isinstance(result, Reception)
    return result


@pytest.mark.parametrize(
    ("requests", "client_id", "secret", "proved"),
    cases(
        {
            "a token came": (healthy_grant(), A, A, None),
            "the secret is wrong, which proves the ID": (grant(attempt(Said.SECRET_WRONG)), A, R, None),
            "the trimmed secret was accepted": (
                grant(attempt(Said.SECRET_WRONG), attempt(Said.TOKEN, client_secret="cleaned")),
                A,
                R,
                "cleaned",
            ),
            "the trimmed secret was accepted, and the service account is off": (
                grant(attempt(Said.SECRET_WRONG), attempt(Said.SERVICE_ACCOUNT_OFF, client_secret="cleaned")),
                A,
                R,
                "cleaned",
            ),
            "the service account is off, which proves both": (grant(attempt(Said.SERVICE_ACCOUNT_OFF)), A, A, None),
            "the client is public, so nobody looked at the secret": (grant(attempt(Said.PUBLIC)), A, U, None),
            "the client is unknown": (grant(attempt(Said.CLIENT_UNUSABLE)), R, R, None),
            "nothing is said of which": (grant(attempt(Said.UNCLEAR_REFUSAL)), R, R, None),
            "a gateway answered": (grant(attempt(Said.ELSEWHERE)), U, U, None),
            "no answer came": (grant(attempt(Said.NOTHING, failure(FailureKind.RESET))), U, U, None),
            "nobody was asked": (None, U, U, None),
        }
    ),
)
def test_credentials_are_judged_when(
    requests: Grant | None, client_id: Standing, secret: Standing, proved: str | None
) -> None:
    seen = taken(requests)

    assert seen.of("client_id").standing is client_id
    assert (seen.of("client_secret").standing, seen.of("client_secret").proved) == (secret, proved)


def test_a_trimmed_client_id_that_was_accepted_is_proved() -> None:
    seen = taken(grant(attempt(Said.CLIENT_UNUSABLE), attempt(Said.TOKEN, client_id="cleaned")))

    assert (seen.of("client_id").standing, seen.of("client_id").proved) == (R, "cleaned")
    assert seen.of("client_secret").standing is A


@pytest.mark.parametrize(
    ("requests", "standing"),
    cases(
        {
            "it was sent and a token came": (grant(attempt(Said.TOKEN, scope=True)), A),
            "it was refused": (grant(attempt(Said.SCOPE, scope=True), attempt(Said.TOKEN)), R),
            "the request was refused for the secret": (grant(attempt(Said.SECRET_WRONG, scope=True)), U),
        }
    ),
)
def test_a_scope_is_judged_when(requests: Grant, standing: Standing) -> None:
    assert taken(requests, scope=True).of("scope").standing is standing


@pytest.mark.parametrize(
    ("said", "standing"),
    [(ApiSaid.DOCUMENTED, A), (ApiSaid.EXPIRED, R), (ApiSaid.NOT_FOUND, U), (ApiSaid.NOTHING, U)],
)
def test_a_given_token_is_judged_by_the_api(said: ApiSaid, standing: Standing) -> None:
    given = GivenCalls((call(said, given_as=S.ACCESS_TOKEN),))

    assert taken(given=given).of("access_token").standing is standing


@pytest.mark.parametrize(
    ("corrected", "standing", "proved"),
    [(None, A, None), ("path", A, None), ("case", R, "acme"), ("cleaned", R, "acme")],
)
def test_a_realm_found_under_another_name_proves_that_name(
    corrected: str | None, standing: Standing, proved: str | None
) -> None:
    result = reception.run(settings(), lines()[0], discovery(), realm(corrected=corrected), None, None, None)

    assert (result.of("realm").standing, result.of("realm").proved) == (standing, proved)


@pytest.mark.parametrize(("document", "standing"), [(discovery(), A), (discovery(reply(404)), R)])
def test_a_url_is_judged_by_what_answers_there(document: Discovery, standing: Standing) -> None:
    assert reception.run(settings(), lines()[0], document, None, None, None, None).of("url").standing is standing


def test_without_a_connection_nothing_is_judged() -> None:
    down = lines(failure(FailureKind.REFUSED))[0]

    assert reception.run(settings(), down, None, None, None, None, None) == Reception(())
