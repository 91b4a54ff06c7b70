"""Every value comes from the source that was meant, and a secret from where only its owner can read it.

Two sources that disagree matter when the one in force was rejected.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import consequences
from doctor.api import Confidence, Finding, Reception, Setting, SettingsSeen, Stage, Standing, check


@check(
    id="sources-agree",
    title="Every value comes from the source that was meant",
    stage=Stage.SETTINGS,
    causes=(causes.SETTING_SHADOWED, causes.SECRET_EXPOSED),
)
def run(settings: SettingsSeen, reception: Reception | None) -> Iterator[Finding]:
    for setting in settings.settings:
        yield from _shadowed(setting, reception)
        yield from _exposed(setting)


def _exposed(setting: Setting) -> Iterator[Finding]:
    read = ((setting.source, setting.exposed), *((other.source, other.exposed) for other in setting.shadowed))
    for source, how in read:
        if how:
            yield causes.SECRET_EXPOSED.found(
                observed=f"The {setting.name.words} from {source} can be read by others: {how}.",
                expected="A file that only its owner can read, and that git ignores.",
                setting=setting.name,
            )


def _shadowed(setting: Setting, reception: Reception | None) -> Iterator[Finding]:
    others = [s for s in setting.shadowed if s.variant and not s.same]
    if not others or reception is None:
        return
    standing = reception.of(setting.name.value)
    if standing.standing is not Standing.REJECTED:
        return
    proved = next((s for s in others if s.variant == standing.proved), None)
    untried = [s for s in others if s.variant not in standing.tried]
    if proved is None and (standing.proved is not None or not untried):
        return
    other = proved or untried[0]
    yield causes.SETTING_SHADOWED.found(
        observed=f"The {setting.name.words} in force is from {setting.source} and was rejected; {other.source} gives"
        f" another{', which was accepted' if proved else ''}.",
        expected="One value, from one source.",
        fix=f"Take the {setting.name.words} out of {setting.source}, so that {other.source} is used.",
        confidence=Confidence.CERTAIN if proved else Confidence.POSSIBLE,
        setting=setting.name,
        explains=consequences(setting.name) if proved else (),
        exchanges=standing.exchanges,
    )
