"""The record of what was exchanged, redacted as it is written."""

import itertools
import threading

from doctor.model.facts.failure import Phase
from doctor.model.facts.network import TransportFailure
from doctor.model.report import Exchange, FailureReport, Phases, RequestReport, ResponseReport
from doctor.model.request import Response
from doctor.redaction import Redactor
from doctor.transport.dial import Timings

_BODY_SHOWN = 4096
_DIALLING = (Phase.DNS, Phase.CONNECT, Phase.PROXY, Phase.TLS)


class ExchangeLog:
    """Numbers exchanges from 1 as they begin and keeps them as the report shows them."""

    def __init__(self, redactor: Redactor, began: float) -> None:
        """``began`` is the run's start on ``time.perf_counter()``."""
        self._redactor = redactor
        self._numbers = itertools.count(1)
        self._connections = itertools.count(1)
        self._lock = threading.Lock()
        self._exchanges: dict[int, Exchange] = {}
        self._began = began

    def next_number(self) -> int:
        with self._lock:
            return next(self._numbers)

    def next_connection(self) -> int:
        with self._lock:
            return next(self._connections)

    def record(
        self,
        n: int,
        *,
        purpose: str,
        connection: int,
        started: float,  # on time.perf_counter(), as is the end
        ended: float,
        request: RequestReport,
        timings: Timings,
        result: "Response | TransportFailure | None",
    ) -> None:
        """Keep one exchange; ``result`` None for a connection that was opened and has carried nothing yet."""
        spent = timings.spent
        exchange = Exchange(
            n=n,
            purpose=purpose,
            connection=connection,
            started_ms=round((started - self._began) * 1000, 2),
            request=self._redactor.clean_value(request),
            phases_ms=Phases(
                dns=_ms(spent.get(Phase.DNS)),
                connect=_ms(_sum(spent.get(Phase.CONNECT), spent.get(Phase.PROXY))),
                tls=_ms(spent.get(Phase.TLS)),
                first_byte=_ms(spent.get(Phase.WAIT)),
                total=round((ended - started) * 1000, 2),
                held=_held(timings, started),
                body=_ms(spent.get(Phase.BODY)),
            ),
            response=self._response(result) if isinstance(result, Response) else None,
            failure=self._failure(result) if isinstance(result, TransportFailure) else None,
        )
        with self._lock:
            self._exchanges[n] = exchange

    def exchanges(self) -> tuple[Exchange, ...]:
        """In the order in which they were begun."""
        with self._lock:
            return tuple(self._exchanges[n] for n in sorted(self._exchanges))

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
