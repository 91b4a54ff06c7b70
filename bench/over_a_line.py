"""A full healthy check against the vendor page's two curl commands, over a line with a given round trip.

Runs inside a network and mount namespace of its own, which ``python -m bench`` makes: nothing leaves the machine.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import delay
from bench.surroundings import FAR_END, Trust, check_command, environment, two_curls, with_unknown_client
from bench.timing import Command, CommandFailed, Pair, compare, heading, judged, row

_VENDOR = {"0": 2.2, "20": 1.0, "100": 0.75}
_CUSTOM = {"0": 2.2, "20": 1.1, "100": 0.90}
_HARDEST = {"100": 1.5}
"""What a row's ratio may be, by the round trip in milliseconds."""
_PEAK = 50.0
"""MB that a check may hold."""


def main(milliseconds: str, tool: str, pairs: str) -> None:
    """Print the table of one round trip."""
    with tempfile.TemporaryDirectory() as folder, _far_end(float(milliseconds), Path(folder)) as address:
        trust = Trust.in_folder(Path(folder))
        round_trip = median(delay.measured(address, FAR_END.port) for _ in range(5))
        print(f"\nRound trip {milliseconds} ms ({round_trip * 1000:.1f} measured); {trust.words}")
        print(heading("check, JSON and HTML written", "the two curl commands"))
        timed = [*_healthy(milliseconds, tool, Path(folder), trust, int(pairs))]
        timed += _hardest(milliseconds, tool, Path(folder), trust, int(pairs))
        peak = max(pair.ours.peak_bytes for pair in timed) / 1e6
        print(f"peak memory of a check: {peak:.1f} MB, {judged(peak, _PEAK)}")


def _healthy(milliseconds: str, tool: str, folder: Path, trust: Trust, pairs: int) -> Iterator[Pair]:
    for what, host, limits in (
        ("healthy, vendor's domain", FAR_END.vendor, _VENDOR),
        ("healthy, custom domain", FAR_END.custom, _CUSTOM),
    ):
        env = environment(host, trust.bundle)
        ours, curls = check_command(tool, folder, env), two_curls(env)
        _is_right(ours, folder, None)
        for command in (ours, curls):
            _refuses_strangers(command.argv, environment(host, trust.strangers))
        timed = compare(curls, ours, pairs)
        print(row(what, timed, limits.get(milliseconds)), flush=True)
        yield from timed


def _hardest(milliseconds: str, tool: str, folder: Path, trust: Trust, pairs: int) -> list[Pair]:
    """A check that asks every follow-up question, against the commands that fail at the first answer of as many."""
    env = environment(FAR_END.vendor, trust.bundle)
    ours = check_command(tool, folder, with_unknown_client(env), ends_with=1)
    _is_right(ours, folder, "client-not-found")
    timed = compare(two_curls(env), ours, pairs)
    print(row("client not found, vendor's domain", timed, _HARDEST.get(milliseconds)), flush=True)
    return timed


def _is_right(command: Command, folder: Path, cause: str | None) -> None:
    """The run ends as it should, with this diagnosis and both reports."""
    done = subprocess.run(
        command.argv, env=command.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != command.ends_with:
        raise CommandFailed(f"The check ended with exit code {done.returncode}:\n{done.stdout}{done.stderr}")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    diagnosis = report["targets"][0]["diagnosis"]
    if (diagnosis and diagnosis["cause"]) != cause or not (folder / "report.html").stat().st_size:
        raise CommandFailed(f"The diagnosis is {diagnosis and diagnosis['cause']}, expected {cause}:\n{done.stdout}")


def _refuses_strangers(argv: tuple[str, ...], env: dict[str, str]) -> None:
    """A client that does not verify certificates is fast for the wrong reason."""
    done = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode == 0:
        raise CommandFailed(f"{argv[0]} accepted a certificate of an authority that it was not given")


@contextmanager
def _far_end(milliseconds: float, folder: Path) -> Iterator[str]:
    """The line and the server at its end; every name of the environment leads there, in this namespace alone."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(address: str) -> None:
        servers.append(subprocess.Popen([sys.executable, "-m", "bench.server", address, str(folder)]))

    try:
        address = delay.lay(milliseconds / 1000, start)
        _wait_for(folder / "ready", servers[0])
        (folder / "hosts").write_text(f"127.0.0.1 localhost\n{address} {FAR_END.vendor} {FAR_END.custom}\n", "ascii")
        subprocess.run(["mount", "--bind", folder / "hosts", "/etc/hosts"], check=True)
        yield address
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def _wait_for(path: Path, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 20
    while not path.exists():
        if server.poll() is not None or time.monotonic() > limit:
            raise CommandFailed("The far end's server did not start within 20 s, or ended at once.")
        time.sleep(0.02)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CommandFailed as failure:
        sys.exit(str(failure))
