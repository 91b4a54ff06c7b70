"""What the lints share: how much an oddity in a value counts, given how the servers took the value.

Accepted as given: no finding. Rejected: it counts in full, and is certain once the corrected value was accepted.
Nobody could be asked: a warning.
"""

from checks import causes
from doctor.api import (
    Cause,
    CauseRef,
    Confidence,
    Finding,
    Reception,
    Setting,
    SettingName,
    SettingStanding,
    Severity,
    Standing,
)

_MUST_BE_CLEAN = (SettingName.URL, SettingName.TOKEN_URL, SettingName.API_URL)
"""No client can use these with such a character in them, so they are read cleaned and nobody is asked."""


def judge(
    cause: Cause, setting: Setting, reception: Reception | None, *, observed: str, expected: str, fix: str
) -> Finding | None:
    """The finding that an oddity amounts to, or None."""
    standing = standing_of(setting, reception)
    if standing.standing is Standing.ACCEPTED:
        return None
    proved = _proved(cause, setting, standing)
    said = f" {_PROOF}" if proved and setting.name not in _MUST_BE_CLEAN else ""
    return cause.found(
        observed=observed + said,
        expected=expected,
        fix=fix,
        severity=None if standing.standing is Standing.REJECTED else Severity.WARN,
        confidence=Confidence.CERTAIN if proved else Confidence.LIKELY,
        setting=setting.name,
        explains=consequences(setting.name) if proved or setting.name in _MUST_BE_CLEAN else (),
        exchanges=standing.exchanges,
    )


def standing_of(setting: Setting, reception: Reception | None) -> SettingStanding:
    """How the servers took a value as given; a URL that had to be cleaned was not taken as given."""
    if setting.name in _MUST_BE_CLEAN:
        return SettingStanding(setting.name.value, Standing.REJECTED)
    return reception.of(setting.name.value) if reception else SettingStanding(setting.name.value, Standing.UNASKED)


def consequences(name: SettingName) -> tuple[Cause | CauseRef, ...]:
    """What a value that was proved to be wrong explains."""
    return _CONSEQUENCES.get(name, ())


def _proved(cause: Cause, setting: Setting, standing: SettingStanding) -> bool:
    if setting.name in _MUST_BE_CLEAN:
        return True
    if standing.proved is None:
        return False
    undone = [c.causes for c in setting.shape.corrections if standing.proved in (c.variant, c.shown)]
    return any(cause.id in ids for ids in undone)


_PROOF = "Measured here: the value without it was accepted."
_REFUSED = (
    causes.CREDENTIALS_REJECTED,
    causes.CLIENT_NOT_USABLE,
    causes.TOKEN_REQUEST_REFUSED,
)
_CONSEQUENCES: dict[SettingName, tuple[Cause | CauseRef, ...]] = {
    SettingName.CLIENT_SECRET: (causes.CLIENT_SECRET_MISMATCH, *_REFUSED),
    SettingName.CLIENT_ID: (causes.CLIENT_NOT_FOUND, *_REFUSED),
    SettingName.REALM: (causes.REALM_NOT_FOUND, causes.REALM_CASE_DIFFERS, causes.NOT_KEYCLOAK),
    SettingName.URL: (causes.HOST_NOT_FOUND, causes.URL_MALFORMED, causes.NOT_KEYCLOAK),
    SettingName.TOKEN_URL: (causes.TOKEN_URL_WRONG, causes.URL_MALFORMED),
    SettingName.API_URL: (causes.HOST_NOT_FOUND, causes.URL_MALFORMED, causes.API_NOT_FOUND),
    SettingName.SCOPE: (causes.SCOPE_REFUSED,),
    SettingName.ACCESS_TOKEN: (causes.TOKEN_MALFORMED, causes.API_TOKEN_REFUSED),
    SettingName.AUTHORIZATION: (causes.BEARER_WHITESPACE, causes.API_TOKEN_REFUSED),
}
