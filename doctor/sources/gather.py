"""Every setting from its strongest source, with what that source shadows, and what is set in vain."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from doctor.model.errors import UsageProblem
from doctor.model.facts.settings import Unused
from doctor.model.frozen import dataclass
from doctor.model.inputs import Given, Other
from doctor.model.terms import URLS, SettingName
from doctor.sources.contradictions import refuse_contradictory_options, refuse_twins
from doctor.sources.lines import other_lines
from doctor.sources.names import PROFILE_VARIABLE, secret_values, unused_variables
from doctor.sources.offers import Flags, Offer, Surroundings, offers
from doctor.sources.profile_search import nearest, own
from doctor.sources.reading import Text, from_word
from doctor.sources.required import absent, sentence

if TYPE_CHECKING:
    from doctor.sources.env_file import EnvFile
    from doctor.sources.profile import Profile

_Offers: TypeAlias = Mapping[SettingName, tuple[Offer, ...]]


@dataclass(frozen=True, slots=True)
class Gathered:
    given: tuple[Given, ...]
    other_secrets: tuple[str, ...] = field(default=(), repr=False)
    profile: "Profile | None" = None
    """The profile in force."""
    unused: tuple[Unused, ...] = ()
    absent: tuple[SettingName, ...] = ()
    """What a run needs and nobody gives; never any where all is demanded."""
    notes: tuple[str, ...] = ()

    @property
    def get_paths(self) -> tuple[str, ...]:
        """The protected GETs that the profile names."""
        return self.profile.get_paths if self.profile else ()


def gather(flags: Flags, around: Surroundings, *, demand: bool = True, tolerant: bool = False) -> Gathered:
    """Read every setting. ``UsageProblem`` names all at once that is absent or cannot be read.

    Without ``demand`` what is absent is no problem; a ``tolerant`` reader is told what cannot be read, and goes on.
    """
    refuse_twins(around.environ)
    refuse_contradictory_options(flags.files, flags.client_secret_command)
    profile = _profile(flags, around)
    env_file = _env_file(flags.env_file, around.environ)
    unused = (*(env_file.unused if env_file else ()), *unused_variables(around.environ, "the environment"))
    found = {name: places for name in SettingName if (places := offers(name, flags, around, env_file, profile))}
    missing = absent(found, {name: found[name][0].read().value for name in URLS if name in found})
    if missing and demand:
        if missing != (SettingName.CLIENT_SECRET,) or around.prompt is None:
            raise UsageProblem("\n".join((sentence(missing, unused), *_unreadable(found))))
        found |= _asked(around.prompt)
        missing = ()
    problems: list[str] = []
    given = tuple(each for name, places in found.items() if (each := _given(problems, name, *places)))
    if problems and not tolerant:
        raise UsageProblem("\n".join(problems))
    if not tolerant and profile and not profile.file.named:
        from doctor.sources.found_file import refuse_strange_address

        refuse_strange_address(profile, given, around.confirm)
    others = (
        *_others(given),
        *secret_values(unused, around.environ),
        *(env_file.other_secrets if env_file else ()),
    )
    return Gathered(given, others, profile, unused, missing, (*problems, *_notes(profile, given)))


def _profile(flags: Flags, around: Surroundings) -> "Profile | None":
    """The profile in force: asked for, or the default of a file that is there."""
    asked = flags.profile if flags.profile is not None else around.environ.get(PROFILE_VARIABLE)
    if asked is None and not (nearest(around.folder) or own(around.user_folder)):
        return None
    if asked == "":
        source = PROFILE_VARIABLE if flags.profile is None else "--profile"
        raise UsageProblem(f"{source} is given and empty. Name a profile, or leave it out.")
    from doctor.sources.profile import chosen  # most runs have none

    return chosen(asked, around.folder, around.user_folder)


def _env_file(path: str | None, environ: Mapping[str, str]) -> "EnvFile | None":
    if path is None:
        return None
    from doctor.sources.env_file import read  # most runs read no env file

    env_file = read(path, environ)
    refuse_twins(env_file.variables, f" in {path}")
    return env_file


def _asked(prompt: Callable[[], str]) -> _Offers:
    """The secret from the person, where nothing else is absent."""

    def ask() -> Text:
        return Text(from_word("the prompt", prompt()).value, "prompt (one line end removed)")

    return {SettingName.CLIENT_SECRET: (Offer(ask, "prompt"),)}


def _unreadable(found: _Offers) -> Iterator[str]:
    """What is wrong with each value in force that cannot be read; no command is started to find out."""
    for in_force, *_ in found.values():
        try:
            in_force.costly or in_force.read()
        except UsageProblem as problem:
            yield str(problem)


def _given(problems: list[str], name: SettingName, in_force: Offer, *shadowed: Offer) -> Given | None:
    """What is in force must be readable, or is told as a problem; what is not used and cannot be read hides nothing."""
    try:
        text = in_force.read()
    except UsageProblem as problem:
        problems.append(str(problem))
        return None
    others = tuple(other for offer in shadowed if (other := _other(name, offer)))
    return Given(name, text.value, text.source, others, _exposed(name, text), text.line)


def _other(name: SettingName, offer: Offer) -> Other | None:
    if offer.costly:
        return Other(offer.source)
    try:
        text = offer.read()
    except UsageProblem:
        return None
    return Other(text.source, text.value, _exposed(name, text))


def _exposed(name: SettingName, text: Text) -> str | None:
    return text.exposed if name.secret else None


def _others(given: tuple[Given, ...]) -> Iterator[str]:
    shown = [each.value for each in given if not each.name.secret]
    for each in given:
        if each.name.secret:
            for text in (each.value, *(other.value for other in each.shadowed)):
                yield from other_lines(text or "", shown)


def _notes(profile: "Profile | None", given: tuple[Given, ...]) -> Iterator[str]:
    for each in given:
        if profile and each.name.secret and each.source == profile.words:
            yield (
                f"The {each.name.words} stands in {profile.words} itself; a reference, such as "
                f'{each.name} = {{ keyring = "{profile.name}" }}, keeps it out of the file.'
            )
