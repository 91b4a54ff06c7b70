"""``--deep``: what takes time or sends an altered token."""

import time

from doctor.model.deadline import Deadline
from doctor.model.facts.access_token import Tokens
from doctor.model.facts.api import AlteredCall, ApiSaid, AuthorizedCall, Call, ExpiredCall, Renewal
from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import Clock
from doctor.model.facts.realm import Realm
from doctor.model.facts.settings import RunOptions, SettingsSeen
from doctor.model.facts.token import Grant, Said
from doctor.model.probe import probe
from doctor.model.request import Bearer, Http
from doctor.model.secret import AS_GIVEN, Secret, SecretRef, Vault
from doctor.model.terms import SettingName
from doctor.probes.access_token import issued_token
from doctor.probes.api_call import ask
from doctor.probes.token import request_token

GRACE = 65.0
"""Seconds past ``exp`` until which acceptance is the usual leeway: Spring Security and Envoy allow 60."""
_NOT_DEEP = Missing("--deep was not given", Why.NOT_NEEDED)


@probe(question="whether a token with an altered signature is refused")
def altered_call(
    http: Http, vault: Vault, options: RunOptions, grant: Grant, first: AuthorizedCall
) -> AlteredCall | Missing:
    if not options.deep:
        return _NOT_DEEP
    if not grant.obtained or not first.call.said.success:
        return Missing("the GET does not succeed with the token itself")
    altered = _alter(vault.resolve(issued_token(grant)).reveal())
    ref = vault.put("access_token", "altered", Secret(altered, what="access token"))
    return AlteredCall(_again(http, first.call, ref, "see whether an altered token is refused"))


@probe(question="whether the token is refused once it has expired")
def expired_call(
    http: Http,
    deadline: Deadline,
    options: RunOptions,
    grant: Grant,
    tokens: Tokens,
    clock: Clock,
    first: AuthorizedCall,
) -> ExpiredCall | Missing:
    if not options.deep:
        return _NOT_DEEP
    issued = tokens.issued
    if issued is None or issued.expires_at is None or not first.call.said.success:
        return Missing("there is no token with exp that the API accepts")
    ahead = clock.readings[0].offset if clock.readings else 0.0
    wait = max(issued.expires_at + 1 - (time.time() - ahead), 0.0)
    if not deadline.allow(wait + 10):
        return Missing(f"the token expires in {wait:.0f} s, after the deadline that was set")
    deadline.allow(wait + GRACE + 15)
    deadline.sleep(wait, "the token to expire")
    return _until_refused(http, deadline, first.call, issued_token(grant), issued.expires_at + ahead)


@probe(question="whether a second token can be had")
def renewal(
    http: Http, options: RunOptions, settings: SettingsSeen, realm: Realm, grant: Grant, expired: ExpiredCall | None
) -> Renewal | Missing:
    if not options.deep:
        return _NOT_DEEP
    if not grant.obtained:
        return Missing("there was no first token")
    final = grant.final
    attempt, _ = request_token(
        http,
        realm.token_endpoint,
        realm.name,
        settings,
        purpose="request a second token",
        client_id=SecretRef("client_id", final.client_id),
        client_secret=SecretRef("client_secret", final.client_secret or AS_GIVEN),
        method=final.method,
        scope=SecretRef(SettingName.SCOPE.value, final.scope) if final.scope else None,
    )
    return Renewal(attempt.result, attempt.said is Said.TOKEN)


def _until_refused(
    http: Http, deadline: Deadline, call: Call, token: SecretRef, expires_at: float
) -> ExpiredCall | Missing:
    pause = 1.0
    while True:
        latest = _again(http, call, token, "see whether the expired token is refused")
        waited = time.time() - expires_at
        if (latest.said is not ApiSaid.DOCUMENTED and latest.said is not ApiSaid.OTHER_JSON) or waited > GRACE:
            return ExpiredCall(latest, round(waited, 1))
        if deadline.left() < pause + 1 or not deadline.sleep(pause, "the API to refuse the expired token"):
            return Missing(f"the deadline came {waited:.0f} s after exp, within the usual leeway of 60 s")
        pause = min(pause * 2, 10.0)


def _again(http: Http, call: Call, token: SecretRef, purpose: str) -> Call:
    return ask(http, call.reply.url if call.reply else "", call.path, purpose, Bearer(token))


def _alter(token: str) -> str:
    """The token with one character in the middle of its signature changed."""
    head, _, signature = token.rpartition(".")
    middle = len(signature) // 2
    other = "A" if signature[middle] != "A" else "B"
    return f"{head}.{signature[:middle]}{other}{signature[middle + 1 :]}"
