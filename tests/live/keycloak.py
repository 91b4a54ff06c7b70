"""A real Keycloak, filled once and started in seconds afterwards.

In the cache lie the archive, the built distribution and, under the hash of the realms, the database with the realms
imported.  A session works on a copy of the database and never writes to the cache.
"""

import hashlib
import json
import shutil
from pathlib import Path

import requests

from tests.live.process import Server, run
from tests.live.realms import REALM, realms
from tests.live.release import Release, alone, cache

# The client compiler alone starts sooner, and no test lives long enough to miss the other one.
ENVIRONMENT = {"JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1"}


def start(folder: Path, port: int, release: Release) -> Server:
    """Start Keycloak with the realms on this port of 127.0.0.1, behind a proxy; it is not yet ready."""
    folder.mkdir()
    with alone():
        distribution, database = release.build(folder), _fill(folder, release)
    home = _home(folder / "home", distribution)
    shutil.copytree(database, home / "data" / "h2")
    return Server("Keycloak", _start_command(home, port, release), folder / "keycloak.log", ENVIRONMENT)


def ready(port: int, base: str) -> bool:
    """True when the realm answers."""
    try:
        return requests.get(f"http://127.0.0.1:{port}{base}/realms/{REALM}", timeout=2).status_code == 200
    except requests.RequestException:
        return False


def _fill(folder: Path, release: Release) -> Path:
    name = f"realms-{release.home.name}"
    database = cache() / f"{name}-{_fingerprint(release)}"
    if not database.exists():
        home = _home(folder / "filling", release.home)
        _write_realms(home / "data" / "import")
        kc = str(home / "bin" / "kc.sh")
        command = [kc, "import", *release.import_options, "--dir", str(home / "data" / "import")]
        run(command, folder / "import.log", within=180, environment=ENVIRONMENT)
        for stale in cache().glob(f"{name}-*"):
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


def _fingerprint(release: Release) -> str:
    return hashlib.sha256(json.dumps([realms(), release.build_options]).encode()).hexdigest()[:12]


def _start_command(home: Path, port: int, release: Release) -> list[str]:
    return [
        str(home / "bin" / "kc.sh"),
        "start",
        *release.start_options,
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        f"--http-port={port}",
        "--hostname-strict=false",
    ]
