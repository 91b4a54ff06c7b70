"""The access token: not what it should be, or merely unusual."""

from tests.worlds.world import Case, client

FAULTS: tuple[Case, ...] = ()

HEALTHY = (
    Case("tokens are signed with ES256", client(algorithm="ES256"), resembles="token-algorithm-unsafe"),
    Case("tokens are signed with PS256", client(algorithm="PS256"), resembles="token-algorithm-unsafe"),
    Case("tokens live for a minute", client(lifespan=60), resembles="token-lifetime-short"),
    Case("tokens live for ten hours", client(lifespan=36_000), resembles="token-lifetime-differs"),
)
