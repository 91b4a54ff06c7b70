"""The keys of all realms; each is made when it is first needed, or ahead of that in the background."""

import threading
from concurrent.futures import Future
from typing import Any

from doctor.sandbox.realm_key import RealmKey, encryption_jwk
from doctor.sandbox.world import Realm


class KeyRing:
    """Which key signs for a realm, and what the realm's JWK set lists. Several environments may share one."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str], Future[RealmKey]] = {}
        self._encryption: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def prepare(self, realm: Realm) -> None:
        """Begins to make the realm's RSA key, the slowest thing at start-up."""
        threading.Thread(target=self.key, args=(realm, "RS256"), daemon=True).start()

    def key(self, realm: Realm, algorithm: str = "RS256") -> RealmKey:
        """The realm's active key for this algorithm."""
        with self._lock:
            place = (realm.name, algorithm)
            made = place in self._keys
            future = self._keys.setdefault(place, Future())
        if not made:
            future.set_result(RealmKey.new(algorithm))
        return future.result()

    def signing(self, realm: Realm) -> list[RealmKey]:
        """A key for each algorithm that a client of the realm has its tokens signed with."""
        used = {"RS256", realm.algorithm, *(client.algorithm or realm.algorithm for client in realm.clients)}
        return [self.key(realm, algorithm) for algorithm in sorted(used)]

    def jwks(self, realm: Realm) -> dict[str, Any]:
        """The realm's JWK set (RFC 7517 section 5)."""
        if realm.name not in self._encryption:
            self._encryption.setdefault(realm.name, encryption_jwk(self.key(realm)))
        return {"keys": [self._encryption[realm.name], *(key.jwk for key in self.signing(realm))]}
