"""The report: the public JSON's own shape (schema 1.0). Field names here are field names there.

A field whose type allows ``None`` and that carries ``optional`` metadata is left out of the JSON when it is ``None``;
every other ``None`` is written as ``null``.
"""

from dataclasses import field
from typing import Any

from doctor.model.frozen import dataclass
from doctor.model.terms import Confidence, Endpoint, Outcome, SettingName, Severity, Stage, Verdict

SCHEMA_VERSION = "1.0"


def optional() -> Any:
    """A field that is left out of the JSON when nothing is known."""
    return field(default=None, metadata={"optional": True})


@dataclass(frozen=True, slots=True)
class ToolInfo:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class SettingReport:
    name: str
    value: str | None
    """None for a secret."""
    source: str
    """Where it came from: ``--url``, ``ATACCAMA_URL``, ``profile dev in ataccama-doctor.toml``."""
    shadowed: tuple[str, ...]
    """Sources that also gave a value, which was not used."""
    fingerprint: str | None = optional()
    """``<key id>:<HMAC>`` of a secret: equal values have equal fingerprints under the same key."""


@dataclass(frozen=True, slots=True)
class CauseReport:
    cause: str
    setting: SettingName | None = optional()


@dataclass(frozen=True, slots=True)
class AlternativeReport:
    cause: str
    confidence: Confidence
    setting: SettingName | None = optional()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    cause: str
    title: str
    confidence: Confidence
    observed: str
    fix: str
    check: str
    """Id of the check that found it."""
    explains: tuple[CauseReport, ...]
    alternatives: tuple[AlternativeReport, ...]
    setting: SettingName | None = optional()
    endpoint: Endpoint | None = optional()


@dataclass(frozen=True, slots=True)
class FindingReport:
    cause: str
    title: str
    severity: Severity
    confidence: Confidence
    observed: str
    expected: str
    fix: str
    reference: str
    exchanges: tuple[int, ...]
    setting: SettingName | None = optional()
    endpoint: Endpoint | None = optional()


@dataclass(frozen=True, slots=True)
class CheckReport:
    id: str
    title: str
    """What must be true, as a sentence that reads well with a tick and with a cross."""
    stage: Stage
    outcome: Outcome
    duration_ms: float
    """From the start of the run until this check's answer stood."""
    findings: tuple[FindingReport, ...]
    skip_reason: str | None = optional()
    """Why it was not run, could not be asked, or what broke."""


@dataclass(frozen=True, slots=True)
class FactReport:
    type: str
    version: int
    value: dict[str, Any] | None = optional()
    missing: dict[str, Any] | None = optional()
    """``{"reason", "why"}`` in place of a value."""


@dataclass(frozen=True, slots=True)
class RequestReport:
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str | None


@dataclass(frozen=True, slots=True)
class ResponseReport:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    """Redacted, at most 4 KB."""
    truncated: bool


@dataclass(frozen=True, slots=True)
class FailureReport:
    phase: str
    """``dns``, ``connect``, ``proxy``, ``tls``, ``send``, ``wait`` or ``body``."""
    detail: str


@dataclass(frozen=True, slots=True)
class Phases:
    """Milliseconds; None for a phase that did not happen on this exchange (a connection kept open has no ``dns``)."""

    dns: float | None
    connect: float | None
    tls: float | None
    first_byte: float | None
    """From the request's last byte sent to the first byte of the answer."""
    total: float
    """From ``started_ms`` to the end."""
    held: float | None = optional()
    """That an open connection stood idle before the request went out: it had to wait its turn."""
    body: float | None = optional()
    """From the answer's first bytes to its end."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One connection attempt, or one request and its answer; for people."""

    n: int
    """From 1, in the order in which they were begun."""
    purpose: str
    connection: int
    """Exchanges with the same number shared one connection."""
    started_ms: float
    """Since the start of the run."""
    request: RequestReport
    phases_ms: Phases
    response: ResponseReport | None = optional()
    failure: FailureReport | None = optional()


@dataclass(frozen=True, slots=True)
class TargetReport:
    name: str
    settings: tuple[SettingReport, ...]
    verdict: Verdict
    diagnosis: Diagnosis | None
    checks: tuple[CheckReport, ...]
    facts: tuple[FactReport, ...]
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    passed: int
    warned: int
    failed: int
    inconclusive: int
    skipped: int
    errors: int
    deselected: int = 0
    """Checks that ``--only`` or ``--skip`` left out: the verdict then holds as far as asked."""

    @property
    def not_run(self) -> int:
        """Never counted as passed."""
        return self.skipped + self.inconclusive


@dataclass(frozen=True, slots=True)
class Redaction:
    what: str
    """``client secret``, ``access token``, ``cookie`` …"""
    form: str
    """``raw``, ``percent-encoded``, ``Base64`` …"""
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    schema_version: str
    tool: ToolInfo
    started_at: str
    """RFC 3339, UTC."""
    duration_ms: float
    verdict: Verdict
    exit_code: int
    targets: tuple[TargetReport, ...]
    summary: Summary
    redactions: tuple[Redaction, ...]
    notes: tuple[str, ...] = ()
    """What a reader must know about the report itself, and what was set in vain: server text withheld, evidence
    dropped, run interrupted, a variable that nothing reads."""
