"""A healthy environment on loopback that answers in rounds and counts what arrives.

It holds the answers of a round back until all of the round's requests are there: one that waits for another's answer
before it is sent would not come, and the round would stay incomplete.
"""

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from doctor.model.inputs import Given, Inputs
from doctor.model.terms import SettingName
from doctor.sandbox import pki
from doctor.sandbox.edge import respond
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, Request
from doctor.sandbox.scene import Scene
from doctor.sandbox.tls import server_context
from doctor.sandbox.wire import read_request, rendered
from doctor.sandbox.world import Tls, healthy

VENDOR, CUSTOM = "acme.ataccama.one", "dq.acme.example"
WORLD = healthy()
CONNECTIONS = 3
LONGEST = 8.0
"""Seconds until a round that stays incomplete is answered all the same, and the run told apart from a right one."""

DISCOVERY, KEYS, TOKEN = "discovery", "keys", "token"
WITHOUT, WITH = "GET without token", "GET with token"
NAMES = {".well-known/openid-configuration": DISCOVERY, "/certs": KEYS, "/token": TOKEN}


class Rounds:
    """What arrives, in rounds of the given sizes."""

    def __init__(self, *sizes: int) -> None:
        self.arrived: list[str] = []
        self.incomplete = False
        self._ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
        self._news = threading.Condition()

    def take(self, what: str) -> None:
        """Note it, and return when the rest of its round is there."""
        with self._news:
            self.arrived.append(what)
            self._news.notify_all()
            end = next((end for end in self._ends if len(self.arrived) <= end), 0)
            if not self._news.wait_for(lambda: len(self.arrived) >= end, LONGEST):
                self.incomplete = True

    @property
    def rounds(self) -> list[set[str]]:
        starts = [0, *self._ends]
        return [set(self.arrived[start:end]) for start, end in zip(starts, [*self._ends, None], strict=True)]


class CountingServer:
    """The sandbox's healthy environment under one name, answering in rounds."""

    def __init__(self, host: str, context: ssl.SSLContext, requests: Rounds, other_keys: int) -> None:
        self.requests, self.connections = requests, Rounds(CONNECTIONS)
        self._scene, self._context, self._other_keys = Scene(WORLD, KeyRing(), f"https://{host}"), context, other_keys
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            self.connections.take("connection")
            with self._context.wrap_socket(connection, server_side=True) as secured, secured.makefile("rb") as stream:
                while (request := read_request(stream)) is not None:
                    secured.sendall(b"".join(rendered(self._answer(request), time.time())))

    def _answer(self, request: Request) -> Answer:
        name = next((name for end, name in NAMES.items() if request.path.endswith(end)), None)
        self.requests.take(name or (WITH if request.header("Authorization") else WITHOUT))
        reply = respond(self._scene, request, time.time())
        assert isinstance(reply, Answer)
        return self._with_other_keys(reply) if name == KEYS else reply

    def _with_other_keys(self, answer: Answer) -> Answer:
        """Keys that have signed nothing here, before the right one."""
        document = json.loads(answer.body)
        others = [document["keys"][0] | {"kid": f"other {n}"} for n in range(self._other_keys)]
        return replace(answer, body=json.dumps({"keys": [*others, *document["keys"]]}).encode())


@contextlib.contextmanager
def counting(
    host: str, *rounds: int, folder: Path, monkeypatch: pytest.MonkeyPatch, other_keys: int = 0
) -> Iterator[tuple[CountingServer, Inputs]]:
    """The server, to which every name leads, and what a run over it starts from."""
    authority = pki.Authority.new("Round trips")
    (folder / "ca.pem").write_bytes(authority.pem)
    context = server_context(Tls(hosts=(host,)), authority, folder)
    assert context is not None
    server = CountingServer(host, context, Rounds(*rounds), other_keys)
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    try:
        yield server, _inputs(host, folder / "ca.pem")
    finally:
        server.close()


def _inputs(host: str, ca: Path) -> Inputs:
    values = {
        SettingName.URL: f"https://{host}",
        SettingName.REALM: WORLD.realm.name,
        SettingName.CLIENT_ID: WORLD.client.client_id,
        SettingName.CLIENT_SECRET: WORLD.client.secret or "",
        SettingName.CA_BUNDLE: str(ca),
    }
    return Inputs(tuple(Given(name, value, "a test") for name, value in values.items()))
