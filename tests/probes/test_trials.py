"""Which token request is worth sending next: pure, in order, each once, and none without a reason."""

import pytest

from doctor.api import Attempt, AuthMethod, ClientKind, Said, Setting, SettingName, SettingsSeen, Shadowed
from doctor.probes.trials import Step, next_step
from tests.checks.facts import SECRET, attempt, cases, setting, settings

S = SettingName
NEWLINE = setting(S.CLIENT_SECRET, f"{SECRET}\n")
OTHER_SOURCE = setting(S.CLIENT_SECRET, SECRET, shadowed=(Shadowed("profile prod", same=False, variant="shadowed 1"),))
SPACED_ID = setting(S.CLIENT_ID, "catalog-sync ")
SWAPPED = (setting(S.CLIENT_ID, SECRET), setting(S.CLIENT_SECRET, "catalog-sync"))
SCOPED = setting(S.SCOPE, "nope")


def after(said: Said, *given: Setting, kind: ClientKind | None = None, moved: bool = False) -> Step | None:
    return next_step(attempt(said), [], settings(*given), kind, moved=moved)


def values(step: Step | None) -> tuple[str, str, str, str | None] | None:
    return (step.client_id, step.client_secret, step.method.value, step.scope) if step else None


@pytest.mark.parametrize(
    ("said", "given", "expected"),
    cases(
        {
            "the trimmed secret": (
                Said.SECRET_WRONG,
                (NEWLINE,),
                ("as given", "cleaned", "client_secret_post", None),
            ),
            "the secret of another source": (
                Said.SECRET_WRONG,
                (OTHER_SOURCE,),
                ("as given", "shadowed 1", "client_secret_post", None),
            ),
            "the trimmed client ID": (
                Said.CLIENT_UNUSABLE,
                (SPACED_ID,),
                ("cleaned", "as given", "client_secret_post", None),
            ),
            "the swapped values": (
                Said.CLIENT_UNUSABLE,
                SWAPPED,
                ("swapped", "swapped", "client_secret_post", None),
            ),
            "Basic, where the refusal says nothing": (
                Said.UNCLEAR_REFUSAL,
                (),
                ("as given", "as given", "client_secret_basic", None),
            ),
        }
    ),
)
def test_after_a_refusal_it_suggests(said: Said, given: tuple[Setting, ...], expected: tuple[object, ...]) -> None:
    assert values(after(said, *given)) == expected


@pytest.mark.parametrize(
    ("said", "given"),
    cases(
        {
            "the secret is plain and wrong": (Said.SECRET_WRONG, ()),
            "the client is plain and unknown": (Said.CLIENT_UNUSABLE, ()),
            "a secret with a line feed was accepted": (Said.SERVICE_ACCOUNT_OFF, (NEWLINE,)),
            "the realm is disabled": (Said.REALM_DISABLED, (NEWLINE,)),
            "a gateway answered": (Said.ELSEWHERE, (NEWLINE,)),
            "no answer came": (Said.NOTHING, (NEWLINE,)),
            "a redirect came": (Said.REDIRECT, (NEWLINE,)),
            "the client is public": (Said.PUBLIC, (NEWLINE,)),
        }
    ),
)
def test_no_secret_is_sent_again_when(said: Said, given: tuple[Setting, ...]) -> None:
    assert after(said, *given) is None


def test_the_scope_is_left_out_after_it_was_refused() -> None:
    first = attempt(Said.SCOPE, scope="as given")

    assert values(next_step(first, [], settings(SCOPED), None)) == (
        "as given",
        "as given",
        "client_secret_post",
        None,
    )


def test_the_method_that_the_server_names_is_used_with_the_values_that_it_was_asked_with() -> None:
    pinned = attempt(Said.METHOD_WANTED, client_secret="cleaned", method_wanted=AuthMethod.BASIC)
    step = next_step(attempt(Said.SECRET_WRONG), [pinned], settings(NEWLINE), None)

    assert values(step) == ("as given", "cleaned", "client_secret_basic", None)


def test_a_basic_header_that_could_not_be_read_is_followed_by_the_form() -> None:
    """keycloak.md 3a, raw percent."""
    unread = attempt(Said.BASIC_UNREADABLE, method=AuthMethod.BASIC)
    step = next_step(attempt(Said.UNCLEAR_REFUSAL, scope="as given"), [unread], settings(), None)

    assert step is None or step.method is AuthMethod.POST


def test_a_realm_that_was_found_elsewhere_is_asked_first_with_the_values_as_given() -> None:
    assert values(after(Said.REALM_UNKNOWN, NEWLINE, moved=True)) == (
        "as given",
        "as given",
        "client_secret_post",
        None,
    )


def test_a_client_that_is_known_as_given_keeps_its_id() -> None:
    kind = ClientKind(attempt(Said.SECRET_WRONG, client_secret=None))

    assert values(after(Said.SECRET_WRONG, SPACED_ID, NEWLINE, kind=kind)) == (
        "as given",
        "cleaned",
        "client_secret_post",
        None,
    )


def test_a_client_that_is_known_trimmed_is_tried_trimmed_alone() -> None:
    kind = ClientKind(attempt(Said.CLIENT_UNUSABLE), cleaned=attempt(Said.SECRET_WRONG))

    assert all(a.client_id == "cleaned" for a in exhausted(Said.CLIENT_UNUSABLE, settings(SPACED_ID, NEWLINE), kind))


def exhausted(said: Said, given: SettingsSeen, kind: ClientKind | None = None) -> list[Attempt]:
    """Every request that would be sent if all were refused alike."""
    attempts: list[Attempt] = []
    while len(attempts) < 50:
        step = next_step(attempt(said), attempts, given, kind)
        if step is None:
            return attempts
        attempts.append(
            attempt(
                said,
                client_id=step.client_id,
                client_secret=step.client_secret,
                method=step.method,
                scope=step.scope,
            )
        )
    pytest.fail("it never ends")


@pytest.mark.parametrize("said", list(Said))
@pytest.mark.parametrize(
    "given",
    cases(
        {
            "nothing odd": settings(),
            "everything odd": settings(SPACED_ID, setting(S.CLIENT_SECRET, f' "{SECRET}"\n'), SCOPED),
            "swapped values": settings(*SWAPPED),
        }
    ),
)
def test_no_request_is_sent_twice_and_each_differs_from_the_first(said: Said, given: SettingsSeen) -> None:
    sent = [(a.client_id, a.client_secret, a.method, a.scope) for a in exhausted(said, given)]

    assert len(set(sent)) == len(sent)
    assert ("as given", "as given", AuthMethod.POST, None) not in sent or given.has(S.SCOPE)
