"""The only thing that opens a connection. What it records is redacted; what it hands out holds no secret.

Every answer is a value: ``Response`` or ``TransportFailure``. Secrets go out only as the rules of ``policy`` allow.
"""

import ssl
import threading
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from doctor.model.deadline import Deadline
from doctor.model.facts.network import FailureKind, Line, Phase, TransportFailure
from doctor.model.report import Exchange, RequestReport
from doctor.model.request import Handshake, Request, Response
from doctor.model.secret import Vault
from doctor.model.terms import Endpoint
from doctor.redaction import Redactor
from doctor.transport.dial import DialFailed, Dialled, Origin, Proxy, Timings, dial
from doctor.transport.failures import answer_failure, root
from doctor.transport.handshake import second_look
from doctor.transport.log import ExchangeLog
from doctor.transport.message import compose, shown, to_response
from doctor.transport.names import Names
from doctor.transport.policy import Policy
from doctor.transport.trust import Trust, proxy_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from doctor.transport.lane import Lane

BODY_LIMIT = 2_000_000
"""Bytes of a decoded body that are read at most."""


class Transport:
    """Implements ``doctor.model.request.Http`` on real connections."""

    def __init__(
        self,
        *,
        vault: Vault,
        redactor: Redactor,
        policy: Policy,
        trust: Trust,
        timeout: float,
        deadline: Deadline,
        proxy: str | None = None,
        proxy_source: str = "",
        environ: "Mapping[str, str] | None" = None,
    ) -> None:
        """``timeout`` is seconds a request, by the wall."""
        self._vault, self._redactor, self._policy, self.trust = vault, redactor, policy, trust
        self._timeout, self._deadline = timeout, deadline
        self._proxy, self._proxy_source, self._environ = proxy, proxy_source, environ or {}
        self._names = Names()
        self._log = ExchangeLog(redactor)
        self._slots: dict[tuple[str, Origin], _Slot] = {}
        self._lock = threading.Lock()

    @cached_property
    def context(self) -> ssl.SSLContext:
        """One TLS context for the process: loading a CA bundle costs more than a handshake."""
        return self.trust.context()

    def begin(self) -> None:
        """Import the HTTP library beside the first connections, not before them."""
        threading.Thread(target=_import_ahead, daemon=True).start()

    def exchanges(self) -> tuple[Exchange, ...]:
        return self._log.exchanges()

    def connect(self, endpoint: Endpoint, url: str, lane: str | None = None) -> Line | TransportFailure:
        """Open the lane's connection to the URL's origin and keep it for ``ask``."""
        slot = self._slot(lane or endpoint.value, Origin.of(url))
        with slot.lock:
            try:
                dialled = slot.open()
            except DialFailed as failed:
                return self._record_failed_dial(slot, endpoint, failed)
        proxy = dialled.proxy
        return Line(
            endpoint,
            str(slot.origin),
            address=dialled.address,
            proxy=proxy.place if proxy else None,
            proxy_source=proxy.source if proxy else None,
            tls=dialled.tls,
            ca_source=self.trust.source,
        )

    def ask(self, request: Request) -> Response | TransportFailure:
        """Send one request on its lane, follow nothing, and record it."""
        origin = Origin.of(request.url)
        refusal = self._policy.refuses(request, origin)
        if refusal:
            return TransportFailure(FailureKind.NOT_SENT, Phase.SEND, refusal, 0)
        slot = self._slot(request.lane or request.endpoint.value, origin)
        with slot.lock:
            return self._exchange(slot, request)

    def handshake(self, url: str) -> Handshake | None:
        """Read a refused certificate; the second handshakes send no application byte."""
        return second_look(Origin.of(url), self._environ, self.trust, self._dial_with)

    def _dial_with(self, origin: Origin, context: ssl.SSLContext) -> Dialled:
        return self._dial(origin, context, Timings())

    def _exchange(self, slot: "_Slot", request: Request) -> Response | TransportFailure:
        number, started, timings = self._log.next_number(), self._log.now(), Timings()
        result = self._attempt(slot, request, number, timings)
        if isinstance(result, Response):
            self._policy.learn(result, self._vault, self._redactor)
            result = self._cleaned(result)
        timings.spent.update(slot.take_dial_timings())
        self._log.record(
            number,
            purpose=request.purpose,
            connection=slot.connection,
            started=min(started, slot.dial_started or started),
            request=shown(request),
            timings=timings,
            result=result,
        )
        slot.dial_started = None
        return result

    def _attempt(self, slot: "_Slot", request: Request, number: int, timings: Timings) -> Response | TransportFailure:
        within = self._left()
        if within <= 0:
            return TransportFailure(FailureKind.DEADLINE, Phase.SEND, "the run's time was up", number)
        lane = slot.lane
        stale = lane.reused
        headers, body = compose(request, self._vault)
        phase = Phase.SEND
        with lane.until(within) as cut:
            try:
                begun = time.perf_counter()
                answer = lane.begin(request.method, request.url, headers, body)
                dialling = sum(slot.dial_timings.spent.values()) if not stale else 0.0
                waited = max((time.perf_counter() - begun) * 1000 - (dialling if slot.dialled_inside else 0.0), 0.0)
                timings.spent[Phase.WAIT] = waited
                arrived, phase = time.time(), Phase.BODY
                content, more = timings.time(Phase.BODY, lambda: lane.read(answer, BODY_LIMIT))
            except DialFailed as failed:
                return TransportFailure(failed.kind, failed.phase, failed.detail, number, failed.verify_code)
            except Exception as problem:  # noqa: BLE001 - whatever the wire does is a fact, never a crash
                lane.hang_up()
                inner = root(problem)
                dial_failed = inner if isinstance(inner, DialFailed) else None
                if dial_failed:
                    return TransportFailure(
                        dial_failed.kind, dial_failed.phase, dial_failed.detail, number, dial_failed.verify_code
                    )
                kind = FailureKind.RESPONSE_TIMED_OUT if cut.is_set() else answer_failure(problem)
                if kind is FailureKind.RESET and stale and not request.carries_secret:
                    return self._attempt(slot, request, number, timings)
                where = Phase.WAIT if phase is Phase.SEND else phase
                return TransportFailure(kind, where, str(inner) or type(inner).__name__, number)
        if cut.is_set():
            lane.hang_up()
            return TransportFailure(
                FailureKind.RESPONSE_TIMED_OUT, Phase.BODY, "the answer did not end in time", number
            )
        if more:
            return TransportFailure(
                FailureKind.RESPONSE_TOO_LARGE, Phase.BODY, f"more than {BODY_LIMIT:,} bytes after decoding", number
            )
        verified = slot.origin.scheme == "https"
        return to_response(
            number,
            answer,
            content,
            arrived=arrived,
            round_trip=waited / 1000,
            verified=verified,
            url=request.url,
        )

    def _cleaned(self, response: Response) -> Response:
        clean = self._redactor
        return replace(
            response,
            headers=tuple(clean.clean_headers(response.headers)),
            text=clean.clean(response.text),
            document=clean.clean_value(response.document),
        )

    def _record_failed_dial(self, slot: "_Slot", endpoint: Endpoint, failed: DialFailed) -> TransportFailure:
        number = self._log.next_number()
        failure = TransportFailure(failed.kind, failed.phase, failed.detail, number, failed.verify_code)
        self._log.record(
            number,
            purpose=f"connect to the {endpoint.words}",
            connection=slot.connection,
            started=slot.dial_started or self._log.now(),
            request=RequestReport("CONNECT", str(slot.origin), (), None),
            timings=slot.dial_timings,
            result=failure,
        )
        return failure

    def _slot(self, lane: str, origin: Origin) -> "_Slot":
        with self._lock:
            slot = self._slots.get((lane, origin))
            if slot is None:
                slot = self._slots[(lane, origin)] = _Slot(self, origin)
            return slot

    def dial(self, origin: Origin, timings: Timings) -> Dialled:
        """Open a connection as every lane does: through the proxy in force, verified by the trust store in force."""
        return self._dial(origin, self.context if origin.scheme == "https" else None, timings)

    def _dial(self, origin: Origin, context: ssl.SSLContext | None, timings: Timings) -> Dialled:
        proxy = proxy_for(origin, self._proxy, self._proxy_source, self._environ)
        within = self._left()
        if within <= 0:
            raise DialFailed(FailureKind.DEADLINE, Phase.CONNECT, "the run's time was up")
        return dial(origin, names=self._names, context=context, proxy=proxy, within=within, timings=timings)

    def begin_connection(self) -> tuple[int, float]:
        """A number for a new connection, and when it began (ms since the run began)."""
        return self._log.next_connection(), self._log.now()

    def _left(self) -> float:
        return min(self._timeout, self._deadline.left())


def _import_ahead() -> None:
    import doctor.transport.lane  # noqa: F401


class _Slot:
    """One lane to one origin: the dialled connection that waits, and the HTTP that is spoken on it."""

    def __init__(self, transport: Transport, origin: Origin) -> None:
        self.origin = origin
        self.lock = threading.RLock()
        self.connection = 0
        self.dial_started: float | None = None
        self.dial_timings = Timings()
        self.dialled_inside = False
        """True when the last dial happened inside a request, not before it."""
        self._transport = transport
        self._waiting: Dialled | None = None
        self._last: Dialled | None = None

    @cached_property
    def lane(self) -> "Lane":
        from doctor.transport.lane import Lane

        return Lane(self.origin, self._take)

    def open(self) -> Dialled:
        """The waiting connection, opened now when there is none."""
        if self._last is None:
            self._waiting = self._last = self._dial()
            self.dialled_inside = False
        return self._last

    def take_dial_timings(self) -> dict[Phase, float]:
        """The phases of the dial that no exchange has shown yet."""
        spent, self.dial_timings = self.dial_timings.spent, Timings()
        return spent

    def _take(self) -> Dialled:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            self.dialled_inside = True
            waiting = self._last = self._dial()
        return waiting

    def _dial(self) -> Dialled:
        self.connection, self.dial_started = self._transport.begin_connection()
        self.dial_timings = Timings()
        return self._transport.dial(self.origin, self.dial_timings)


__all__ = ["BODY_LIMIT", "Origin", "Policy", "Proxy", "Transport", "Trust"]
