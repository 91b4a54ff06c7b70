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
from bench.surroundings import FAR_END, Trust, check_command, environment, two_curls
from bench.timing import CommandFailed, Pair, compare, heading, row


def main(milliseconds: str, tool: str, pairs: str) -> None:
    """Print the table of one round trip."""
    with tempfile.TemporaryDirectory() as folder, _far_end(float(milliseconds), Path(folder)) as address:
        trust = Trust.in_folder(Path(folder))
        round_trip = median(delay.measured(address, FAR_END.port) for _ in range(5))
        print(f"\nRound trip {milliseconds} ms ({round_trip * 1000:.1f} measured); {trust.words}")
        print(heading("check, JSON and HTML written", "the two curl commands"))
        peaks = [
            _compare(what, host, tool, Path(folder), trust, int(pairs))
            for what, host in (("vendor's domain", FAR_END.vendor), ("custom domain", FAR_END.custom))
        ]
        print(f"peak memory of a check: {max(peaks) / 1e6:.1f} MB")


def _compare(what: str, host: str, tool: str, folder: Path, trust: Trust, pairs: int) -> int:
    env = environment(host, trust.bundle)
    ours, curls = check_command(tool, folder, env), two_curls(env)
    _is_right(ours.argv, env, folder)
    for command in (ours, curls):
        _refuses_strangers(command.argv, environment(host, trust.strangers))
    timed: list[Pair] = compare(curls, ours, pairs)
    print(row(what, timed), flush=True)
    return max(pair.ours.peak_bytes for pair in timed)


def _is_right(argv: tuple[str, ...], env: dict[str, str], folder: Path) -> None:
    done = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CommandFailed(f"The check ended with exit code {done.returncode}:\n{done.stdout}{done.stderr}")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    if report["verdict"] != "healthy" or not (folder / "report.html").stat().st_size:
        raise CommandFailed(f"The verdict is {report['verdict']}, expected healthy:\n{done.stdout}")


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
