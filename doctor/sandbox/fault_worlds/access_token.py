"""The access token is not what it should be: as issued, or as the person gave it."""

import time

from doctor.model.terms import Verdict
from doctor.sandbox.fault import Fault, Typed
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Minting, TokenAnswer, World

_OTHER_KID = "b3RoZXItcmVhbG0ta2V5LW5vdC1pbi10aGUta2V5cw"


def _issued(cause: str, title: str, minting: Minting) -> Fault:
    return Fault(cause, title, lambda world: world.with_client(minting=minting))


def _given(token: Typed) -> dict[str, Typed]:
    """The token alone: no secret to get another one with."""
    return {"access_token": token, "client_secret": None}


def _expired(env: Sandbox) -> str:
    now = int(time.time())
    return env.mint(iat=now - 3900, exp=now - 3600)


def _early(env: Sandbox) -> str:
    now = int(time.time())
    return env.mint(iat=now, nbf=now + 3600, exp=now + 7200)


def _of_another_realm(env: Sandbox) -> str:
    return env.mint(Minting(kid=_OTHER_KID), iss=f"{env.url}/auth/realms/other")


def _with_many_roles(world: World) -> World:
    roles = {f"application-{n:03}": (f"role-of-application-{n:03}",) for n in range(120)}
    return world.with_client(client_roles=roles)


FAULTS = (
    _issued("token-not-jwt", "the token is opaque", Minting(mangle="opaque")),
    _issued("token-malformed", "the token is cut off", Minting(mangle="cut")),
    _issued("token-encrypted", "the token has five segments", Minting(mangle="encrypted")),
    _issued("token-algorithm-unsafe", "the token is unsigned", Minting("none")),
    _issued("token-key-unknown", "the token is of a key that the realm does not list", Minting(kid=_OTHER_KID)),
    _issued("token-signature-invalid", "the token's signature was altered", Minting(mangle="signature")),
    Fault("token-expired", "the token given expired an hour ago", settings=_given(_expired)),
    Fault("token-not-yet-valid", "the token given is valid from an hour on", settings=_given(_early)),
    Fault("token-issuer-differs", "the token given is another realm's", settings=_given(_of_another_realm)),
    Fault(
        "token-client-differs",
        "the token given is another client's",
        settings=_given(lambda env: env.mint(azp="other-client", client_id="other-client")),
    ),
    Fault(
        "token-wrong-kind",
        "the token given is an ID token",
        settings=_given(lambda env: env.mint(typ="ID", aud=env.client_id)),
    ),
    _issued(
        "token-sender-constrained",
        "the token is bound to a client certificate",
        Minting(claims={"cnf": {"x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}),
    ),
    Fault(
        "token-lifetime-differs",
        "expires_in says an hour, the token five minutes",
        lambda world: world.with_client(token_answer=TokenAnswer({"expires_in": 3600})),
        verdict=Verdict.WARNINGS,
    ),
    Fault(
        "token-lifetime-short",
        "the token lives ten seconds",
        lambda world: world.with_client(lifespan=10),
        verdict=Verdict.WARNINGS,
    ),
    Fault(
        "token-lacks-claims",
        "the token is lightweight",
        lambda world: world.with_client(lightweight=True),
        verdict=Verdict.WARNINGS,
    ),
    Fault(
        "token-over-privileged",
        "the token carries the realm's administration",
        lambda world: world.with_client(client_roles={"realm-management": ("realm-admin", "manage-users")}),
        verdict=Verdict.WARNINGS,
    ),
    Fault("token-too-large", "the token is larger than 8 KB", _with_many_roles, verdict=Verdict.WARNINGS),
    Fault(
        "renewal-failed",
        "the client is disabled after its first token",
        lambda world: world.with_client(tokens=1, lifespan=2),
        deep=True,
    ),
)
