"""One examination: settings in, report out.

Connecting begins before anything is imported that is needed only later: see ``doctor.procedure``.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from doctor.model.deadline import Deadline, OnWait
from doctor.model.facts.settings import Target
from doctor.model.frozen import dataclass
from doctor.model.inputs import Inputs
from doctor.model.terms import Endpoint, SettingName
from doctor.transport.connections import Connections, Lane
from doctor.transport.dial import Origin
from doctor.transport.trust import trust_store
from doctor.values import Values, read_values

if TYPE_CHECKING:
    from doctor.checking import CheckResult
    from doctor.model.report import Report
    from doctor.model.secret import Secret
    from doctor.plugins import Plugins
    from doctor.procedure import Procedure
    from doctor.redaction import Redactor


@dataclass(frozen=True, slots=True)
class Examination:
    """A report, and the redactor that knows what must not leave with it."""

    report: "Report"
    redactor: "Redactor"
    sends_left: int = 0
    """Requests that may still carry the client secret."""


def examine(
    inputs: Inputs,
    on_result: "Callable[[CheckResult], None]" = lambda _: None,
    plugins: "Plugins | None" = None,
    meanwhile: "Callable[[], None] | None" = None,
    on_wait: OnWait = lambda *_: None,
) -> Examination:
    """Run the checks on one environment.

    ``meanwhile`` is called on a thread of its own while the servers are being asked, ``on_wait`` while something waits
    on purpose. Whatever the environment does is in the report. Raises ``UsageProblem`` for a CA bundle that cannot be
    used.
    """
    return _reported(_begun(inputs, Endpoint, plugins, on_wait), on_result, meanwhile)


def obtain_token(inputs: Inputs) -> "Secret | Examination":
    """A fresh access token, by the shortest way; where there is none, the examination that says why."""
    procedure = _begun(inputs, (Endpoint.TOKEN, Endpoint.REALM))
    return procedure.token() or _reported(procedure)


def look(inputs: Inputs) -> Examination:
    """See what is in the way, without any credential: none is sent, none is known."""
    from doctor.plugins import load
    from doctor.probes.knock import without_credentials

    given = tuple(g for g in inputs.given if not g.name.secret)
    plugins = load()
    plugins = replace(plugins, probes=without_credentials(plugins.probes))
    return examine(replace(inputs, given=given, options=replace(inputs.options, deep=False)), plugins=plugins)


def _reported(
    procedure: "Procedure",
    on_result: "Callable[[CheckResult], None]" = lambda _: None,
    meanwhile: "Callable[[], None] | None" = None,
) -> Examination:
    report, redactor = procedure.report(on_result=on_result, meanwhile=meanwhile)
    return Examination(report, redactor, procedure.sends_left)


def _begun(
    inputs: Inputs,
    endpoints: Iterable[Endpoint],
    plugins: "Plugins | None" = None,
    on_wait: OnWait = lambda *_: None,
) -> "Procedure":
    """The run, with the connections to these endpoints on their way."""
    deadline = Deadline(inputs.deadline, fixed=inputs.deadline_set or not inputs.options.deep, on_wait=on_wait)
    values = read_values(inputs.given)
    connections = _connections(inputs, values, deadline)
    connections.open_ahead(_lanes(values, endpoints))

    from doctor.procedure import Procedure  # while the first packets are on their way

    connections.load_trust()
    return Procedure(inputs, values, connections, deadline, plugins)


def _connections(inputs: Inputs, values: Values, deadline: Deadline) -> Connections:
    sources = {g.name: g.source for g in inputs.given}
    return Connections(
        trust=trust_store(values.usable(SettingName.CA_BUNDLE), sources.get(SettingName.CA_BUNDLE, ""), inputs.environ),
        timeout=inputs.timeout,
        deadline=deadline,
        proxy=values.usable(SettingName.PROXY),
        proxy_source=sources.get(SettingName.PROXY, ""),
        environ=inputs.environ,
    )


def _lanes(values: Values, endpoints: Iterable[Endpoint]) -> list[Lane]:
    """The lanes to open ahead, each named after its endpoint."""
    target = values.target
    if not isinstance(target, Target):
        return []
    places = {Endpoint.TOKEN: target.token_endpoint, Endpoint.REALM: target.origin, Endpoint.API: target.api_base}
    return [(endpoint.value, Origin.of(url)) for endpoint, url in places.items() if endpoint in endpoints]
