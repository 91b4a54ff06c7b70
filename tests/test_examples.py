"""What lies in examples/ is right by the tools that know its format, and calls the program as it can be called."""

import re
from pathlib import Path
from shutil import copy

import pytest

from tests.test_readme import OPTION, help_of
from tests.tools import judged, own_tool, tool

EXAMPLES = Path(__file__).parents[1] / "examples"
FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.name != "README.md")
CALL = re.compile(r"ataccama-doctor, check, [^\]]*|(?<![\w/-])(?:/usr/local/bin/)?ataccama-doctor check[^\n]*")


def example(name: str) -> str:
    return (EXAMPLES / name).read_text("utf-8")


def by_schema(schema: str, path: Path) -> str:
    return judged(own_tool("check-jsonschema"), "--builtin-schema", schema, str(path))


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / name
    assert old in example(name)
    path.write_text(example(name).replace(old, new), "utf-8")
    return path


def test_the_workflow_is_one_of_github() -> None:
    assert by_schema("vendor.github-workflows", EXAMPLES / "github-actions.yml").startswith("0 ok")


def test_the_judge_of_workflows_refuses_a_key_that_there_is_not(tmp_path: Path) -> None:
    path = changed(tmp_path, "github-actions.yml", "runs-on:", "runs-at:")
    assert by_schema("vendor.github-workflows", path).startswith("1 ")


def test_an_auditor_of_workflows_finds_nothing_in_it(tmp_path: Path) -> None:
    place = tmp_path / ".github" / "workflows"
    place.mkdir(parents=True)
    copy(EXAMPLES / "github-actions.yml", place)
    audit = (own_tool("zizmor"), "--offline", "--quiet", "--format=json", "--persona=pedantic", str(place))
    assert judged(*audit).split() == ["0", "[]"]
    workflow = place / "github-actions.yml"
    workflow.write_text(re.sub(r"@[0-9a-f]{40}", "@main", workflow.read_text("utf-8")), "utf-8")
    assert '"ident": "unpinned-uses"' in judged(*audit)


def test_the_job_is_one_of_gitlab() -> None:
    assert by_schema("vendor.gitlab-ci", EXAMPLES / "gitlab-ci.yml").startswith("0 ok")


def test_the_judge_of_gitlab_refuses_a_wrong_value(tmp_path: Path) -> None:
    path = changed(tmp_path, "gitlab-ci.yml", "when: always", "when: whenever")
    assert by_schema("vendor.gitlab-ci", path).startswith("1 ")


def test_the_job_is_one_of_kubernetes(tmp_path: Path) -> None:
    validate = (own_tool("kubernetes-validate"), "--strict", "--kubernetes-version", "1.33")
    assert judged(*validate, str(EXAMPLES / "kubernetes-job.yaml")).startswith("0 ")
    wrong = changed(tmp_path, "kubernetes-job.yaml", "backoffLimit: 3", "backofLimit: 3")
    assert judged(*validate, str(wrong)).startswith("1 ")


@pytest.mark.parametrize("broken", [False, True])
def test_systemd_accepts_the_units(broken: bool, tmp_path: Path) -> None:
    copy(EXAMPLES / "ataccama-doctor.timer", tmp_path)
    unit = changed(tmp_path, "ataccama-doctor.service", "/usr/local/bin/ataccama-doctor", own_tool("ataccama-doctor"))
    if broken:
        unit.write_text(unit.read_text("utf-8").replace("Type=oneshot", "Type=oneshoe"), "utf-8")
    units = (str(tmp_path / "ataccama-doctor.timer"), str(unit))
    said = judged(tool("systemd-analyze", "systemd"), "verify", "--man=no", *units)
    assert [line for line in said.splitlines() if "ataccama-doctor" in line] != [] if broken else said == "0"


def test_promtool_accepts_the_alerts() -> None:
    said = judged(tool("promtool", "prometheus"), "check", "rules", str(EXAMPLES / "prometheus-rules.yml"))
    assert said.startswith("0 ")
    assert "SUCCESS: 2 rules found" in said


def test_every_metric_of_the_alerts_is_written() -> None:
    source = (Path(__file__).parent / "golden" / "prometheus-failed.prom").read_text("utf-8")
    named = set(re.findall(r"ataccama_doctor_\w+", example("prometheus-rules.yml")))
    assert named <= set(re.findall(r"(?m)^# TYPE (\w+) gauge$", source))


@pytest.mark.parametrize("name", [name for name in FILES if CALL.search(example(name))])
def test_the_program_can_be_called_as_in(name: str) -> None:
    lines = [line for line in CALL.findall(example(name)) if "--" in line]
    assert lines
    for line in lines:
        assert set(OPTION.findall(line)) <= set(OPTION.findall(help_of("check")))


@pytest.mark.parametrize("name", FILES)
def test_the_secret_is_a_reference_in(name: str) -> None:
    given = re.findall(r"(?m)^\s*(?:Environment=)?(ATACCAMA_CLIENT_SECRET\w*)\s*[:=]\s*(.*)$", example(name))
    assert [value for _, value in given if not value.startswith(("${{ secrets.", "%d/"))] == []


def test_the_readme_lists_every_example() -> None:
    assert set(re.findall(r"\]\(([\w.-]+)\)", example("README.md"))) == set(FILES)
