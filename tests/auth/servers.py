"""A token endpoint and an API on loopback that count what they are asked, and a clock that tests move."""

import json
import threading
from collections.abc import Callable
from urllib.parse import parse_qs

from tests.transport.loopback import Peer, Server, answer

SECRET = "5X24WjqW+Zh&tA9C7%DHZ=0UOoKYyh7X"
Says = Callable[[int], bytes]
"""The whole answer to the request of this number, from 1."""


def token(number: int, expires_in: object = 300, **more: object) -> bytes:
    document = {"access_token": f"token-{number}", "token_type": "Bearer", "expires_in": expires_in, **more}
    return answer(json.dumps({k: v for k, v in document.items() if v is not None}).encode())


def refusal(error: str, description: str, status: str = "401 Unauthorized") -> bytes:
    return answer(json.dumps({"error": error, "error_description": description}).encode(), status=status)


def numbered(says: Says) -> Server:
    """Answers each request as declared; how many came is ``len(requests)``."""
    lock, count = threading.Lock(), iter(range(1, 1000))

    def script(peer: Peer) -> None:
        while peer.read():
            with lock:
                number = next(count)
            peer.say(says(number))

    return Server(script)


def api(accepts: Callable[[str], bool]) -> Server:
    """Answers 200 to a token that it accepts, and 401 to all else."""

    def script(peer: Peer) -> None:
        while peer.read():
            ok = accepts(bearer(peer.server.requests[-1]) or "")
            peer.say(answer(b"fine") if ok else answer(b"no", status="401 Unauthorized"))

    return Server(script)


def bearer(request: bytes) -> str | None:
    """The token in a request's ``Authorization``, None without one."""
    return header(request, "Authorization", "Bearer ")


def header(request: bytes, name: str, start: str = "") -> str | None:
    lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return next((line[len(name) + 2 + len(start) :] for line in lines if line.startswith(f"{name}: {start}")), None)


def body(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def form(request: bytes) -> dict[str, list[str]]:
    return parse_qs(body(request).decode(), keep_blank_values=True)


class Clock:
    """In place of ``time``: stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now
