"""What the checks of a new profile come to: whether it works, and the call that was seen to work."""

from collections.abc import Iterator, Mapping
from typing import Any

from doctor.model.facts.api import ApiSaid
from doctor.model.facts.settings import Target
from doctor.model.inputs import Inputs
from doctor.model.report import Report
from doctor.model.terms import SettingName
from doctor.onboarding.first_call import FirstCall
from doctor.values import read_values

_CALLS = ("AuthorizedCall", "OtherCalls")
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def first_call(inputs: Inputs, report: Report) -> FirstCall | None:
    """The call that was answered as documented, with everything that it needs; None where none was."""
    target = read_values(inputs.given).target
    path = next(_paths(report), None)
    if path is None or not isinstance(target, Target):
        return None
    given: Mapping[SettingName, str] = {each.name: each.value for each in inputs.given}
    bundles = (given.get(SettingName.CA_BUNDLE), *(inputs.environ.get(name) for name in _CA_VARIABLES))
    return FirstCall(
        target.token_endpoint,
        given[SettingName.CLIENT_ID],
        target.api_base,
        path,
        given.get(SettingName.SCOPE) or None,
        next((bundle for bundle in bundles if bundle), None),
    )


def _paths(report: Report) -> Iterator[str]:
    for fact in report.targets[0].facts:
        if fact.type in _CALLS and fact.value is not None:
            yield from _documented(fact.value)


def _documented(value: Any) -> Iterator[str]:
    """The path of each call in a fact that was answered as documented, the anonymous ones left out."""
    if isinstance(value, dict):
        if value.get("said") == ApiSaid.DOCUMENTED:
            yield value["path"]
        for name, inner in value.items():
            if name != "anonymous":
                yield from _documented(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _documented(inner)
