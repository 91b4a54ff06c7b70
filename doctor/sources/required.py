"""Which values a run cannot do without, and where a person finds each."""

from collections.abc import Collection, Iterator, Mapping

from doctor.model.facts.settings import Target, Unused
from doctor.model.secret import CLEANED
from doctor.model.shape import examine
from doctor.model.target import point_at
from doctor.model.terms import EXAMINED, SettingName

_WHERE = {
    SettingName.URL: ("the environment's domain, as the Cloud Portal states it; --url or ATACCAMA_URL"),
    SettingName.REALM: "the tenant name, as the Cloud Portal states it; --realm or ATACCAMA_REALM",
    SettingName.CLIENT_ID: (
        "of the API client, in the Cloud Portal under Settings, API Clients; --client-id or ATACCAMA_CLIENT_ID"
    ),
    SettingName.CLIENT_SECRET: (
        "of the API client, shown once when it is created; --client-secret-file, --client-secret-command, "
        "ATACCAMA_CLIENT_SECRET or ATACCAMA_CLIENT_SECRET_FILE"
    ),
}


def absent(given: Collection[SettingName], urls: Mapping[SettingName, str]) -> tuple[SettingName, ...]:
    """The required values that nobody gives; ``urls`` are the URLs among the given, as they were given."""
    required = [SettingName.URL] if SettingName.TOKEN_URL not in given else []
    required += [SettingName.REALM] if not _names_a_realm(urls) else []
    if not set(EXAMINED) & set(given):
        required += [SettingName.CLIENT_ID, SettingName.CLIENT_SECRET]
    return tuple(name for name in required if name not in given)


def sentence(names: Collection[SettingName], unused: Collection[Unused] = ()) -> str:
    """All that is absent at once, each with where to find it and how to give it; then what was set in vain."""
    head = "A value is absent" if len(names) == 1 else f"{len(names)} values are absent"
    lines = [line for entry in entries(names) for line in _entry(entry)]
    vain = [line for each in unused for line in _entry(f"{each.words}.")]
    return "\n".join([f"{head}, so nothing was asked:", *lines, *vain])


def entries(names: Collection[SettingName]) -> Iterator[str]:
    """``realm: the tenant name, as the Cloud Portal states it; --realm or ATACCAMA_REALM``."""
    return (f"{name}: {_WHERE[name]}" for name in names)


def _entry(text: str) -> list[str]:
    from textwrap import wrap  # for a run that ends here

    return wrap(text, 98, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def _names_a_realm(urls: Mapping[SettingName, str]) -> bool:
    cleaned = {name: examine(name, value).variants.get(CLEANED, value) for name, value in urls.items()}
    target = point_at(cleaned)
    return isinstance(target, Target) and bool(target.realm)
