"""Compares this machine's clock with the servers': ``Date`` over verified TLS, then ``exp`` minus ``expires_in``."""

import time
from collections.abc import Iterator

from doctor.model.facts.access_token import Tokens
from doctor.model.facts.api import AnonymousCall, ApiSaid, AuthorizedCall
from doctor.model.facts.network import Clock, ClockReading, TransportFailure
from doctor.model.facts.realm import Discovery
from doctor.model.facts.reply import Reply
from doctor.model.facts.settings import RunOptions
from doctor.model.facts.token import Grant
from doctor.model.probe import probe
from doctor.model.terms import Endpoint

LEEWAY = 30.0
"""Seconds; servers commonly allow 60 (Spring Security, Envoy), so half of that does no harm."""


@probe(question="what time it is, here and there")
def clock(
    options: RunOptions,
    discovery: Discovery | None,
    grant: Grant | None,
    anonymous: AnonymousCall | None,
    authorized: AuthorizedCall | None,
    tokens: Tokens | None,
) -> Clock:
    realm = [r for r in (grant and grant.final.result, discovery and discovery.result) if isinstance(r, Reply)]
    api = [c.call.reply for c in (authorized, anonymous) if c is not None and c.call.reply is not None]
    readings = [
        *_first(_by_date(Endpoint.REALM, realm)),
        *_first(_by_date(Endpoint.API, api)),
        *(() if _contradicted(authorized) else _by_lifetime(grant, tokens)),
    ]
    return Clock(time.time(), tuple(readings), LEEWAY)


def _by_date(endpoint: Endpoint, replies: list[Reply]) -> Iterator[ClockReading]:
    for reply in replies:
        if reply.date is not None and (reply.verified or _loopback(reply.url)):
            # the header has whole seconds: the middle of that second, give or take half
            offset = reply.local_time - (reply.date + 0.5)
            yield ClockReading(endpoint, "Date header", round(offset, 1), round(0.5 + reply.round_trip, 1))


def _contradicted(authorized: AuthorizedCall | None) -> bool:
    """The API, by a clock of its own, finds a token out of date that was issued just now: its times are no clock."""
    return authorized is not None and authorized.call.said in (ApiSaid.EXPIRED, ApiSaid.EARLY)


def _by_lifetime(grant: Grant | None, tokens: Tokens | None) -> Iterator[ClockReading]:
    issued = tokens.issued if tokens else None
    if grant is None or issued is None or issued.expires_at is None or grant.response is None:
        return
    if isinstance(grant.final.result, TransportFailure) or not grant.response.expires_in:
        return
    server = issued.expires_at - grant.response.expires_in + 0.5
    if issued.issued_at is not None and abs(issued.issued_at + 0.5 - server) > 2:
        return  # the two fields disagree, so neither is a clock
    reply = grant.final.result
    yield ClockReading(
        Endpoint.TOKEN, "exp - expires_in", round(reply.local_time - server, 1), round(0.5 + reply.round_trip, 1)
    )


def _first(readings: Iterator[ClockReading]) -> list[ClockReading]:
    return [reading for reading, _ in zip(readings, range(1), strict=False)]


def _loopback(url: str) -> bool:
    return url.startswith(("http://localhost", "http://127.", "http://[::1]"))
