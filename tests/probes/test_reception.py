"""How each value was taken as given: accepted, rejected, and which other value was accepted in its place."""

from dataclasses import replace

import pytest

from doctor.api import (
    ApiSaid,
    ClientSeen,
    FailureKind,
    GivenCalls,
    Grant,
    Presence,
    Realm,
    RealmSearch,
    Reception,
    Said,
    SettingName,
    Standing,
)
from doctor.model.facts.settings import Shadowed
from doctor.model.secret import Vault
from doctor.probes.reception import reception
from tests.checks.facts import (
    attempt,
    call,
    cases,
    discovery,
    failure,
    grant,
    healthy_grant,
    realm,
    reply,
    setting,
    settings,
)

S = SettingName
A, R, U = Standing.ACCEPTED, Standing.REJECTED, Standing.UNASKED


def taken(requests: Grant | None = None, *, scope: bool = False, given: GivenCalls | None = None) -> Reception:
    seen = settings(setting(S.SCOPE, "email")) if scope else settings()
    result = reception.run(Vault(), seen, discovery(), realm(), None, requests, None, given)
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
            "it was sent and a token came": (grant(attempt(Said.TOKEN, scope="as given")), A),
            "it was refused": (grant(attempt(Said.SCOPE, scope="as given"), attempt(Said.TOKEN)), R),
            "the request was refused for the secret": (grant(attempt(Said.SECRET_WRONG, scope="as given")), U),
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
    result = reception.run(Vault(), settings(), discovery(), realm(corrected=corrected), None, None, None, None)

    assert (result.of("realm").standing, result.of("realm").proved) == (standing, proved)


@pytest.mark.parametrize(
    ("in_force", "search", "standing"),
    cases(
        {
            "the realm answered, and discovery is hidden": (realm(), None, A),
            "a Keycloak without this realm": (None, RealmSearch((), keycloak_at="/auth"), A),
            "no Keycloak at all": (None, RealmSearch(()), R),
            "nobody looked further": (None, None, U),
        }
    ),
)
def test_a_url_is_judged_by_what_answers_there(
    in_force: Realm | None, search: RealmSearch | None, standing: Standing
) -> None:
    document = discovery(reply(404))
    seen = reception.run(Vault(), settings(), document, in_force, search, None, None, None)

    assert seen.of("url").standing is standing


def test_a_client_id_that_only_the_login_page_knows_cleaned_is_proved_cleaned() -> None:
    """keycloak.md 3c: a disabled client is told there alone."""
    seen = ClientSeen(reply(400), Presence.DISABLED, "Client disabled.", "cleaned")
    requests = grant(attempt(Said.CLIENT_UNUSABLE), attempt(Said.CLIENT_UNUSABLE, client_id="cleaned"))
    standing = reception.run(Vault(), settings(), discovery(), realm(), None, requests, seen, None).of("client_id")

    assert (standing.standing, standing.proved) == (R, "cleaned")


@pytest.mark.parametrize(
    ("said", "proved"), [(ApiSaid.DOCUMENTED, "cleaned"), (ApiSaid.EXPIRED, None)], ids=["accepted", "refused"]
)
def test_a_token_that_went_out_cleaned_was_not_taken_as_given(said: ApiSaid, proved: str | None) -> None:
    """RFC 6750 section 2.1: no bearer token holds white space or quotes."""
    given = GivenCalls((call(said, given_as=S.ACCESS_TOKEN),))
    seen = settings(setting(S.ACCESS_TOKEN, "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln\n"))
    standing = reception.run(Vault(), seen, None, None, None, None, None, given).of("access_token")

    assert (standing.standing, standing.proved) == (R, proved)


def test_without_a_connection_nothing_is_judged() -> None:
    assert reception.run(Vault(), settings(), None, None, None, None, None, None) == Reception(())


@pytest.mark.parametrize(
    ("said", "other", "standing", "proved"),
    cases(
        {
            "the other source has the realm's own": (Said.NO_ENDPOINT, discovery().token_endpoint, R, "shadowed 1"),
            "the other source has another": (Said.NO_ENDPOINT, "https://acme.example/token", R, None),
            "it was taken": (Said.SECRET_WRONG, discovery().token_endpoint, A, None),
            "no answer came": (Said.NOTHING, discovery().token_endpoint, U, None),
        }
    ),
)
def test_a_token_url_of_two_sources_is_judged_when(
    said: Said, other: str, standing: Standing, proved: str | None
) -> None:
    vault = Vault()
    vault.put_plain("token_url", "shadowed 1", other)
    given = replace(
        setting(S.TOKEN_URL, "https://acme.example/tokens"), shadowed=(Shadowed(".env", False, "shadowed 1"),)
    )
    seen = reception.run(vault, settings(given), discovery(), realm(), None, grant(attempt(said)), None, None).of(
        "token_url"
    )

    assert (seen.standing, seen.proved) == (standing, proved)
