"""A cause: one thing that can be wrong, with its words; and a finding: that cause, seen in a run."""

from dataclasses import field

from doctor.model.frozen import dataclass
from doctor.model.terms import Confidence, Endpoint, SettingName, Severity, Stage, Worst


@dataclass(frozen=True, slots=True)
class CauseRef:
    """A cause by id, narrowed to a setting or an endpoint where that matters."""

    cause: str
    setting: SettingName | None = None
    """None: whatever the setting."""
    endpoint: Endpoint | None = None
    """None: whatever the endpoint."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else the same evidence allows."""

    cause: str
    confidence: Confidence = Confidence.POSSIBLE
    setting: SettingName | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One row of the catalogue: what is true in the world, and the words for it.

    ``{setting}`` and ``{endpoint}`` in ``title`` and ``fix`` stand for their names in a sentence.
    """

    id: str
    """Stable, kebab-case; a plug-in's own starts with its prefix and a colon."""
    stage: Stage
    worst: Worst
    title: str
    """What is wrong, as one short sentence without full stop: ``The client secret is not this client's``."""
    fix: str
    """One action, for when the evidence of the run computes no better one."""
    reference: str
    """Where the rule stands: an RFC with section, the vendor's page, or Keycloak's documentation."""
    meaning: str
    """What it means, for ``explain``: one to three sentences."""
    detection: str
    """How it is told from its look-alikes."""
    steps: tuple[str, ...]
    """The way to mend it, step by step, in the product's own words."""
    origin: str
    """How it usually comes about."""
    prevention: str
    """How to keep it from coming back."""
    joint: tuple[str, ...] = ()
    """For a joint cause: the ids it stands for, which nothing outside can tell apart."""
    heals: bool = False
    """True when it can pass by itself while an environment starts: then ``--wait`` asks again."""

    def found(
        self,
        *,
        observed: str,
        expected: str,
        fix: str | None = None,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.CERTAIN,
        setting: SettingName | None = None,
        endpoint: Endpoint | None = None,
        explains: tuple["Cause | CauseRef", ...] = (),
        alternatives: tuple[Alternative, ...] | None = None,
        exchanges: tuple[int, ...] = (),
    ) -> "Finding":
        """Say that this cause is at work, on which evidence, and what to do.

        ``severity`` defaults to the worst that the cause can be; ``alternatives`` of a joint cause default to
        the causes that it joins.
        """
        if alternatives is None:
            alternatives = tuple(Alternative(other) for other in self.joint)
        return Finding(
            cause=self,
            observed=observed,
            expected=expected,
            fix=_fill(fix or self.fix, setting, endpoint),
            severity=severity or _SEVERITY[self.worst],
            confidence=confidence,
            setting=setting,
            endpoint=endpoint,
            explains=tuple(CauseRef(e.id) if isinstance(e, Cause) else e for e in explains),
            alternatives=alternatives,
            exchanges=exchanges,
        )

    def about(self, setting: SettingName | None = None, endpoint: Endpoint | None = None) -> CauseRef:
        """This cause, narrowed: what ``explains`` takes."""
        return CauseRef(self.id, setting, endpoint)


@dataclass(frozen=True, slots=True)
class Finding:
    """An occurrence of a cause in one run."""

    cause: Cause
    observed: str
    """What was seen and who said it; always with a fact in it."""
    expected: str
    """What would have been right."""
    fix: str
    """One thing to do, computed from the evidence."""
    severity: Severity
    confidence: Confidence
    setting: SettingName | None = None
    endpoint: Endpoint | None = None
    explains: tuple[CauseRef, ...] = ()
    """Findings that are consequences of this one in this run."""
    alternatives: tuple[Alternative, ...] = ()
    exchanges: tuple[int, ...] = field(default=())
    """Numbers of the exchanges that carry the evidence."""

    @property
    def title(self) -> str:
        """The cause's title with this finding's setting and endpoint in it."""
        return _fill(self.cause.title, self.setting, self.endpoint)

    @property
    def hinders(self) -> bool:
        """True when it kept the question from being asked, instead of answering it."""
        return self.cause.worst is Worst.INCONCLUSIVE and self.severity is not Severity.NOTE

    def explained_by(self, other: "Finding") -> bool:
        """True when ``other`` names this finding among its consequences."""
        return any(
            ref.cause == self.cause.id and ref.setting in (None, self.setting) and ref.endpoint in (None, self.endpoint)
            for ref in other.explains
        )


_SEVERITY = {
    Worst.FAIL: Severity.FAIL,
    Worst.WARN: Severity.WARN,
    Worst.INCONCLUSIVE: Severity.WARN,
    Worst.NOTE: Severity.NOTE,
}


def _fill(words: str, setting: SettingName | None, endpoint: Endpoint | None) -> str:
    return words.replace("{setting}", setting.words if setting else "value").replace(
        "{endpoint}", endpoint.words if endpoint else "server"
    )
