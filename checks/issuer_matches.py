"""The realm calls itself by the URL that was used to reach it (OpenID Connect Discovery 1.0 section 4.3).

Another host may be meant so; an ``http`` scheme or an inner host name says that the proxy lost the forwarded headers.
"""

from collections.abc import Iterator
from urllib.parse import unquote

from checks import causes
from doctor.api import Discovery, Finding, Realm, SettingName, Stage, check


@check(
    id="issuer-matches",
    title="The realm calls itself by the URL that was used",
    stage=Stage.REALM,
    causes=(causes.ISSUER_DIFFERS,),
)
def run(discovery: Discovery, realm: Realm) -> Iterator[Finding]:
    if discovery.issuer is None or realm.corrected or unquote(discovery.issuer) == unquote(realm.url):
        return
    yield causes.ISSUER_DIFFERS.found(
        observed=f"The realm at {unquote(realm.url)} says that its issuer is {discovery.issuer}.",
        expected="The same URL, unless the environment is meant to be known by the other one.",
        setting=SettingName.URL,
        exchanges=(discovery.result.exchange,),
    )
