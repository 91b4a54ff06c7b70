"""Token requests with corrected values: which one is worth sending next is decided by a pure function.

A rejected secret is sent again only when a named part of the request differs: the realm, the client ID, the secret,
the authentication method or the scope.
"""

from collections.abc import Iterator

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.realm import Realm
from doctor.model.facts.settings import Setting, SettingsSeen
from doctor.model.facts.token import (
    Attempt,
    AuthMethod,
    ClientKind,
    FirstAttempt,
    NotAsked,
    Said,
    TokenResponse,
    Trials,
)
from doctor.model.frozen import dataclass
from doctor.model.probe import probe
from doctor.model.request import Http
from doctor.model.secret import AS_GIVEN, SWAPPED, SecretRef
from doctor.model.signature import Deferred
from doctor.model.terms import SettingName
from doctor.probes.token import has_scope, request_token

MOST_TRIALS = 4
"""With the first attempt, five requests carry the secret at most."""
_CURABLE = frozenset({Said.BASIC_UNREADABLE, Said.METHOD_WANTED, Said.SCOPE})


@dataclass(frozen=True, slots=True)
class Step:
    """One request worth sending."""

    client_id: str
    client_secret: str
    method: AuthMethod
    scope: str | None
    purpose: str


@probe(question="whether corrected values are accepted")
def trials(
    http: Http, settings: SettingsSeen, realm: Deferred[Realm], first: FirstAttempt, kind: Deferred[ClientKind]
) -> Trials | Missing:
    if first.attempt.said is Said.TOKEN:
        return Missing("the values as given were accepted", Why.NOT_NEEDED)
    in_force, of_client = realm.get(), kind.get()
    if isinstance(in_force, Missing):
        return in_force
    return _try(http, settings, in_force, first.attempt, None if isinstance(of_client, Missing) else of_client)


def _try(http: Http, settings: SettingsSeen, realm: Realm, known: Attempt, kind: ClientKind | None) -> Trials | Missing:
    elsewhere = realm.token_url_mended and known.said in (Said.NO_ENDPOINT, Said.ELSEWHERE)
    moved = (realm.corrected is not None and known.realm != realm.name) or known.said is Said.REALM_UNKNOWN or elsewhere
    attempts: list[Attempt] = []
    responses: list[TokenResponse | None] = []
    while len(attempts) < MOST_TRIALS:
        step = next_step(known, attempts, settings, kind, moved=moved)
        if step is None:
            break
        attempt, response = request_token(
            http,
            realm.token_endpoint,
            realm.name,
            settings,
            purpose=step.purpose,
            client_id=_reference(SettingName.CLIENT_ID, step.client_id),
            client_secret=_reference(SettingName.CLIENT_SECRET, step.client_secret),
            method=step.method,
            scope=_reference(SettingName.SCOPE, step.scope) if step.scope else None,
        )
        attempts.append(attempt)
        responses.append(response)
        if attempt.said in (Said.TOKEN, Said.NOTHING):
            break
    if not attempts:
        return Missing("no correction of the values suggests itself", Why.NOT_NEEDED)
    return Trials(tuple(attempts), tuple(responses), _not_asked(settings, attempts))


def next_step(
    first: Attempt, attempts: list[Attempt], settings: SettingsSeen, kind: ClientKind | None, *, moved: bool = False
) -> Step | None:
    """The next request worth sending, None when nothing is left to try."""
    tried = {_key(a) for a in attempts} | (set() if moved else {_key(first)})
    last = attempts[-1] if attempts else first
    if last.said is Said.NOTHING:
        return None
    if moved and not attempts:
        scope = AS_GIVEN if has_scope(settings) else None
        return Step(AS_GIVEN, AS_GIVEN, AuthMethod.POST, scope, "request a token from the realm that was found")
    left = MOST_TRIALS - len(attempts)
    steps = _cures(last, settings, left) if last.said in _CURABLE else _corrections(last, settings, kind)
    return next((s for s in steps if (s.client_id, s.client_secret, s.method, s.scope) not in tried), None)


def _cures(last: Attempt, settings: SettingsSeen, left: int) -> Iterator[Step]:
    """The same values, in the way that the answer asks for. The last request that is left goes without scope."""
    given = (last.client_id, last.client_secret or AS_GIVEN)
    match last.said:
        case Said.SCOPE:
            for variant in _others(settings.get(SettingName.SCOPE))[: left - 1]:
                yield Step(*given, last.method, variant, f"request a token with the scope {variant}")
            yield Step(*given, last.method, None, "request a token without scope")
        case Said.METHOD_WANTED if last.method_wanted is not None:
            yield Step(*given, last.method_wanted, last.scope, f"request a token with {last.method_wanted}")
        case Said.METHOD_WANTED | Said.BASIC_UNREADABLE:
            yield Step(*given, _other(last.method), last.scope, f"request a token with {_other(last.method)}")
        case _:
            return


def _corrections(last: Attempt, settings: SettingsSeen, kind: ClientKind | None) -> Iterator[Step]:
    """Other values, the most plausible first."""
    if not last.said.refused:
        return
    client_id, secret = settings.get(SettingName.CLIENT_ID), settings.get(SettingName.CLIENT_SECRET)
    if client_id is None or secret is None:
        return
    scope = last.scope
    method = AuthMethod.POST if last.said is Said.UNCLEAR_REFUSAL else last.method
    for id_variant in _ids(client_id, kind):
        yield Step(id_variant, AS_GIVEN, method, scope, f"request a token with the client ID {id_variant}")
        for variant in _others(secret):
            what = f"the client secret {variant}" + ("" if id_variant == AS_GIVEN else f", the client ID {id_variant}")
            yield Step(id_variant, variant, method, scope, f"request a token with {what}")
    if _swap_plausible(client_id, secret, last, kind):
        yield Step(SWAPPED, SWAPPED, method, scope, "request a token with client ID and secret swapped")
    if last.said is Said.UNCLEAR_REFUSAL:
        yield Step(AS_GIVEN, AS_GIVEN, AuthMethod.BASIC, scope, "request a token with client_secret_basic")


def _ids(client_id: Setting, kind: ClientKind | None) -> list[str]:
    corrections = _others(client_id)
    if not corrections:
        return [AS_GIVEN]
    if kind is not None and not kind.as_given.said.doubts_id:
        return [AS_GIVEN]
    if (
        kind is not None
        and kind.cleaned is not None
        and kind.cleaned.said not in (Said.CLIENT_UNUSABLE, Said.CLIENT_UNKNOWN)
    ):
        return [corrections[0]]
    return [*corrections[:2], AS_GIVEN]


def _others(setting: Setting | None) -> list[str]:
    """What could be sent instead of the value as given."""
    return [c.variant for c in setting.shape.corrections] + _elsewhere(setting) if setting else []


def _elsewhere(setting: Setting) -> list[str]:
    """What other loaders read from the same line, then what other sources give."""
    readings = [other.variant for other in setting.line.others if other.variant] if setting.line else []
    return readings + [s.variant for s in setting.shadowed if s.variant and not s.same]


def _swap_plausible(client_id: Setting, secret: Setting, last: Attempt, kind: ClientKind | None) -> bool:
    if not last.said.doubts_id:
        return False
    return client_id.shape.secret_like or secret.shape.identifier_like or (client_id.shape.uuid and secret.shape.uuid)


def _reference(name: SettingName, variant: str) -> SecretRef:
    return SecretRef(name.value, variant)


def _key(attempt: Attempt) -> tuple[str, str | None, AuthMethod, str | None]:
    return (attempt.client_id, attempt.client_secret, attempt.method, attempt.scope)


def _other(method: AuthMethod) -> AuthMethod:
    return AuthMethod.POST if method is AuthMethod.BASIC else AuthMethod.BASIC


def _not_asked(settings: SettingsSeen, attempts: list[Attempt]) -> tuple[NotAsked, ...]:
    if len(attempts) < MOST_TRIALS:
        return ()
    return (NotAsked("further corrections of the values", "a secret is sent at most five times a run"),)
