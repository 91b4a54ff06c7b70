"""Every value is filled in: none is empty, a placeholder, or a reference that nothing replaced.

Such a value is no credential; it is shown as it stands and never sent.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import Finding, Setting, SettingsSeen, Stage, check


@check(
    id="values-present",
    title="Every value is filled in",
    stage=Stage.SETTINGS,
    causes=(causes.VALUE_EMPTY, causes.PLACEHOLDER_LEFT, causes.VARIABLE_NOT_EXPANDED),
)
def run(settings: SettingsSeen) -> Iterator[Finding]:
    for setting in settings.settings:
        yield from _finding(setting)


def _finding(setting: Setting) -> Iterator[Finding]:
    shape, words = setting.shape, setting.name.words
    if shape.empty:
        yield causes.VALUE_EMPTY.found(
            observed=f"{setting.source} gives the {words}, and it is empty.",
            expected=f"A value for the {words}.",
            setting=setting.name,
        )
    elif shape.placeholder:
        yield causes.PLACEHOLDER_LEFT.found(
            observed=f"{setting.source} gives the {words} as {shape.placeholder}, which is a template's own text.",
            expected=f"The real {words}.",
            setting=setting.name,
        )
    elif shape.variable:
        yield causes.VARIABLE_NOT_EXPANDED.found(
            observed=f"{setting.source} gives the {words} as {shape.variable}, which nothing replaced.",
            expected="The value that the variable stands for.",
            setting=setting.name,
        )
