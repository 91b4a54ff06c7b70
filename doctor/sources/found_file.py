"""A file that was merely found does not decide where a secret goes.

Whoever can put a file into a folder above the working directory could otherwise have the secret of the next run sent to
an address of their own.
"""

from collections.abc import Callable, Iterable

from doctor.model.errors import UsageProblem
from doctor.model.inputs import Given
from doctor.model.secret import CLEANED
from doctor.model.terms import URLS, SettingName
from doctor.sources.profile import Profile

_IN_BETWEEN = (SettingName.CA_BUNDLE, SettingName.PROXY)
"""Who is trusted at the address, and who stands in between."""


def refuse_strange_address(profile: Profile, given: Iterable[Given], confirm: Callable[[str], bool] | None) -> None:
    """``UsageProblem`` unless the profile's address is the vendor's, its secret its own, or the person agrees."""
    given = tuple(given)
    decided = [each for each in given if each.source == profile.words and _decides(each)]
    secrets = [each for each in given if each.name.secret and each.source != profile.words]
    if not decided or not secrets:
        return
    address, secret = decided[0], secrets[0]
    what = f"the {secret.name.words} from {secret.source}"
    where = f"the {address.name.words} of {profile.words}, which was merely found ({profile.file.path})"
    if confirm is None:
        raise UsageProblem(
            f"Nothing was asked, because {what} would go by {where}. If the file is yours, name it: "
            f"--profile {profile.address}"
        )
    if not confirm(f"Use {what} with {where}?"):
        raise UsageProblem(f"Nothing was asked: {what} is not used with {where}.")


def _decides(given: Given) -> bool:
    return given.name in _IN_BETWEEN or (given.name in URLS and _is_strange(given))


def _is_strange(given: Given) -> bool:
    """True for an address outside ``*.ataccama.one``, which is all that a found file may name by itself."""
    from doctor.model.shape import examine
    from doctor.model.target import Unusable, point_at

    value = examine(given.name, given.value).variants.get(CLEANED, given.value)
    target = point_at({given.name: value, SettingName.REALM: "any"})
    return not isinstance(target, Unusable) and not target.vendor_domain
