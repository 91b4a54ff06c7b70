"""The transport as probes of other packages get it: whatever comes back is without any known secret."""

from doctor.model.facts.network import Line, TransportFailure
from doctor.model.request import Handshake, Http, Request, Response
from doctor.model.terms import Endpoint
from doctor.redaction import Redactor


class Guarded:
    """Implements ``doctor.model.request.Http`` on another one."""

    def __init__(self, http: Http, redactor: Redactor) -> None:
        self._http, self._redactor = http, redactor

    def connect(self, endpoint: Endpoint, url: str, lane: str | None = None) -> Line | TransportFailure:
        result: Line | TransportFailure = self._redactor.clean_value(self._http.connect(endpoint, url, lane))
        return result

    def ask(self, request: Request) -> Response | TransportFailure:
        result: Response | TransportFailure = self._redactor.clean_value(self._http.ask(request))
        return result

    def handshake(self, url: str) -> Handshake | None:
        return self._http.handshake(url)
