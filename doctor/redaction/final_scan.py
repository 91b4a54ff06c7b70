"""The last act before data is written: no known secret stands in it, or nothing is written."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from doctor.model.errors import LeakPrevented
from doctor.model.report import FactReport
from doctor.redaction.needles import HEX
from doctor.redaction.redactor import Leak, Redactor
from doctor.redaction.walk import leaves
from doctor.redaction.words import is_protocol_word

_DATA: Final = ("settings", "facts", "exchanges")
_SUFFIXES: Final = frozenset({".py", ".html", ".md", ".txt", ".css", ".j2", ".json", ".xml"})


def scan_report(report: Any, redactor: Redactor) -> None:
    """Raise ``LeakPrevented`` when a string of the report's settings, facts or exchanges holds a known secret.

    ``report`` is a report, its JSON, or any other data, which is then read whole.
    """
    for leaf, part in {leaf: part for part, leaf in _leaves(report)}.items():  # each text once: many stand often
        if not is_protocol_word(leaf) and (leak := redactor.scan(leaf)):
            raise LeakPrevented(_sentence(leak, f"the {part} of the report"))


def scan_output(text: str, redactor: Redactor, own_words: Callable[[], str] | None = None) -> None:
    """Raise ``LeakPrevented`` when a rendered text holds a known secret that is no word of the product's own.

    Sound only after ``scan_report`` has passed: then what reads like the secret came from the product itself.
    """
    for leak in redactor.leaks(text):
        if not _number(leak) and not redactor.shows(leak, (own_words or _own_words)()):
            raise LeakPrevented(_sentence(leak, "the rendered report"))


def own_words() -> str:
    """The product's own text: its source and its templates. The sandbox, which has secrets of its own, is left out."""
    return _own_words()


@cache
def _own_words() -> str:
    return "\n".join(path.read_text("utf-8", "replace") for folder in _folders() for path in _texts(folder))


def _leaves(report: Any) -> Iterator[tuple[str, str]]:
    targets = _get(report, "targets")
    if targets is None:
        yield from (("data", leaf) for leaf in leaves(report))
        return
    for target in targets:
        for part in _DATA:
            yield from ((part, leaf) for leaf in leaves(_data(_get(target, part))))


def _data(part: Any) -> list[Any]:
    """A part without the names of facts, which are the product's own."""
    return [(fact.value, fact.missing) if isinstance(fact, FactReport) else fact for fact in part]


def _get(obj: Any, name: str) -> Any:
    return obj.get(name) if isinstance(obj, Mapping) else getattr(obj, name, None)


def _number(leak: Leak) -> bool:
    """True for a short number, which stands in every report as a status or a duration; data was scanned for it."""
    value = leak.secret.reveal().strip()
    if leak.form == HEX:
        return len(value.encode("utf-8", "surrogatepass")) < 4  # two to six digits
    return len(value) < 8 and value.replace(".", "").isdigit()


def _sentence(leak: Leak, where: str) -> str:
    return (
        f"The final scan found the {leak.what} ({leak.form}) in {where}, so nothing was written. "
        "Please tell the maintainers which command and format it was."
    )


def _folders() -> Iterator[Path]:
    from importlib.util import find_spec

    for package in ("doctor", "checks"):
        spec = find_spec(package)
        yield from (Path(place) for place in (spec.submodule_search_locations or () if spec else ()))
    # In an installed wheel the templates lie inside the package, in a checkout beside it.
    yield Path(__file__).parents[2] / "templates"


def _texts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.suffix in _SUFFIXES and inside[0] != "sandbox" and path.is_file():
            yield path
