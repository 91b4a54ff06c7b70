"""The wheel holds what it must and nothing else, and what it holds runs outside the checkout."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from zipfile import ZipFile

import pytest

from doctor import __version__

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, expect: int = 0) -> str:
    """Run a program to its end, in an environment without this checkout, and give what it wrote to stdout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ATACCAMA", "PIP_"))}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == expect, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built from the checkout with the pinned builder."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of that wheel, in an environment that has it and not the checkout.

    Its dependencies are this environment's, by path: the test needs no network. A ``.pth`` file inside a folder
    added by a ``.pth`` file is not read, so the editable checkout stays out.
    """
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    (site,) = home.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(
        "\n".join(path for path in sys.path if path.endswith("site-packages")), encoding="utf-8"
    )
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=home)
    return home / "bin" / "ataccama-doctor"


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_doctor_checks_and_metadata_alone(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in names(wheel)}
    assert tops == {"doctor", "checks", f"ataccama_doctor-{__version__}.dist-info"}


def test_every_module_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    modules = {str(p.relative_to(ROOT)) for package in ("doctor", "checks") for p in (ROOT / package).rglob("*.py")}
    assert not modules - names(wheel)


def test_every_template_is_in_the_wheel_and_inside_doctor(wheel: Path) -> None:
    templates = {f"doctor/templates/{p.relative_to(ROOT / 'templates')}" for p in (ROOT / "templates").rglob("*.*")}
    assert templates, "templates/ is empty"
    assert not templates - names(wheel)


def test_the_wheel_carries_the_licence(wheel: Path) -> None:
    assert f"ataccama_doctor-{__version__}.dist-info/licenses/LICENSE" in names(wheel)


def test_the_wheel_names_no_file_of_this_machine(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        holding = [name for name in archive.namelist() if str(ROOT).encode() in archive.read(name)]
    assert not holding


def test_the_wheels_command_says_its_version(command: Path, tmp_path: Path) -> None:
    assert __version__ in run(command, "--version", cwd=tmp_path)


def test_the_wheels_command_examines_its_own_environment_and_renders_html(command: Path, tmp_path: Path) -> None:
    run(command, "demo", "--report", f"html={tmp_path / 'report.html'}", cwd=tmp_path)
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_installed_package_is_this_version_with_its_entry_points() -> None:
    try:
        installed = version("ataccama-doctor")
    except PackageNotFoundError:
        pytest.fail("ataccama-doctor is not installed here: run the tests with `make test`.")
    assert installed == __version__, "the installed metadata is old: run `make test`, which installs anew"
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    for group, entries in declared.items():
        assert {point.name: point.value for point in entry_points(group=group)}.items() >= entries.items()


@pytest.mark.parametrize("group", ["checks", "probes", "renderers"])
def test_every_built_in_entry_point_loads(group: str) -> None:
    for point in entry_points(group=f"ataccama_doctor.{group}"):
        assert point.load() is not None, point


def pins() -> str:
    return (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")


def test_every_development_dependency_is_pinned_with_a_hash_and_names_no_host() -> None:
    entry = r"(?m)^[a-z][\w.-]*(?:\[[\w,]+\])?==\S+(?: ;[^\\\n]+)? \\\n    --hash=sha256:[0-9a-f]{64}"
    assert len(re.findall(entry, pins())) == len(re.findall(r"(?m)^[A-Za-z]", pins())) > 0
    assert "://" not in pins()


def test_every_requirement_is_among_the_pins() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tools = (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8").splitlines()
    wanted = [re.split(r"[\[<>=~!;@# ]", line)[0].lower() for line in (*project["dependencies"], *tools)]
    missing = [name for name in wanted if name and not re.search(rf"(?m)^{re.escape(name)}==", pins())]
    assert not missing, "run `make requirements`"
