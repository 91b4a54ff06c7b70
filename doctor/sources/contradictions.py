"""What cannot both be meant: a usage error before anything is read."""

from collections.abc import Collection, Mapping

from doctor.model.errors import UsageProblem
from doctor.model.terms import SettingName
from doctor.sources.names import SECRET_FILE, VARIABLES
from doctor.sources.reading import STDIN

_SECRET = VARIABLES[SettingName.CLIENT_SECRET]


def refuse_twins(names: Collection[str], where: str = "") -> None:
    """``UsageProblem`` where a variable and its ``_FILE`` twin are both set in one place."""
    if _SECRET in names and SECRET_FILE in names:
        raise UsageProblem(f"{_SECRET} and {SECRET_FILE} are both set{where}. Unset one of them.")


def refuse_contradictory_options(files: Mapping[SettingName, str | None], command: str | None) -> None:
    """``UsageProblem`` where two options give the secret, or two read standard input."""
    if files.get(SettingName.CLIENT_SECRET) is not None and command is not None:
        raise UsageProblem("--client-secret-file and --client-secret-command were both given. Give one of them.")
    readers = [f"--{name.replace('_', '-')}-file" for name, path in files.items() if path == STDIN]
    if len(readers) > 1:
        raise UsageProblem(f"{' and '.join(readers)} both read standard input (-). Give one of them a path.")
