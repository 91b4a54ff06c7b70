"""When a secret may leave: to which origins, over what, how often. A refusal is a sentence, not an error."""

import threading
from collections.abc import Callable

from doctor.model.request import Request, Response
from doctor.model.secret import SWAPPED, Secret, SecretRef, Vault
from doctor.redaction import Redactor
from doctor.transport.dial import Origin

SECRET_BUDGET = 5
"""Requests that may carry the client secret in one run; ``--deep`` has one more."""
_SWAPPED = SecretRef("client_id", SWAPPED)
"""The client secret in the place of the client ID."""
_TOKENS = ("access_token", "refresh_token", "id_token")


class Policy:
    """The rules of one run. The secret goes to the origins that the person configured and nowhere else."""

    def __init__(self, origins: frozenset[Origin], budget: int = SECRET_BUDGET) -> None:
        self._origins = origins
        self.left = budget
        """Requests that may still carry the client secret."""
        self._lock = threading.Lock()

    def refuses(self, request: Request, origin: Origin) -> str | None:
        """Why this request must not be sent, or None; counts what carries the secret."""
        if not (request.carries_credential or _references(request)):
            return None
        if origin not in self._origins:
            return f"{origin} is not the origin that was configured, so no credential is sent there"
        if origin.scheme != "https" and not origin.loopback:
            return f"{origin} is not HTTPS, so no credential is sent there"
        return self._over_budget() if request.carries_secret or _SWAPPED in _references(request) else None

    def _over_budget(self) -> str | None:
        with self._lock:
            if self.left <= 0:
                return "the client secret was sent as often as one run may"
            self.left -= 1
            return None

    def learn(self, response: Response, vault: Vault, redactor: Redactor) -> None:
        """Take the secrets of an answer into custody before anybody sees it."""
        for name, value in response.headers:
            if name.lower() == "set-cookie":
                _learn_cookie(value, redactor.learn)
        if not isinstance(response.document, dict):
            return
        for key in _TOKENS:
            token = response.document.get(key)
            if isinstance(token, str) and token:
                secret = Secret(token, what=key.replace("_", " "))
                redactor.learn(secret)
                vault.put(key, f"exchange {response.exchange}", secret)


def _references(request: Request) -> list[SecretRef]:
    """What is put into the form from the vault, except the client ID as it was meant: under whatever name."""
    values = (request.form or {}).values()
    return [v for v in values if isinstance(v, SecretRef) and (v.name != _SWAPPED.name or v == _SWAPPED)]


def _learn_cookie(value: str, learn: Callable[[Secret], None]) -> None:
    crumb = value.split(";", 1)[0].partition("=")[2].strip()
    if len(crumb) >= 8:
        learn(Secret(crumb, what="cookie"))
