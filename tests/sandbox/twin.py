"""The live suite's realms as a declared world, so that both answer to the same tables."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import html_answer
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Api, Client, Edge, Era, Realm, Rule, Tls, Trust, World
from tests.behaviour.asking import grant, send
from tests.behaviour.environment import CASE_REALM, DISABLED_REALM, SHORT_REALM
from tests.live import realms

OUTSIDE = html_answer(404, "<html><body><h1>Resource not found</h1></body></html>", "text/html; charset=utf-8")
"""What Keycloak's own web server says outside its base path."""
_METHOD = "client.secret.authentication.allowed.method"


def world(tls: Tls = Tls(), edge: Edge = Edge(), era: Era = Era.REACTIVE) -> World:  # noqa: B008 - both are frozen
    """Every realm of the live suite; the API trusts the same ones with the same leeway."""
    trusts = (Trust(realms.REALM), Trust(SHORT_REALM, leeway=0), Trust(CASE_REALM), Trust(DISABLED_REALM))
    api = Api(trusts=trusts, required_role=realms.ROLE)
    return World(tuple(map(_realm, realms.realms())), api, edge, tls, era=era)


def _realm(described: dict[str, Any]) -> Realm:
    lifespan = described["accessTokenLifespan"]
    clients = tuple(_client(each, lifespan) for each in described["clients"])
    return Realm(described["realm"], described["enabled"], clients, ssl_required=described["sslRequired"])


def _client(described: dict[str, Any], lifespan: int) -> Client:
    name, attributes = described["clientId"], described.get("attributes", {})
    return Client(
        name,
        described["secret"] or None,
        enabled=described.get("enabled", True),
        public=described.get("publicClient", False),
        bearer_only=described.get("bearerOnly", False),
        service_account=described["serviceAccountsEnabled"],
        service_account_enabled=name != "user-disabled",
        authenticator=described.get("clientAuthenticatorType", "client-secret"),
        algorithm=attributes.get("access.token.signed.response.alg"),
        allowed_method=attributes.get(_METHOD),
        scopes=() if name == "optional-scopes" else ("profile", "email"),
        optional_scopes=tuple(described.get("optionalClientScopes", ("address", "phone", "offline_access"))),
        lifespan=int(attributes.get("access.token.lifespan", lifespan)),
        dpop=attributes.get("dpop.bound.access.tokens") == "true",
        certificate_bound=attributes.get("tls.client.certificate.bound.access.tokens") == "true",
        protocol=described.get("protocol", "openid-connect"),
        lightweight=attributes.get("client.use.lightweight.access.token.enabled") == "true",
        roles=() if name in realms.WITHOUT_ROLE else (realms.ROLE,),
    )


@dataclass(frozen=True)
class Twin:
    """The embedded environment behind the same doors; ``tests.behaviour.environment.Environment`` says what each is."""

    good: Sandbox
    untrusted: Sandbox
    expired: Sandbox
    wrong_host: Sandbox
    gateway_down: Sandbox
    scheme_lost: Sandbox
    rooted: Sandbox
    """Keycloak serves below no base path."""
    ca_bundle: Path
    realm: str = realms.REALM

    @property
    def clients(self) -> Mapping[str, str]:
        return realms.secrets()

    @property
    def url(self) -> str:
        return self.good.url

    @property
    def url_untrusted(self) -> str:
        return self.untrusted.url

    @property
    def url_expired(self) -> str:
        return self.expired.url

    @property
    def url_wrong_host(self) -> str:
        return self.wrong_host.url

    @property
    def url_gateway_down(self) -> str:
        return self.gateway_down.url

    @property
    def url_scheme_lost(self) -> str:
        return self.scheme_lost.url

    @property
    def url_plain_http_to_tls(self) -> str:
        return self.url.replace("https:", "http:")

    def token(self, client_id: str, realm: str = realms.REALM) -> str:
        """A fresh access token."""
        answer = send(self, grant(client_id, realm=realm)(self))
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def expired_token(self) -> str:
        ended = int(time.time()) - 66
        name = "service-account-short"
        return self.good.mint(azp="short", client_id="short", preferred_username=name, iat=ended - 2, exp=ended)


@contextmanager
def running(folder: Path, era: Era = Era.REACTIVE) -> Iterator[Twin]:
    """Starts one environment for each door, all but the untrusted one of CAs in one bundle."""
    down = Edge(rules=(Rule(nginx_page(502, "Bad Gateway"), "/auth"),))
    keys = KeyRing()
    with ExitStack() as stack:

        def door(tls: Tls = Tls(), edge: Edge = Edge()) -> Sandbox:  # noqa: B008 - both are frozen
            return stack.enter_context(Sandbox(world(tls, edge, era), keys=keys))

        good = door(edge=Edge(default=OUTSIDE))
        untrusted, expired, wrong_host = door(Tls("untrusted")), door(Tls("expired")), door(Tls("wrong-host"))
        gateway_down, scheme_lost = door(edge=down), door(edge=Edge(forwards_scheme=False))
        rooted = door(edge=Edge(base_path=""))
        bundle = folder / "ca.pem"
        trusted = (good, expired, wrong_host, gateway_down, scheme_lost, rooted)
        bundle.write_bytes(b"".join(Path(each.ca_bundle).read_bytes() for each in trusted))
        yield Twin(good, untrusted, expired, wrong_host, gateway_down, scheme_lost, rooted, bundle)
