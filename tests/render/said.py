"""What a report says, read back from each format: verdict, counts, causes and exit code must be those of the JSON."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from doctor.evidence_file import JSON_ID, read, to_json
from doctor.model.terms import Verdict
from doctor.render.words import VERDICTS

COUNTS = ("passed", "warned", "failed", "broke", "not run")
_CLOSING = re.compile(
    rf"(?P<verdict>{'|'.join(VERDICTS.values())})(?:, as far as asked \(\d+ checks? deselected\))?: "
    r"(?P<counts>\d+ passed[^.]*)\. Exit code (?P<code>\d+)[ .]"
)
_SERIES = re.compile(r"(?m)^ataccama_doctor_(\w+)\{(.*)\} (\S+)$")
_LABEL = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True)
class Said:
    """A report in a few words."""

    verdict: str
    counts: tuple[int, ...]
    """In the order of ``COUNTS``."""
    causes: tuple[str, ...]
    """Of the diagnoses, one for each environment that has one."""
    exit_code: int


def of_json(text: str) -> Said:
    report = json.loads(text)
    s = report["summary"]
    counts = (s["passed"], s["warned"], s["failed"], s["errors"], s["skipped"] + s["inconclusive"])
    causes = tuple(t["diagnosis"]["cause"] for t in report["targets"] if t["diagnosis"])
    return Said(report["verdict"], counts, causes, report["exit_code"])


def of_text(text: str) -> Said:
    return _closed(text, r"(?m)^\W*Cause:?\s+([\w:.-]+)")


def of_short(text: str) -> Said:
    return _closed(text, r"\[([\w:.-]+)[^\]]*\]\.\n  Observed:")


def of_markdown(text: str) -> Said:
    return _closed(text, r"(?m)^- Cause: ([\w:.-]+)")


def of_github(text: str) -> Said:
    """The first error of an environment is about its diagnosis, where a cause leads it."""
    starts = r"(?:\A|::endgroup::\n)::error title=[^\n]*?::([\w:.-]+)(?: \([^\n%]*\))?, \w+%0A"
    return _closed(text, starts)


def of_html(text: str) -> Said:
    """The JSON inside, each part of which the page must show too."""
    said = of_json(json.dumps(to_json(read(text))))
    words = " ".join(re.sub(r"<[^>]*>", " ", text.partition(f'id="{JSON_ID}"')[0]).split())
    assert VERDICTS[Verdict(said.verdict)] in words
    assert all(f"{n} {word}" in words for n, word in zip(said.counts, COUNTS, strict=True) if n)
    assert all(cause in words for cause in said.causes)
    assert f"exit code {said.exit_code}" in words.lower()
    return said


def of_junit(text: str) -> Said:
    """The counts in words stand in each suite's output; those of the schema count the same cases."""
    root = ElementTree.fromstring(text)
    cases = list(root.iter("testcase"))
    failed, broke, not_run = (sum(c.find(tag) is not None for c in cases) for tag in ("failure", "error", "skipped"))
    assert [len(cases), failed, broke] == [int(root.attrib[name]) for name in ("tests", "failures", "errors")]
    suites = [_closed(suite.findtext("system-out", ""), r"(?m)^.* \[([\w:.-]+)[^\]]*\]\. Do:") for suite in root]
    counts = tuple(map(sum, zip(*(suite.counts for suite in suites), strict=True)))
    assert counts[2:] == (failed, broke, not_run)
    verdict = _gravest(suite.verdict for suite in suites)
    return Said(verdict, counts, tuple(c for suite in suites for c in suite.causes), suites[0].exit_code)


def of_prometheus(text: str) -> Said:
    series = [(name, dict(_LABEL.findall(labels)), float(value)) for name, labels, value in _SERIES.findall(text)]
    outcomes: Counter[str] = Counter()
    for name, labels, value in series:
        if name == "checks":
            outcomes[labels["outcome"]] += int(value)
    (code,) = {value for name, _, value in series if name == "exit_code"}
    return Said(
        verdict=_gravest(labels["verdict"] for name, labels, value in series if name == "verdict" and value == 1),
        counts=(*(outcomes[o] for o in ("pass", "warn", "fail", "error")), outcomes["skip"] + outcomes["inconclusive"]),
        causes=tuple(labels["cause"] for name, labels, _ in series if name == "diagnosis_info"),
        exit_code=int(code),
    )


READERS: dict[str, Callable[[str], Said]] = {
    "text": of_text,
    "short": of_short,
    "json": of_json,
    "html": of_html,
    "markdown": of_markdown,
    "junit": of_junit,
    "github": of_github,
    "prometheus": of_prometheus,
}


def _closed(text: str, cause: str) -> Said:
    """Read from the sentence that a text ends with."""
    [*_, closing] = _CLOSING.finditer(" ".join(text.split()))
    verdict = next(v for v, words in VERDICTS.items() if words == closing["verdict"])
    return Said(verdict, _numbers(closing["counts"]), tuple(re.findall(cause, text)), int(closing["code"]))


def _numbers(counts: str) -> tuple[int, ...]:
    said = {word: int(n) for n, word in re.findall(r"(\d+) (passed|warned|failed|broke|not run)", counts)}
    return tuple(said.get(word, 0) for word in COUNTS)


def _gravest(verdicts: Iterable[str]) -> str:
    return max(verdicts, key=["healthy", "warnings", "inconclusive", "failed", "error"].index)
