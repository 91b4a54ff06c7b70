"""Each setting in force, with where it came from: the lines that the text report and ``config`` share."""

from collections.abc import Iterable

from doctor.model.report import SettingReport
from doctor.render.paper import Paper


def write_settings(paper: Paper, settings: Iterable[SettingReport]) -> None:
    """One entry for each setting: its value, or the fingerprint of a secret; then its source and what that hides."""
    for setting in settings:
        paper.line(f"{setting.name}: {shown(setting)}", indent=2)
        paper.line(origin(setting), indent=4, mark="faint")


def shown(setting: SettingReport) -> str:
    """The value, or what may be told of a secret."""
    if setting.value is not None:
        return setting.value if setting.value.strip() == setting.value != "" else f"'{setting.value}'"
    return f"not shown, fingerprint {setting.fingerprint}" if setting.fingerprint else "not shown"


def origin(setting: SettingReport) -> str:
    """``from --url; also given and not used: ATACCAMA_URL``."""
    unused = f"; also given and not used: {', '.join(setting.shadowed)}" if setting.shadowed else ""
    return f"from {setting.source}{unused}"
