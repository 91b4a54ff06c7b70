"""Every line of an env file reads the same, whoever loads it.

Quotes, ``#``, ``$``, backslashes and Windows line ends mean other things to other loaders.  The value in force is
python-dotenv's; where another loader reads a different one, the server's answers tell which reading is the right one.
"""

from collections.abc import Iterator

from checks import causes
from checks.lint import consequences
from doctor.api import (
    Cause,
    CauseRef,
    Confidence,
    Difference,
    EnvLines,
    Finding,
    LineSeen,
    Loader,
    OtherReading,
    Reception,
    Setting,
    SettingsSeen,
    Severity,
    Stage,
    Standing,
    check,
)

_CAUSES = {
    Difference.QUOTES: causes.QUOTES_KEPT,
    Difference.CARRIAGE_RETURN: causes.EDGE_WHITESPACE,
    Difference.BYTE_ORDER_MARK: causes.INVISIBLE_CHARACTER,
    Difference.LITERAL_DOLLAR: causes.VARIABLE_NOT_EXPANDED,
}
_DOES = {
    Difference.QUOTES: "takes the quotes as part of the value",
    Difference.CARRIAGE_RETURN: "takes the carriage return (U+000D) at the end as part of the value",
    Difference.BYTE_ORDER_MARK: "takes the byte order mark (U+FEFF) before the name as part of the name",
    Difference.COMMENT: "ends the value elsewhere, as # begins a comment for one and not for the other",
    Difference.LITERAL_DOLLAR: "leaves a $ as it stands, where a variable's value was put",
    Difference.EXPANDED_DOLLAR: "puts a variable's value in the place of a $",
    Difference.ESCAPE: "reads a backslash in another way",
    Difference.REFUSED: "refuses the line",
    Difference.OTHER: "reads another value",
}
_LINTS = (
    causes.QUOTES_KEPT,
    causes.LABEL_PASTED,
    causes.EDGE_WHITESPACE,
    causes.INNER_WHITESPACE,
    causes.INVISIBLE_CHARACTER,
    causes.LOOKALIKE_CHARACTER,
    causes.WRONG_ARTEFACT,
)
"""What is odd about a value that was not the right reading needs no mending of its own."""


@check(
    id="env-file-read",
    title="Every line of the env file reads the same with every loader",
    stage=Stage.SETTINGS,
    causes=(causes.LOADERS_DIFFER, *_CAUSES.values()),
)
def run(settings: SettingsSeen, lines: EnvLines, reception: Reception | None) -> Iterator[Finding]:
    for setting in settings.settings:
        if setting.line is None:
            continue
        proved = _proved(setting, setting.line, reception)
        if proved:
            yield proved
        elif _is_right(setting, reception):
            for difference in dict.fromkeys(other.difference for other in setting.line.others):
                yield _remark(setting, setting.line, difference)


def _proved(setting: Setting, line: LineSeen, reception: Reception | None) -> Finding | None:
    """The value in force was rejected, and what another loader reads was accepted."""
    standing = reception.of(setting.name.value) if reception else None
    other = next((o for o in line.others if o.variant and standing and o.variant == standing.proved), None)
    if standing is None or other is None:
        return None
    return causes.LOADERS_DIFFER.found(
        observed=f"What python-dotenv reads from {line.place} was rejected; {other.loader} {_DOES[other.difference]}, "
        "and that value was accepted.",
        expected="A line that every loader reads as the same value.",
        fix=f"Write {line.place} as: {line.fixed}",
        confidence=Confidence.CERTAIN,
        setting=setting.name,
        explains=(*consequences(setting.name), *(CauseRef(cause.id, setting.name) for cause in _LINTS)),
        exchanges=standing.exchanges,
    )


def _is_right(setting: Setting, reception: Reception | None) -> bool:
    """True unless the value in force was rejected: then other checks say why."""
    return reception is None or reception.of(setting.name.value).standing is not Standing.REJECTED


def _remark(setting: Setting, line: LineSeen, difference: Difference) -> Finding:
    who = " and ".join(other.loader for other in line.others if other.difference is difference)
    return _cause(difference).found(
        observed=f"Not every loader reads the same {setting.name.words} from {line.place}: {who} {_DOES[difference]}.",
        expected="A line that every loader reads as the same value.",
        fix=f"Write {line.place} as: {line.fixed}",
        severity=Severity.NOTE if _only_raw(line.others, difference) else Severity.WARN,
        confidence=Confidence.CERTAIN,
        setting=setting.name,
    )


def _cause(difference: Difference) -> Cause:
    return _CAUSES.get(difference, causes.LOADERS_DIFFER)


def _only_raw(others: tuple[OtherReading, ...], difference: Difference) -> bool:
    """True for quotes, comments and the like, which every loader but the plainest understands."""
    return difference is not Difference.CARRIAGE_RETURN and all(
        other.loader is Loader.AS_IT_STANDS for other in others if other.difference is difference
    )
