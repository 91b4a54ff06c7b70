"""Connections, certificates, clocks, proxies and edges: broken, or merely slow and strange."""

from dataclasses import replace

from tests.worlds.world import Case, edge

FAULTS: tuple[Case, ...] = ()

HEALTHY = (
    Case("no Date header comes", edge(sends_date=False), resembles="clock-wrong", fact="keycloak.md 2"),
    Case(
        "every clock there is two seconds ahead",
        lambda world: replace(world, clock_offset=2),
        resembles="clock-wrong",
    ),
)
