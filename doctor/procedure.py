"""Carries out an examination on connections that are being opened: intake, facts, checks, diagnosis, report."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from doctor.checking import CheckResult
from doctor.diagnosis import diagnose_run
from doctor.entry_points import OURS
from doctor.intake import fingerprinter_for, take_in
from doctor.model.check import Check
from doctor.model.deadline import Deadline
from doctor.model.facts.missing import Missing
from doctor.model.facts.network import CurlWay
from doctor.model.facts.settings import RunOptions, Setting, SettingsSeen, Target, UrlsRead
from doctor.model.facts.token import FirstAttempt, Reception, Said
from doctor.model.inputs import Inputs
from doctor.model.probe import Probe, needed_for
from doctor.model.report import Report
from doctor.model.request import Http
from doctor.model.secret import SWAPPED, Secret, Vault
from doctor.model.terms import SettingName
from doctor.plugins import Plugins, crashed, load
from doctor.probes.access_token import token_of
from doctor.redaction import Redactor, fact_as_shown
from doctor.reporting import assemble
from doctor.runner import Interrupted, Runner
from doctor.transport.connections import Connections
from doctor.transport.curl import curl_way
from doctor.transport.dial import Origin
from doctor.transport.guarded import Guarded
from doctor.transport.http import Transport
from doctor.transport.policy import SECRET_BUDGET, Policy
from doctor.values import Values
from doctor.variables import from_variables


class Procedure:
    """One run: what was taken in, the connections it is asked on, and what is known so far."""

    def __init__(
        self,
        inputs: Inputs,
        values: Values,
        connections: Connections,
        deadline: Deadline,
        plugins: Plugins | None = None,
    ) -> None:
        self._started_at = datetime.now(UTC)
        self._inputs, self._values, self._connections, self._deadline = inputs, values, connections, deadline
        self._intake = take_in(inputs, values, fingerprinter_for(inputs))
        self._policy = _policy(inputs, values)
        vault, redactor = self._intake.vault, self._intake.redactor
        self._transport = _transport(inputs, self._policy, connections, deadline, vault, redactor)
        self._plugins = plugins or load()
        settings = self._intake.settings
        self._facts: dict[type[Any], Any] = {
            SettingsSeen: replace(settings, settings=(*settings.settings, *_from_variables(connections, values))),
            UrlsRead: values.urls,
            Target: values.target,
            RunOptions: inputs.options,
            CurlWay: _curl_way(connections, values),
        }

    def token(self) -> Secret | None:
        """Ask for a token, every value as given, and for nothing else; ``report`` goes on from what was learned."""
        runner = self._runner(needed_for(FirstAttempt, self._plugins.probes), (), enough=_has_token)
        try:
            runner.run()
        except Interrupted:
            raise KeyboardInterrupt from None
        self._facts = runner.known
        if not _has_token(self._facts):
            return None
        self._deadline.cancel()
        self._transport.close()
        return self._intake.vault.resolve(token_of(self._facts[FirstAttempt].attempt))

    def report(
        self, *, on_result: Callable[[CheckResult], None], meanwhile: Callable[[], None] | None = None
    ) -> tuple[Report, Redactor]:
        """Carry out what is left; the report, and the redactor that knows what must not leave with it."""
        chosen = [check for check in self._plugins.checks if selected(check, self._inputs)]
        ahead = partial(_import_ahead, meanwhile)
        runner = self._runner(self._plugins.probes, chosen, on_result=on_result, meanwhile=ahead)
        interrupted = False
        try:
            results, facts = runner.run()
        except Interrupted as stop:
            results, facts, interrupted = stop.results, stop.facts, True
        self._deadline.cancel()
        self._transport.close()
        redactor, late = self._intake.redactor, _proved_secret(self._inputs, facts)
        if late is not None:
            redactor.learn(late)
            facts = {kind: redactor.clean_value(fact) for kind, fact in facts.items()}
        narrowed = len(self._plugins.checks) - len(chosen)
        report = assemble(
            inputs=self._inputs,
            name=self._inputs.name or _host(self._values),
            settings=facts[SettingsSeen],
            diagnosed=diagnose_run(results, facts, selected=narrowed > 0),
            facts=facts,
            probes=self._plugins.probes,
            refusals=(*self._plugins.refusals, *crashed(facts, self._plugins)),
            exchanges=self._transport.exchanges(),
            redactor=redactor,
            started_at=self._started_at,
            duration_ms=(time.perf_counter() - self._connections.began) * 1000,
            deselected=narrowed,
            interrupted=interrupted,
        )
        return (_cleaned_again(report, redactor) if late else report), redactor

    @property
    def sends_left(self) -> int:
        """Requests that may still carry the client secret."""
        return self._policy.left

    def _runner(self, probes: Iterable[Probe], checks: Iterable[Check], **more: Any) -> Runner:
        """Runs those of the probes whose facts are not known yet."""
        return Runner(
            [probe for probe in probes if probe.gives not in self._facts],
            checks,
            given=self._facts,
            resources={Http: self._transport, Vault: self._intake.vault, Deadline: self._deadline},
            guarded={Http: Guarded(self._transport, self._intake.redactor), Deadline: self._deadline},
            is_ours=lambda probe: probe.provider == OURS,
            deadline=self._deadline,
            clean=partial(fact_as_shown, redactor=self._intake.redactor),
            **more,
        )


def _cleaned_again(report: Report, redactor: Redactor) -> Report:
    """Without what was learned last; the facts were cleaned as facts, since as JSON their names read like secrets'."""
    targets = tuple(replace(redactor.clean_value(replace(t, facts=())), facts=t.facts) for t in report.targets)
    cleaned: Report = redactor.clean_value(replace(report, targets=()))
    return replace(cleaned, targets=targets)


def _from_variables(connections: Connections, values: Values) -> Iterator[Setting]:
    target = values.target
    proxy = connections.proxy_to(Origin.of(target.origin)) if isinstance(target, Target) else None
    return from_variables(values, proxy, connections.trust)


def _curl_way(connections: Connections, values: Values) -> CurlWay | Missing:
    target = values.target
    if not isinstance(target, Target):
        return Missing("the settings point at no environment")
    urls, given = (target.token_endpoint, target.origin, target.api_base), SettingName.PROXY in values.examined
    return curl_way(urls, connections.environ, connections.trust, proxy_given=given)


def _has_token(facts: Mapping[type[Any], Any]) -> bool:
    first = facts.get(FirstAttempt)
    return isinstance(first, FirstAttempt) and first.attempt.said is Said.TOKEN


def _proved_secret(inputs: Inputs, facts: dict[type[Any], Any]) -> Secret | None:
    """The client ID, once it was proved to stand in the secret's place: until then it was shown."""
    reception = facts.get(Reception)
    if not isinstance(reception, Reception) or reception.of(SettingName.CLIENT_ID.value).proved != SWAPPED:
        return None
    return next((Secret(g.value) for g in inputs.given if g.name is SettingName.CLIENT_ID), None)


def selected(check: Check, inputs: Inputs) -> bool:
    """True when ``--only`` and ``--skip`` leave this check in."""

    def matches(patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(check.id, p) or fnmatchcase(check.stage.value, p) for p in patterns)

    return (not inputs.only or matches(inputs.only)) and not matches(inputs.skip)


def _policy(inputs: Inputs, values: Values) -> Policy:
    target = values.target
    urls = () if isinstance(target, Missing) else (target.origin, target.token_endpoint, target.api_base)
    budget = SECRET_BUDGET + inputs.options.deep if inputs.secret_sends is None else inputs.secret_sends
    return Policy(frozenset(Origin.of(url) for url in urls), budget)


def _transport(
    inputs: Inputs, policy: Policy, connections: Connections, deadline: Deadline, vault: Vault, redactor: Redactor
) -> Transport:
    return Transport(
        connections,
        vault=vault,
        redactor=redactor,
        policy=policy,
        timeout=inputs.timeout,
        deadline=deadline,
    )


def _host(values: Values) -> str:
    return urlsplit(values.target.origin).netloc if isinstance(values.target, Target) else "no environment"


def _import_ahead(more: Callable[[], None] | None) -> None:
    """What reads tokens, and then ``more``: while answers are on their way, and never before the questions are."""
    from doctor.probes.signature import prepare

    prepare()
    if more is not None:
        more()
