"""Print every figure beside its baseline, from the same run: ``make bench``, ``make bench ARGS=--pairs=21``."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench import installed
from bench.timing import PAIRS, Command, CommandFailed, compare, heading, row

ROUND_TRIPS_MS = (0, 20, 100)
NEEDED = ("curl", "jq", "ip", "mount", "unshare")
NOT_ALL_MEASURED = 3


def main() -> int:
    """Start-up first, then the check over lines of growing length."""
    options = _options()
    _refuse_another_urllib3()
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} CPUs; whole processes.")
    print(f"{options.pairs} pairs each, A B and B A in turn, after one untimed run of both.\n")
    tool = str(Path(sys.executable).with_name("ataccama-doctor"))
    _start_up(tool, options.pairs)
    print(f"\n{installed.summary()}")
    return _over_lines(tool, options.pairs, options.round_trips)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help=f"pairs a figure (at least {PAIRS} to quote it)")
    parser.add_argument(
        "--round-trips", type=int, nargs="*", default=ROUND_TRIPS_MS, metavar="MS", help="round trips in milliseconds"
    )
    return parser.parse_args()


def _refuse_another_urllib3() -> None:
    """A fork that installs itself as ``urllib3`` would be measured in its place."""
    try:
        found = version("urllib3-future")
    except PackageNotFoundError:
        return
    sys.exit(f"urllib3-future {found} is installed over urllib3; remove it before measuring.")


def _start_up(tool: str, pairs: int) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    # Without -I: the command's own first line starts the interpreter in the same way.
    bare = Command("a bare interpreter", (sys.executable, "-c", "pass"), env)
    print(heading("ours", "same interpreter, -c pass"))
    for argument, at_most in (("--version", 4.5), ("--help", 5.0)):
        ours = Command(f"ataccama-doctor {argument}", (tool, argument), env)
        print(row(ours.name, compare(bare, ours, pairs), at_most), flush=True)


def _over_lines(tool: str, pairs: int, round_trips: Sequence[int]) -> int:
    lacking = _lacking()
    if lacking:
        print(f"\nNot measured: the check against the two curl commands. {lacking}")
        return NOT_ALL_MEASURED
    for milliseconds in round_trips:
        command = (*_namespaces(), sys.executable, "-m", "bench.over_a_line", str(milliseconds), tool, str(pairs))
        if subprocess.run(command, check=False).returncode != 0:
            return 1
    return 0


def _namespaces() -> tuple[str, ...]:
    user = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    return ("unshare", *user, "--net", "--mount", "--propagation", "private", "--")


def _lacking() -> str | None:
    """What this machine lacks for a line with a round trip, as a sentence."""
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if absent:
        return f"Missing commands: {', '.join(absent)} (Debian: apt install curl jq iproute2 util-linux)."
    if not Path("/dev/net/tun").exists():
        return "There is no /dev/net/tun, which the delayed line is made of."
    tried = subprocess.run((*_namespaces(), "true"), capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        return f"It needs root or user namespaces; here: {tried.stderr.strip()}"
    return None


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommandFailed as failure:
        sys.exit(str(failure))
