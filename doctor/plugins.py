"""Checks and probes come in through entry points, the built-in ones by the same door as everybody's."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from doctor.entry_points import OURS, points, provider_of, unloadable
from doctor.model.check import Check
from doctor.model.facts.missing import Missing, Why
from doctor.model.frozen import dataclass
from doctor.model.probe import Probe
from doctor.model.secret import Vault
from doctor.model.streams import printed_to_stderr
from doctor.model.terms import Stage

CHECKS, PROBES = "ataccama_doctor.checks", "ataccama_doctor.probes"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A plug-in that could not be used, as a sentence."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Plugins:
    checks: tuple[Check, ...]
    probes: tuple[Probe, ...]
    refusals: tuple[Refusal, ...]


@cache
def load() -> Plugins:
    """Every check and probe that is installed, in report order, ours first. What is installed is read once."""
    refusals: list[Refusal] = []
    with printed_to_stderr():
        checks = [c.provided_by(provider) for provider, c in _objects(CHECKS, Check, refusals)]
        probes = [p.provided_by(provider) for provider, p in _objects(PROBES, Probe, refusals)]
    return Plugins(
        tuple(_unique(_prefixed(checks, refusals), lambda c: c.id, refusals)),
        tuple(_unique(_permitted(probes, refusals), lambda p: p.gives, refusals)),
        tuple(refusals),
    )


def crashed(facts: Mapping[type[Any], Any], plugins: Plugins) -> list[Refusal]:
    """Probes that broke: said in the report even when no check reads what they should have given."""
    gave = [(probe, facts.get(probe.gives)) for probe in plugins.probes]
    return [
        Refusal(probe.name, f"{fact.reason[:1].upper()}{fact.reason[1:]}; it is of {probe.provider}.")
        for probe, fact in gave
        if isinstance(fact, Missing) and fact.why is Why.CRASHED and fact.reason.startswith(f"the probe {probe.name} ")
    ]


def _objects(group: str, kind: type[Any], refusals: list[Refusal]) -> Iterable[tuple[str, Any]]:
    for point in points(group):
        provider = provider_of(point)
        try:
            loaded = point.load()
        except SystemExit:
            refusals.append(Refusal(point.name, unloadable(point, ImportError("it left the program (SystemExit)"))))
            continue
        except Exception as problem:  # noqa: BLE001 - likewise
            refusals.append(Refusal(point.name, unloadable(point, problem)))
            continue
        for item in loaded if isinstance(loaded, (tuple, list)) else (loaded,):
            wrong = _wrong(item, kind)
            if wrong is None:
                yield provider, item
            else:
                what = f"{point.value} {wrong}"
                refusals.append(Refusal(point.name, f"The plug-in {point.name} of {provider} cannot be used: {what}."))


def _wrong(item: Any, kind: type[Any]) -> str | None:
    """What keeps an object from being used as that kind: reports count on these types, and nothing else checks them."""
    if not isinstance(item, kind):
        return f"is {type(item).__name__}, not a {kind.__name__.lower()}"
    if kind is Check and not (isinstance(item.id, str) and isinstance(item.title, str)):
        return "has a check whose id or title is no text"
    if kind is Check and not isinstance(item.stage, Stage):
        return f"has the check {item.id}, whose stage is {type(item.stage).__name__}, not a stage"
    return None


def _prefixed(checks: list[Check], refusals: list[Refusal]) -> list[Check]:
    """Others name causes of the catalogue, or their own under a prefix: an id without one may become ours."""
    catalogue = {cause.id for check in checks if check.provider == OURS for cause in check.causes}
    kept = []
    for check in checks:
        bare = [cause.id for cause in check.causes if ":" not in cause.id and cause.id not in catalogue]
        if bare and check.provider != OURS:
            wants = f"the cause {bare[0]} has no prefix; acme:{bare[0]} would be one of acme's"
            refusals.append(Refusal(check.id, f"The check {check.id} of {check.provider} cannot be used: {wants}."))
        else:
            kept.append(check)
    return kept


def _permitted(probes: Iterable[Probe], refusals: list[Refusal]) -> list[Probe]:
    """Others' probes ask through the transport, which never hands out the secret: the vault is ours alone."""
    kept = []
    for probe in probes:
        if probe.provider != OURS and any(need.type is Vault for need in probe.needs):
            sentence = (
                f"The plug-in probe {probe.name} of {probe.provider} asks for the vault, which plug-ins do not get."
            )
            refusals.append(Refusal(probe.name, sentence))
        else:
            kept.append(probe)
    return kept


def _unique(items: Iterable[Any], key: Callable[[Any], Any], refusals: list[Refusal]) -> list[Any]:
    seen: dict[Any, Any] = {}
    for item in items:
        if key(item) in seen:
            name = getattr(item, "id", None) or item.name
            taken = seen[key(item)].provider
            refusals.append(
                Refusal(name, f"The plug-in {name} of {item.provider} was left out: {taken} has it already.")
            )
        else:
            seen[key(item)] = item
    return list(seen.values())
