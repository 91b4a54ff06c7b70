"""What a probe may ask of the network, and what it gets back."""

from collections.abc import Mapping
from dataclasses import field
from typing import Protocol

from doctor.model.facts.network import Line, StoreVerdict, TransportFailure
from doctor.model.frozen import dataclass
from doctor.model.secret import SecretRef
from doctor.model.terms import Endpoint


@dataclass(frozen=True, slots=True)
class Basic:
    """Send id and secret as RFC 6749 section 2.3.1 has it: each form-encoded, then Base64."""

    client_id: SecretRef
    client_secret: SecretRef


@dataclass(frozen=True, slots=True)
class Bearer:
    """Send the access token that the vault holds under ``token`` (RFC 6750 section 2.1)."""

    token: SecretRef


@dataclass(frozen=True, slots=True)
class RawAuthorization:
    """Send the header's value exactly as given."""

    value: SecretRef


@dataclass(frozen=True, slots=True)
class Request:
    """One question over HTTP. Secrets stand in it as references; the transport puts the values in."""

    purpose: str
    """What it is to find out, for the report."""
    endpoint: Endpoint
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, "str | SecretRef"] | None = None
    """Sent as ``application/x-www-form-urlencoded``."""
    authorization: Basic | Bearer | RawAuthorization | None = None
    lane: str | None = None
    """Requests of one lane to one origin share a connection, one after the other. Default: the endpoint's name."""

    @property
    def carries_secret(self) -> bool:
        """True when the client secret, or a token that the person gave, goes out with it."""
        in_form = any(isinstance(v, SecretRef) and v.name == "client_secret" for v in (self.form or {}).values())
        return in_form or isinstance(self.authorization, Basic)

    @property
    def carries_credential(self) -> bool:
        """True when anything secret goes out with it."""
        return self.carries_secret or self.authorization is not None


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer. To a probe of another package it is given without any known secret."""

    exchange: int
    status: int
    url: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    text: str = field(repr=False)
    """The body, decoded; at most the transport's cap."""
    document: object = field(repr=False)
    """The body as JSON; None when it is none."""
    truncated: bool
    local_time: float
    round_trip: float
    verified: bool

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a server showed in a TLS handshake that verified nothing and sent nothing."""

    leaf: bytes
    """DER."""
    chain_length: int | None
    judged_by: str
    """The trust store in use, by the setting that names it."""
    stores: tuple[StoreVerdict, ...] = ()
    """What this machine's other trust stores say of the chain."""


class Http(Protocol):
    """The one seam to the network. Never raises for what a remote does."""

    def connect(self, endpoint: Endpoint, url: str, lane: str | None = None) -> Line:
        """Open the lane's connection to the URL's origin and keep it; the line says how far it came."""
        ...

    def ask(self, request: Request) -> Response | TransportFailure:
        """Send one request; follows no redirect."""
        ...

    def handshake(self, url: str) -> Handshake | None:
        """Read the certificate of an origin that was refused; None when it cannot be read."""
        ...
