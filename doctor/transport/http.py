"""Speaks HTTP on the connections, one request after the other on each lane.

Every answer is a value: ``Response`` or ``TransportFailure``. Secrets go out only as the rules of ``policy`` allow.
"""

import threading
import time
from dataclasses import replace

from doctor.model.deadline import Deadline
from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.facts.network import Line, TransportFailure
from doctor.model.report import Exchange, RequestReport
from doctor.model.request import Handshake, Request, Response
from doctor.model.secret import Vault
from doctor.model.terms import Endpoint
from doctor.redaction import Redactor
from doctor.transport.connections import Connections, Opening
from doctor.transport.dial import DialFailed, Origin, Timings
from doctor.transport.failures import answer_failure
from doctor.transport.handshake import second_look, wants_client_certificate
from doctor.transport.log import Entry, ExchangeLog
from doctor.transport.message import compose, shown, to_response
from doctor.transport.policy import Policy
from doctor.transport.slot import Slot

BODY_LIMIT = 2_000_000
"""Bytes of a decoded body that are read at most."""


class Transport:
    """Implements ``doctor.model.request.Http`` on real connections."""

    def __init__(
        self,
        connections: Connections,
        *,
        vault: Vault,
        redactor: Redactor,
        policy: Policy,
        timeout: float,
        deadline: Deadline,
    ) -> None:
        """``timeout`` is seconds a request, by the wall."""
        self._connections, self._vault, self._redactor, self._policy = connections, vault, redactor, policy
        self._timeout, self._deadline = timeout, deadline
        for login in connections.logins():
            redactor.learn(login)
        self._log = ExchangeLog(redactor, connections.began)
        self._slots: dict[tuple[str, Origin], Slot] = {}
        self._lock = threading.Lock()
        self._strict: dict[Origin, bool] = {}
        """Which servers that reset a connection want a client certificate."""
        self._asking = threading.Lock()

    def exchanges(self) -> tuple[Exchange, ...]:
        return self._log.exchanges()

    def close(self) -> None:
        """Close every connection that nothing is being asked on."""
        for slot in list(self._slots.values()):
            if slot.lock.acquire(blocking=False):
                slot.close()
                slot.lock.release()

    def connect(self, endpoint: Endpoint, url: str, lane: str | None = None) -> Line:
        """Open the lane's connection to the URL's origin and keep it for ``ask``."""
        slot = self._slot(lane or endpoint.value, Origin.of(url))
        proxy = self._connections.proxy_to(slot.origin)
        line = Line(
            endpoint,
            str(slot.origin),
            proxy=proxy.place if proxy else None,
            proxy_source=proxy.source if proxy else None,
            ca_source=self._connections.trust.source,
        )
        with slot.lock:
            try:
                dialled = slot.open()
            except DialFailed as failed:
                return replace(line, failure=self._dial_failed(slot, endpoint, failed))
        return replace(line, address=dialled.address, tls=dialled.tls)

    def ask(self, request: Request) -> Response | TransportFailure:
        """Send one request on its lane, follow nothing, and record it."""
        try:
            origin = Origin.of(request.url)
        except ValueError:
            return TransportFailure(FailureKind.NOT_SENT, Phase.SEND, "the URL is none that can be asked", 0)
        refusal = self._policy.refuses(request, origin)
        if refusal:
            return TransportFailure(FailureKind.NOT_SENT, Phase.SEND, refusal, 0)
        slot = self._slot(request.lane or request.endpoint.value, origin)
        with slot.lock:
            stale = slot.lane.reused and request.carries_secret
            result = self._exchange(slot, request)
            if stale and _dropped(result) and self._policy.refuses(request, origin) is None:
                # Nobody has said anything of the secret: once more, counted and listed as a request of its own.
                result = self._exchange(slot, request)
            return result

    def handshake(self, url: str) -> Handshake | None:
        """Read a refused certificate; the second handshakes send no application byte."""
        return second_look(Origin.of(url), self._connections)

    def _exchange(self, slot: Slot, request: Request) -> Response | TransportFailure:
        number, started, timings = self._log.next_number(), time.perf_counter(), Timings()
        result = self._attempt(slot, request, number, timings)
        if isinstance(result, TransportFailure) and result.kind is FailureKind.RESET:
            result = self._explained(result, slot.origin)
        ended = time.perf_counter()
        if isinstance(result, Response):
            self._policy.learn(result, self._vault, self._redactor)
        dialled = slot.unrecorded_dial()
        timings.spent.update(dialled.timings.spent if dialled else {})
        started = min(started, dialled.began) if dialled else started
        asked = shown(request)
        self._log.note(Entry(number, request.purpose, slot.connection, started, ended, asked, timings, result))
        return result

    def _explained(self, reset: TransportFailure, origin: Origin) -> TransportFailure:
        """A reset after the handshake, or the client certificate that the server wanted; each server is asked once."""
        if origin.scheme != "https" or reset.phase is not Phase.WAIT:
            return reset
        with self._asking:
            if origin not in self._strict:
                self._strict[origin] = wants_client_certificate(origin, self._connections)
            wanted = self._strict[origin]
        detail = f"{reset.detail}; asked nothing, the server wants a client certificate"
        return replace(reset, kind=FailureKind.CLIENT_CERTIFICATE, detail=detail) if wanted else reset

    def _attempt(self, slot: Slot, request: Request, number: int, timings: Timings) -> Response | TransportFailure:
        within = min(self._timeout, self._deadline.left())
        if within <= 0:
            return TransportFailure(FailureKind.DEADLINE, Phase.SEND, "the run's time was up", number)
        stale = slot.lane.reused and not request.carries_secret
        result = self._within(within, slot, request, number, timings)
        if stale and _dropped(result):
            return self._attempt(slot, request, number, timings)
        return result

    def _within(
        self, seconds: float, slot: Slot, request: Request, number: int, timings: Timings
    ) -> Response | TransportFailure:
        lane = slot.lane
        with lane.until(seconds) as cut:
            try:
                result = self._speak(slot, request, number, timings)
            except Exception as problem:  # noqa: BLE001 - whatever the wire does is a fact, never a crash
                lane.hang_up()
                return _failure(problem, number, timings, timed_out=cut.is_set())
        if cut.is_set():
            lane.hang_up()
            detail = "the answer did not end in time"
            return TransportFailure(FailureKind.RESPONSE_TIMED_OUT, Phase.BODY, detail, number)
        return result

    def _speak(self, slot: Slot, request: Request, number: int, timings: Timings) -> Response | TransportFailure:
        """Raises whatever sockets, TLS and the HTTP library raise."""
        headers, body = compose(request, self._vault)
        timings.sent_at = time.perf_counter()
        slot.lane.send(request.method, request.url, headers, body)
        self._log.write_up(while_=lambda: not slot.lane.is_answering)
        answer = slot.lane.receive()
        timings.sent_at = max(timings.sent_at, slot.connected_at)
        waited = time.perf_counter() - timings.sent_at
        timings.spent[Phase.WAIT] = waited * 1000
        arrived = time.time()
        content, more = timings.time(Phase.BODY, lambda: slot.lane.read(answer, BODY_LIMIT))
        if more:
            detail = f"more than {BODY_LIMIT:,} bytes after decoding"
            return TransportFailure(FailureKind.RESPONSE_TOO_LARGE, Phase.BODY, detail, number)
        return to_response(
            number,
            answer,
            content,
            arrived=arrived,
            round_trip=waited,
            verified=slot.origin.scheme == "https",
            url=request.url,
        )

    def _dial_failed(self, slot: Slot, endpoint: Endpoint, failed: DialFailed) -> TransportFailure:
        number, opening = self._log.next_number(), slot.unrecorded_dial() or Opening()
        failure = TransportFailure(failed.kind, failed.phase, failed.detail, number, failed.verify_code)
        purpose, asked = f"connect to the {endpoint.words}", RequestReport("CONNECT", str(slot.origin), (), None)
        began, ended = opening.began, time.perf_counter()
        self._log.note(Entry(number, purpose, slot.connection, began, ended, asked, opening.timings, failure))
        return failure

    def _slot(self, lane: str, origin: Origin) -> Slot:
        with self._lock:
            slot = self._slots.get((lane, origin))
            if slot is None:
                slot = self._slots[(lane, origin)] = Slot(lane, origin, self._connections, self._log)
            return slot


def _dropped(result: Response | TransportFailure) -> bool:
    return isinstance(result, TransportFailure) and result.kind is FailureKind.RESET


def _failure(problem: Exception, number: int, timings: Timings, *, timed_out: bool) -> TransportFailure:
    if isinstance(problem, DialFailed):  # what it was raised from says less
        return TransportFailure(problem.kind, problem.phase, problem.detail, number, problem.verify_code)
    from doctor.transport.failure_words import in_words

    kind = FailureKind.RESPONSE_TIMED_OUT if timed_out else answer_failure(problem)
    where = Phase.BODY if Phase.WAIT in timings.spent else Phase.WAIT
    detail = "no answer came in time" if timed_out else in_words(problem)
    return TransportFailure(kind, where, detail, number)
