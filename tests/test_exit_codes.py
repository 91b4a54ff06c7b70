"""Verdict and exit code are the contract's, and the same in every format."""

import io

import pytest

from checks import CHECKS
from doctor.examination import Examination, examine
from doctor.model.inputs import Given, Inputs
from doctor.model.style import Style
from doctor.model.terms import SettingName, Severity
from doctor.plugins import Plugins, Refusal
from doctor.probes import PROBES
from doctor.publish import publish
from doctor.renderers import renderer_names
from doctor.sandbox import open_environment
from tests.render.said import READERS

STYLE = Style(colour=False, unicode=True, width=80, verbosity=0)
BROKEN_PLUGIN = Plugins(CHECKS, PROBES, (Refusal("acme", "The plug-in acme cannot be loaded: ImportError: no."),))
ROWS = {
    "healthy": (None, Severity.FAIL, None, "healthy", 0),
    "warnings": ("api-not-protected", Severity.FAIL, None, "warnings", 0),
    "warnings that shall fail": ("api-not-protected", Severity.WARN, None, "warnings", 1),
    "failed": ("client-secret-mismatch", Severity.FAIL, None, "failed", 1),
    "nobody could be asked": ("connection-refused", Severity.FAIL, None, "inconclusive", 3),
    "a plug-in is broken and a check failed": ("client-secret-mismatch", Severity.FAIL, BROKEN_PLUGIN, "error", 4),
}


def examined(fault: str | None, fail_on: Severity, plugins: Plugins | None) -> Examination:
    with open_environment(fault) as env:
        given = tuple(Given(SettingName(n), v, f"--{n}") for n, v in env.settings.items() if n in list(SettingName))
        return examine(Inputs(given, timeout=5, deadline=20, fail_on=fail_on), plugins=plugins)


@pytest.mark.parametrize(("fault", "fail_on", "plugins", "verdict", "code"), ROWS.values(), ids=ROWS)
def test_every_format_ends_with_the_same_code(
    fault: str | None, fail_on: Severity, plugins: Plugins | None, verdict: str, code: int
) -> None:
    examination = examined(fault, fail_on, plugins)
    assert (examination.report.verdict, examination.report.exit_code) == (verdict, code)
    for name in renderer_names():
        written = io.StringIO()
        assert publish(examination, name, STYLE, (), written) == code
        assert READERS[name](written.getvalue()).exit_code == code
    if code == 4:
        assert examination.report.targets[0].diagnosis is not None, "the diagnosis is written all the same"
