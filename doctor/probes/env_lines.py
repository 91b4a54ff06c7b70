"""Which settings an env file gave; asks nobody."""

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.settings import EnvLines, SettingsSeen
from doctor.model.probe import probe


@probe(question="which settings an env file gave")
def env_lines(settings: SettingsSeen) -> EnvLines | Missing:
    given = tuple(setting.name for setting in settings.settings if setting.line is not None)
    return EnvLines(given) if given else Missing("no env file gave a setting", Why.NOT_NEEDED)
