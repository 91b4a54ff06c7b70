"""Name resolution with a wall clock: ``getaddrinfo`` has none, so it runs on a thread that may be left behind."""

import socket
import threading

Address = tuple[int, tuple[str, int]]


class _Lookup:
    def __init__(self) -> None:
        self.done = threading.Event()
        self.addresses: list[Address] = []
        self.problem: OSError | None = None


class Names:
    """Looks each name up once a run; whoever asks meanwhile waits for the same answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lookups: dict[tuple[str, int], _Lookup] = {}

    def resolve(self, host: str, port: int, within: float) -> list[Address]:
        """``(family, address)`` pairs in the resolver's order; ``OSError`` when there are none in time."""
        with self._lock:
            lookup = self._lookups.get((host, port))
            if lookup is None:
                lookup = self._lookups[(host, port)] = _Lookup()
                threading.Thread(target=_look_up, args=(host, port, lookup), daemon=True).start()
        if not lookup.done.wait(within):
            raise TimeoutError("the resolver did not answer in time")
        if lookup.problem is not None:
            raise lookup.problem
        return lookup.addresses


def _look_up(host: str, port: int, lookup: _Lookup) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        lookup.addresses = [(int(family), address[:2]) for family, _, _, _, address in found]  # type: ignore[misc]
    except OSError as problem:
        lookup.problem = problem
    except (UnicodeError, ValueError) as problem:
        lookup.problem = socket.gaierror(socket.EAI_NONAME, str(problem))
    finally:
        lookup.done.set()
