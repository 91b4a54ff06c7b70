"""The whole live environment: Keycloak and the API behind the ingress, one for the session."""

import json
import os
import re
import socket
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import requests

from tests.behaviour.environment import CASE_REALM, DISABLED_REALM, SHORT_REALM
from tests.live import api_server, certificates, keycloak, nginx, nginx_worlds
from tests.live.process import Server, closed_port, free_ports
from tests.live.realms import REALM, secrets
from tests.live.release import Release

SPRING_LEEWAY = 60


@dataclass(frozen=True, slots=True)
class Ports:
    """Every port of the environment, on 127.0.0.1."""

    good: int
    untrusted: int
    expired: int
    wrong_host: int
    gateway_down: int
    scheme_lost: int
    keycloak: int
    api: int

    @classmethod
    def free(cls) -> "Ports":
        """Ports that nothing listens on yet."""
        names = cls.__dataclass_fields__
        return cls(**dict(zip(names, free_ports(len(names)), strict=True)))


@dataclass(frozen=True, slots=True)
class Ingress:
    """The running environment; ``tests.behaviour.environment.Environment`` says what each part means."""

    ports: Ports
    ca_bundle: Path
    clients: Mapping[str, str]
    short_token: str = ""
    """A token for ``short``, taken at the start so that it has expired when it is wanted."""
    short_token_ends: float = 0
    """Wall clock, seconds, with the API's leeway."""
    realm: str = REALM
    base: str = "/auth"
    """The path below which Keycloak serves."""
    doors: Mapping[str, int] = field(default_factory=dict)
    """The port of each of ``nginx_worlds``, by its name."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.ports.good}"

    @property
    def url_untrusted(self) -> str:
        return f"https://localhost:{self.ports.untrusted}"

    @property
    def url_expired(self) -> str:
        return f"https://localhost:{self.ports.expired}"

    @property
    def url_wrong_host(self) -> str:
        return f"https://localhost:{self.ports.wrong_host}"

    @property
    def url_gateway_down(self) -> str:
        return f"https://localhost:{self.ports.gateway_down}"

    @property
    def url_scheme_lost(self) -> str:
        return f"https://localhost:{self.ports.scheme_lost}"

    @property
    def url_plain_http_to_tls(self) -> str:
        return f"http://localhost:{self.ports.good}"

    def token(self, client_id: str, realm: str = REALM) -> str:
        """A fresh access token."""
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": self.clients[client_id]}
        url = f"{self.url}{self.base}/realms/{realm}/protocol/openid-connect/token"
        answer = requests.post(url, data=form, verify=str(self.ca_bundle), timeout=10)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def expired_token(self) -> str:
        """The token for ``short``, once it is past its end and the leeway; waits for that a minute at most."""
        time.sleep(max(0.0, self.short_token_ends - time.time()))
        return self.short_token


@contextmanager
def running(folder: Path, release: Release) -> Iterator[Ingress]:
    """Start everything, hand it out when all of it answers, and stop it."""
    with ExitStack() as stack:
        holder = stack.enter_context(closed_port())
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        ports = Ports.free()
        worlds = dict(zip((w.name for w in nginx_worlds.WORLDS), free_ports(len(nginx_worlds.WORLDS)), strict=True))
        pairs = certificates.make(folder)
        realm_server = keycloak.start(folder / "keycloak", ports.keycloak, release)
        stack.callback(realm_server.stop)
        stack.callback(_start_api(folder, ports, worlds.values()).stop)
        closed, quiet = (str(each.getsockname()[1]) for each in (holder, silent))
        places = {"closed": closed, "silent": quiet, "ca": str(pairs.ca_bundle), "nobody": os.devnull}
        doors = [*_doors(ports, pairs, int(closed)), *_deviating(ports, pairs, worlds, places)]
        front = nginx.start(folder / "nginx", doors)
        stack.callback(front.stop)
        ingress = Ingress(ports, pairs.ca_bundle, secrets(), base=release.base, doors=worlds)
        realm_server.wait_until(partial(keycloak.ready, ports.keycloak, release.base), within=120)
        front.wait_until(partial(_answers, ingress), within=20)
        yield replace(ingress, short_token=ingress.token("short"), short_token_ends=time.time() + SPRING_LEEWAY + 4)


def _doors(ports: Ports, pairs: certificates.Certificates, closed: int) -> list[nginx.Door]:
    def door(port: int, pair: certificates.Pair, keycloak_port: int = ports.keycloak) -> nginx.Door:
        return nginx.Door(port, pair, keycloak_port, ports.api)

    return [
        door(ports.good, pairs.good),
        door(ports.untrusted, pairs.untrusted),
        door(ports.expired, pairs.expired),
        door(ports.wrong_host, pairs.wrong_host),
        door(ports.gateway_down, pairs.good, closed),
        replace(door(ports.scheme_lost, pairs.good), forwards_scheme=False),
    ]


def _deviating(
    ports: Ports, pairs: certificates.Certificates, worlds: Mapping[str, int], places: Mapping[str, str]
) -> Iterator[nginx.Door]:
    marks = {"keycloak": str(ports.keycloak), "api": str(ports.api), **places}
    for world in nginx_worlds.WORLDS:
        directives = re.sub("<(.*?)>", lambda mark: marks.get(mark[1], mark[0]), world.directives)
        door = nginx.Door(worlds[world.name], pairs.good, ports.keycloak, ports.api)
        yield replace(door, directives=directives, common=world.base, plain=world.plain)


def _start_api(folder: Path, ports: Ports, more: Iterable[int]) -> Server:
    """The API trusts each realm by the URL of the good door; the main realm by those of ``more`` doors, too."""
    leeways = {REALM: SPRING_LEEWAY, CASE_REALM: SPRING_LEEWAY, DISABLED_REALM: SPRING_LEEWAY, SHORT_REALM: 0}
    doors = {REALM: (ports.good, *more)}
    trusts = [
        json.dumps(
            {
                "issuers": [
                    f"https://localhost:{port}/auth/realms/{realm}" for port in doors.get(realm, (ports.good,))
                ],
                "jwks_uri": f"http://127.0.0.1:{ports.keycloak}/auth/realms/{realm}/protocol/openid-connect/certs",
                "leeway": leeway,
            }
        )
        for realm, leeway in leeways.items()
    ]
    command = [sys.executable, str(Path(api_server.__file__)), str(ports.api), *trusts]
    return Server("the protected API", command, folder / "api.log")


def _answers(ingress: Ingress) -> bool:
    """True when the realm and the API both answer through the ingress."""
    paths = (f"{ingress.base}/realms/{ingress.realm}", "/api/status")
    try:
        answers = [requests.get(ingress.url + path, verify=str(ingress.ca_bundle), timeout=2) for path in paths]
    except requests.RequestException:
        return False
    return all(answer.status_code == 200 for answer in answers)
