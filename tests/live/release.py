"""One version of Keycloak: fetched by its Maven coordinates, unpacked and built once, kept between sessions."""

import fcntl
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live.process import run

PINNED = "26.7.4"
"""The version that the live suite runs against."""
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"


def cache() -> Path:
    """Where downloads and built servers are kept between sessions."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ataccama-doctor-tests"


@contextmanager
def alone() -> Iterator[None]:
    """Let one session at a time fill the cache."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True, slots=True)
class Release:
    """A version, and the path below which it serves; the options of ``kc.sh`` changed with the versions."""

    version: str = PINNED
    base: str = "/auth"
    """Empty for a server without one."""

    @classmethod
    def of_session(cls) -> "Release":
        """The pinned version, unless ``KEYCLOAK_VERSION`` names another."""
        return cls(os.environ.get("KEYCLOAK_VERSION") or PINNED)

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def archive(self) -> Path:
        return cache() / f"keycloak-quarkus-dist-{self.version}.zip"

    @property
    def home(self) -> Path:
        """The built distribution, whether it is there yet or not."""
        return cache() / f"keycloak-{self.version}{'' if self.base else '-rooted'}"

    @property
    def fetched(self) -> bool:
        """True when Maven is no longer needed."""
        return self.home.exists() or self.archive.exists()

    @property
    def build_options(self) -> tuple[str, ...]:
        options = (f"--http-relative-path={self.base or '/'}", "--db=dev-file")
        return options if self.major >= 26 else (*options, "--cache=local")

    @property
    def import_options(self) -> tuple[str, ...]:
        return ("--optimized",) if self.major >= 26 else ()

    @property
    def start_options(self) -> tuple[str, ...]:
        """Behind a proxy that says in its headers how it was called."""
        if self.major >= 26:
            return ("--optimized", "--cache=local", "--proxy-headers=xforwarded")
        return (*(("--optimized",) if self.major >= 20 else ()), "--proxy=edge", "--hostname-strict-https=false")

    def build(self, folder: Path) -> Path:
        """The built distribution; logs go to the folder."""
        if not self.home.exists():
            self._fetch(folder)
            part = cache() / "unpacked"
            shutil.rmtree(part, ignore_errors=True)
            with zipfile.ZipFile(self.archive) as archive:
                archive.extractall(part)
            home = part / f"keycloak-{self.version}"
            (home / "bin" / "kc.sh").chmod(0o755)
            run([str(home / "bin" / "kc.sh"), "build", *self.build_options], folder / "build.log", within=300)
            home.rename(self.home)
            shutil.rmtree(part)
        return self.home

    def _fetch(self, folder: Path) -> None:
        if self.archive.exists():
            return
        part = cache() / "part"
        artifact = f"org.keycloak:keycloak-quarkus-dist:{self.version}:zip"
        command = ["mvn", "-q", "-B", COPY, f"-Dartifact={artifact}", f"-DoutputDirectory={part}"]
        run(command, folder / "fetch.log", within=600)
        (part / self.archive.name).rename(self.archive)
        shutil.rmtree(part)
