"""What the run proves in the end, whatever the checks remark."""

from doctor.model.facts.access_token import Tokens
from doctor.model.facts.api import AnonymousCall, ApiSaid, AuthorizedCall, Call, Conclusion, FollowedCall, OtherCalls
from doctor.model.facts.realm import Realm
from doctor.model.facts.settings import SettingsSeen, UrlProblemKind, UrlsRead
from doctor.model.facts.token import Grant
from doctor.model.probe import probe
from doctor.model.terms import URLS, SettingName

_READ_CLEANED = (*URLS, SettingName.PROXY, SettingName.CA_BUNDLE)
_UNDECIDED = (ApiSaid.NOTHING, ApiSaid.ELSEWHERE, ApiSaid.SERVER_ERROR)


@probe(question="what the run proves")
def conclusion(
    urls: UrlsRead,
    settings: SettingsSeen,
    realm: Realm | None,
    grant: Grant | None,
    tokens: Tokens | None,
    authorized: AuthorizedCall | None,
    anonymous: AnonymousCall | None,
    others: OtherCalls | None,
    followed: FollowedCall | None,
) -> Conclusion:
    first = [c.call for c in (authorized, followed) if c is not None]
    calls = [*first, *(others.authorized if others else ())]
    with_token = next((c for c in calls if c.said is ApiSaid.DOCUMENTED), None)
    as_given = _gets_tokens(grant) and not (realm and _moved(realm)) and not _corrected(urls, settings)
    return Conclusion(
        token=tokens is not None and bool(tokens.tokens),
        decided=with_token is not None or any(c.said not in _UNDECIDED for c in first),
        works=with_token is not None and as_given and _refused_without(with_token, anonymous, others),
    )


def _gets_tokens(grant: Grant | None) -> bool:
    """The client gets tokens with the values as given; where it gets none, no other token makes up for that."""
    return grant is None or (grant.obtained and not grant.corrected)


def _moved(realm: Realm) -> bool:
    return realm.corrected is not None or realm.token_url_mended


def _corrected(urls: UrlsRead, settings: SettingsSeen) -> bool:
    """A URL was mended before it was used, or a template's own text was left out."""
    malformed = any(p.kind is not UrlProblemKind.EXTRA_PARTS for p in urls.problems)
    return malformed or any(
        (s.name in _READ_CLEANED and s.shape.suspect) or s.shape.placeholder or s.shape.variable
        for s in settings.settings
    )


def _refused_without(call: Call, anonymous: AnonymousCall | None, others: OtherCalls | None) -> bool:
    """The GET that succeeds with the token does not succeed without."""
    pairs = [anonymous.call] if anonymous else []
    pairs += list(others.anonymous if others else ())
    same = [c for c in pairs if c.path == call.path]
    return bool(same) and not any(c.said.success for c in same)
