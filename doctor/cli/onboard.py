"""The guided set-up on a terminal: talks on stderr, and leaves the report and the first call on stdout."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from doctor.cli.running import Output, hand_out, watch
from doctor.cli.setting_options import gather_from, inputs_from, user_folder
from doctor.cli.terminal import someone_to_ask, width_of
from doctor.model.errors import INTERRUPTED, UsageProblem
from doctor.model.facts.settings import Target
from doctor.model.inputs import Inputs
from doctor.model.terms import SettingName
from doctor.onboarding.dialogue import Dialogue
from doctor.onboarding.first_call import FirstCall, Language, preparations, written
from doctor.onboarding.guide import answers
from doctor.onboarding.keeping import Kept, keep, known_profiles
from doctor.onboarding.looking import Eyes
from doctor.onboarding.outcome import first_call
from doctor.render.harmless import harmless
from doctor.sources import Gathered
from doctor.sources.names import EXAMINED_VARIABLES, PROFILE_VARIABLE
from doctor.sources.reading import from_word
from doctor.sources.required import sentence
from doctor.values import read_values

_NOT_ASKED_ABOUT = (PROFILE_VARIABLE, *EXAMINED_VARIABLES)


class Terminal(Dialogue):
    """Talks on stderr, so that stdout holds the report and the call alone."""

    def say(self, text: str = "") -> None:
        import textwrap

        for line in textwrap.wrap(harmless(text), min(width_of(sys.stderr, os.environ), 100) - 1) or [""]:
            click.echo(line, err=True)

    def ask(self, label: str, default: str | None = None) -> str:
        answer: str = click.prompt(label, default=default or "", show_default=bool(default), err=True)
        return from_word("the prompt", answer).value

    def ask_hidden(self, label: str) -> str:
        answer: str = click.prompt(label, default="", show_default=False, hide_input=True, err=True)
        return from_word("the prompt", answer).value

    def confirm(self, question: str, *, default: bool) -> bool:
        return click.confirm(question, default=default, err=True)


def onboard(asked: Mapping[str, Any]) -> int:
    """Ask what is absent, examine, keep the profile, show the call; the exit code is the report's."""
    gathered = gather_from({**asked, "profile": None}, without=_NOT_ASKED_ABOUT, demand=False, profiles=False)
    talk = Terminal() if someone_to_ask() and not asked["no_input"] else None
    _refuse_early(asked, gathered, talk)
    inputs = _inputs(gathered, talk)
    name = asked["profile"] or _name_for(inputs)
    if not _may_be_written(name, asked, talk):
        return _nothing_written(0)
    output = Output("text", (), "auto", 0, False)
    examination = watch(inputs, output)
    code = hand_out(examination, output)
    if not _worth_keeping(code, talk):
        return _nothing_written(code)
    kept = keep(user_folder(), name, *_parts(inputs))
    _tell(kept)
    if code == 0 and (call := first_call(inputs, examination.report)):
        _show(call, kept)
    return code


def _refuse_early(asked: Mapping[str, Any], gathered: Gathered, talk: Dialogue | None) -> None:
    """``UsageProblem`` before anybody is asked anything, where it would come to that in the end."""
    if talk is None and gathered.absent:
        raise UsageProblem(sentence(gathered.absent, gathered.unused))
    if asked["profile"] is not None:
        _refuse_name(asked["profile"])
        if talk is None:
            _may_be_written(asked["profile"], asked, talk)


def _worth_keeping(code: int, talk: Dialogue | None) -> bool:
    """True for settings that work, and for others where the person wants them."""
    if code in (0, INTERRUPTED) or talk is None:
        return code == 0
    return talk.confirm("Keep these settings all the same?", default=False)


def _show(call: FirstCall, kept: Kept) -> None:
    lines = "\n".join(preparations(call, kept.secret_command))
    click.echo(f"\nThe first API call, in three languages. Before each of them, in the shell:\n\n{lines}")
    for language in Language:
        click.echo(f"\n{written(call, language)}", nl=False)


def _inputs(gathered: Gathered, talk: Dialogue | None) -> Inputs:
    """What the checks begin with: everything that is known, and what the person answers."""
    inputs = inputs_from(gathered)
    if talk is None:
        return inputs
    given = answers({each.name: each for each in gathered.given}, talk, Eyes(inputs))
    return replace(inputs, given=tuple(given[name] for name in SettingName if name in given))


def _name_for(inputs: Inputs) -> str:
    """The first label of the environment's host."""
    target = read_values(inputs.given).target
    host = urlsplit(target.origin).hostname or "" if isinstance(target, Target) else ""
    return re.sub(r"[^A-Za-z0-9_-]", "-", host.split(".")[0]) or "default"


def _refuse_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,60}", name):
        raise UsageProblem("The name of a profile is made of letters, digits, dots, hyphens and underscores.")


def _may_be_written(name: str, asked: Mapping[str, Any], talk: Dialogue | None) -> bool:
    """True unless a profile of that name exists and must not be replaced."""
    file = known_profiles(user_folder())
    if file is None or name not in file.profiles or asked["replace"]:
        return True
    if talk is None:
        raise UsageProblem(f"There is a profile {name} in {file.path}. Replace it with --replace, or name another one.")
    return talk.confirm(f"There is a profile {name} in {file.path}. Replace it?", default=False)


def _nothing_written(code: int) -> int:
    click.echo("Nothing was written.", err=True)
    return code


def _parts(inputs: Inputs) -> tuple[dict[SettingName, str], str]:
    """The plain settings of a profile, and the secret."""
    given = {each.name: each for each in inputs.given}
    plain = {name: each.value for name, each in given.items() if not name.secret}
    if SettingName.CA_BUNDLE in plain:
        plain[SettingName.CA_BUNDLE] = str(Path(plain[SettingName.CA_BUNDLE]).absolute())
    return plain, given[SettingName.CLIENT_SECRET].value


def _tell(kept: Kept) -> None:
    click.echo(f"\nThe profile {kept.profile} is in {kept.file}.", err=True)
    click.echo(f"The client secret is {kept.secret}.", err=True)
    use = "ataccama-doctor check" + ("" if kept.is_default else f" --profile {kept.profile}")
    click.echo(f"From now on: {use}", err=True)
