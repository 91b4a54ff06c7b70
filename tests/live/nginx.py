"""The ingress: nginx from a generated configuration, as any user, in a folder of its own."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.live.certificates import Pair
from tests.live.process import Server


@dataclass(frozen=True, slots=True)
class Door:
    """One HTTPS port of the ingress."""

    port: int
    pair: Pair
    keycloak_port: int
    """Where ``/auth`` goes; a closed port for an ingress that has lost Keycloak."""
    api_port: int
    forwards_scheme: bool = True
    """False: Keycloak is told of plain HTTP from a public address."""
    directives: str = ""
    """More of its own; a ``location`` in them stands in place of the usual one."""
    common: str = ""
    """What it needs in the ``http`` block."""
    plain: bool = False
    """It speaks plain HTTP."""


def start(folder: Path, doors: Sequence[Door]) -> Server:
    """Start nginx with these doors; it is not yet ready."""
    folder.mkdir()
    configuration = folder / "nginx.conf"
    configuration.write_text(_configuration(folder, doors), "utf-8")
    command = [program(), "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")]
    return Server("nginx", command, folder / "nginx.log")


def program() -> str:
    """Path of nginx, which Debian keeps where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""


def _configuration(folder: Path, doors: Sequence[Door]) -> str:
    # Workers started by root would otherwise become a user that cannot enter the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n    ".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    return f"""\
{user}
daemon off;
worker_processes 1;
pid {folder / "nginx.pid"};
error_log {folder / "error.log"};
events {{ worker_connections 256; }}
http {{
    access_log off;
    {temporary}
    proxy_buffer_size 16k;
    proxy_buffers 8 16k;
    {" ".join(door.common for door in doors)}
{"".join(_door(door) for door in doors)}}}
"""


def _door(door: Door) -> str:
    keycloak, api = (
        f"proxy_pass http://127.0.0.1:{door.keycloak_port};",
        f"proxy_pass http://127.0.0.1:{door.api_port};",
    )
    usual = {"/auth": keycloak, "/realms": keycloak, "/api": api, "/": "return 404;"}
    locations = [f"location {path} {{ {does} }}" for path, does in usual.items() if not _has(door.directives, path)]
    newline = "\n        "
    return f"""\
    server {{
        listen 127.0.0.1:{door.port}{"" if door.plain else " ssl"};
        server_name localhost;
        ssl_certificate {door.pair.certificate};
        ssl_certificate_key {door.pair.key};
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For {"$remote_addr" if door.forwards_scheme else "203.0.113.7"};
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Port {door.port};
        proxy_set_header X-Forwarded-Proto {"https" if door.forwards_scheme else "http"};
        {door.directives}
        {newline.join(locations)}
    }}
"""


def _has(directives: str, path: str) -> bool:
    return f"location {path} {{" in directives
