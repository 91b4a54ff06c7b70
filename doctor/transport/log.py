"""The record of what was exchanged, redacted as it is written."""

import itertools
import threading
from collections import deque
from collections.abc import Callable

from doctor.model.facts.failure import Phase
from doctor.model.facts.network import TransportFailure
from doctor.model.frozen import dataclass
from doctor.model.report import Exchange, FailureReport, Phases, RequestReport, ResponseReport
from doctor.model.request import Response
from doctor.redaction import Redactor
from doctor.transport.dial import Timings

_BODY_SHOWN = 4096
_DIALLING = (Phase.DNS, Phase.CONNECT, Phase.PROXY, Phase.TLS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange, or the attempt to have one, as it was: not to be shown like this."""

    n: int
    purpose: str
    connection: int
    started: float
    """On ``time.perf_counter()``, as is the end."""
    ended: float
    request: RequestReport
    timings: Timings
    result: Response | TransportFailure


class ExchangeLog:
    """Numbers exchanges from 1 as they begin and keeps them as the report shows them."""

    def __init__(self, redactor: Redactor, began: float) -> None:
        """``began`` is the run's start on ``time.perf_counter()``."""
        self._redactor = redactor
        self._numbers = itertools.count(1)
        self._connections = itertools.count(1)
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._exchanges: dict[int, Exchange] = {}
        self._unwritten: deque[Entry] = deque()
        self._began = began

    def next_number(self) -> int:
        with self._lock:
            return next(self._numbers)

    def next_connection(self) -> int:
        with self._lock:
            return next(self._connections)

    def note(self, entry: Entry) -> None:
        """Keep one exchange, to be written when there is time for it."""
        self._unwritten.append(entry)

    def write_up(self, while_: Callable[[], bool]) -> None:
        """Write what was noted, as long as there is time: whoever sent a request has it until the answer comes."""
        while self._unwritten and while_() and self._writing.acquire(blocking=False):
            try:
                self._write_one()
            finally:
                self._writing.release()

    def exchanges(self) -> tuple[Exchange, ...]:
        """In the order in which they were begun."""
        with self._writing:
            while self._unwritten:
                self._write_one()
        return tuple(self._exchanges[n] for n in sorted(self._exchanges))

    def _write_one(self) -> None:
        if self._unwritten:
            self._exchanges[self._unwritten[0].n] = self._redacted(self._unwritten[0])
            self._unwritten.popleft()

    def _redacted(self, entry: Entry) -> Exchange:
        spent, result = entry.timings.spent, entry.result
        return Exchange(
            n=entry.n,
            purpose=entry.purpose,
            connection=entry.connection,
            started_ms=round((entry.started - self._began) * 1000, 2),
            request=self._redactor.clean_value(entry.request),
            phases_ms=Phases(
                dns=_ms(spent.get(Phase.DNS)),
                connect=_ms(_sum(spent.get(Phase.CONNECT), spent.get(Phase.PROXY))),
                tls=_ms(spent.get(Phase.TLS)),
                first_byte=_ms(spent.get(Phase.WAIT)),
                total=round((entry.ended - entry.started) * 1000, 2),
                held=_held(entry.timings, entry.started),
                body=_ms(spent.get(Phase.BODY)),
            ),
            response=self._response(result) if isinstance(result, Response) else None,
            failure=self._failure(result) if isinstance(result, TransportFailure) else None,
        )

    def _response(self, response: Response) -> ResponseReport:
        text = self._redactor.server_text(response.text)
        headers = ((name, self._redactor.server_text(value)) for name, value in response.headers)
        return ResponseReport(
            status=response.status,
            headers=self._redactor.clean_headers(headers),
            body=text[:_BODY_SHOWN],
            truncated=response.truncated or len(text) > _BODY_SHOWN,
        )

    def _failure(self, failure: TransportFailure) -> FailureReport:
        return FailureReport(failure.phase.value, self._redactor.clean(failure.detail))


def _held(timings: Timings, started: float) -> float | None:
    """What lies between the connection, or the start on one kept open, and the request."""
    if timings.sent_at is None:
        return None
    dialling = sum(timings.spent.get(phase, 0.0) for phase in _DIALLING)
    return round(max((timings.sent_at - started) * 1000 - dialling, 0.0), 2)


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else (one or 0.0) + other


def _ms(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
