"""The catalogue of causes: one constant for each thing that can be wrong, with its words.

The constants are defined in one file a stage. A new one is written there, once, and named in that file's ``__all__``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from checks.causes import access_token, api, network, realm, settings, token
from checks.causes.access_token import *  # noqa: F403 - each file's __all__ says what comes
from checks.causes.api import *  # noqa: F403
from checks.causes.network import *  # noqa: F403
from checks.causes.realm import *  # noqa: F403
from checks.causes.settings import *  # noqa: F403
from checks.causes.token import *  # noqa: F403
from doctor.api import Cause

STAGES = (settings, network, realm, token, access_token, api)

CATALOGUE: Mapping[str, Cause] = MappingProxyType(
    {cause.id: cause for stage in STAGES for cause in vars(stage).values() if isinstance(cause, Cause)}
)
"""Every cause by its id, in catalogue order."""
