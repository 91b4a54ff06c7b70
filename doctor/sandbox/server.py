"""The environment that ships inside: sets a declared world up on loopback and takes it down again."""

import contextlib
import socket
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from doctor.sandbox import edge, forward_proxy, pki, tokens
from doctor.sandbox.edge import nginx_page
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.listener import Listener, SilentPorts
from doctor.sandbox.message import Answer, Request
from doctor.sandbox.scene import Scene
from doctor.sandbox.tls import server_context
from doctor.sandbox.wire import NotHttp, read_request, reset, write_reply
from doctor.sandbox.world import Minting, World, healthy


class Sandbox:
    """``with Sandbox(world) as env:`` serves the world at ``env.url`` until the block ends."""

    def __init__(
        self,
        world: World | None = None,
        *,
        port: int = 0,
        overrides: Mapping[str, Any] | None = None,
        keys: KeyRing | None = None,
    ) -> None:
        self.world = world or healthy()
        self.requests: list[tuple[str, str]] = []
        """Method and path of each request, in the order of arrival."""
        self.issued = 0
        """Access tokens given so far."""
        self._port = port
        self._overrides = overrides or {}
        self._keys = keys or KeyRing()
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self._set_up(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._stack.close()

    def _set_up(self, stack: contextlib.ExitStack) -> None:
        self._keys.prepare(self.world.realm)
        self._directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ataccama-doctor-")))
        self._authority = pki.Authority.new("Ataccama doctor sandbox CA")
        (self._directory / "ca.pem").write_bytes(self._authority.pem)
        self._context = server_context(self.world.tls, self._authority, self._directory)
        self._ports = SilentPorts()
        stack.callback(self._ports.close)
        self._listener = self._listen(stack, self._serve, self._port)
        self._proxy = self._listen(stack, self._serve_proxy)
        self.scene = Scene(self.world, self._keys, self.url)

    def _listen(self, stack: contextlib.ExitStack, handler: Any, port: int = 0) -> Listener:
        listener = Listener(handler, port)
        stack.callback(listener.close)
        listener.start()
        return listener

    @property
    def port(self) -> int:
        return self._listener.port

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def ca_bundle(self) -> str:
        """Path of the CA's certificate; the folder is gone when the block ends."""
        return str(self._directory / "ca.pem")

    @property
    def other_ca_bundle(self) -> str:
        """Path of a CA's certificate that has signed nothing here."""
        path = self._directory / "other-ca.pem"
        path.write_bytes(pki.Authority.new("Another CA").pem)
        return str(path)

    @property
    def realm(self) -> str:
        return self.world.realm.name

    @property
    def client_id(self) -> str:
        return self.world.client.client_id

    @property
    def client_secret(self) -> str:
        return self.world.client.secret or ""

    @property
    def token_endpoint(self) -> str:
        base = f"{self.url}{self.world.edge.base_path}"
        return f"{base}/realms/{self.realm}/protocol/openid-connect/token"

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self._proxy.port}"

    @property
    def refusing_port(self) -> int:
        """A port that refuses connections."""
        return self._ports.refusing

    @property
    def silent_port(self) -> int:
        """A port that never answers (127.0.0.1, Linux)."""
        return self._ports.silent()

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the person typed, by setting; a setting that was not given is absent."""
        typed: dict[str, Any] = {
            "url": self.url, "realm": self.realm, "client_id": self.client_id,
            "client_secret": self.client_secret, "ca_bundle": self.ca_bundle, **self._overrides,
        }  # fmt: skip
        resolved = {name: value(self) if callable(value) else value for name, value in typed.items()}
        return {name: value for name, value in resolved.items() if value is not None}

    def mint(self, minting: Minting = tokens.AS_ISSUED, **claims: Any) -> str:
        """A token of the realm's key, with these claims over those of the client; None removes one."""
        realm, client = self.world.realm, self.world.client
        said = tokens.claims(self.scene, realm, client, " ".join(client.scopes), self._now(), 0)
        return tokens.sign(self.scene, realm, {**said, **claims}, minting, client.algorithm)

    def _now(self) -> float:
        return time.time() + self.world.clock_offset

    def _serve(self, connection: socket.socket) -> None:
        match self.world.tls.spoken:
            case "nothing":
                self._closing.wait()
            case "reset":
                reset(connection)
            case "plain":
                self._converse(connection)
            case "tls" | "old-tls":
                self._serve_tls(connection)

    def _serve_tls(self, connection: socket.socket) -> None:
        if connection.recv(1, socket.MSG_PEEK) not in (b"\x16", b""):
            self._converse(connection, _PLAIN_TO_TLS)
            return
        secured = self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._listener.tracked(secured):
            secured.do_handshake()
            self._converse(secured)

    def _serve_proxy(self, connection: socket.socket) -> None:
        if self.world.proxy is not None:
            forward_proxy.serve(self.world.proxy, self.port, connection)

    def _converse(self, connection: socket.socket, instead: Answer | None = None) -> None:
        with connection.makefile("rb") as stream:
            while (request := _next(stream)) is not None:
                if not self._reply(connection, request, instead):
                    return

    def _reply(self, connection: socket.socket, request: Request | Answer, instead: Answer | None) -> bool:
        now = self._now()
        date = now if self.world.edge.sends_date else None
        if isinstance(request, Answer):
            return write_reply(connection, Request("GET", "/"), request, date, self._closing) and False
        reply = instead or edge.respond(self.scene, self._numbered(request), now)
        self._count(reply)
        return write_reply(connection, request, reply, date, self._closing)

    def _numbered(self, request: Request) -> Request:
        with self._lock:
            self.requests.append((request.method, request.path))
            number, issued = len(self.requests), self.issued
        return Request(request.method, request.path, request.query, request.headers, request.body, number, issued)

    def _count(self, reply: object) -> None:
        if isinstance(reply, Answer) and reply.status == 200 and b'"access_token"' in reply.body[:20]:
            with self._lock:
                self.issued += 1


def _next(stream: Any) -> Request | Answer | None:
    try:
        return read_request(stream)
    except NotHttp:
        return nginx_page(400, "Bad Request")


_PLAIN_TO_TLS = nginx_page(400, "Bad Request", "The plain HTTP request was sent to HTTPS port")
