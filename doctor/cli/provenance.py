"""The settings in force on the terminal, redacted and scanned as a report is."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from doctor.cli.setting_options import gather_from, inputs_from, user_folder
from doctor.cli.terminal import prepare, style_for
from doctor.intake import fingerprinter_for, take_in
from doctor.model.facts.settings import Setting, Target
from doctor.model.inputs import Inputs
from doctor.model.report import SettingReport
from doctor.model.terms import SettingName
from doctor.redaction import scan_report
from doctor.render.harmless import tame
from doctor.render.paper import Paper
from doctor.render.provenance import write_settings
from doctor.reporting import provenance_notes, setting_report
from doctor.sources import Gathered
from doctor.sources.profile_search import FILE
from doctor.sources.required import entries
from doctor.values import Values, read_values


def show(asked: Mapping[str, Any]) -> int:
    """Write every setting in force, what is absent, and what is set in vain."""
    gathered = gather_from(asked, demand=False, tolerant=True)
    inputs = inputs_from(gathered)
    values = read_values(inputs.given)
    intake = take_in(inputs, values, fingerprinter_for(inputs))
    seen = (*intake.settings.settings, *_from_variables(inputs, values))
    settings = [setting_report(each) for each in intake.redactor.clean_value(seen)]
    sentences = [intake.redactor.clean(each) for each in (_place(gathered), *provenance_notes(inputs))]
    scan_report((tuple(settings), tuple(sentences)), intake.redactor)
    place, *notes = sentences
    prepare(sys.stdout, "text")
    click.echo(f"{tame(place)}\n")  # unwrapped, as it names a path
    paper = Paper(style_for(sys.stdout, os.environ, "auto", 0))
    _write(paper, tame(tuple(settings)), tame(tuple(notes)), gathered.absent)
    click.echo(paper.text(), nl=False)
    return 0


def _from_variables(inputs: Inputs, values: Values) -> Iterator[Setting]:
    from doctor.transport.dial import Origin
    from doctor.transport.trust import proxy_for, trust_store
    from doctor.variables import from_variables

    given = {each.name: each for each in inputs.given}
    bundle, target = given.get(SettingName.CA_BUNDLE), values.target
    trust = trust_store(bundle.value if bundle else None, bundle.source if bundle else "", inputs.environ)
    proxy = proxy_for(Origin.of(target.origin), None, "", inputs.environ) if isinstance(target, Target) else None
    return from_variables(values, proxy, trust)


def _write(
    paper: Paper, settings: tuple[SettingReport, ...], notes: tuple[str, ...], absent: tuple[SettingName, ...]
) -> None:
    paper.line("Settings in force", mark="strong")
    write_settings(paper, settings)
    _list(paper, "Absent", entries(absent))
    _list(paper, "Worth knowing", notes)


def _list(paper: Paper, title: str, lines: Iterable[str]) -> None:
    for number, line in enumerate(lines):
        if number == 0:
            paper.gap()
            paper.line(title, mark="strong")
        paper.line(line, indent=2)


def _place(gathered: Gathered) -> str:
    if gathered.profile is not None:
        profile = gathered.profile
        found = "" if profile.file.named else " It was merely found, so it runs no command."
        return f"Profile {profile.name} in {profile.file.path} is in force.{found}"
    files = list(_files())
    if not files:
        return f"No profile is in force: there is no {FILE} in this folder or above it, nor in {user_folder()}."
    return f"No profile is in force. {'; '.join(files)}."


def _files() -> Iterator[str]:
    from doctor.cli.asking import surroundings
    from doctor.sources.profile import files

    around = surroundings(no_input=True)
    for file in files(around.folder, around.user_folder):
        yield f"{file.path} has {', '.join(file.profiles) or 'none'} and no default"
