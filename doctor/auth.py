"""One access token for all calls and threads of a program that uses requests (RFC 6749 section 4.4, RFC 6750).

    from doctor.auth import ClientCredentials

    auth = ClientCredentials(
        "https://acme.ataccama.one/auth/realms/acme/protocol/openid-connect/token", "my-client", secret
    )
    tables = requests.get("https://acme.ataccama.one/api/reference-data/v1/tables", auth=auth, timeout=30)

Make one object, keep it for the life of the program, and share it. Of this package nothing else is needed.
"""

import threading
import time
from concurrent.futures import Future
from copy import copy
from functools import partial
from typing import Any

import requests
from requests.auth import AuthBase
from requests.utils import rewind_body

from doctor.model.secret import Secret
from doctor.token_endpoint import IssuedToken, Method, TokenEndpoint, TokenError, refuse_clear_text, refuse_login

__all__ = ["ClientCredentials", "TokenError"]


class ClientCredentials(AuthBase):
    """Puts ``Authorization: Bearer …`` on each request, with a token that is current.

    The token is renewed before it expires, by one thread while the others wait or go on with the one they have. A
    request that the API answers with 401 is sent once more with a new token; its body is sent again from where it
    began, and one that cannot be (a generator) leaves the 401 as it is. No token goes out in clear text, and none
    follows a redirect to another origin.
    """

    def __init__(
        self,
        token_endpoint: str,
        client_id: str,
        client_secret: str,
        *,
        scope: str | None = None,
        method: Method = "client_secret_post",
        ca_bundle: str | None = None,
        timeout: float = 10.0,
        margin: float = 30.0,
    ) -> None:
        """``timeout`` and ``margin`` are seconds: for a token request, and before the end of a token to renew it.

        Of a token that lives shortly, the last fifth is the margin. Proxies and ``REQUESTS_CA_BUNDLE`` work as in
        requests; ``ca_bundle`` names another file of certificates to trust at the token endpoint.
        """
        refuse_login(token_endpoint)
        refuse_clear_text(token_endpoint, "The client secret")
        self._endpoint = TokenEndpoint(
            token_endpoint, client_id, Secret(client_secret), scope, method, ca_bundle, timeout, margin
        )
        self._lock = threading.Lock()
        self._token: IssuedToken | None = None
        self._renewal: Future[Secret | TokenError] | None = None

    def __repr__(self) -> str:
        return f"ClientCredentials({self._endpoint.url!r}, {self._endpoint.client_id!r}, …)"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Authorize a request; raises ``TokenError`` when no token can be had."""
        refuse_clear_text(request.url or "", "An access token")
        token = self._current()
        request.headers["Authorization"] = _bearer(token)
        again = partial(self._once_more, sent=token)
        request.register_hook("response", again)  # type: ignore[no-untyped-call]
        return request

    def access_token(self) -> str:
        """A current token, for a client other than requests; raises ``TokenError``."""
        return self._current().reveal()

    def _current(self, refused: Secret | None = None) -> Secret:
        """The token in use, or the next one when it is due or was ``refused``."""
        with self._lock:
            if refused is not None and self._token is not None and self._token.value == refused:
                self._token = None
            held, now = self._token, time.monotonic()
            if held and (now < held.renew_at or (self._renewal and now < held.expires_at)):
                return held.value
            renewal, mine = self._renewal or Future(), self._renewal is None
            self._renewal = renewal
        if mine:
            self._renew(renewal)
        outcome = renewal.result()
        if isinstance(outcome, TokenError):
            raise copy(outcome)  # each thread has its own, with its own traceback
        return outcome

    def _renew(self, renewal: "Future[Secret | TokenError]") -> None:
        """Ask for a token and tell everybody who waits; nobody is left waiting, whatever happens."""
        outcome: IssuedToken | TokenError = TokenError("The token request was interrupted.")
        try:
            outcome = self._endpoint.ask()
        finally:
            with self._lock:
                outcome = self._still_good(outcome)
                self._token = outcome if isinstance(outcome, IssuedToken) else None
                self._renewal = None
            renewal.set_result(outcome.value if isinstance(outcome, IssuedToken) else outcome)

    def _still_good(self, outcome: IssuedToken | TokenError) -> IssuedToken | TokenError:
        """A renewal that fails before its time leaves the token that is held, to try again half-way to its end."""
        held, now = self._token, time.monotonic()
        if isinstance(outcome, IssuedToken) or held is None or now >= held.expires_at:
            return outcome
        return IssuedToken(held.value, held.expires_at, renew_at=(now + held.expires_at) / 2)

    def _once_more(self, response: requests.Response, *, sent: Secret, **how: Any) -> requests.Response:
        """Send a request that was refused with 401 again, once; ``how`` is what requests sends it with."""
        refused = response.status_code == 401 and response.request.headers.get("Authorization") == _bearer(sent)
        if not refused or response.history:  # without our token it went to another origin: none is shown there
            return response
        again = response.request.copy()
        if not _rewound(again):
            self._forget(sent)
            return response
        again.headers["Authorization"] = _bearer(self._current(refused=sent))
        _ = response.content  # read to its end, so that the connection can be used again
        response.close()
        answer: requests.Response = response.connection.send(again, **how)
        answer.history.append(response)
        answer.request = again
        return answer

    def _forget(self, refused: Secret) -> None:
        with self._lock:
            if self._token is not None and self._token.value == refused:
                self._token = None


def _bearer(token: Secret) -> str:
    return f"Bearer {token.reveal()}"


def _rewound(request: requests.PreparedRequest) -> bool:
    """True when the body is as it was before it was sent."""
    body: Any = request.body
    if body is None or isinstance(body, str | bytes | bytearray):
        return True
    if not isinstance(getattr(request, "_body_position", None), int):  # where requests found it, for its own redirects
        return False
    try:
        rewind_body(request)
    except (OSError, ValueError):
        return False
    return True
