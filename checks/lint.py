"""What the lints share: how much an oddity in a value counts, given how the servers took the value.

Accepted as given: no finding. Rejected: it counts in full, and is certain once the corrected value was accepted.
Nobody could be asked: a warning.
"""

from checks import causes
from doctor.api import (
    CLEANED,
    SWAPPED,
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

_MUST_BE_CLEAN = (
    SettingName.URL,
    SettingName.TOKEN_URL,
    SettingName.API_URL,
    SettingName.PROXY,
    SettingName.CA_BUNDLE,
)
"""No client can use these with such a character in them, so they are read cleaned and nobody is asked."""
_CANNOT_HOLD = (*_MUST_BE_CLEAN, SettingName.AUTHORIZATION)
"""No server can take these with such a character in them (RFC 6750 section 2.1)."""


def judge(
    cause: Cause, setting: Setting, reception: Reception | None, *, observed: str, expected: str, fix: str
) -> Finding | None:
    """The finding that an oddity amounts to, or None."""
    standing = standing_of(setting, reception)
    proved = _proved(cause, setting, standing)
    if standing.standing is Standing.ACCEPTED or (not proved and _beside_the_point(setting, standing)):
        return None
    certain = proved or setting.name in _CANNOT_HOLD
    said = f" {_PROOF}" if proved and setting.name not in _MUST_BE_CLEAN else ""
    return cause.found(
        observed=observed + said,
        expected=expected,
        fix=f"Write {setting.line.place} as: {setting.line.fixed}" if setting.line else fix,
        severity=None if standing.standing is Standing.REJECTED else Severity.WARN,
        confidence=Confidence.CERTAIN if certain else Confidence.LIKELY,
        setting=setting.name,
        explains=consequences(setting.name) if certain else (),
        exchanges=standing.exchanges,
    )


def standing_of(setting: Setting, reception: Reception | None) -> SettingStanding:
    """How the servers took a value as given; a URL that had to be cleaned was not taken as given."""
    if setting.name in _MUST_BE_CLEAN:
        return SettingStanding(setting.name.value, Standing.REJECTED)
    return reception.of(setting.name.value) if reception else SettingStanding(setting.name.value, Standing.UNASKED)


def spelled(value: str) -> str:
    """The value as a sentence can hold it: what cannot be seen in it is written out."""
    return value if value.isprintable() and value == value.strip() else ascii(value)


def consequences(name: SettingName) -> tuple[Cause | CauseRef, ...]:
    """What a value that was proved to be wrong explains."""
    return _CONSEQUENCES.get(name, ())


def _beside_the_point(setting: Setting, standing: SettingStanding) -> bool:
    """True when something else is known to be wrong: another value was accepted, another kind of thing is there."""
    return standing.proved is not None or setting.shape.artefact is not None


def _proved(cause: Cause, setting: Setting, standing: SettingStanding) -> bool:
    return setting.name in _MUST_BE_CLEAN or cause.id in undone(setting, standing)


def undone(setting: Setting, standing: SettingStanding) -> tuple[str, ...]:
    """Ids of the causes that the correction undid which was accepted."""
    proved = standing.proved
    if proved is None:
        return ()
    # What stands in the other's place was sent cleaned.
    variant = CLEANED if proved == SWAPPED else proved
    corrections = [c for c in setting.shape.corrections if variant == c.variant or _spelled(proved, c.shown)]
    return tuple(cause for c in corrections for cause in c.causes)


def _spelled(proved: str, shown: str | None) -> bool:
    """True when the corrected value is the accepted one, or a path that holds it, in any spelling of case."""
    return shown is not None and f"/{proved.lower()}/" in f"/{shown.lower()}/"


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
    SettingName.PROXY: (causes.PROXY_UNREACHABLE,),
    SettingName.SCOPE: (causes.SCOPE_REFUSED,),
    SettingName.ACCESS_TOKEN: (causes.TOKEN_MALFORMED, causes.API_TOKEN_REFUSED),
    SettingName.AUTHORIZATION: (causes.BEARER_WHITESPACE, causes.API_TOKEN_REFUSED),
}
