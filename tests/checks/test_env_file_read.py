"""A line that loaders read differently is the cause once another reading was accepted, and else a remark."""

import pytest

from checks.env_file_read import run
from doctor.api import Difference, EnvLines, LineSeen, Loader, OtherReading, Reception, Setting, SettingName
from tests.checks.facts import SECRET, accepted, found, rejected, setting, settings, told

S = SettingName
LINES = EnvLines((S.CLIENT_SECRET,))
FIXED = "ATACCAMA_CLIENT_SECRET='<client secret>'"


def secret(difference: Difference, *loaders: Loader, variant: str | None = None) -> Setting:
    others = tuple(OtherReading(loader, difference, variant) for loader in loaders)
    return setting(S.CLIENT_SECRET, SECRET, line=LineSeen(".env, line 3", FIXED, others))


@pytest.mark.parametrize(
    ("difference", "loaders", "row"),
    [
        (Difference.QUOTES, (Loader.AS_IT_STANDS,), ("quotes-kept", "client_secret", "certain", "note")),
        (Difference.COMMENT, (Loader.AS_IT_STANDS,), ("loaders-differ", "client_secret", "certain", "note")),
        (Difference.COMMENT, tuple(Loader)[1:], ("loaders-differ", "client_secret", "certain", "warn")),
        (Difference.CARRIAGE_RETURN, (Loader.AS_IT_STANDS,), ("edge-whitespace", "client_secret", "certain", "warn")),
        (
            Difference.BYTE_ORDER_MARK,
            (Loader.AS_IT_STANDS,),
            ("invisible-character", "client_secret", "certain", "note"),
        ),
        (
            Difference.LITERAL_DOLLAR,
            (Loader.COMPOSE,),
            ("variable-not-expanded", "client_secret", "certain", "warn"),
        ),
        (Difference.EXPANDED_DOLLAR, (Loader.COMPOSE,), ("loaders-differ", "client_secret", "certain", "warn")),
        (Difference.REFUSED, (Loader.COMPOSE,), ("loaders-differ", "client_secret", "certain", "warn")),
    ],
)
@pytest.mark.parametrize("taken", [accepted(S.CLIENT_SECRET), Reception(())], ids=["accepted", "unasked"])
def test_what_another_loader_would_read_is_a_remark_while_the_value_works(
    difference: Difference, loaders: tuple[Loader, ...], row: tuple[str, ...], taken: Reception
) -> None:
    assert told(run, settings(secret(difference, *loaders)), LINES, taken) == [row]


def test_another_loaders_reading_that_was_accepted_is_the_cause() -> None:
    given = secret(Difference.COMMENT, Loader.AS_IT_STANDS, variant="reading 1")
    (finding,) = found(run, settings(given), LINES, rejected(S.CLIENT_SECRET, "reading 1"))
    assert (finding.cause.id, finding.severity.value, finding.confidence.value) == ("loaders-differ", "fail", "certain")
    assert finding.fix == f"Write .env, line 3 as: {FIXED}"
    assert "client-secret-mismatch" in {ref.cause for ref in finding.explains}


@pytest.mark.parametrize("proved", [None, "cleaned"])
def test_nothing_is_said_of_the_line_when_something_else_is_wrong(proved: str | None) -> None:
    given = secret(Difference.COMMENT, Loader.AS_IT_STANDS, variant="reading 1")
    assert told(run, settings(given), LINES, rejected(S.CLIENT_SECRET, proved)) == []


def test_a_value_that_did_not_come_from_an_env_file_is_left_alone() -> None:
    assert told(run, settings(setting(S.CLIENT_SECRET, SECRET)), LINES, Reception(())) == []
