"""What there is to mend, in the order in which to mend it: the diagnosis, then what it does not explain."""

from collections.abc import Iterator

from doctor.model.report import CheckReport, Diagnosis, FindingReport, TargetReport
from doctor.model.terms import Severity
from doctor.render.evidence import server_words
from doctor.render.words import OUTCOMES, PROBLEMS, cause_words, finding_of, is_consequence


def other_findings(target: TargetReport) -> Iterator[FindingReport]:
    """Failures and warnings beside the diagnosis that it does not explain."""
    first = finding_of(target)
    for finding in (f for check in target.checks for f in check.findings):
        if finding is not first and finding.severity is not Severity.NOTE and not is_consequence(finding, target):
            yield finding


def without_finding(target: TargetReport) -> Iterator[CheckReport]:
    """Checks that broke or could not be asked."""
    return (check for check in target.checks if check.outcome in PROBLEMS and not check.findings)


def why(check: CheckReport) -> str:
    """``broke, the check broke (KeyError)``: how a check without a finding ended."""
    return f"{OUTCOMES[check.outcome]}, {check.skip_reason or 'no reason given'}"


def named(found: Diagnosis | FindingReport) -> str:
    """``The realm does not exist [realm-not-found (realm), certain]``."""
    return f"{found.title} [{cause_words(found)}, {found.confidence}]"


def labelled(finding: FindingReport, target: TargetReport) -> Iterator[tuple[str, str]]:
    """Everything about a finding, as label and words; of a consequence, what it follows from in place of its fix."""
    yield "Cause", f"{cause_words(finding)}, {finding.confidence}"
    yield "Observed", finding.observed
    yield "Expected", finding.expected
    for n, words in server_words(finding, target.exchanges):
        yield "Answer", f"{words} (exchange {n})"
    if target.diagnosis and is_consequence(finding, target):
        yield "Because", named(target.diagnosis)
        return
    yield "Do", finding.fix
    yield "See", finding.reference
    yield "More", f"ataccama-doctor explain {finding.cause}"
