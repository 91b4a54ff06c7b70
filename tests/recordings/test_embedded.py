"""The embedded environment answers as the real servers did, in each era."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.recordings.questions import QUESTIONS, ROOTED
from tests.recordings.recorded import ERAS, Recorded, answer, load
from tests.sandbox.twin import Twin, running


@pytest.fixture(scope="module", params=ERAS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def recordings(version: str) -> dict[str, Recorded]:
    return dict(load(version))


@pytest.fixture(scope="module")
def twin(version: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    with running(tmp_path_factory.mktemp("twin"), ERAS[version]) as started:
        yield started


def test_every_question_is_recorded_and_nothing_else(recordings: dict[str, Recorded]) -> None:
    assert set(recordings) == {*QUESTIONS, *ROOTED}


@pytest.mark.parametrize("name", QUESTIONS)
def test_it_answers(name: str, twin: Twin, recordings: dict[str, Recorded]) -> None:
    assert answer(twin, QUESTIONS[name]) == recordings[name]


@pytest.mark.parametrize("name", ROOTED)
def test_without_a_base_path_it_answers(name: str, twin: Twin, recordings: dict[str, Recorded]) -> None:
    assert answer(replace(twin, good=twin.rooted), ROOTED[name]) == recordings[name]
