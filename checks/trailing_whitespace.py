"""No value has white space that does not belong to it.

No server trims: a line feed at the end of a secret makes it another secret. The value as given is always tried
first, and the trimmed one after a rejection.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import judge
from doctor.api import (
    Finding,
    OddCharacter,
    OddKind,
    Reception,
    Setting,
    SettingName,
    SettingsSeen,
    Stage,
    Where,
    check,
)


@check(
    id="trailing-whitespace",
    title="No value has white space around or inside it",
    stage=Stage.SETTINGS,
    causes=(causes.EDGE_WHITESPACE, causes.INNER_WHITESPACE),
)
def run(settings: SettingsSeen, reception: Reception | None) -> Iterator[Finding]:
    for setting in settings.settings:
        odd = [c for c in setting.shape.odd if c.kind is OddKind.WHITESPACE]
        edges = [c for c in odd if c.where is not Where.INSIDE]
        inside = [c for c in odd if c.where is Where.INSIDE]
        if setting.shape.sendable and setting.name is not SettingName.AUTHORIZATION:
            found = [*_edge(setting, edges, reception), *_inner(setting, inside, reception)]
            # The line end after the last of several lines is the lesser slip.
            yield from reversed(found) if _broken(inside) else found


def _edge(setting: Setting, odd: list[OddCharacter], reception: Reception | None) -> Iterator[Finding]:
    if not odd:
        return
    words = setting.name.words
    finding = judge(
        causes.EDGE_WHITESPACE,
        setting,
        reception,
        observed=f"The {words} from {setting.source} has {_listed(odd)}.",
        expected=f"A {words} that begins and ends with a visible character.",
        fix=_remedy(setting, odd),
    )
    if finding:
        yield finding


def _inner(setting: Setting, odd: list[OddCharacter], reception: Reception | None) -> Iterator[Finding]:
    if not odd or "inner-whitespace" not in [cause for c in setting.shape.corrections for cause in c.causes]:
        return
    words = setting.name.words
    finding = judge(
        causes.INNER_WHITESPACE,
        setting,
        reception,
        observed=f"The {words} from {setting.source} has {_listed(odd)}.",
        expected=f"A {words} without white space inside.",
        fix=f"Leave the {words} alone in {setting.source}, on one line."
        if _broken(odd) and setting.name.secret
        else f"Copy the {words} again, in one piece and without a line break.",
    )
    if finding:
        yield finding


def _broken(odd: list[OddCharacter]) -> bool:
    """True when there is a line end among them."""
    return any(c.code_point in (0x0A, 0x0D) for c in odd)


def _listed(odd: list[OddCharacter]) -> str:
    return " and ".join(f"a {c.words}" for c in odd[:3])


def _remedy(setting: Setting, odd: list[OddCharacter]) -> str:
    words = setting.name.words
    if _broken(odd) and _is_file(setting.source):
        return f"Write the file of the {words} without a line end: printf %s adds none, echo does."
    return f"Remove the white space from the {words} where {setting.source} sets it."


def _is_file(source: str) -> bool:
    return "file" in source.lower() and "stdin" not in source
