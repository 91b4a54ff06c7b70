"""No value has characters that cannot be seen, or that only look like the right ones.

A byte order mark, a zero-width space or a typographic dash comes along when a value passes through a document or chat.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import judge
from doctor.api import Finding, OddKind, Reception, SettingsSeen, Stage, check

_CAUSES = {OddKind.INVISIBLE: causes.INVISIBLE_CHARACTER, OddKind.LOOKALIKE: causes.LOOKALIKE_CHARACTER}


@check(
    id="plain-characters",
    title="No value has invisible or look-alike characters",
    stage=Stage.SETTINGS,
    causes=tuple(_CAUSES.values()),
)
def run(settings: SettingsSeen, reception: Reception | None) -> Iterator[Finding]:
    for setting in settings.settings:
        for kind, cause in _CAUSES.items():
            odd = [c for c in setting.shape.odd if c.kind is kind]
            if not odd or not setting.shape.sendable:
                continue
            finding = judge(
                cause,
                setting,
                reception,
                observed=f"The {setting.name.words} from {setting.source} has {', '.join(c.words for c in odd[:3])}.",
                expected="Plain characters only, as the credential was issued.",
                fix=f"Copy the {setting.name.words} again from where it was issued, or type the character anew.",
            )
            if finding:
                yield finding
