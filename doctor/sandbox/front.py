"""The port of the environment: speaks TLS as declared, then HTTP, and counts what it is asked."""

import socket
import ssl
import threading
from dataclasses import replace
from io import BufferedReader

from doctor.sandbox import edge
from doctor.sandbox.edge import nginx_page
from doctor.sandbox.listener import Connections
from doctor.sandbox.message import Answer, Reply, Request
from doctor.sandbox.scene import Scene
from doctor.sandbox.wire import NotHttp, read_request, reset, write_reply
from doctor.sandbox.world import Tls

_PLAIN_TO_TLS = nginx_page(400, "Bad Request", "The plain HTTP request was sent to HTTPS port")
_NOT_HTTP = nginx_page(400, "Bad Request")
_HANDSHAKE = b"\x16"
"""First byte of a ClientHello (RFC 8446 section 5.1)."""


class Front:
    """Serves one scene; one call of ``serve`` a connection, each in a thread of its own."""

    def __init__(self, scene: Scene, context: ssl.SSLContext, tls: Tls | None = None) -> None:
        """``tls``: None takes the world's own."""
        self.requests: list[tuple[str, str]] = []
        self.issued = 0
        self._scene = scene
        self._context = context
        self._tls = tls or scene.world.tls
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._secured = Connections()

    def close(self) -> None:
        """Ends what hangs or drips, and every connection."""
        self._closing.set()
        self._secured.cut()

    def serve(self, connection: socket.socket) -> None:
        match self._tls.spoken:
            case "nothing":
                self._closing.wait()
            case "reset":
                reset(connection)
            case "reset-handshake":
                connection.recv(1)
                reset(connection)
            case "garbage":
                connection.recv(1)
                connection.sendall(b"220 mail.example ESMTP ready\r\n")
            case "plain":
                self._converse(connection)
            case "tls" | "old-tls":
                self._serve_tls(connection)

    def _serve_tls(self, connection: socket.socket) -> None:
        if connection.recv(1, socket.MSG_PEEK) not in (_HANDSHAKE, b""):
            self._converse(connection, _PLAIN_TO_TLS)
            return
        # Wrapping empties the plain socket: from here on it is the secured one that must be cut and closed.
        secured = self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._secured.kept(secured):
            secured.do_handshake()
            self._converse(secured)

    def _converse(self, connection: socket.socket, instead: Answer | None = None) -> None:
        served, most = 0, self._scene.world.edge.framing.serves
        with connection.makefile("rb") as stream:
            while self._exchange(connection, stream, instead):
                served += 1
                if served == most:
                    stream.peek(1)
                    reset(connection)
                    return

    def _exchange(self, connection: socket.socket, stream: BufferedReader, instead: Answer | None) -> bool:
        """One request and its reply; True when another may follow."""
        try:
            request = read_request(stream)
        except NotHttp:
            self._write(connection, Request("GET", "/"), _NOT_HTTP)
            return False
        if request is None:
            return False
        return self._write(connection, request, instead or self._reply(request))

    def _reply(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append((request.method, request.path))
            numbered = replace(request, number=len(self.requests), issued=self.issued)
        reply = edge.respond(self._scene, numbered, self._scene.now)
        if isinstance(reply, Answer) and reply.status == 200 and b'"access_token"' in reply.body[:20]:
            with self._lock:
                self.issued += 1
        return reply

    def _write(self, connection: socket.socket, request: Request, reply: Reply) -> bool:
        date = self._scene.now if self._scene.world.edge.sends_date else None
        return write_reply(connection, request, reply, date, self._closing, self._scene.world.edge.framing)
