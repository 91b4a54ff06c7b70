"""A comparison of two reports on a terminal: the change of cause, then settings, then facts, and the verdict last."""

from doctor.comparison.changes import Change, CheckChange, Comparison, Side, TargetChange
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.model.terms import Outcome
from doctor.render.harmless import cut, harmless
from doctor.render.paper import Paper
from doctor.render.words import OUTCOMES, VERDICTS, cause_words, moment, number, verdict_outcome

_LONGEST = 300
"""Characters of one value."""


def render(comparison: Comparison, before: tuple[str, Report], after: tuple[str, Report], style: Style) -> str:
    """Write what changed; ``before`` and ``after`` are each the name of a file and the report in it."""
    paper = Paper(style)
    for label, (name, report) in (("Before", before), ("After", after)):
        paper.labelled(
            label, _shown(f"{name}, {moment(report.started_at)}, {report.tool.name} {report.tool.version}"), indent=0
        )
    paper.gap()
    several = len(comparison.targets) > 1 or bool(comparison.only_before or comparison.only_after)
    for target in comparison.targets:
        _target(paper, target, several=several)
    for names, where in ((comparison.only_before, "before"), (comparison.only_after, "after")):
        for name in names:
            paper.line(_shown(f"{name}: only in the report {where}"))
    paper.gap()
    _closing(paper, comparison)
    return paper.text()


def _target(paper: Paper, target: TargetChange, *, several: bool) -> None:
    names = dict.fromkeys((target.before.name, target.after.name))
    if several or len(names) > 1:
        paper.line(_shown(", now ".join(names)), mark="strong")
    _cause(paper, target)
    _section(paper, "Settings", [_changed(change) for change in target.settings], target.incomparable)
    asked = (("only before", target.asked_before), ("only after", target.asked_after))
    questions = [f"asked {when}: {', '.join(map(_shown, kinds))}" for when, kinds in asked if kinds]
    _section(paper, "Facts", [*map(_changed, target.facts), *questions])


def _cause(paper: Paper, target: TargetChange) -> None:
    paper.line("Cause", mark="strong")
    if not target.cause_differs:
        paper.labelled("same", _named(target.after))
    else:
        paper.labelled("was", _named(target.before))
        paper.labelled("is", _named(target.after), mark=verdict_outcome(target.after.verdict))
        if target.after.diagnosis:
            paper.labelled("observed", _shown(target.after.diagnosis.observed))
            paper.labelled("do", _shown(target.after.diagnosis.fix))
    _checks(paper, target.checks)
    paper.gap()


def _checks(paper: Paper, changes: tuple[CheckChange, ...]) -> None:
    """Each by its title, but for those that were not reached: they are a number."""
    told = [change for change in changes if change.after is not Outcome.SKIP]
    for change in told:
        paper.signed(change.after or Outcome.SKIP, _check(change), indent=2)
    if len(told) < len(changes):
        left = number(len(changes) - len(told), "check")
        paper.signed(Outcome.SKIP, f"{left} no longer run", indent=2)


def _named(side: Side) -> str:
    found = side.diagnosis
    if found is None:
        return VERDICTS[side.verdict]
    return _shown(f"{VERDICTS[side.verdict]}: {found.title} [{cause_words(found)}, {found.confidence}]")


def _check(change: CheckChange) -> str:
    was, now = (OUTCOMES[outcome] if outcome else "not in the report" for outcome in (change.before, change.after))
    return _shown(f"{change.check.title}: was {was}, is {now}")


def _section(paper: Paper, title: str, lines: list[str], incomparable: tuple[str, ...] = ()) -> None:
    told = [
        f"{_shown(name)}: cannot be compared, since the fingerprints have no key in common" for name in incomparable
    ]
    if not lines and not told:
        return
    paper.line(title, mark="strong")
    for line in (*lines, *told):
        paper.line(line, indent=2, hang=2)
    paper.gap()


def _changed(change: Change) -> str:
    return f"{_shown(change.label)}: was {_shown(change.before)}, is {_shown(change.after)}"


def _closing(paper: Paper, comparison: Comparison) -> None:
    if comparison.differs:
        paper.line(f"Different: {_counted(comparison)}. Exit code 1.", mark="strong")
    elif any(target.incomparable for target in comparison.targets):
        paper.line("The same, as far as it can be compared. Exit code 0.", mark="strong")
    else:
        paper.line("The same, but for times and the like. Exit code 0.", mark="strong")


def _counted(comparison: Comparison) -> str:
    causes = sum(target.cause_differs for target in comparison.targets)
    counts = {
        "environment": len(comparison.only_before) + len(comparison.only_after),
        "check": sum(len(target.checks) for target in comparison.targets),
        "setting": sum(len(target.settings) for target in comparison.targets),
        "fact": sum(target.observed for target in comparison.targets),
    }
    return ", ".join([*(["the cause"] if causes else []), *(number(n, noun) for noun, n in counts.items() if n)])


def _shown(text: str) -> str:
    return harmless(cut(text, _LONGEST))
