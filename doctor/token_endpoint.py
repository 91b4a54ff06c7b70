"""Asks a token endpoint for a token with client credentials (RFC 6749 section 4.4.2), for ``doctor.auth``.

What went wrong is a value with a sentence, never an exception of the HTTP library: those carry the request, and with it
the secret.
"""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote_plus, urlencode

import requests

from doctor.model.frozen import dataclass
from doctor.model.secret import Secret
from doctor.transport.dial import Origin

Method = Literal["client_secret_post", "client_secret_basic"]
_BODY_LIMIT = 1_000_000
_WORDS_READ, _WORDS_SHOWN = 10_000, 300
"""Characters; far more are read than shown, so that no secret is cut in two before it is found."""
_BYTES_KEPT = "surrogateescape"
"""Bytes of a variable that are no UTF-8 go out as those bytes."""


class TokenError(requests.RequestException):
    """No token could be had. The message is fit for a log: the server's own words, and never the secret."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        error: str | None = None,
        error_description: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        """HTTP status of the token endpoint's answer, None when there was none."""
        self.error = error
        """``error`` of the answer (RFC 6749 section 5.2)."""
        self.error_description = error_description


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """An access token, and for how long it may be used."""

    value: Secret
    expires_at: float
    """On ``time.monotonic()``, counted from before the request; infinite when the server did not say."""
    renew_at: float
    """From then on the next one is asked for."""


@dataclass(frozen=True, slots=True)
class TokenEndpoint:
    """A token endpoint, and the client that asks there."""

    url: str
    client_id: str
    client_secret: Secret
    scope: str | None = None
    method: Method = "client_secret_post"
    ca_bundle: str | None = None
    timeout: float = 10.0
    """Seconds without a byte, and for the whole answer's body."""
    margin: float = 30.0
    """Seconds before the end at which the next token is asked for; at most a fifth of the lifetime."""

    def ask(self) -> IssuedToken | TokenError:
        """One request: no redirect is followed, and no certificate goes unverified."""
        begun = time.monotonic()
        try:
            with requests.Session() as session:
                settings: Any = session.merge_environment_settings(self.url, {}, True, self.ca_bundle, None)
                # The adapter alone: the session would add a login of ~/.netrc and read on at a redirect.
                answer = session.get_adapter(self.url).send(self._request(), timeout=self.timeout, **settings)
                body = _read(answer, begun + self.timeout)
        except Exception as problem:  # noqa: BLE001 - whatever it is, its frames hold the secret, so it ends here
            return TokenError(f"The token endpoint {self.url} gave no answer: {self._clean(_innermost(problem))}")
        return self._issued(answer.status_code, _object(body), begun)

    def _request(self) -> requests.PreparedRequest:
        form = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {})
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        secret = self.client_secret.reveal()
        if self.method == "client_secret_basic":
            pair = ":".join(quote_plus(part, errors=_BYTES_KEPT) for part in (self.client_id, secret))
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": self.client_id, "client_secret": secret}
        return requests.Request("POST", self.url, headers=headers, data=urlencode(form, errors=_BYTES_KEPT)).prepare()

    def _issued(self, status: int, document: Mapping[str, Any], begun: float) -> IssuedToken | TokenError:
        token, kind = document.get("access_token"), document.get("token_type", "Bearer")
        if status != 200 or not isinstance(token, str) or not token:
            return self._refusal(status, document)
        if not isinstance(kind, str) or kind.lower() != "bearer":
            return TokenError(f"The token endpoint {self.url} gave a token that is no Bearer token.", status=status)
        lifetime = _seconds(document.get("expires_in"))
        ends = begun + lifetime
        return IssuedToken(Secret(token, "access token"), ends, ends - min(self.margin, lifetime / 5))

    def _refusal(self, status: int, document: Mapping[str, Any]) -> TokenError:
        error, description = (self._word(document.get(key)) for key in ("error", "error_description"))
        words = ": ".join(word for word in (error, description) if word)
        if 300 <= status < 400:
            words = "a redirect, which a secret does not follow"
        elif not words:
            words = "no access_token" if status == 200 else "no reason"
        said = f"The token endpoint {self.url} answered {status}, {words}."
        return TokenError(said, status=status, error=error, error_description=description)

    def _word(self, value: object) -> str | None:
        return self._clean(value) if isinstance(value, str) and value.strip() else None

    def _clean(self, words: str) -> str:
        """A server's words without control characters and without the secret, whatever form it came back in."""
        from doctor.redaction import Redactor  # only where something went wrong

        clean = Redactor([self.client_secret]).server_text(words[:_WORDS_READ])
        return "".join(c if c.isprintable() else " " for c in clean)[:_WORDS_SHOWN].strip()


def refuse_login(url: str) -> None:
    """``TokenError`` for a URL that holds a user name or password: it would be sent, and shown in messages."""
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise TokenError("The token endpoint's URL holds a login; give the URL without it.")


def refuse_clear_text(url: str, what: str) -> None:
    """``TokenError`` unless it is HTTPS, or a loopback address, to which ``what`` may go in clear text."""
    try:
        origin = Origin.of(url)
    except ValueError:
        raise TokenError(f"{what} is sent to an absolute URL only.") from None
    if origin.scheme != "https" and not origin.loopback:
        raise TokenError(f"{what} is sent over HTTPS only, and {origin} is not.")


def _read(answer: requests.Response, ends: float) -> bytes:
    """The body; an answer that grows or lasts without end is cut."""
    body = bytearray()
    while chunk := answer.raw.read1(decode_content=True):
        body += chunk
        if len(body) > _BODY_LIMIT or time.monotonic() > ends:
            raise requests.Timeout("the answer did not end")
    return bytes(body)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _seconds(expires_in: object) -> float:
    """The lifetime; a server that does not say leaves the token in use until the API refuses it."""
    try:
        return max(float(str(expires_in)), 0.0)
    except ValueError:
        return float("inf")


def _innermost(problem: BaseException) -> str:
    """What the system said, below the HTTP library's wrapping."""
    inner: object = problem
    while isinstance(inner, BaseException):
        problem = inner
        inner = getattr(problem, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((arg for arg in problem.args if isinstance(arg, BaseException)), None)
    if isinstance(problem, ValueError) and not isinstance(problem, OSError):
        return type(problem).__name__  # its words may quote the value that it could not take
    return str(problem) or type(problem).__name__
