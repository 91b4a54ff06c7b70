"""Facts as a healthy run has them, to be deviated from in a named part; and what a check tells of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from doctor.api import (
    ApiLine,
    ApiSaid,
    Attempt,
    BodyKind,
    Call,
    Certificate,
    Check,
    Clock,
    ClockReading,
    Confidence,
    Discovery,
    Endpoint,
    FailureKind,
    Finding,
    Grant,
    Missing,
    Phase,
    Realm,
    RealmLine,
    Reception,
    Reply,
    Said,
    Setting,
    SettingName,
    SettingsSeen,
    SettingStanding,
    Speaker,
    Standing,
    Target,
    TokenForm,
    TokenLine,
    TokenResponse,
    Tokens,
    TokenSeen,
    TransportFailure,
)
from doctor.model.shape import examine, showable

ORIGIN = "https://acme.ataccama.one"
ISSUER = f"{ORIGIN}/auth/realms/acme"
TOKEN_URL = f"{ISSUER}/protocol/openid-connect/token"
PATH = "/api/reference-data/v1/tables?size=1"
NOW = 1_790_000_000.0
"""A moment in 2026, seconds since the epoch."""
SECRET = "Zq7RkT2mVx9LpWc4NsYb8HdGf3JaUe6K"
"""Made up, in the form of a generated one."""

Told = tuple[str, str | None, str, str]
"""Cause, setting, confidence, severity."""
Facts = tuple[object, ...]


def told(check: Check, *facts: object) -> list[Told]:
    """What a check says of these facts; facts that it can do without and that are not given are absent."""
    return [(f.cause.id, f.setting, f.confidence, f.severity) for f in found(check, *facts)]


def found(check: Check, *facts: object) -> list[Finding]:
    """The findings themselves, held to what every finding must be."""
    given = {type(fact): fact for fact in facts}
    assert set(given) <= {need.type for need in check.needs}, "a fact is given that the check does not read"
    assert {need.type for need in check.needs if not need.optional} <= set(given), "a fact that it needs is not given"
    answer = list(check.run(**{need.name: given.get(need.type) for need in check.needs}))
    findings = [item for item in answer if isinstance(item, Finding)]
    for finding in findings:
        assert finding.cause in check.causes, f"{finding.cause.id} is not declared by {check.id}"
        assert finding.observed.strip(), finding.cause.id
        assert finding.expected.strip(), finding.cause.id
        assert finding.fix.strip(), finding.cause.id
        if finding.cause.joint:
            assert finding.confidence is not Confidence.CERTAIN, f"{finding.cause.id} is joint, so it is not certain"
            assert finding.alternatives, finding.cause.id
    return findings


def undecided(check: Check, *facts: object) -> list[str]:
    """Why a check says neither yes nor no of these facts."""
    given = {type(fact): fact for fact in facts}
    answer = list(check.run(**{need.name: given.get(need.type) for need in check.needs}))
    assert answer == [] or not found(check, *facts), "a check that found something has decided"
    return [item.reason for item in answer if isinstance(item, Missing)]


def cases(rows: Mapping[str, Any]) -> Iterable[ParameterSet]:
    """Rows by the sentence that says what they show, for ``parametrize``."""
    return [pytest.param(*(row if isinstance(row, tuple) else (row,)), id=name) for name, row in rows.items()]


def reply(status: int = 200, error: str | None = None, description: str | None = None, **change: Any) -> Reply:
    """An answer with a JSON object for a body."""
    base = Reply(
        exchange=1,
        status=status,
        url=TOKEN_URL,
        body=BodyKind.OBJECT,
        speaker=Speaker.KEYCLOAK,
        media_type="application/json",
        error=error,
        error_description=description,
        local_time=NOW,
        verified=True,
    )
    return replace(base, **change)


def page(status: int, kind: object, **change: Any) -> Reply:
    """An answer with an HTML page for a body."""
    return reply(status, body=BodyKind.HTML, page=kind, speaker=Speaker.UNKNOWN, media_type="text/html", **change)


def failure(kind: FailureKind, phase: Phase = Phase.CONNECT, **change: Any) -> TransportFailure:
    return replace(TransportFailure(kind, phase, "what the system said", exchange=1), **change)


def lines(
    realm: TransportFailure | None = None,
    token: TransportFailure | None = None,
    api: TransportFailure | None = None,
    *,
    api_origin: str = ORIGIN,
) -> tuple[RealmLine, TokenLine, ApiLine]:
    """The three connections, each open unless a failure is given."""
    return (
        RealmLine(Endpoint.REALM, ORIGIN, realm, tls="TLSv1.3", ca_source="certifi"),
        TokenLine(Endpoint.TOKEN, ORIGIN, token, tls="TLSv1.3", ca_source="certifi"),
        ApiLine(Endpoint.API, api_origin, api, tls="TLSv1.3", ca_source="certifi"),
    )


def setting(name: SettingName, value: str, source: str | None = None, **change: Any) -> Setting:
    """A setting with the shape that its value really has."""
    shown = value if showable(name, value) else None
    given_as = source or f"ATACCAMA_{name.value.upper()}"
    return replace(Setting(name, given_as, examine(name, value).shape, value=shown), **change)


def settings(*others: Setting) -> SettingsSeen:
    """The healthy settings, with these in place of those of the same name."""
    healthy = (
        setting(SettingName.URL, ORIGIN),
        setting(SettingName.REALM, "acme"),
        setting(SettingName.CLIENT_ID, "catalog-sync"),
        setting(SettingName.CLIENT_SECRET, SECRET),
    )
    return SettingsSeen(tuple({s.name: s for s in (*healthy, *others)}.values()))


def reception(standing: Standing, *names: SettingName, proved: str | None = None) -> Reception:
    """How these settings were taken as given."""
    return Reception(tuple(SettingStanding(name.value, standing, proved) for name in names))


def rejected(name: SettingName, proved: str | None = None) -> Reception:
    return reception(Standing.REJECTED, name, proved=proved)


def accepted(*names: SettingName) -> Reception:
    return reception(Standing.ACCEPTED, *names)


def target(**change: Any) -> Target:
    return replace(Target(ORIGIN, "/auth", "acme", TOKEN_URL, ORIGIN, vendor_domain=True), **change)


def discovery(result: Reply | TransportFailure | None = None, **change: Any) -> Discovery:
    """The realm's document; with a ``result``, the answer that came in its place."""
    if result is not None:
        return replace(Discovery(result), **change)
    whole = Discovery(reply(), ISSUER, TOKEN_URL, f"{ISSUER}/auth", f"{ISSUER}/certs", ("client_credentials",))
    return replace(whole, **change)


def realm(**change: Any) -> Realm:
    base = Realm("acme", "/auth", ISSUER, TOKEN_URL, f"{ISSUER}/auth", f"{ISSUER}/certs", ISSUER, confirmed=True)
    return replace(base, **change)


def attempt(said: Said, result: Reply | TransportFailure | None = None, **change: Any) -> Attempt:
    """A token request with every value as given unless changed."""
    answer = result or reply(200 if said is Said.TOKEN else 401)
    return replace(Attempt(answer, said, "acme"), **change)


def grant(*attempts: Attempt, response: TokenResponse | None = None) -> Grant:
    """The token requests in order; the one that came furthest is the final one."""
    final = max(attempts, key=lambda a: list(Said).index(a.said))
    return Grant(attempts[0], attempts, final, response)


def healthy_grant(**change: Any) -> Grant:
    """A token for the values as given; ``change`` is about the token response."""
    response = TokenResponse(access_token=True, token_type="Bearer", expires_in=300.0, expires_in_given="300")
    return grant(attempt(Said.TOKEN), response=replace(response, **change))


def token(given_as: SettingName | None = None, **change: Any) -> TokenSeen:
    """A sound access token of 300 s, issued a moment ago."""
    base = TokenSeen(
        given_as,
        TokenForm.JWS,
        size=1200,
        algorithm="RS256",
        key_id="k1",
        media_type="JWT",
        issuer=ISSUER,
        subject="5f0c1c1e",
        audience=("account",),
        client="catalog-sync",
        kind="Bearer",
        issued_at=NOW - 2,
        expires_at=NOW + 298,
        roles=("api-reader",),
        username="service-account-catalog-sync",
    )
    return replace(base, **change)


def tokens(given_as: SettingName | None = None, **change: Any) -> Tokens:
    return Tokens((token(given_as, **change),))


def clock(realm_offset: float | None = 0.0, api_offset: float | None = None) -> Clock:
    """This machine's clock, so many seconds ahead of the servers' that were read."""
    offsets = ((Endpoint.REALM, realm_offset), (Endpoint.API, api_offset))
    readings = tuple(ClockReading(e, "Date header", o, 0.6) for e, o in offsets if o is not None)
    return Clock(NOW, readings)


def certificate(**change: Any) -> Certificate:
    """One that is in date and covers its host, refused for its unknown issuer."""
    base = Certificate(
        endpoint=Endpoint.REALM,
        origin=ORIGIN,
        subject="CN=acme.ataccama.one",
        issuer="CN=Acme Root",
        names=("acme.ataccama.one",),
        not_before=NOW - 86_400 * 30,
        not_after=NOW + 86_400 * 30,
        self_signed=False,
        chain_length=1,
        verify_code=20,
        now=NOW,
        covers_host=True,
        not_before_now=NOW - 86_400 * 365,
    )
    return replace(base, **change)


def call(said: ApiSaid, status: int = 200, path: str = PATH, **change: Any) -> Call:
    """A GET on the API, answered by Spring Security unless told otherwise."""
    given_as = change.pop("given_as", None)
    answer = reply(status, url=f"{ORIGIN}{path}", **{"speaker": Speaker.SPRING, **change})
    return Call(path, answer, said, given_as)


def unanswered(kind: FailureKind = FailureKind.RESPONSE_TIMED_OUT) -> Call:
    return Call(PATH, failure(kind, Phase.WAIT), ApiSaid.NOTHING)
