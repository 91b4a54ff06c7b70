"""How the servers took each value as it was given: the ground on which a lint becomes a finding, or none."""

from doctor.model.facts.api import GivenCalls
from doctor.model.facts.network import RealmLine
from doctor.model.facts.realm import Discovery, Realm, RealmSearch
from doctor.model.facts.settings import SettingsSeen
from doctor.model.facts.token import Attempt, Grant, Reception, Said, SettingStanding, Standing
from doctor.model.probe import probe
from doctor.model.secret import AS_GIVEN
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
    Said.UNCLEAR_REFUSAL,
    Said.BASIC_UNREADABLE,
    Said.OTHER_REFUSAL,
}


@probe(question="how each value was taken as given")
def reception(
    settings: SettingsSeen,
    line: RealmLine | None,
    discovery: Discovery | None,
    realm: Realm | None,
    search: RealmSearch | None,
    grant: Grant | None,
    given: GivenCalls | None,
) -> Reception:
    standings = [
        *_url(line, discovery),
        *_realm(realm, discovery, search),
        *(_credential(_ID, grant) if grant else ()),
        *(_credential(_SECRET, grant) if grant else ()),
        *(_scope(settings, grant) if grant else ()),
        *_given(given),
    ]
    return Reception(tuple(standings))


def _url(line: RealmLine | None, discovery: Discovery | None) -> list[SettingStanding]:
    if line is None or line.failure is not None or discovery is None:
        return []
    standing = Standing.ACCEPTED if discovery.usable else Standing.REJECTED
    return [SettingStanding(SettingName.URL, standing, exchanges=(discovery.result.exchange,))]


def _realm(realm: Realm | None, discovery: Discovery | None, search: RealmSearch | None) -> list[SettingStanding]:
    if realm is not None and realm.confirmed:
        moved = realm.corrected not in (None, "path")
        exchanges = tuple(t.exchange for t in (search.tried if search else ()) if t.found)
        return [
            SettingStanding(
                SettingName.REALM,
                Standing.REJECTED if moved else Standing.ACCEPTED,
                proved=realm.name if moved else None,
                exchanges=exchanges,
            )
        ]
    if discovery is not None and search is not None:
        return [SettingStanding(SettingName.REALM, Standing.REJECTED, exchanges=(discovery.result.exchange,))]
    return []


def _credential(name: SettingName, grant: Grant) -> list[SettingStanding]:
    """Accepted when an attempt with it as given got past client authentication, rejected when none did."""
    asked = [a for a in grant.attempts if _variant(a, name) is not None]
    accepted = [a for a in asked if _passed(a, name)]
    as_given = [a for a in accepted if _variant(a, name) == AS_GIVEN]
    if as_given:
        return [_standing(name, Standing.ACCEPTED, as_given[:1])]
    if accepted:
        return [_standing(name, Standing.REJECTED, accepted[:1], proved=_variant(accepted[0], name))]
    refused = [a for a in asked if a.said.refused or a.said is Said.BASIC_UNREADABLE]
    return [_standing(name, Standing.REJECTED, refused[:1])] if refused else []


def _passed(attempt: Attempt, name: SettingName) -> bool:
    return attempt.said.authenticated or (name is _ID and attempt.said in _ID_KNOWN)


def _variant(attempt: Attempt, name: SettingName) -> str | None:
    return attempt.client_id if name is _ID else attempt.client_secret


def _scope(settings: SettingsSeen, grant: Grant) -> list[SettingStanding]:
    if not settings.has(SettingName.SCOPE):
        return []
    refused = [a for a in grant.attempts if a.said is Said.SCOPE]
    if refused:
        return [_standing(SettingName.SCOPE, Standing.REJECTED, refused[:1])]
    sent = [a for a in grant.attempts if a.scope and a.said is Said.TOKEN]
    return [_standing(SettingName.SCOPE, Standing.ACCEPTED, sent[:1])] if sent else []


def _given(given: GivenCalls | None) -> list[SettingStanding]:
    standings = []
    for call in given.calls if given else ():
        if call.given_as is not None and (call.said.success or call.said.refuses_token):
            standing = Standing.ACCEPTED if call.said.success else Standing.REJECTED
            standings.append(SettingStanding(call.given_as, standing, exchanges=(call.result.exchange,)))
    return standings


def _standing(
    name: SettingName, standing: Standing, attempts: list[Attempt], proved: str | None = None
) -> SettingStanding:
    return SettingStanding(name, standing, proved, tuple(a.result.exchange for a in attempts))
