"""Carries out an examination on connections that are being opened: intake, facts, checks, diagnosis, report."""

import threading
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from doctor.diagnosis import Diagnosed, diagnose
from doctor.intake import fingerprinter_for, take_in
from doctor.model.check import Check
from doctor.model.deadline import Deadline
from doctor.model.facts.api import Conclusion
from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.reply import Challenge, Reply
from doctor.model.facts.settings import RunOptions, SettingsSeen, Target, UrlsRead
from doctor.model.facts.token import Reception
from doctor.model.inputs import Inputs
from doctor.model.report import Report
from doctor.model.request import Http
from doctor.model.secret import Secret, Vault
from doctor.model.terms import SettingName
from doctor.plugins import Plugins, Refusal, load
from doctor.probes.trials import SWAPPED
from doctor.redaction import Redactor
from doctor.reporting import assemble
from doctor.runner import CheckResult, Interrupted, Runner
from doctor.transport.connections import Connections
from doctor.transport.dial import Origin
from doctor.transport.http import Transport
from doctor.transport.policy import Policy
from doctor.values import Values

_SERVER_TEXT = ("error_description", "message", "title", "realm")


def carry_out(
    inputs: Inputs,
    values: Values,
    connections: Connections,
    deadline: Deadline,
    *,
    on_result: Callable[[CheckResult], None],
    plugins: Plugins | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Report, Redactor]:
    """The report, and the redactor that knows what must not leave with it."""
    threading.Thread(target=_import_ahead, daemon=True).start()
    started_at = datetime.now(UTC)
    intake = take_in(inputs, values, fingerprinter_for(inputs))
    transport = _transport(inputs, values, connections, deadline, intake.vault, intake.redactor)
    plugins = plugins or load()
    chosen = [check for check in plugins.checks if selected(check, inputs)]
    runner = Runner(
        plugins.probes,
        chosen,
        given={
            SettingsSeen: intake.redactor.clean_value(intake.settings),
            UrlsRead: intake.redactor.clean_value(values.urls),
            Target: values.target,
            RunOptions: inputs.options,
        },
        resources={Http: transport, Vault: intake.vault, Deadline: deadline},
        deadline=deadline,
        clean=lambda fact: _clean(fact, intake.redactor),
        on_result=on_result,
    )
    if meanwhile is not None:
        threading.Thread(target=meanwhile, daemon=True).start()
    interrupted = False
    try:
        results, facts = runner.run()
    except Interrupted as stop:
        results, facts, interrupted = stop.results, stop.facts, True
    deadline.cancel()
    transport.close()
    late = _proved_secret(inputs, facts)
    if late is not None:
        intake.redactor.learn(late)
    report = assemble(
        inputs=inputs,
        name=inputs.name or _host(values),
        settings=facts[SettingsSeen],
        diagnosed=_diagnosed(results, facts, inputs, narrowed=len(chosen) < len(plugins.checks)),
        facts=facts,
        probes=plugins.probes,
        refusals=(*plugins.refusals, *_broken(facts, plugins)),
        exchanges=transport.exchanges(),
        redactor=intake.redactor,
        started_at=started_at,
        duration_ms=(time.perf_counter() - connections.began) * 1000,
        deselected=len(plugins.checks) - len(chosen),
        interrupted=interrupted,
    )
    return (intake.redactor.clean_value(report) if late else report), intake.redactor


def _proved_secret(inputs: Inputs, facts: dict[type[Any], Any]) -> Secret | None:
    """The client ID, once it was proved to stand in the secret's place: until then it was shown."""
    reception = facts.get(Reception)
    if not isinstance(reception, Reception) or reception.of(SettingName.CLIENT_ID.value).proved != SWAPPED:
        return None
    return next((Secret(g.value) for g in inputs.given if g.name is SettingName.CLIENT_ID), None)


def _broken(facts: dict[type[Any], Any], plugins: Plugins) -> list[Refusal]:
    """Probes that crashed: said in the report even when no check reads what they should have given."""
    gave = [(probe, facts.get(probe.gives)) for probe in plugins.probes]
    return [
        Refusal(probe.name, f"{fact.reason[:1].upper()}{fact.reason[1:]}; it is of {probe.provider}.")
        for probe, fact in gave
        if isinstance(fact, Missing) and fact.why is Why.CRASHED and fact.reason.startswith(f"the probe {probe.name} ")
    ]


def selected(check: Check, inputs: Inputs) -> bool:
    """True when ``--only`` and ``--skip`` leave this check in."""

    def matches(patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(check.id, p) or fnmatchcase(check.stage.value, p) for p in patterns)

    return (not inputs.only or matches(inputs.only)) and not matches(inputs.skip)


def _diagnosed(results: list[CheckResult], facts: dict[type[Any], Any], inputs: Inputs, *, narrowed: bool) -> Diagnosed:
    found = facts.get(Conclusion)
    conclusion = None if isinstance(found, Missing) else found
    return diagnose(results, conclusion, deep=inputs.options.deep, selected=narrowed)


def _clean(fact: Any, redactor: Redactor) -> Any:
    """Without any known secret; and without a server's words where the secret is too short to be told from them."""
    cleaned = redactor.clean_value(fact)
    return _withheld(cleaned, redactor) if redactor.withhold else cleaned


def _withheld(fact: Any, redactor: Redactor) -> Any:
    if isinstance(fact, tuple):
        return tuple(_withheld(item, redactor) for item in fact)
    if not is_dataclass(fact) or isinstance(fact, type):
        return fact
    changed = {f.name: _withheld(getattr(fact, f.name), redactor) for f in fields(fact)}
    if isinstance(fact, Reply | Challenge):
        changed |= {n: redactor.server_text(changed[n]) for n in _SERVER_TEXT if changed.get(n)}
    return replace(fact, **changed)


def _transport(
    inputs: Inputs, values: Values, connections: Connections, deadline: Deadline, vault: Vault, redactor: Redactor
) -> Transport:
    target = values.target
    urls = () if isinstance(target, Missing) else (target.origin, target.token_endpoint, target.api_base)
    return Transport(
        connections,
        vault=vault,
        redactor=redactor,
        policy=Policy(frozenset(Origin.of(url) for url in urls), deep=inputs.options.deep),
        timeout=inputs.timeout,
        deadline=deadline,
    )


def _host(values: Values) -> str:
    return urlsplit(values.target.origin).netloc if isinstance(values.target, Target) else "no environment"


def _import_ahead() -> None:
    """The HTTP library, then what reads tokens, beside the connections that are being opened."""
    import doctor.transport.lane  # noqa: F401
    from doctor.probes.signature import prepare

    prepare()
