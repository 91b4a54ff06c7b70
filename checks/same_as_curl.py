"""curl, a program with requests and this one go the same way to the environment.

Proxies, trust stores and logins come from variables and files that each reads by rules of its own. Where the rules
part, a call that works by hand fails in a program, or the reverse.
"""

from collections.abc import Iterator

from checks import causes
from doctor.api import CurlDifference, CurlWay, Differs, Finding, SettingName, SettingsSeen, Stage, Target, check

_EXPECTED = "The same way for every program on this machine."


@check(
    id="same-as-curl",
    title="The environment is reached by curl in the same way",
    stage=Stage.NETWORK,
    causes=(causes.CURL_DIFFERS,),
)
def run(way: CurlWay, target: Target, settings: SettingsSeen) -> Iterator[Finding]:
    for difference in way.differences:
        observed, fix = _words(difference)
        yield causes.CURL_DIFFERS.found(observed=observed, expected=_EXPECTED, fix=fix)
    typed = settings.get(SettingName.URL)
    host = target.origin.partition("://")[2].partition(":")[0]
    if "xn--" in host and typed is not None and typed.value is not None and not typed.value.isascii():
        yield causes.CURL_DIFFERS.found(
            observed=f"The host was asked for as {host}. curl does the same only where it was built with IDN support.",
            expected=_EXPECTED,
            fix=f"Give the host as {host}.",
            setting=SettingName.URL,
        )


def _words(difference: CurlDifference) -> tuple[str, str]:
    """What is observed, and the one thing to do."""
    ours, curls, place = difference.ours, difference.curls, difference.place
    match difference.kind:
        case Differs.PROXY:
            return f"To {place}, programs with requests take {ours}, curl takes {curls}.", _SAME_PROXY
        case Differs.TRUST:
            return f"Programs with requests trust {ours}, curl trusts {curls}.", _SAME_BUNDLE
        case Differs.LOGIN:
            return f"{ours} has a login for {place}. {_LOGIN}", _TOKEN_THROUGH_AUTH


_SAME_PROXY = "Set https_proxy, http_proxy and no_proxy in lower case, names parted by commas: both read these alike."
_SAME_BUNDLE = "Name one file in both REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE."
_LOGIN = (
    "Programs with requests put it in the place of an Authorization header that they set by hand; curl and this "
    "program do not."
)
_TOKEN_THROUGH_AUTH = "Give requests the token through auth=, as doctor.auth does, or take the entry out of the file."
