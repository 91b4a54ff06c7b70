"""The classes of commands, options and groups: help in groups, examples as typed, commands imported when they run."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from doctor import __version__

CONTEXT = {"help_option_names": ["-h", "--help"]}
_LAST = "General"
_WRONG = "ataccama-doctor: options that cannot be used"
_WIDEST, _PIPE = 100, 80
"""Columns of the help at most, and where there is no terminal."""


def _say_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"{context.find_root().info_name} {__version__}")
        context.exit()


def _version_option() -> click.Option:
    return Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Show the version."
    )


def _columns() -> int:
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, 40)
    except (OSError, ValueError):
        return _PIPE


class Option(click.Option):
    """An option under a heading of the help."""

    def __init__(self, *args: Any, group: str = _LAST, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.group = group

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """Take the value; what is wrong with it is kept, to be told with what is wrong with others."""
        try:
            return super().handle_parse_result(ctx, opts, args)
        except click.UsageError as problem:
            ctx.meta.setdefault(_WRONG, []).append(problem)
            return None, args


class Command(click.Command):
    """A command whose help shows its options in groups and its examples as they are typed."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **attrs: Any) -> None:
        super().__init__(*args, **{"context_settings": CONTEXT, **attrs})
        self.params.append(_version_option())
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; a word too many is counted and not repeated, since it may be the secret."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        wrong: list[click.UsageError] = ctx.meta.pop(_WRONG, [])
        if wrong:
            raise click.UsageError(" ".join(problem.format_message() for problem in wrong), ctx)
        if ctx.args and not ctx.resilient_parsing:
            words = "one word" if len(ctx.args) == 1 else f"{len(ctx.args)} words"
            raise click.UsageError(f"{ctx.info_name} was given {words} that it has no place for", ctx)
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """Write the help as wide as the terminal; told the width, click need not import what finds it out."""
        ctx.terminal_width = min(_columns(), _WIDEST) - 2
        return super().get_help(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their headings, in the order in which these first come."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                groups.setdefault(getattr(parameter, "group", _LAST), []).append(record)
        for title, records in groups.items():
            with formatter.section(title):
                formatter.write_dl(records, col_max=28)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, unwrapped."""
        if self.examples:
            formatter.write(f"\nExamples:\n{''.join(f'  {line}'.rstrip() + chr(10) for line in self.examples)}")


class Group(Command, click.Group):
    """A group that knows each command's module and first line, and imports the module when the command is meant."""

    def __init__(self, *args: Any, lazy: Mapping[str, str], **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.lazy = lazy
        """What each command does, by its name, which is its module's and its function's too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Group.parse_args(self, ctx, args)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        command: click.Command = import_module(f"doctor.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is answered with those that are spelled nearly so."""
        if args and args[0] not in self.lazy and not args[0].startswith("-"):
            from doctor.model.spelling import unknown

            raise click.UsageError(unknown("command", args[0], self.lazy), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands before the options, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lazy.items()))
        Command.format_options(self, ctx, formatter)
