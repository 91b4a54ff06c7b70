"""Every fault that the environment can have, by cause, in the catalogue's order of stages."""

from collections.abc import Mapping
from types import MappingProxyType

from doctor.sandbox.fault import Fault
from doctor.sandbox.fault_worlds import access_token, api, network, realm, settings, token

FAULTS: Mapping[str, Fault] = MappingProxyType({
    fault.cause: fault
    for stage in (settings, network, realm, token, access_token, api)
    for fault in stage.FAULTS
})  # fmt: skip
