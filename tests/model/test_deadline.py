"""What waits on purpose tells how long, and wakes when the run is over."""

import threading
import time

from doctor.model.deadline import Deadline


def test_a_wait_tells_what_is_left_of_it_again_and_again() -> None:
    told: list[tuple[str, float, float]] = []
    deadline = Deadline(60, on_wait=lambda *wait: told.append(wait))

    assert deadline.sleep(1.2, "a thing")
    assert {(what, whole) for what, _, whole in told} == {("a thing", 1.2)}
    lefts = [left for _, left, _ in told]
    assert len(lefts) >= 3
    assert lefts == sorted(lefts, reverse=True)


def test_a_wait_ends_with_the_deadline() -> None:
    deadline, begun = Deadline(0.2), time.monotonic()

    assert deadline.sleep(30, "a thing")
    assert time.monotonic() - begun < 5


def test_a_wait_wakes_when_the_run_is_cancelled() -> None:
    deadline, begun = Deadline(60), time.monotonic()
    threading.Timer(0.1, deadline.cancel).start()

    assert not deadline.sleep(30, "a thing")
    assert time.monotonic() - begun < 5
