"""What a secret happens to be spelled like changes neither the diagnosis nor whether there is a report.

A word of a URL, of the protocol, of our own sentences: it is removed from what is shown, and every comparison is made
with what was really said.
"""

import io
from dataclasses import replace
from functools import cache

import pytest

from doctor.examination import Examination, examine
from doctor.model.style import Style
from doctor.model.terms import Severity
from doctor.publish import publish
from doctor.renderers import renderer_names
from doctor.sandbox.fault import unchanged
from doctor.sandbox.faults import FAULTS
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import healthy
from doctor.sources.sandbox import sandbox_inputs

KEYS = KeyRing()
PLAIN = "Qv7nTz2LmX9dRk4W"
URLS = "token auth demo realms protocol openid-connect localhost 127 https api size demo-client"
REPORTS = "certificate Response Keycloak healthy passed connection removed div class error severity ataccama-doctor"
PROTOCOL = "client_credentials Bearer access_token application/json RS256 account false 200 401"
WORDS = (*URLS.split(), *REPORTS.split(), *PROTOCOL.split(), "the demo", "what was asked and answered", "x", "é")
WORLDS = (None, "realm-not-found", "permission-missing", "api-token-refused", "issuer-differs", "token-client-differs")


def examined(secret: str, fault: str | None) -> Examination:
    """An environment whose client has this secret, healthy or with this fault."""
    change = FAULTS[fault].world if fault else unchanged
    with Sandbox(change(healthy().with_client(secret=secret)), keys=KEYS) as env:
        typed = {
            name: value for name, value in (FAULTS[fault].settings if fault else {}).items() if isinstance(value, str)
        }
        return examine(replace(sandbox_inputs({**env.settings, **typed}, deep=False), timeout=2, deadline=8.0))


def said(examination: Examination) -> dict[str, object]:
    """All that must not depend on the secret; what there is to say of its own characters may."""
    target = examination.report.targets[0]
    found = target.diagnosis
    return {
        "verdict": target.verdict,
        "diagnosis": found and (found.cause, found.setting, found.confidence, found.explains, found.alternatives),
        "checks": [(check.id, check.outcome) for check in target.checks],
        "causes": [f.cause for c in target.checks for f in c.findings if f.severity is not Severity.NOTE],
    }


@cache
def with_a_plain_secret(fault: str | None) -> dict[str, object]:
    return said(examined(PLAIN, fault))


@pytest.mark.parametrize("secret", WORDS)
def test_nothing_is_said_otherwise_when_the_secret_is(secret: str) -> None:
    for fault in WORLDS:
        examination = examined(secret, fault)
        assert said(examination) == with_a_plain_secret(fault), fault
        for name in renderer_names():
            written = io.StringIO()
            assert publish(examination, name, Style(verbosity=2), [], written) == examination.report.exit_code, name
            assert written.getvalue()
