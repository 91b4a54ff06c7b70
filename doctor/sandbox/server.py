"""The environment that ships inside: sets a declared world up on loopback and takes it down again."""

import contextlib
import socket
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from doctor.sandbox import forward_proxy, pki, tokens
from doctor.sandbox.front import Front
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.listener import Listener, SilentPorts
from doctor.sandbox.scene import Scene
from doctor.sandbox.tls import server_context
from doctor.sandbox.world import Minting, Tls, World, healthy


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
        self._port = port
        self._overrides = overrides or {}
        self._keys = keys or KeyRing()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self._set_up(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _set_up(self, stack: contextlib.ExitStack) -> None:
        self._keys.prepare(self.world.realm)
        self._directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ataccama-doctor-")))
        self._authority = pki.Authority.new("Ataccama doctor sandbox CA")
        (self._directory / "ca.pem").write_bytes(self._authority.pem)
        self._ports = SilentPorts()
        stack.callback(self._ports.close)
        self._listen(stack)

    def _listen(self, stack: contextlib.ExitStack) -> None:
        self._listener = Listener(self._port)
        self._proxy = Listener()
        self.scene = Scene(self.world, self._keys, self.url)
        self._front = self._open_front(stack, self.world.tls, self._directory)
        handlers = [(self._listener, self._front.serve), (self._proxy, self._serve_proxy)]
        if self.world.api_tls is not None:
            self._api_listener = Listener()
            (self._directory / "api").mkdir()
            front = self._open_front(stack, self.world.api_tls, self._directory / "api")
            handlers.append((self._api_listener, front.serve))
        for listener, handler in handlers:
            stack.callback(listener.close)
            listener.start(handler)

    def _open_front(self, stack: contextlib.ExitStack, tls: Tls, directory: Path) -> Front:
        front = Front(self.scene, server_context(tls, self._authority, directory), tls)
        stack.callback(front.close)
        return front

    def _serve_proxy(self, connection: socket.socket) -> None:
        if self.world.proxy is not None:
            forward_proxy.serve(self.world.proxy, self.port, connection)

    @property
    def requests(self) -> list[tuple[str, str]]:
        """Method and path of each request, in the order of arrival."""
        return self._front.requests

    @property
    def issued(self) -> int:
        """Access tokens given so far."""
        return self._front.issued

    @property
    def port(self) -> int:
        return self._listener.port

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def api_url(self) -> str:
        """The API at the second port, where the world has one."""
        scheme = "http" if self.world.api_tls and self.world.api_tls.spoken == "plain" else "https"
        return f"{scheme}://localhost:{self._api_listener.port}{self.world.api.base}"

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
        said = tokens.claims(self.scene, realm, client, " ".join(client.scopes), self.scene.now, 0)
        return tokens.sign(self.scene, realm, {**said, **claims}, minting, client.algorithm)
