"""How the servers took each value as it was given: the ground on which a lint becomes a finding, or none."""

from doctor.model.facts.api import GivenCalls
from doctor.model.facts.realm import Discovery, Realm, RealmSearch
from doctor.model.facts.settings import SettingsSeen
from doctor.model.facts.token import Attempt, ClientSeen, Grant, Reception, Said, SettingStanding, Standing
from doctor.model.probe import probe
from doctor.model.secret import AS_GIVEN, SHADOWED, Vault
from doctor.model.terms import SettingName

_ID, _SECRET = SettingName.CLIENT_ID, SettingName.CLIENT_SECRET
_ID_KNOWN = frozenset(Said) - {
    Said.NOTHING,
    Said.ELSEWHERE,
    Said.REDIRECT,
    Said.NOT_JSON,
    Said.REALM_UNKNOWN,
    Said.NO_ENDPOINT,
    Said.HTTPS_REQUIRED,
    Said.REALM_DISABLED,
    Said.BODY_LOST,
    Said.GRANT_UNSUPPORTED,
    Said.CLIENT_UNUSABLE,
    Said.CLIENT_UNKNOWN,
    Said.UNCLEAR_REFUSAL,
    Said.BASIC_UNREADABLE,
    Said.OTHER_REFUSAL,
}

_SCOPE_PASSED = (Said.HOLDER_OF_KEY, Said.INCOMPLETE, Said.TOKEN)
"""What Keycloak says only after the scope was accepted."""


@probe(question="how each value was taken as given")
def reception(
    vault: Vault,
    settings: SettingsSeen,
    discovery: Discovery | None,
    realm: Realm | None,
    search: RealmSearch | None,
    grant: Grant | None,
    seen: ClientSeen | None,
    given: GivenCalls | None,
) -> Reception:
    standings = [
        *_url(discovery, realm, search),
        *_token_url(settings, vault, discovery, realm, grant),
        *_realm(realm, discovery, search),
        *(_client_id(grant, seen) if grant else ()),
        *(_credential(_SECRET, grant) if grant else ()),
        *(_scope(settings, grant) if grant else ()),
        *_given(settings, given),
    ]
    return Reception(tuple(standings))


def _url(discovery: Discovery | None, realm: Realm | None, search: RealmSearch | None) -> list[SettingStanding]:
    """Rejected when no Keycloak answers there; a realm that is not there says nothing of the URL."""
    if discovery is None or (realm is None and search is None):
        return []
    there = realm is not None or (search is not None and search.keycloak_at is not None)
    standing = Standing.ACCEPTED if there else Standing.REJECTED
    return [SettingStanding(SettingName.URL, standing, exchanges=(discovery.result.exchange,))]


def _token_url(
    settings: SettingsSeen, vault: Vault, discovery: Discovery | None, realm: Realm | None, grant: Grant | None
) -> list[SettingStanding]:
    """Rejected when no token endpoint answers there; proved is the source whose value is the realm's own."""
    given = settings.get(SettingName.TOKEN_URL)
    if given is None or grant is None or grant.first.said in (Said.NOTHING, Said.ELSEWHERE):
        return []
    rejected = grant.first.said in (Said.NO_ENDPOINT, Said.REALM_UNKNOWN, Said.NOT_JSON, Said.REDIRECT)
    rejected = rejected or (realm is not None and realm.token_url_mended)
    others = [s.variant for s in given.shadowed if s.variant]
    right = [v for v in others if discovery and vault.get(given.name.value, v).reveal() == discovery.token_endpoint]
    standing = Standing.REJECTED if rejected else Standing.ACCEPTED
    proved = right[0] if rejected and right else None
    return [SettingStanding(SettingName.TOKEN_URL, standing, proved, exchanges=(grant.first.result.exchange,))]


def _realm(realm: Realm | None, discovery: Discovery | None, search: RealmSearch | None) -> list[SettingStanding]:
    if realm is not None and realm.confirmed:
        moved = realm.corrected not in (None, "path")
        exchanges = tuple(t.exchange for t in (search.tried if search else ()) if t.found)
        return [
            SettingStanding(
                SettingName.REALM,
                Standing.REJECTED if moved else Standing.ACCEPTED,
                proved=_proved_realm(realm) if moved else None,
                tried=_realms_tried(search),
                exchanges=exchanges,
            )
        ]
    if discovery is not None and search is not None:
        asked = (discovery.result.exchange,)
        return [SettingStanding(SettingName.REALM, Standing.REJECTED, tried=_realms_tried(search), exchanges=asked)]
    return []


def _proved_realm(realm: Realm) -> str | None:
    """The name that was found; where another source gave it, which one."""
    return realm.corrected if (realm.corrected or "").startswith(SHADOWED) else realm.name


def _realms_tried(search: RealmSearch | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.how for t in search.tried)) if search else ()


def _client_id(grant: Grant, seen: ClientSeen | None) -> list[SettingStanding]:
    """As the token endpoint took it, and as the authorization endpoint knows it."""
    standings = _credential(_ID, grant)
    if (
        seen is None
        or seen.client_id == AS_GIVEN
        or any(s.standing is Standing.ACCEPTED or s.proved for s in standings)
    ):
        return standings
    return [SettingStanding(_ID, Standing.REJECTED, seen.client_id, exchanges=(seen.result.exchange,))]


def _credential(name: SettingName, grant: Grant) -> list[SettingStanding]:
    """Accepted when an attempt with it as given got past client authentication, rejected when none did."""
    accepted = [a for a in grant.attempts if _passed(a, name) or _beyond(a, grant)]
    refused = [a for a in grant.attempts if a.said.refused or a.said is Said.BASIC_UNREADABLE]
    return _taken(name, accepted, refused)


def _taken(name: SettingName, accepted: list[Attempt], refused: list[Attempt]) -> list[SettingStanding]:
    """How a value stands after these requests; one that was not sent says nothing of it."""
    accepted = [a for a in accepted if _variant(a, name) is not None]
    refused = [a for a in refused if _variant(a, name) is not None]
    best = next((a for a in accepted if _variant(a, name) == AS_GIVEN), next(iter(accepted + refused), None))
    if best is None:
        return []
    proved = _variant(best, name) if best in accepted else None
    standing = Standing.ACCEPTED if proved == AS_GIVEN else Standing.REJECTED
    tried = dict.fromkeys(v for a in accepted + refused if (v := _variant(a, name)) is not None)
    proof = None if proved == AS_GIVEN else proved
    return [SettingStanding(name, standing, proof, tuple(tried), (best.result.exchange,))]


def _passed(attempt: Attempt, name: SettingName) -> bool:
    return attempt.said.authenticated or (name is _ID and attempt.said in _ID_KNOWN)


def _beyond(attempt: Attempt, grant: Grant) -> bool:
    """True for a refusal of something else, where the server refused the credentials of an earlier attempt."""
    return attempt.said is Said.OTHER_REFUSAL and any(a.said.refused for a in grant.attempts)


def _variant(attempt: Attempt, name: SettingName) -> str | None:
    sent = {_ID: attempt.client_id, _SECRET: attempt.client_secret, SettingName.SCOPE: attempt.scope}
    return sent[name]


def _scope(settings: SettingsSeen, grant: Grant) -> list[SettingStanding]:
    if not settings.has(SettingName.SCOPE):
        return []
    accepted = [a for a in grant.attempts if a.said in _SCOPE_PASSED]
    return _taken(SettingName.SCOPE, accepted, [a for a in grant.attempts if a.said is Said.SCOPE])


def _given(settings: SettingsSeen, given: GivenCalls | None) -> list[SettingStanding]:
    standings = []
    for call in given.calls if given else ():
        if call.given_as is not None and (call.said.success or call.said.refuses_token):
            cleaned = _cleaned(settings, call.given_as)
            standing = Standing.ACCEPTED if call.said.success and cleaned is None else Standing.REJECTED
            proved = cleaned if call.said.success else None
            standings.append(SettingStanding(call.given_as, standing, proved, exchanges=(call.result.exchange,)))
    return standings


def _cleaned(settings: SettingsSeen, name: SettingName) -> str | None:
    """The form in which the token went out, where no bearer token can be as it was given (RFC 6750 section 2.1)."""
    setting = settings.get(name) if name is SettingName.ACCESS_TOKEN else None
    return next((c.variant for c in setting.shape.corrections), None) if setting else None
