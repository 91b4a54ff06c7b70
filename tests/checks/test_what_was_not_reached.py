"""A check that was not asked has not passed (contract.md 2): no tick for what nobody saw."""

from dataclasses import replace

import pytest

from checks import CHECKS
from doctor.api import ApiSaid, AuthorizedCall, Check, Clock, Discovery, FailureKind, Phase, RealmLine, Said
from doctor.api import Grant as GrantFact
from tests.checks.facts import attempt, call, cases, failure, grant, lines, reply, target, undecided

BY_ID = {check.id: check for check in CHECKS}
NO_NAME = failure(FailureKind.HOST_NOT_FOUND, Phase.DNS)
SILENT = failure(FailureKind.RESPONSE_TIMED_OUT, Phase.WAIT)


@pytest.mark.parametrize("check", cases({name: BY_ID[name] for name in ("host-connects", "tls-agreed")}))
def test_a_host_without_an_address_was_neither_reached_nor_refused(check: Check) -> None:
    assert undecided(check, *lines(NO_NAME, NO_NAME, NO_NAME))


def test_a_certificate_that_nobody_saw_is_not_trusted() -> None:
    refused = failure(FailureKind.REFUSED, Phase.CONNECT)

    assert undecided(BY_ID["certificate-trusted"], *lines(refused, refused, refused)) == ["no certificate was seen"]


@pytest.mark.parametrize("check", cases({name: BY_ID[name] for name in ("tls-agreed", "certificate-trusted")}))
def test_plain_http_has_no_certificate(check: Check) -> None:
    plain = [replace(line, tls=None) for line in lines()]

    assert undecided(check, *plain)


@pytest.mark.parametrize("check", cases({name: BY_ID[name] for name in ("server-answers", "nothing-in-between")}))
def test_no_service_answers_where_none_was_reached(check: Check) -> None:
    (line,) = [line for line in lines(NO_NAME) if isinstance(line, RealmLine)]

    assert undecided(check, line) == ["no server was reached"]


def test_clocks_that_nobody_read_do_not_agree() -> None:
    (line,) = [line for line in lines() if isinstance(line, RealmLine)]

    assert undecided(BY_ID["clocks-agree"], Clock(0.0), line)


@pytest.mark.parametrize(
    "fact",
    cases(
        {
            "a gateway answered": grant(attempt(Said.ELSEWHERE, reply(503))),
            "the realm is off": grant(attempt(Said.REALM_DISABLED, reply(403, "access_denied", "Realm not enabled"))),
            "nobody answered": grant(attempt(Said.NOTHING, SILENT)),
        }
    ),
)
def test_no_token_was_got_where(fact: GrantFact) -> None:
    assert undecided(BY_ID["token-request"], fact)


def test_a_realm_that_nobody_spoke_for_is_not_known_to_be_enabled() -> None:
    discovery = Discovery(reply(200))

    assert undecided(BY_ID["realm-enabled"], discovery, grant(attempt(Said.ELSEWHERE, reply(503))))


@pytest.mark.parametrize("said", [ApiSaid.ELSEWHERE, ApiSaid.NOTHING])
def test_an_api_that_something_else_answers_for_did_not_answer(said: ApiSaid) -> None:
    assert undecided(BY_ID["protected-get"], target(), AuthorizedCall(call(said, 503)))
