"""Every value is the thing itself: without quotes, name, escaping, and not another kind of thing.

Each is tried as given first; what the shape suggests is sent only after a rejection.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import consequences, judge, standing_of, undone
from doctor.api import (
    SWAPPED,
    Artefact,
    Confidence,
    Finding,
    Grant,
    Reception,
    Setting,
    SettingName,
    SettingsSeen,
    Severity,
    Stage,
    Standing,
    check,
)

_WRONG_IN = {
    SettingName.CLIENT_SECRET: frozenset(Artefact),
    SettingName.CLIENT_ID: frozenset(Artefact),
    SettingName.REALM: frozenset({Artefact.EMAIL, Artefact.JWT, Artefact.PEM, Artefact.BEARER_HEADER, Artefact.JSON}),
    SettingName.ACCESS_TOKEN: frozenset(
        {Artefact.BEARER_HEADER, Artefact.PEM, Artefact.EMAIL, Artefact.URL, Artefact.JSON, Artefact.COMMAND}
    ),
}


@check(
    id="value-as-issued",
    title="Every value is as it was issued",
    stage=Stage.SETTINGS,
    causes=(
        causes.QUOTES_KEPT,
        causes.LABEL_PASTED,
        causes.ENCODED_VALUE,
        causes.SWAPPED_VALUES,
        causes.WRONG_ARTEFACT,
        causes.SECRET_NEEDS_ENCODING,
    ),
)
def run(settings: SettingsSeen, reception: Reception | None, grant: Grant | None) -> Iterator[Finding]:
    for setting in settings.settings:
        if setting.shape.sendable and setting.name is not SettingName.AUTHORIZATION:
            yield from _wrapped(setting, reception)
            yield from _artefact(setting, reception)
    yield from _swapped(settings, reception, grant)
    yield from _needs_encoding(settings.get(SettingName.CLIENT_SECRET), reception)


def _wrapped(setting: Setting, reception: Reception | None) -> Iterator[Finding]:
    shape, words, source = setting.shape, setting.name.words, setting.source
    found = []
    if shape.quotes:
        found.append(
            (
                causes.QUOTES_KEPT,
                f"The {words} from {source} is wrapped in {shape.quotes}.",
                "Remove the quotes round the {}.",
            )
        )
    if shape.label or shape.trailing_punctuation:
        what = f"begins with {shape.label}" if shape.label else f"ends with {shape.trailing_punctuation}"
        fix = "Keep only what is the {} itself, without the name before it or the punctuation after it."
        found.append((causes.LABEL_PASTED, f"The {words} from {source} {what}.", fix))
    if shape.encoding:
        fix = "Use the decoded {}, or decode it where it is read."
        found.append((causes.ENCODED_VALUE, f"The {words} from {source} reads as {shape.encoding}.", fix))
    for cause, observed, fix in sorted(found, key=lambda each: _depth(each[0].id, setting)):
        finding = judge(
            cause,
            setting,
            reception,
            observed=observed,
            expected=f"The {words} alone, as it was issued.",
            fix=fix.format(words),
        )
        if finding and _counts(cause.id, finding):
            yield finding


def _depth(cause: str, setting: Setting) -> int:
    """How far inside the layer is: what stands outermost is told first."""
    layers = next((c.causes for c in setting.shape.corrections if cause in c.causes), (cause,))
    return layers.index(cause)


def _counts(cause: str, finding: Finding) -> bool:
    """Much is valid in several encodings: unless the decoded value was accepted, that says little."""
    return cause != causes.ENCODED_VALUE.id or finding.confidence is Confidence.CERTAIN


def _artefact(setting: Setting, reception: Reception | None) -> Iterator[Finding]:
    artefact = setting.shape.artefact
    if artefact is None or artefact not in _WRONG_IN.get(setting.name, ()):
        return
    standing = standing_of(setting, reception)
    if standing.standing is Standing.ACCEPTED:
        return
    words = setting.name.words
    yield causes.WRONG_ARTEFACT.found(
        observed=f"The {words} from {setting.source} is {artefact.value}, by its form.",
        expected=f"The {words} of an API client.",
        severity=None if standing.standing is Standing.REJECTED else Severity.WARN,
        confidence=Confidence.CERTAIN if causes.WRONG_ARTEFACT.id in undone(setting, standing) else Confidence.LIKELY,
        setting=setting.name,
        explains=consequences(setting.name),
        exchanges=standing.exchanges,
    )


def _swapped(settings: SettingsSeen, reception: Reception | None, grant: Grant | None) -> Iterator[Finding]:
    client_id, secret = settings.get(SettingName.CLIENT_ID), settings.get(SettingName.CLIENT_SECRET)
    if client_id is None or secret is None or reception is None:
        return
    standing = reception.of(SettingName.CLIENT_ID.value)
    proved = standing.proved == SWAPPED
    looks_so = client_id.shape.secret_like and secret.shape.identifier_like
    if proved or (looks_so and standing.standing is Standing.REJECTED and standing.proved is None):
        yield causes.SWAPPED_VALUES.found(
            observed="The client ID and the client secret stand in each other's place."
            if proved
            else "The client ID looks like a secret, and the client secret like a name.",
            expected="The client ID as client ID, the client secret as client secret.",
            fix="Exchange the two values. As the secret was used as an ID, it stands in logs: create a new API client.",
            confidence=Confidence.CERTAIN if proved else Confidence.POSSIBLE,
            explains=(
                *consequences(SettingName.CLIENT_ID),
                *consequences(SettingName.CLIENT_SECRET),
                causes.CLIENT_NOT_FOUND,
            )
            if proved
            else (),
            exchanges=standing.exchanges,
        )


def _needs_encoding(secret: Setting | None, reception: Reception | None) -> Iterator[Finding]:
    if secret is None or not secret.shape.needs_encoding or reception is None:
        return
    if reception.of(secret.name.value).standing is Standing.ACCEPTED:
        yield causes.SECRET_NEEDS_ENCODING.found(
            observed="The client secret was accepted; it holds characters that a form must encode.",
            expected="A client that encodes form values (RFC 6749 appendix B).",
            fix="With curl, send the secret with --data-urlencode, not -d.",
            setting=secret.name,
        )
