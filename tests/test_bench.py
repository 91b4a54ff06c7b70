"""The stick is straight: pairs in both orders, a line that is as long as it says, and a failed command is no figure."""

import os
import socket
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from bench.delay import relay
from bench.timing import Command, CommandFailed, Pair, Sample, once, paired, row

ROOT = Path(__file__).parents[1]


def test_every_second_pair_begins_with_ours() -> None:
    order: list[str] = []

    def timed(name: str) -> Sample:
        order.append(name)
        return Sample(1.0, 0)

    paired(lambda: timed("A"), lambda: timed("B"), pairs=3)
    assert "".join(order) == "AB" + "AB" + "BA" + "AB"


def test_the_ratio_is_taken_within_a_pair() -> None:
    pairs = [Pair(Sample(1.0, 0), Sample(2.0, 0)), Pair(Sample(4.0, 0), Sample(2.0, 0))]
    assert row("x", pairs).endswith("1.25 (0.50 to 2.00)")


def test_a_command_that_fails_is_no_figure() -> None:
    with pytest.raises(CommandFailed, match="exit code 3"):
        once(Command("broken", (sys.executable, "-c", "raise SystemExit(3)"), dict(os.environ)))


def test_the_memory_of_a_command_is_its_own() -> None:
    program = (
        "import os, sys\n"
        "from bench.timing import Command, once\n"
        "big = Command('big', (sys.executable, '-c', 'bytearray(200_000_000)'), dict(os.environ))\n"
        "print(once(big).peak_bytes)"
    )
    # In a small process, as the bench is: the kernel counts what the parent held when it forked.
    peak = int(subprocess.check_output((sys.executable, "-c", program), cwd=ROOT))
    assert 200_000_000 < peak < 300_000_000


def test_a_packet_comes_out_at_the_other_end_after_half_the_round_trip_and_in_order() -> None:
    near, near_inside = socket.socketpair(type=socket.SOCK_DGRAM)
    far, far_inside = socket.socketpair(type=socket.SOCK_DGRAM)
    done = threading.Event()
    relaying = threading.Thread(target=relay, args=(near_inside.fileno(), far_inside.fileno(), 0.05, done.is_set))
    with near, near_inside, far, far_inside:
        relaying.start()
        begun = time.monotonic()
        for number in range(5):
            near.send(bytes([number]))
        arrived = [(far.recv(16), time.monotonic() - begun) for _ in range(5)]
        done.set()
        relaying.join()
    assert all(after >= 0.05 for _, after in arrived)
    assert all(first[0] < second[0] for first, second in pairwise(arrived))
