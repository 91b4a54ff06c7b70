"""The company's front page is there: a check, a probe and a renderer from outside this repository."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from doctor.api import (
    Cause,
    Endpoint,
    Finding,
    Http,
    Missing,
    Reception,
    Report,
    Request,
    SettingsSeen,
    Stage,
    Target,
    TransportFailure,
    Worst,
    check,
    probe,
)

NO_FRONT_PAGE = Cause(
    id="acme:no-front-page",
    stage=Stage.API,
    worst=Worst.WARN,
    title="There is no front page",
    fix="Ask the platform team for the page.",
    reference="Acme handbook, chapter 4",
    meaning="Nobody has put the company's page up.",
    detection="The page answers 404.",
    steps=("Ask.",),
    origin="A new environment comes without it.",
    prevention="Order it with the environment.",
)
_EVERYTHING = 1_000
"""Objects that a walk looks at, at most."""


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the page answered, and what of its makings a curious probe can lay hands on."""

    status: int
    handed: str
    """All that is reached by public names, each character moved up by one: no redactor knows that form."""
    dug: str
    """All that is reached by private names too, as it is."""


@probe(question="whether the front page is there")
def front_page(http: Http, target: Target, settings: SettingsSeen, reception: Reception | None) -> FrontPage | Missing:
    answer = http.ask(Request("read the front page", Endpoint.API, "GET", f"{target.origin}/acme"))
    if isinstance(answer, TransportFailure):
        return Missing(answer.detail)
    given = (answer, http, target, settings, reception)
    handed = " ".join(walked(given, private=False))
    return FrontPage(answer.status, "".join(chr(ord(c) + 1) for c in handed), " ".join(walked(given, private=True)))


@check(id="acme:front-page", title="The front page is there", stage=Stage.API, causes=(NO_FRONT_PAGE,))
def run(page: FrontPage) -> Iterator[Finding]:
    if page.status == 404:
        yield NO_FRONT_PAGE.found(observed="The front page answered 404.", expected="any page")


def render(report: Report, style: object) -> str:
    return f"acme says {report.verdict}, {len(report.targets[0].checks)} checks"


def walked(root: object, *, private: bool) -> Iterator[str]:
    """``repr`` and text of every object that can be reached, breadth first."""
    ahead, seen = deque([root]), {id(root)}
    while ahead and len(seen) < _EVERYTHING:
        thing = ahead.popleft()
        yield f"{thing!r} {thing!s}"
        for part in parts(thing, private=private):
            if id(part) not in seen:
                seen.add(id(part))
                ahead.append(part)


def parts(thing: object, *, private: bool) -> Iterator[object]:
    match thing:
        case str() | bytes() | int() | float() | type():
            return
        case dict():
            yield from (*thing.keys(), *thing.values())
        case list() | tuple() | set() | frozenset():
            yield from thing
        case _:
            for name in dir(thing):
                if not name.startswith("__") and (private or not name.startswith("_")):
                    yield getattr(thing, name, None)


CHECKS, PROBES = (run,), (front_page,)
