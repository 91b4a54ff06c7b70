"""Worlds that nobody wrote down: a fault, or a pair of them, among harmless oddities, drawn by a seed.

What is harmless must not change the diagnosis; where an oddity takes away the proof of a cause, it says so.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from doctor.model.terms import Verdict
from doctor.sandbox.edge import nginx_page
from doctor.sandbox.fault import Fault, Typed
from doctor.sandbox.faults import FAULTS
from doctor.sandbox.world import Era, Rule, TokenAnswer, World
from tests.worlds.edges import AUTHORIZATION, BLOCKED, WELL_KNOWN
from tests.worlds.world import Case, Change, api, client, combined, edge, rules, unchanged

SEED = 20_261_124
HOW_MANY = 240


@dataclass(frozen=True)
class Oddity:
    """Something unusual that breaks nothing."""

    name: str
    change: Change = unchanged
    settings: Mapping[str, Typed] = field(default_factory=dict)
    spoils: frozenset[str] = frozenset()
    """Causes that cannot be told beside it, or that it would mend."""


def _longer(suffix: str) -> Callable[[World], World]:
    return lambda world: world.with_client(secret=f"{world.client.secret}{suffix}")


def _of(era: Era) -> Change:
    return lambda world: replace(world, era=era)


def _answer(**members: object) -> Change:
    """These members over those of the token response, beside what a fault has put there."""

    def change(world: World) -> World:
        own = world.client.token_answer
        return world.with_client(token_answer=TokenAnswer({**members, **own.members}, own.instead))

    return change


_ALL = ("RS256", "PS256", "ES256", "EdDSA")
_IN_THE_TOKEN = frozenset({"token-algorithm-unsafe", "token-key-unknown", "token-signature-invalid"})
_TOLD_BY_DISCOVERY = frozenset({
    "realm-not-found", "realm-case-differs", "auth-path-differs", "not-keycloak", "environment-not-there",
    "token-url-wrong", "issuer-differs", "grant-unsupported",
})  # fmt: skip
_TOLD_BY_A_PAGE = frozenset({"client-not-found", "client-disabled", "swapped-values", "lookalike-character"})
_LATER_REFUSALS = frozenset({"client-auth-method-differs", "proof-of-possession-required"})
_TIMES = frozenset({"clock-wrong", "server-clocks-differ", "api-says-expired", "token-lifetime-short"})

ODDITIES = (
    Oddity("ES256", client(algorithm="ES256"), spoils=_IN_THE_TOKEN),
    Oddity("PS256", client(algorithm="PS256"), spoils=_IN_THE_TOKEN),
    Oddity("EdDSA", combined(client(algorithm="EdDSA"), api(algorithms=_ALL)), spoils=_IN_THE_TOKEN),
    Oddity("a life of a minute", client(lifespan=60), spoils=_TIMES),
    Oddity("a life of ten hours", client(lifespan=36_000), spoils=_TIMES | {"token-lifetime-differs"}),
    Oddity("token_type in lower case", _answer(token_type="bearer")),
    Oddity("expires_in as text", _answer(expires_in="300"), spoils=_TIMES),
    Oddity("a member more in the token response", _answer(surprise={"deep": [1, 2]})),
    Oddity("no Date", edge(sends_date=False), spoils=_TIMES),
    Oddity("two seconds of skew", lambda world: replace(world, clock_offset=world.clock_offset + 2), spoils=_TIMES),
    Oddity("no discovery", rules(Rule(nginx_page(404, "Not Found"), WELL_KNOWN)), spoils=_TOLD_BY_DISCOVERY),
    Oddity("discovery forbidden", rules(Rule(BLOCKED, WELL_KNOWN)), spoils=_TOLD_BY_DISCOVERY),
    Oddity("no login page", rules(Rule(BLOCKED, AUTHORIZATION)), spoils=_TOLD_BY_A_PAGE),
    Oddity("no data", api(document={"meta": {"total": 0}, "data": []}), spoils=frozenset({"api-response-unexpected"})),
    Oddity("a secret that ends in =", _longer("="), spoils=frozenset({"encoded-value", "secret-needs-encoding"})),
    Oddity("a secret with + & %", _longer("+&%41"), spoils=frozenset({"encoded-value", "secret-needs-encoding"})),
    Oddity("a role more", client(roles=("reader",)), spoils=frozenset({"token-over-privileged"})),
    Oddity("a slash after the URL", settings={"url": lambda env: f"{env.url}/"}),
    Oddity("no scheme before the URL", settings={"url": lambda env: env.url.removeprefix("https://")}),
    Oddity("the API URL given too", settings={"api_url": lambda env: f"{env.url}/api"}),
    Oddity("a scope that is allowed", settings={"scope": "profile"}),
    Oddity("a Keycloak before 20", _of(Era.TALKATIVE), spoils=_LATER_REFUSALS | {"client-not-usable"}),
    Oddity("a Keycloak before 23", _of(Era.CLASSIC), spoils=_LATER_REFUSALS),
)
_ALONE = frozenset({
    "connection-timed-out", "response-timed-out", "response-too-large", "host-not-found", "token-too-large",
    "environment-not-there", "login-page-in-front", "response-malformed", "api-host-differs",
})  # fmt: skip
"""Slow, or of the whole place: nothing is beside them."""
_FIRST = ("edge-whitespace", "invisible-character", "quotes-kept", "label-pasted", "inner-whitespace")
"""In the secret, and proved by the cleaned one."""
_SECOND = (
    "service-account-off", "permission-missing", "api-audience-missing", "api-issuer-not-trusted", "realm-case-differs",
    "scope-refused", "api-not-found", "token-algorithm-unsafe", "api-cannot-check-tokens",
)  # fmt: skip
"""Independent of the secret, and seen once it is right."""


def generate(seed: int = SEED, how_many: int = HOW_MANY) -> Iterator[Case]:
    """The same worlds for the same seed."""
    draw = random.Random(seed)
    for number in range(how_many):
        yield _drawn(draw, f"drawn {number}")


def _drawn(draw: random.Random, name: str) -> Case:
    match draw.randrange(8):
        case 0 | 1:
            return _healthy(draw, name)
        case 2 | 3:
            return _pair(draw, name)
        case _:
            return _single(draw, name)


def _healthy(draw: random.Random, name: str) -> Case:
    return _among(_oddities(draw, draw.randint(2, 4), set()), Case(f"{name}: nothing broken"))


def _single(draw: random.Random, name: str) -> Case:
    fault = FAULTS[draw.choice([cause for cause, each in FAULTS.items() if _usable(each)])]
    case = Case(f"{name}: {fault.cause}", fault.world, fault.settings, cause=fault.cause, setting=fault.setting)
    return _among(_oddities(draw, draw.randint(1, 3), {fault.cause}), case)


def _pair(draw: random.Random, name: str) -> Case:
    first, second = FAULTS[draw.choice(_FIRST)], FAULTS[draw.choice(_SECOND)]
    case = Case(
        f"{name}: {first.cause} and {second.cause}",
        combined(first.world, second.world),
        {**second.settings, **first.settings},
        cause=first.cause,
        setting=first.setting,
        also=(second.cause,),
    )
    return _among(_oddities(draw, draw.randint(0, 2), {first.cause, second.cause}), case)


def _usable(fault: Fault) -> bool:
    works = fault.verdict in (Verdict.HEALTHY, Verdict.WARNINGS)
    return not (works or fault.deep or fault.cause in _ALONE)


def _oddities(draw: random.Random, how_many: int, causes: set[str]) -> list[Oddity]:
    fitting = [each for each in ODDITIES if not each.spoils & causes]
    return draw.sample(fitting, min(how_many, len(fitting)))


def _among(oddities: list[Oddity], case: Case) -> Case:
    """The case with these beside it; what the fault itself has typed stands."""
    typed = {name: value for each in oddities for name, value in each.settings.items()}
    beside = f" ({', '.join(each.name for each in oddities)})" if oddities else ""
    return replace(
        case,
        name=case.name + beside,
        change=combined(case.change, *(each.change for each in oddities)),
        settings={**typed, **case.settings},
    )
