"""``ataccama-doctor schema``: the JSON Schema of the report."""

import click

from doctor.cli.commands import Command


@click.command("schema", cls=Command, examples=("ataccama-doctor schema > report.schema.json",))
def command() -> int:
    """Print the JSON Schema (draft 2020-12) of the report that --format json writes."""
    import json

    from doctor.entry_points import OURS
    from doctor.plugins import load
    from doctor.schema import report_schema

    causes = {cause.id for check in load().checks if check.provider == OURS for cause in check.causes}
    click.echo(json.dumps(report_schema(causes), indent=2))
    return 0
