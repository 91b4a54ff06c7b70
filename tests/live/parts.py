"""The parts of the live suite that this machine lacks, and how to get them."""

import re
import shutil
import subprocess

from tests.live import nginx
from tests.live.release import Release
from tests.parts import Part

JAVA = 17


def missing() -> list[Part]:
    """Every part that the live suite would need and does not find."""
    found = []
    if (_java() or 0) < JAVA:
        found.append(Part(f"Java {JAVA} or newer", "apt-get install openjdk-17-jre-headless"))
    if not Release().fetched and shutil.which("mvn") is None:
        found.append(Part("Maven, to fetch Keycloak", "apt-get install maven"))
    if not nginx.program():
        found.append(Part("nginx", "apt-get install nginx-light"))
    return found


def _java() -> int | None:
    """The major version of the ``java`` that the servers would get."""
    if shutil.which("java") is None:
        return None
    done = subprocess.run(["java", "-version"], capture_output=True, text=True, timeout=30, check=False)
    match = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(match[1]) if match else None
