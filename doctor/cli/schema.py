"""``ataccama-doctor schema``: the JSON Schemas of the report and of a file of profiles."""

from typing import Any

import click

from doctor.cli.commands import Command
from doctor.cli.options import option


@click.command(
    "schema",
    cls=Command,
    examples=(
        "ataccama-doctor schema > report.schema.json",
        "ataccama-doctor schema --profiles > ataccama-doctor.schema.json",
    ),
)
@option("What", "--profiles", is_flag=True, help="The schema of ataccama-doctor.toml instead, for editors.")
def command(profiles: bool) -> int:
    """Print the JSON Schema (draft 2020-12) of the report that --format json writes."""
    import json

    click.echo(json.dumps(_of_profiles() if profiles else _of_reports(), indent=2))
    return 0


def _of_profiles() -> dict[str, Any]:
    from doctor.sources.profile_schema import profile_schema

    return profile_schema()


def _of_reports() -> dict[str, Any]:
    from doctor.entry_points import OURS
    from doctor.plugins import load
    from doctor.schema import report_schema

    return report_schema({cause.id for check in load().checks if check.provider == OURS for cause in check.causes})
