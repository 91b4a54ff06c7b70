"""What a world for the behaviour suite offers, whether Keycloak is real or ships inside the package."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

CASE_REALM = "Doctor-Case"
"""Its name holds capitals; no realm answers to ``doctor-case``."""
DISABLED_REALM = "doctor-disabled"
"""Switched off; its page and its discovery document still answer."""
SHORT_REALM = "doctor-short"
"""Its access tokens live for five seconds, and the API grants them no leeway."""
HTTPS_REALM = "doctor-https"
"""Wants HTTPS from every address."""
FOREIGN_REALM = "doctor-foreign"
"""Works, but the API does not trust its keys."""


class Environment(Protocol):
    """One environment with its realms, clients and side doors. Every realm has the client ``reader``."""

    @property
    def url(self) -> str:
        """``https://localhost:8443``: the origin of ``/auth`` and ``/api``."""

    @property
    def ca_bundle(self) -> Path:
        """The certificate authority behind ``url``, as PEM."""

    @property
    def realm(self) -> str:
        """The realm in which every client lives."""

    @property
    def clients(self) -> Mapping[str, str]:
        """Client id to secret; empty for a client that has none."""

    @property
    def url_untrusted(self) -> str:
        """The same environment with a certificate of an authority outside ``ca_bundle``."""

    @property
    def url_expired(self) -> str:
        """The same environment with a certificate that was valid until yesterday."""

    @property
    def url_wrong_host(self) -> str:
        """The same environment with a certificate for another name."""

    @property
    def url_gateway_down(self) -> str:
        """An ingress that cannot reach Keycloak; its API works."""

    @property
    def url_scheme_lost(self) -> str:
        """An ingress that tells Keycloak of plain HTTP, although HTTPS was used."""

    @property
    def url_plain_http_to_tls(self) -> str:
        """``url`` with the scheme ``http``: plain HTTP sent to the HTTPS port."""

    def token(self, client_id: str, realm: str = ...) -> str:
        """A fresh access token of that client."""

    def expired_token(self) -> str:
        """An access token of the realm for ``short``, past its end by more than a minute."""
