"""Records again: ``python -m tests.recordings [VERSION ...]``; needs what the live suite needs."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.behaviour.asking import Asking
from tests.live import ingress
from tests.live.release import Release
from tests.recordings.questions import QUESTIONS, ROOTED
from tests.recordings.recorded import ERAS, Recorded, answer, keep


def _put(questions: Mapping[str, Asking], release: Release, folder: Path) -> dict[str, Recorded]:
    with ingress.running(folder, release) as environment:
        return {name: answer(environment, asking) for name, asking in questions.items()}


def main(versions: tuple[str, ...]) -> None:
    for version in versions:
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            answers = _put(QUESTIONS, Release(version), Path(first))
            answers |= _put(ROOTED, Release(version, base=""), Path(second))
        print(keep(version, answers))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or tuple(ERAS))
