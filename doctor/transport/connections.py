"""Opens connections, ahead of need where that saves a round trip: imports nothing but the standard library's.

The first packets are on their way while the HTTP library, the checks and the renderers are still being imported.
"""

import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from doctor.model.deadline import Deadline
from doctor.model.errors import UsageProblem
from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.secret import Secret
from doctor.transport.dial import DialFailed, Dialled, Origin, Proxy, Timings, dial
from doctor.transport.names import Names
from doctor.transport.trust import Trust, proxy_for, proxy_logins

if TYPE_CHECKING:
    import ssl

Lane = tuple[str, Origin]
"""The name of a lane, and the origin that it leads to."""
_HEAD_START = 0.005
"""Seconds; a name on this machine or in a cache is found in less."""


class Opening:
    """One connection being opened."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.timings = Timings()
        self._done = threading.Event()
        self._result: Dialled | DialFailed | None = None

    def run(self, connections: "Connections", origin: Origin) -> None:
        """Open it; whatever comes of it is kept for ``result``."""
        try:
            self._result = connections.dial(origin, self.timings)
        except DialFailed as failed:
            self._result = failed
        except Exception as problem:  # noqa: BLE001 - raised where it is asked for, not lost on a thread
            self._result = DialFailed(FailureKind.RESET, Phase.CONNECT, type(problem).__name__)
        finally:
            self._done.set()

    def result(self) -> Dialled:
        """The connection, once it is there; raises ``DialFailed``."""
        self._done.wait()
        assert self._result is not None
        if isinstance(self._result, DialFailed):
            raise self._result
        return self._result


class Connections:
    """Where a run's connections come from: one resolver, one trust store, one TLS context, the proxy in force."""

    def __init__(
        self,
        *,
        trust: Trust,
        timeout: float,
        deadline: Deadline,
        proxy: str | None = None,
        proxy_source: str = "",
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """``timeout`` is seconds a connection, by the wall."""
        self.began = time.perf_counter()
        self.trust, self.environ = trust, environ or {}
        self._timeout, self._deadline = timeout, deadline
        self._proxy, self._proxy_source = proxy, proxy_source
        self._names = Names()
        self._lock, self._trust_lock = threading.Lock(), threading.Lock()
        self._context: ssl.SSLContext | None = None
        self._opened: dict[Lane, Opening] = {}

    def open_ahead(self, lanes: Iterable[Lane]) -> None:
        """Begin to open these connections, each on a thread of its own, and to load the CA bundle meanwhile."""
        for lane in lanes:
            opening = self._opened.setdefault(lane, Opening())
            threading.Thread(target=opening.run, args=(self, lane[1]), daemon=True).start()
        self._let_packets_leave()
        import ssl  # noqa: F401 - before all else: every connection waits for the CA bundle, and that for this

        threading.Thread(target=self._load_trust_ahead, daemon=True).start()

    def _let_packets_leave(self) -> None:
        """Wait a little: whoever imports next holds the interpreter, and every thread here would wait for its turn."""
        ends = time.monotonic() + _HEAD_START
        for opening in self._opened.values():
            opening.timings.connecting.wait(max(ends - time.monotonic(), 0.0))

    def take(self, lane: Lane) -> Opening:
        """The connection that was opened ahead for this lane, once; else one that is opened now."""
        with self._lock:
            opening = self._opened.pop(lane, None)
        if opening is None:
            opening = Opening()
            opening.run(self, lane[1])
        return opening

    def load_trust(self) -> None:
        """See to it that the CA bundle is loaded; raises ``UsageProblem`` when it cannot be used."""
        _ = self.context

    def _load_trust_ahead(self) -> None:
        with suppress(UsageProblem):  # told by ``load_trust``, on the thread that answers for the run
            self.load_trust()

    def logins(self) -> Iterable[Secret]:
        """The proxies' passwords: for a redactor to learn."""
        return proxy_logins(self._proxy, self.environ)

    @property
    def context(self) -> "ssl.SSLContext":
        """One TLS context for the run: loading a CA bundle costs more than a handshake."""
        with self._trust_lock:
            if self._context is None:
                self._context = self.trust.context()
            return self._context

    def proxy_to(self, origin: Origin) -> Proxy | None:
        """The proxy in force for this origin."""
        return proxy_for(origin, self._proxy, self._proxy_source, self.environ)

    def dial(self, origin: Origin, timings: Timings, context: "ssl.SSLContext | None" = None) -> Dialled:
        """Open a connection through the proxy in force, verified unless another context says otherwise."""
        within = min(self._timeout, self._deadline.left())
        if within <= 0:
            raise DialFailed(FailureKind.DEADLINE, Phase.CONNECT, "the run's time was up")
        return dial(
            origin,
            names=self._names,
            context=lambda: context or self.context,
            proxy=self.proxy_to(origin),
            within=within,
            timings=timings,
        )
