"""A forward proxy on loopback: answers CONNECT as declared, and tunnels to the environment when it is to."""

import socket
import threading

from doctor.sandbox.message import Answer, Headers
from doctor.sandbox.wire import read_request, rendered
from doctor.sandbox.world import Proxy

_CHALLENGE: Headers = (("Proxy-Authenticate", 'Basic realm="proxy"'),)


def serve(proxy: Proxy, target: int, connection: socket.socket) -> None:
    """One CONNECT; ``target`` is the only port that the tunnel leads to, whatever was asked for."""
    request = read_request(connection.makefile("rb"))
    if request is None:
        return
    if request.method != "CONNECT" or proxy.status != 200:
        status = proxy.status if request.method == "CONNECT" else 405
        head, body = rendered(Answer(status, _CHALLENGE if status == 407 else ()), None)
        connection.sendall(head + body)
        return
    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    with socket.create_connection(("127.0.0.1", target)) as onward:
        threading.Thread(target=_pump, args=(connection, onward), daemon=True).start()
        _pump(onward, connection)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
