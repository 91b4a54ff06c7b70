"""Asks the token endpoint whether it answers at all, without any credential."""

from collections.abc import Iterable

from doctor.model.facts.missing import Missing
from doctor.model.facts.network import TokenLine
from doctor.model.facts.settings import Target
from doctor.model.facts.token import Attempt, AuthMethod, FirstAttempt
from doctor.model.probe import Probe, needed_for, probe
from doctor.model.request import Http, Request
from doctor.model.terms import Endpoint
from doctor.probes.reading import read
from doctor.probes.token_answers import what_it_says

_FORM = {"client_id": "ataccama-doctor"}
"""Enough for an answer of the service itself; no client of the environment is named."""


@probe(question="whether the token endpoint answers, asked without credentials")
def knock(http: Http, target: Target, line: TokenLine) -> FirstAttempt | Missing:
    if line.failure:
        return Missing("the token endpoint's host was not reached")
    question = "see whether the token endpoint answers, without credentials"
    result = read(http.ask(Request(question, Endpoint.TOKEN, "POST", target.token_endpoint, form=_FORM)))
    said = what_it_says(result, None)
    return FirstAttempt(Attempt(result, said, target.realm, client_secret=None, method=AuthMethod.NONE))


def without_credentials(probes: Iterable[Probe]) -> tuple[Probe, ...]:
    """The probes that rest on no token request, and the knock in its place."""
    known = list(probes)
    free = [p for p in known if not any(needed.gives is FirstAttempt for needed in needed_for(p.gives, known))]
    return (*free, knock)
