"""Every value is filled in: none is empty, a placeholder, or a reference that nothing replaced.

Such a value is no credential; it is shown as it stands and never sent.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import Cause, Difference, Finding, Setting, SettingName, SettingsSeen, Stage, check

_CONSEQUENCES: dict[SettingName, tuple[Cause, ...]] = {
    SettingName.CA_BUNDLE: (
        causes.CERTIFICATE_UNTRUSTED,
        causes.CERTIFICATE_CHAIN_INCOMPLETE,
        causes.CERTIFICATE_TRUSTED_ELSEWHERE,
    ),
}
"""What follows where a value is missing."""


@check(
    id="values-present",
    title="Every value is filled in",
    stage=Stage.SETTINGS,
    causes=(causes.VALUE_EMPTY, causes.PLACEHOLDER_LEFT, causes.VARIABLE_NOT_EXPANDED),
)
def run(settings: SettingsSeen) -> Iterator[Finding]:
    for setting in settings.settings:
        yield from _finding(setting)


def _names_a_variable(setting: Setting) -> bool:
    others = setting.line.others if setting.line else ()
    return any(other.difference is Difference.LITERAL_DOLLAR for other in others)


def _finding(setting: Setting) -> Iterator[Finding]:
    shape, words = setting.shape, setting.name.words
    if shape.empty:
        unset = _names_a_variable(setting)
        why = ": the $ in the line stands for a variable that is not set" if unset else ""
        yield causes.VALUE_EMPTY.found(
            observed=f"{setting.source} gives the {words}, and it is empty{why}.",
            expected=f"A value for the {words}.",
            fix="Set that variable where the file is loaded, or write the value into the line." if unset else None,
            setting=setting.name,
            explains=_CONSEQUENCES.get(setting.name, ()),
        )
    elif shape.placeholder:
        yield causes.PLACEHOLDER_LEFT.found(
            observed=f"{setting.source} gives the {words} as {shape.placeholder}, which is a template's own text.",
            expected=f"The real {words}.",
            setting=setting.name,
            explains=_CONSEQUENCES.get(setting.name, ()),
        )
    elif shape.variable:
        yield causes.VARIABLE_NOT_EXPANDED.found(
            observed=f"{setting.source} gives the {words} as {shape.variable}, which nothing replaced.",
            expected="The value that the variable stands for.",
            setting=setting.name,
            explains=_CONSEQUENCES.get(setting.name, ()),
        )
