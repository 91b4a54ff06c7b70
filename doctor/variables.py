"""The proxy and the CA bundle that nobody gave and that everybody's variables name, such as ``HTTPS_PROXY``."""

from collections.abc import Iterator

from doctor.model.facts.settings import Setting, Shape
from doctor.model.terms import SettingName
from doctor.transport.dial import Proxy
from doctor.transport.trust import Trust
from doctor.values import Values


def from_variables(values: Values, proxy: Proxy | None, trust: Trust) -> Iterator[Setting]:
    """They stand among the settings, with the variable as their source."""
    if proxy is not None and SettingName.PROXY not in values.examined:
        yield Setting(SettingName.PROXY, proxy.source, Shape(), value=proxy.shown)
    if trust.from_variable:
        yield Setting(SettingName.CA_BUNDLE, trust.source, Shape(), value=trust.path)
