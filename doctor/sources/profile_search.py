"""Where files of profiles are: looked for at every start, so nothing is imported that reads them."""

from pathlib import Path

FILE = "ataccama-doctor.toml"


def nearest(folder: Path | None) -> Path | None:
    """The file in a folder, or in the nearest one above it."""
    folders = (folder, *folder.parents) if folder else ()
    return next((path for each in folders if _is_file(path := each / FILE)), None)


def own(user_folder: Path | None) -> Path | None:
    """The file in the user's configuration folder."""
    return user_folder / FILE if user_folder and _is_file(user_folder / FILE) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder on the way lets nobody look
        return False
