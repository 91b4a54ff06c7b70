"""What a shell is offered for a word that is being typed."""

from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from doctor.cli.main import PROGRAM

_VARIABLE = "_ATACCAMA_DOCTOR_COMPLETE"


def script(shell: str) -> str:
    """The script that asks this program; made without starting a shell to ask for its version."""
    from doctor.cli.root import root

    kind = get_completion_class(shell)
    assert kind is not None
    return ShellComplete.source(kind(root, {}, PROGRAM, _VARIABLE))


def formats(incomplete: str) -> list[str]:
    from doctor.renderers import renderer_names

    return [name for name in renderer_names() if name.startswith(incomplete)]


def profiles(incomplete: str) -> list[str]:
    from doctor.cli.asking import surroundings
    from doctor.model.errors import UsageProblem
    from doctor.sources.profile import files

    around = surroundings(no_input=True)
    try:
        names = dict.fromkeys(name for file in files(around.folder, around.user_folder) for name in file.profiles)
    except UsageProblem:  # a mistake in the file is told when it is used
        return []
    return [name for name in names if name.startswith(incomplete)]


def report_files(incomplete: str) -> list[CompletionItem]:
    """The format and ``=`` first; behind that the shell completes files itself."""
    if "=" in incomplete:
        return [CompletionItem(incomplete, type="file")]
    return [CompletionItem(f"{name}=") for name in formats(incomplete)]


def faults(incomplete: str) -> list[CompletionItem]:
    from doctor.sandbox.faults import FAULTS

    return [CompletionItem(f.cause, help=f.title) for f in FAULTS.values() if f.cause.startswith(incomplete)]


def checks_and_stages(incomplete: str) -> list[str]:
    from doctor.plugins import load

    names = dict.fromkeys(name for check in load().checks for name in (check.id, check.stage.value))
    return [name for name in names if name.startswith(incomplete)]


def checks_and_causes(incomplete: str) -> list[str]:
    from doctor.plugins import load

    checks = load().checks
    names = dict.fromkeys([*(c.id for c in checks), *(cause.id for c in checks for cause in c.causes)])
    return [name for name in names if name.startswith(incomplete)]
