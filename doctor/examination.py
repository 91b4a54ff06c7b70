"""One examination: settings in, report out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from doctor.diagnosis import Diagnosed, diagnose
from doctor.intake import Intake, fingerprinter_for, take_in
from doctor.model.check import Check
from doctor.model.deadline import Deadline
from doctor.model.facts.api import Conclusion
from doctor.model.facts.missing import Missing
from doctor.model.facts.reply import Challenge, Reply
from doctor.model.facts.settings import RunOptions, SettingsSeen, Target, UrlsRead
from doctor.model.inputs import Inputs
from doctor.model.report import Report
from doctor.model.request import Http
from doctor.model.secret import Vault
from doctor.model.terms import SettingName
from doctor.plugins import Plugins
from doctor.redaction import Redactor
from doctor.reporting import assemble
from doctor.runner import CheckResult, Interrupted, Runner
from doctor.transport import Policy, Transport
from doctor.transport.dial import Origin
from doctor.transport.trust import trust_store

_SERVER_TEXT = ("error_description", "message", "title", "realm")


@dataclass(frozen=True, slots=True)
class Examination:
    """A report, and the redactor that knows what must not leave with it."""

    report: Report
    redactor: Redactor


def examine(
    inputs: Inputs, on_result: Callable[[CheckResult], None] = lambda _: None, plugins: Plugins | None = None
) -> Examination:
    """Run the checks on one environment.

    Whatever the environment does is in the report. Raises ``UsageProblem`` for a CA bundle that cannot be used.
    """
    started_at, begun = datetime.now(UTC), time.perf_counter()
    deadline = Deadline(inputs.deadline, fixed=inputs.deadline_set or not inputs.options.deep)
    intake = take_in(inputs, fingerprinter_for(inputs))
    transport = _transport(inputs, intake, deadline)
    transport.begin()
    if plugins is None:
        from doctor.plugins import load

        plugins = load()
    chosen = [c for c in plugins.checks if selected(c, inputs)]
    runner = Runner(
        plugins.probes,
        chosen,
        given={
            SettingsSeen: intake.redactor.clean_value(intake.settings),
            UrlsRead: intake.redactor.clean_value(intake.urls),
            Target: intake.target,
            RunOptions: inputs.options,
        },
        resources={Http: transport, Vault: intake.vault, Deadline: deadline},
        deadline=deadline,
        clean=lambda fact: _clean(fact, intake.redactor),
        on_result=on_result,
    )
    interrupted = False
    try:
        results, facts = runner.run()
    except Interrupted as stop:
        results, facts, interrupted = stop.results, stop.facts, True
    deadline.cancel()
    diagnosed = _diagnosed(results, facts, inputs, narrowed=len(chosen) < len(plugins.checks))
    report = assemble(
        inputs=inputs,
        name=inputs.name or _host(intake),
        settings=facts[SettingsSeen],
        diagnosed=diagnosed,
        facts=facts,
        probes=plugins.probes,
        refusals=plugins.refusals,
        exchanges=transport.exchanges(),
        redactor=intake.redactor,
        started_at=started_at,
        duration_ms=(time.perf_counter() - begun) * 1000,
        deselected=len(plugins.checks) - len(chosen),
        interrupted=interrupted,
    )
    return Examination(report, intake.redactor)


def selected(check: Check, inputs: Inputs) -> bool:
    """True when ``--only`` and ``--skip`` leave this check in."""

    def matches(patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(check.id, p) or fnmatchcase(check.stage.value, p) for p in patterns)

    return (not inputs.only or matches(inputs.only)) and not matches(inputs.skip)


def _diagnosed(results: list[CheckResult], facts: dict[type[Any], Any], inputs: Inputs, *, narrowed: bool) -> Diagnosed:
    found = facts.get(Conclusion)
    conclusion = None if isinstance(found, Missing) else found
    return diagnose(results, conclusion, deep=inputs.options.deep, selected=narrowed)


def _transport(inputs: Inputs, intake: Intake, deadline: Deadline) -> Transport:
    given = {g.name: g for g in inputs.given}
    bundle, proxy = given.get(SettingName.CA_BUNDLE), given.get(SettingName.PROXY)
    target = intake.target
    urls = () if isinstance(target, Missing) else (target.origin, target.token_endpoint, target.api_base)
    return Transport(
        vault=intake.vault,
        redactor=intake.redactor,
        policy=Policy(frozenset(Origin.of(url) for url in urls), deep=inputs.options.deep),
        trust=trust_store(bundle.value if bundle else None, bundle.source if bundle else "", inputs.environ),
        timeout=inputs.timeout,
        deadline=deadline,
        proxy=proxy.value if proxy else None,
        proxy_source=proxy.source if proxy else "",
        environ=inputs.environ,
    )


def _clean(fact: Any, redactor: Redactor) -> Any:
    """Without any known secret; and without a server's words where the secret is too short to be told from them."""
    cleaned = redactor.clean_value(fact)
    return _withheld(cleaned, redactor) if redactor.withhold else cleaned


def _withheld(fact: Any, redactor: Redactor) -> Any:
    from dataclasses import fields, is_dataclass, replace

    if isinstance(fact, tuple):
        return tuple(_withheld(item, redactor) for item in fact)
    if not is_dataclass(fact) or isinstance(fact, type):
        return fact
    changed = {f.name: _withheld(getattr(fact, f.name), redactor) for f in fields(fact)}
    if isinstance(fact, Reply | Challenge):
        changed |= {n: redactor.server_text(changed[n]) for n in _SERVER_TEXT if changed.get(n)}
    return replace(fact, **changed)


def _host(intake: Intake) -> str:
    if isinstance(intake.target, Target):
        return urlsplit(intake.target.origin).netloc
    return "no environment"
