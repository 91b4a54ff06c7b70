"""A report in which every server-derived string is an attack, and what must not come through."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

from doctor.model.report import FactReport, Report, TargetReport
from tests.render import reports

ATTACKS = {
    "terminal escapes": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b1m\x08\x08",
    "bidi overrides": "user\u202egnp.exe\u2066\u200f\u061c",
    "markup": '</pre></style><script>alert(1)</script><img src=x onerror="alert(1)">&lt;b&gt;',
    "template syntax": "{{ 7 * 7 }}{% raw %}${7*7}",
    "workflow commands": "::error file=a::broken ::add-mask::x ##[error]bad ##vso[task.complete]done",
    "line ends": "first\r\n::warning::second\u2028third\u2029fourth\x0bfifth\x85sixth",
    "mentions": "@channel @everyone see <!here>",
    "markdown": "[click](javascript:alert(1)) ![x](https://evil.example/p.png) `code",
    "XML control characters": "\x00\x01\x1f\ufffe\uffff\ufdd0",
    "lone surrogates": "half \ud800 pair \udc00",
    "invisible characters": "zero\u200bwidth\ufeff soft\u00adhyphen tag\U000e0041",
    "wide characters": "令牌无效" * 40,
    "spreadsheet formulas": "=cmd|' /C calc'!A0",
    "a long word": "x" * 700 + "::error::y",
    "100 kB": "\u202e::error::" + "lorem ipsum " * 9_000,
}
_KEPT = {"schema_version", "started_at", "id", "check"}
"""What no server can say: the format's own, and the ids of checks."""
HARMFUL = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def hostile_report(attack: str) -> Report:
    """The failed report with the attack in every string but those that the tool itself writes."""
    return _attacked(reports.failed(), attack)  # type: ignore[no-any-return]


def hostile_body(body: str) -> Report:
    """The failed report with ``body`` as every answer's, where the renderers look for the server's words."""
    run = reports.failed()
    return replace(run, targets=tuple(_with_body(target, body) for target in run.targets))


def harmful_characters(output: str) -> set[str]:
    """What would be acted on, as code points; line ends are how text is made."""
    return {f"U+{ord(c):04X}" for c in output if c != "\n" and unicodedata.category(c) in HARMFUL}


def _with_body(target: TargetReport, body: str) -> TargetReport:
    answered = (e for e in target.exchanges)
    return replace(
        target,
        exchanges=tuple(
            replace(e, response=e.response and replace(e.response, status=401, body=body)) for e in answered
        ),
    )


def _attacked(value: Any, attack: str) -> Any:
    match value:
        case str():
            return attack if type(value) is str else value
        case tuple():
            return tuple(_attacked(item, attack) for item in value)
        case FactReport():
            return replace(value, value={"error_description": attack}, missing=None)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changed = {f.name: _attacked(getattr(value, f.name), attack) for f in fields(value) if f.name not in _KEPT}
            return replace(value, **changed)
        case _:
            return value
