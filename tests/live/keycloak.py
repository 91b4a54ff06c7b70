"""A real Keycloak: fetched by its Maven coordinates, built and filled once, started in seconds afterwards.

In the cache lie the archive, the built distribution and, under the hash of the realms, the database with the realms
imported.  A session works on a copy of the database and never writes to the cache.
"""

import fcntl
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.live.process import Server, run
from tests.live.realms import REALM, realms

VERSION = "26.7.4"
ARTIFACT = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
BUILD = ("build", "--http-relative-path=/auth", "--db=dev-file")
# The client compiler alone starts sooner, and no test lives long enough to miss the other one.
ENVIRONMENT = {"JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1"}


def cache() -> Path:
    """Where downloads and the built server are kept between sessions."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ataccama-doctor-tests"


def built() -> Path:
    """The built distribution, whether it is there yet or not."""
    return cache() / f"keycloak-{VERSION}"


def fetched() -> bool:
    """True when Maven is no longer needed."""
    return built().exists() or _archive().exists()


def start(folder: Path, port: int) -> Server:
    """Start Keycloak with the realms on this port of 127.0.0.1, behind a proxy; it is not yet ready."""
    with _alone():
        distribution, database = _build(folder), _fill(folder)
    home = _home(folder / "keycloak", distribution)
    shutil.copytree(database, home / "data" / "h2")
    return Server("Keycloak", _start_command(home, port), folder / "keycloak.log", ENVIRONMENT)


def ready(port: int) -> bool:
    """True when the realm answers."""
    try:
        return requests.get(f"http://127.0.0.1:{port}/auth/realms/{REALM}", timeout=2).status_code == 200
    except requests.RequestException:
        return False


def _archive() -> Path:
    return cache() / f"keycloak-quarkus-dist-{VERSION}.zip"


@contextmanager
def _alone() -> Iterator[None]:
    """Let one session at a time fill the cache."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(folder: Path) -> None:
    if _archive().exists():
        return
    part = cache() / "part"
    command = ["mvn", "-q", "-B", COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={part}"]
    run(command, folder / "fetch.log", within=600)
    (part / _archive().name).rename(_archive())
    shutil.rmtree(part)


def _build(folder: Path) -> Path:
    if not built().exists():
        _fetch(folder)
        part = cache() / "unpacked"
        shutil.rmtree(part, ignore_errors=True)
        with zipfile.ZipFile(_archive()) as archive:
            archive.extractall(part)
        home = part / built().name
        (home / "bin" / "kc.sh").chmod(0o755)
        run([str(home / "bin" / "kc.sh"), *BUILD], folder / "build.log", within=300)
        home.rename(built())
        shutil.rmtree(part)
    return built()


def _fill(folder: Path) -> Path:
    database = cache() / f"realms-{VERSION}-{_fingerprint()}"
    if not database.exists():
        home = _home(folder / "filling", built())
        _write_realms(home / "data" / "import")
        command = [str(home / "bin" / "kc.sh"), "import", "--optimized", "--dir", str(home / "data" / "import")]
        run(command, folder / "import.log", within=180, environment=ENVIRONMENT)
        for stale in cache().glob(f"realms-{VERSION}-*"):
            shutil.rmtree(stale)
        shutil.move(home / "data" / "h2", database)
        shutil.rmtree(home)
    return database


def _home(home: Path, distribution: Path) -> Path:
    """A server home with its own data; ``kc.sh`` takes the folder above its own as home, so ``bin`` is copied."""
    (home / "data").mkdir(parents=True)
    for name in ("bin", "conf"):
        shutil.copytree(distribution / name, home / name)
    for name in ("lib", "providers", "themes"):
        (home / name).symlink_to(distribution / name)
    return home


def _write_realms(folder: Path) -> None:
    folder.mkdir()
    for realm in realms():
        (folder / f"{realm['realm']}-realm.json").write_text(json.dumps(realm, indent=1), "utf-8")


def _fingerprint() -> str:
    return hashlib.sha256(json.dumps([realms(), BUILD]).encode()).hexdigest()[:12]


def _start_command(home: Path, port: int) -> list[str]:
    return [
        str(home / "bin" / "kc.sh"),
        "start",
        "--optimized",
        "--cache=local",
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        f"--http-port={port}",
        "--hostname-strict=false",
        "--proxy-headers=xforwarded",
    ]
