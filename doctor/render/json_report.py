"""The report for programs: JSON (RFC 8259) in the shape of the schema that ships."""

import json

from doctor.evidence_file import to_json
from doctor.model.report import Report
from doctor.model.style import Style
from doctor.render.harmless import bounded, json_escaped


def render(report: Report, style: Style) -> str:
    """Write the report as indented JSON; nothing is lost but the length of what is absurdly long."""
    text = json.dumps(to_json(bounded(report)), indent=2, ensure_ascii=not style.unicode, allow_nan=False)
    return json_escaped(text) + "\n"
