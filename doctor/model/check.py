"""A check: a pure function from facts to findings, with the id and the title it goes by."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from doctor.model.cause import Cause, Finding
from doctor.model.errors import SignatureProblem
from doctor.model.facts.missing import Missing
from doctor.model.frozen import dataclass
from doctor.model.signature import Need, needs_of
from doctor.model.terms import Stage

CheckFunction: TypeAlias = Callable[..., Iterable[Finding | Missing]]
"""Findings; or ``Missing`` beside none, where the facts are there and do not decide the matter."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be true. ``title`` says it, and reads well with a tick and with a cross."""

    id: str
    title: str
    stage: Stage
    run: CheckFunction
    needs: tuple[Need, ...]
    causes: tuple[Cause, ...] = ()
    """What it can name."""
    provider: str = ""
    """The distribution that brought it."""
    doc: str = ""

    def provided_by(self, provider: str) -> "Check":
        return replace(self, provider=provider)


def check(*, id: str, title: str, stage: Stage, causes: tuple[Cause, ...] = ()) -> Callable[[CheckFunction], Check]:
    """Declare a check. Its parameters are the facts it reads; ``X | None`` means also without.

    ``causes`` are those it can name, for ``list``; a finding of another cause is the check's fault.
    """

    def declare(run: CheckFunction) -> Check:
        needs = needs_of(run)
        if any(need.deferred for need in needs):
            raise SignatureProblem(f"check {id} is pure: it cannot defer a fact")
        return Check(id, title, stage, run, needs, causes, doc=_module_doc(run))

    return declare


def _module_doc(run: CheckFunction) -> str:
    module: Any = sys.modules.get(run.__module__)
    return (module.__doc__ or "") if module else ""
