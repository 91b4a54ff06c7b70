"""A world that has been set up: its keys made and its address known."""

import time
from dataclasses import dataclass

from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, json_answer
from doctor.sandbox.world import Realm, World


@dataclass(frozen=True)
class Scene:
    """What the pure behaviours answer from, beside the request and the time."""

    world: World
    keys: KeyRing
    origin: str
    """``https://localhost:PORT``."""

    @property
    def now(self) -> float:
        """What the clocks there say, in seconds since the epoch."""
        return time.time() + self.world.clock_offset

    @property
    def seen_origin(self) -> str:
        """The origin as Keycloak is told of it."""
        scheme, _, host = self.origin.partition("://")
        return f"{scheme if self.world.edge.forwards_scheme else 'http'}://{host}"

    def issuer(self, realm: Realm) -> str:
        """What the realm calls itself."""
        return realm.issuer or f"{self.seen_origin}{self.world.edge.base_path}/realms/{realm.name}"


def needs_https(scene: Scene, realm: Realm) -> Answer | None:
    """Keycloak's refusal of what it takes to be plain HTTP, where the realm does not allow that."""
    # Behind an edge that loses the scheme the caller's address is taken to be a public one: ``external`` refuses too.
    if scene.world.edge.forwards_scheme or realm.ssl_required == "none":
        return None
    return json_answer(403, {"error": "invalid_request", "error_description": "HTTPS required"})
