"""What a run proves: a token, a decided GET, and that everything works as given."""

import pytest

from doctor.api import (
    AnonymousCall,
    ApiSaid,
    AuthorizedCall,
    Conclusion,
    Grant,
    OtherCalls,
    Realm,
    Said,
    SettingName,
    SettingsSeen,
    UrlProblem,
    UrlProblemKind,
    UrlsRead,
)
from doctor.probes.conclusion import conclusion
from tests.checks.facts import attempt, call, cases, grant, healthy_grant, realm, tokens, unanswered

OTHER = "/api/catalog/v1/catalog-items?size=1"
REFUSED = AnonymousCall(call(ApiSaid.TOKEN_MISSING, 401))
FINE = AuthorizedCall(call(ApiSaid.DOCUMENTED))
TRIMMED = grant(attempt(Said.SECRET_WRONG), attempt(Said.TOKEN, client_secret="cleaned"))


def urls(kind: UrlProblemKind) -> UrlsRead:
    return UrlsRead((UrlProblem(kind, SettingName.URL, "x"),))


def concluded(
    authorized: AuthorizedCall | None = FINE,
    anonymous: AnonymousCall | None = REFUSED,
    *,
    read: UrlsRead = UrlsRead(),  # noqa: B008 - frozen
    seen: SettingsSeen = SettingsSeen(()),  # noqa: B008 - frozen
    in_force: Realm | None = None,
    requests: Grant | None = None,
    others: OtherCalls | None = None,
) -> Conclusion:
    result = conclusion.run(
        read, seen, in_force or realm(), requests or healthy_grant(), tokens(), authorized, anonymous, others, None
    )
    assert isinstance(result, Conclusion)
    return result


def test_a_get_that_is_refused_without_a_token_and_answered_with_it_works() -> None:
    assert concluded() == Conclusion(token=True, decided=True, works=True)


def test_it_works_at_another_path_too() -> None:
    others = OtherCalls((call(ApiSaid.DOCUMENTED, path=OTHER),), (call(ApiSaid.TOKEN_MISSING, 401, path=OTHER),))

    assert concluded(AuthorizedCall(call(ApiSaid.NOT_FOUND, 404)), others=others).works


@pytest.mark.parametrize(
    "result",
    cases(
        {
            "the GET succeeds without a token": concluded(anonymous=AnonymousCall(call(ApiSaid.DOCUMENTED))),
            "nobody asked without a token": concluded(anonymous=None),
            "the answer has another shape": concluded(AuthorizedCall(call(ApiSaid.OTHER_JSON))),
            "the token is refused": concluded(AuthorizedCall(call(ApiSaid.TOKEN_REFUSED, 401))),
            "the secret had to be trimmed": concluded(requests=TRIMMED),
            "the client gets no token, and another one works": concluded(requests=grant(attempt(Said.SECRET_WRONG))),
            "the realm had to be found": concluded(in_force=realm(corrected="case")),
            "the URL had to be mended": concluded(read=urls(UrlProblemKind.DOUBLED_SUFFIX)),
            "it works at another path that is open to all": concluded(
                AuthorizedCall(call(ApiSaid.NOT_FOUND, 404)),
                others=OtherCalls((call(ApiSaid.DOCUMENTED, path=OTHER),), (call(ApiSaid.DOCUMENTED, path=OTHER),)),
            ),
        }
    ),
)
def test_it_does_not_work_as_given_when(result: Conclusion) -> None:
    assert result.decided
    assert not result.works


def test_a_deep_link_works_since_the_environment_in_it_was_used() -> None:
    assert concluded(read=urls(UrlProblemKind.EXTRA_PARTS)).works


@pytest.mark.parametrize(
    "authorized",
    cases(
        {
            "no answer came": AuthorizedCall(unanswered()),
            "something in front answered": AuthorizedCall(call(ApiSaid.ELSEWHERE, 503)),
            "nobody asked": None,
        }
    ),
)
def test_nothing_is_decided_when(authorized: AuthorizedCall | None) -> None:
    assert not concluded(authorized).decided


def test_without_any_token_there_is_none() -> None:
    assert not conclusion.run(UrlsRead(), SettingsSeen(()), None, None, None, None, None, None, None).token


def test_another_path_that_refuses_decides_nothing_for_one_that_failed() -> None:
    others = OtherCalls((call(ApiSaid.FORBIDDEN, 403, path=OTHER),), ())

    assert not concluded(AuthorizedCall(call(ApiSaid.SERVER_ERROR, 500)), others=others).decided
