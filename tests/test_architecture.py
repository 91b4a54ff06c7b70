"""Who may import whom: the table of the house, held against every syntax tree in it.

A module that no row covers is an offence too, so that a new room is a decision and not an accident.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "doctor": (),
    "doctor.model": (),
    "doctor.api": ("doctor.model",),
    "doctor.schema": ("doctor.model",),
    "doctor.redaction": ("doctor.model",),
    "doctor.fingerprint": ("doctor.model",),
    "doctor.transport": ("doctor.model", "doctor.redaction"),
    "doctor.probes": ("doctor.model", "doctor.api", "doctor.redaction", "doctor.transport"),
    "doctor.token_endpoint": ("doctor.model", "doctor.redaction", "doctor.transport"),
    "doctor.auth": ("doctor.model", "doctor.transport", "doctor.token_endpoint"),
    "doctor.entry_points": (),
    "doctor.plugins": ("doctor.model", "doctor.entry_points"),
    "doctor.renderers": ("doctor.model", "doctor.entry_points"),
    "doctor.workers": (),
    "doctor.known_facts": ("doctor.model",),
    "doctor.checking": ("doctor.model", "doctor.known_facts"),
    "doctor.runner": ("doctor.model", "doctor.known_facts", "doctor.checking", "doctor.workers"),
    "doctor.diagnosis": ("doctor.model", "doctor.checking"),
    "doctor.reporting": ("doctor.model", "doctor.redaction", "doctor.plugins", "doctor.checking", "doctor.diagnosis"),
    "doctor.sources": ("doctor.model",),
    "doctor.values": ("doctor.model",),
    "doctor.intake": ("doctor.model", "doctor.redaction", "doctor.fingerprint", "doctor.probes", "doctor.values"),
    "doctor.variables": ("doctor.model", "doctor.transport", "doctor.values"),
    "doctor.procedure": (
        *("doctor.model", "doctor.redaction", "doctor.transport", "doctor.probes", "doctor.plugins", "doctor.runner"),
        *("doctor.checking", "doctor.diagnosis", "doctor.reporting", "doctor.intake", "doctor.values"),
        *("doctor.variables", "doctor.entry_points"),
    ),
    "doctor.examination": (
        *("doctor.model", "doctor.redaction", "doctor.transport", "doctor.plugins", "doctor.checking", "doctor.values"),
        *("doctor.probes", "doctor.procedure"),
    ),
    "doctor.waiting": ("doctor.model", "doctor.examination"),
    "doctor.embedded": (),
    "doctor.evidence_file": ("doctor.model", "doctor.embedded"),
    "doctor.replay": (*("doctor.model", "doctor.plugins", "doctor.runner", "doctor.diagnosis", "doctor.reporting"),),
    "doctor.comparison": ("doctor.model",),
    "doctor.render": ("doctor.model", "doctor.evidence_file", "doctor.comparison"),
    "doctor.onboarding": ("doctor.model", "doctor.sources", "doctor.values", "doctor.examination"),
    "doctor.publish": ("doctor.model", "doctor.redaction", "doctor.renderers", "doctor.examination"),
    "doctor.sandbox": ("doctor.model",),
    "doctor.cli": ("doctor",),
    "doctor.__main__": ("doctor.cli",),
    "checks.causes": ("doctor.api",),
    "checks": ("doctor.api", "checks.causes"),
}
"""A room, and the rooms below it that it may use; its own it always may. The longest name that fits is the room."""

OWNERS: dict[str, tuple[str, ...]] = {
    "requests": ("doctor.auth", "doctor.token_endpoint", "doctor.transport.trust"),
    "certifi": ("doctor.transport",),
    "truststore": ("doctor.transport",),
    "jwt": ("doctor.probes",),
    "cryptography": ("doctor.probes", "doctor.sandbox", "doctor.transport"),
    "jinja2": ("doctor.render.templating",),
    "markupsafe": ("doctor.render.templating",),
    "click": ("doctor.cli",),
    "keyring": ("doctor.sources.keyring_store",),
    "dotenv": ("doctor.sources",),
}
"""A package from outside, and the only rooms that may import it. What is absent here is imported nowhere."""

OPENS_CONNECTIONS = frozenset({"socket", "ssl", "http.client", "http.server", "socketserver", "urllib.request"})
MAY_CONNECT = ("doctor.transport", "doctor.sandbox")

SLOW = {
    "truststore",
    "jinja2",
    "jwt",
    "cryptography",
    "requests",
    "urllib3",
    "ssl",
    "doctor.sandbox",
    "importlib.metadata",
}
"""Imported where it is used: start-up is a feature."""

IMPURE = frozenset(
    {"asyncio", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "subprocess", "sys", "tempfile"}
    | {"threading", "time", "uuid"}
    | OPENS_CONNECTIONS
)
"""What a check, a pure function from facts to findings, has no use for."""


def covers(room: str, module: str) -> bool:
    """True when ``module`` is ``room`` or lies in it."""
    return module == room or module.startswith(room + ".")


def room_of(module: str) -> str | None:
    """The longest row of the table that covers ``module``; ``doctor`` itself is the bare package alone."""
    rooms = (room for room in MAY_IMPORT if covers(room, module) and (room != "doctor" or module == "doctor"))
    return max(rooms, key=len, default=None)


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that ``tree`` imports, wherever in it, with the line; a relative import is named by its dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.level or not node.module):
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, _full_name(node.module, alias.name)) for alias in node.names)


def _full_name(module: str, name: str) -> str:
    """``doctor.render.html`` when that is a module; ``doctor.render`` when ``html`` is something inside it."""
    full, path = f"{module}.{name}", ROOT.joinpath(*module.split("."), name)
    return full if full in OPENS_CONNECTIONS or path.is_dir() or path.with_suffix(".py").is_file() else module


def offence(module: str, target: str) -> str | None:
    """Why ``module`` may not import ``target``, or None when it may."""
    room = room_of(module)
    if room is None:
        return f"{module} is in no room of the table in tests/test_architecture.py"
    if target.startswith("."):
        return f"{module} imports {target}: write the full name"
    top = target.partition(".")[0]
    if top in ("doctor", "checks"):
        return _house_offence(module, room, target)
    if top in sys.stdlib_module_names:
        return _stdlib_offence(module, target)
    if any(covers(owner, module) for owner in OWNERS.get(top, ())):
        return None
    return f"{module} imports {target}, which belongs to {' and '.join(OWNERS.get(top, ('nobody',)))}"


def _house_offence(module: str, room: str, target: str) -> str | None:
    allowed = (room, *MAY_IMPORT[room])
    if target == "doctor" or any(covers(r, target) for r in allowed if r != "doctor" or room == "doctor.cli"):
        return None
    return f"{module} imports {target}; {room} may import {', '.join(allowed)}"


def _stdlib_offence(module: str, target: str) -> str | None:
    if target in OPENS_CONNECTIONS and not any(covers(room, module) for room in MAY_CONNECT):
        return f"{module} imports {target}; only {' and '.join(MAY_CONNECT)} open connections"
    if module.startswith("checks") and target.partition(".")[0] in IMPURE:
        return f"{module} imports {target}; a check is a pure function from facts to findings"
    return None


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the house by its dotted name."""
    for package in ("doctor", "checks"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(modules())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    found = [f"line {line}: {why}" for line, target in imported(tree) if (why := offence(module, target))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("checks")])
def test_a_check_asks_neither_the_clock_nor_the_disk(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [f.attr if isinstance(f, ast.Attribute) else f.id for f in calls if isinstance(f, ast.Attribute | ast.Name)]
    assert not {"open", "now", "utcnow", "today", "input", "print"} & set(names)


def test_at_most_the_two_token_probes_import_jwt() -> None:
    sources = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
    users = [name for name, tree in sources.items() if any(covers("jwt", target) for _, target in imported(tree))]
    assert len(users) <= 2, users


@pytest.mark.parametrize(
    ("module", "target"),
    [
        ("doctor.model.cause", "requests"),
        ("doctor.model.cause", "doctor.transport"),
        ("doctor.transport.session", "doctor.probes"),
        ("doctor.probes.token", "click"),
        ("doctor.probes.token", "requests.adapters"),
        ("doctor.transport.lane", "requests"),
        ("doctor.probes.token", "socket"),
        ("doctor.render.html", "jinja2"),
        ("doctor.render.html", "doctor.runner"),
        ("doctor.runner", "checks.jwt_expiry"),
        ("doctor.cli.check", "checks"),
        ("doctor.cli.check", "httpx"),
        ("doctor.nowhere", "json"),
        ("checks.jwt_expiry", "doctor.model.cause"),
        ("checks.jwt_expiry", "time"),
        ("checks.jwt_expiry", ".causes"),
    ],
)
def test_a_forbidden_import_is_found(module: str, target: str) -> None:
    assert offence(module, target) is not None


@pytest.mark.parametrize(
    ("module", "target"),
    [
        ("doctor.model.cause", "doctor.model.terms"),
        ("doctor.transport.trust", "requests.utils"),
        ("doctor.render.templating", "jinja2"),
        ("doctor.cli.check", "doctor.runner"),
        ("doctor.cli.main", "doctor"),
        ("checks.jwt_expiry", "doctor.api"),
        ("checks", "checks.jwt_expiry"),
        ("checks.causes.token", "doctor.api"),
    ],
)
def test_a_rightful_import_is_let_through(module: str, target: str) -> None:
    assert offence(module, target) is None


def test_an_import_inside_a_function_counts() -> None:
    tree = ast.parse("def late():\n    from doctor.api import check\n    import requests.adapters\n")
    assert list(imported(tree)) == [(2, "doctor.api"), (3, "requests.adapters")]


def test_an_import_names_the_module_that_it_reaches() -> None:
    tree = ast.parse("from urllib import request\nfrom doctor import runner\nfrom doctor.runner import Runner\n")
    assert [target for _, target in imported(tree)] == ["urllib.request", "doctor.runner", "doctor.runner"]


def test_asking_for_the_version_loads_nothing_slow() -> None:
    program = (
        f"import sys\nfrom doctor.cli.main import run\nrun(['--version'])\nprint(sorted({SLOW!r} & set(sys.modules)))"
    )
    done = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stdout + done.stderr
