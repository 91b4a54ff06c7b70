"""What goes over the wire: a request as it arrived, and an answer or a misbehaviour as it is to leave."""

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal
from urllib.parse import parse_qsl

Headers = tuple[tuple[str, str], ...]
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """One HTTP request as a server sees it."""

    method: str
    path: str
    """As sent, without the query."""
    query: str = ""
    headers: Headers = ()
    body: bytes = b""
    number: int = 1
    """From 1, in the order of arrival in this environment."""
    issued: int = 0
    """Access tokens that the token endpoint had given when this request arrived."""

    def header(self, name: str) -> str | None:
        """The first value under this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The form in the body, in order; empty values are kept (RFC 6749 appendix B). None in another media type."""
        if not (self.header("Content-Type") or "").lower().startswith(FORM):
            return ()
        text = self.body.decode("utf-8", "replace")
        return tuple(parse_qsl(text, keep_blank_values=True))

    @cached_property
    def query_parameters(self) -> dict[str, str]:
        return dict(reversed(parse_qsl(self.query, keep_blank_values=True)))

    def parameter(self, name: str) -> str | None:
        """The first form value under this name, which is the one that Keycloak authenticates a client by."""
        return next((value for key, value in self.parameters if key == name), None)

    @property
    def names_html(self) -> bool:
        """True when ``Accept`` names HTML; a wildcard does not."""
        return "text/html" in (self.header("Accept") or "")

    @property
    def names_json(self) -> bool:
        """True when ``Accept`` names JSON; a wildcard does not."""
        return "application/json" in (self.header("Accept") or "")


@dataclass(frozen=True)
class Answer:
    """A well-behaved HTTP response; ``Date`` and ``Content-Length`` are the server's to add."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def with_headers(self, *more: tuple[str, str]) -> "Answer":
        return replace(self, headers=self.headers + more)


@dataclass(frozen=True)
class Framing:
    """How well-behaved answers are put on the wire (RFC 9112); every choice here is allowed."""

    version: Literal["1.0", "1.1"] = "1.1"
    """With ``1.0`` the end of the connection is the end of the answer."""
    chunked: bool = False
    coding: Literal["", "gzip", "deflate"] = ""
    """Content coding, where the request takes it."""
    closes: bool = False
    """Each answer ends its connection, and says so."""
    serves: int | None = None
    """So many requests a connection; the next one finds it reset, without notice."""
    interim: int | None = None
    """An interim answer that comes first: 100, 103."""
    flood: int = 0
    """So many header fields more."""


USUAL = Framing()
"""HTTP/1.1, with the length of every body before it."""


@dataclass(frozen=True)
class Hang:
    """Says nothing until the client or the environment gives up."""


@dataclass(frozen=True)
class Reset:
    """Drops the connection without a word (TCP RST)."""


@dataclass(frozen=True)
class Raw:
    """These bytes, then the end of the connection."""

    data: bytes


@dataclass(frozen=True)
class Truncated:
    """Announces the whole body and sends a part of it."""

    answer: Answer | None = None
    """None: whatever is behind would have answered."""
    keep: float = 0.5


@dataclass(frozen=True)
class Delayed:
    """Answers properly, but late."""

    seconds: float
    answer: Answer | None = None
    """None: whatever is behind answers."""


@dataclass(frozen=True)
class Drip:
    """Sends the body one byte at a time, so that no single read times out."""

    pause: float = 0.05
    answer: Answer | None = None


@dataclass(frozen=True)
class Endless:
    """A body that never ends."""

    content_type: str = "application/json"
    chunk: bytes = field(default=b" " * 65536, repr=False)


@dataclass(frozen=True)
class Cached:
    """What is behind answered so many seconds ago; a cache gives that answer again (RFC 9111 section 5.1)."""

    age: int
    admitted: bool = True
    """Its ``Age`` says so."""


Misbehaviour = Hang | Reset | Raw | Truncated | Delayed | Drip | Endless | Cached
Reply = Answer | Misbehaviour


def json_answer(status: int, document: object, content_type: str = "application/json") -> Answer:
    """Compact JSON in the order of the document's keys, as Keycloak and Spring send it."""
    body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    return Answer(status, (("Content-Type", content_type),), body)


def html_answer(status: int, body: str, content_type: str = "text/html;charset=utf-8") -> Answer:
    return Answer(status, (("Content-Type", content_type),), body.encode())


def redirect(location: str, status: int = 302) -> Answer:
    return Answer(status, (("Location", location),))
