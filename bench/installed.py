"""What an installation without extras takes on the disk, beside Python itself."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from bench.timing import judged

_OURS = "ataccama-doctor"
_ROOT = Path(__file__).parents[1]
_FOLDERS = ("doctor", "checks", "templates")
"""Where our own files are in a checkout, whose installation records none of them."""
_MOST_PACKAGES, _MOST_MB = 15, 25.0


def summary() -> str:
    """Packages and megabytes, beside their limits; what Python compiles from them is its own affair."""
    packages = {_plain(dist.name): dist for dist in _needed(distribution(_OURS))}
    megabytes = sum(map(_size, packages.values())) / 1e6
    return (
        f"installed without extras: {len(packages)} packages, {judged(len(packages), _MOST_PACKAGES)}; "
        f"{megabytes:.1f} MB of files as packaged, {judged(megabytes, _MOST_MB)}"
    )


def _needed(dist: Distribution, extras: str = "") -> Iterator[Distribution]:
    """The distribution and what it requires; what is not installed here is not needed here."""
    yield dist
    for requirement in dist.requires or ():
        package, _, marker = requirement.partition(";")
        found = re.match(r"([\w.-]+)\s*(?:\[([^\]]*)\])?", package)
        if found and _applies(marker, extras):
            try:
                yield from _needed(distribution(found[1]), found[2] or "")
            except PackageNotFoundError:
                continue


def _applies(marker: str, extras: str) -> bool:
    """True unless the marker (PEP 508) speaks of an extra that was not asked for, or of an older Python."""
    extra = re.search(r"extra\s*==\s*[\"']([^\"']+)", marker)
    older = re.search(r"python_(?:full_)?version\s*<\s*[\"']3\.(\d+)", marker)
    return (not extra or extra[1] in extras.split(",")) and (not older or sys.version_info < (3, int(older[1])))


def _size(dist: Distribution) -> int:
    ours = _plain(dist.name) == _OURS
    files = (path for folder in _FOLDERS for path in (_ROOT / folder).rglob("*")) if ours else _recorded(dist)
    return sum(path.stat().st_size for path in files if path.is_file() and path.suffix != ".pyc")


def _recorded(dist: Distribution) -> Iterator[Path]:
    return (Path(str(file.locate())) for file in dist.files or ())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
