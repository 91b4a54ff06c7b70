"""Each declared way of speaking TLS, or not, as a real handshake shows it."""

import http.client
import socket
import ssl
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509

from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Proxy, TlsKind, healthy
from tests.sandbox.asking import KEYS
from tests.sandbox.client import connect, get, send

REALM = "/auth/realms/demo"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("expired", "certificate has expired"),
        ("long-expired", "certificate has expired"),
        ("not-yet-valid", "certificate is not yet valid"),
        ("wrong-host", "Hostname mismatch"),
        ("self-signed", "self.signed certificate"),
        ("untrusted", "unable to get local issuer certificate"),
        ("chain-incomplete", "unable to get local issuer certificate"),
    ],
)
def test_a_bad_certificate_is_refused_for_its_own_reason(kind: TlsKind, words: str) -> None:
    with Sandbox(healthy().with_tls(kind=kind), keys=KEYS) as env:
        with pytest.raises(ssl.SSLCertVerificationError, match=words):
            get(env, REALM)
        assert env.requests == []


def world_is(**tls: Any) -> Sandbox:
    return Sandbox(healthy().with_tls(**tls), keys=KEYS)


def test_an_incomplete_chain_is_a_leaf_of_an_intermediate_that_is_not_sent() -> None:
    with world_is(kind="chain-incomplete") as env:
        context = ssl.create_default_context(cafile=env.ca_bundle)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", env.port), timeout=5)
        with context.wrap_socket(plain) as secured:
            leaf = x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
        assert leaf.issuer.rfc4514_string() == "CN=Ataccama doctor sandbox intermediate"


def test_plain_http_at_the_port_breaks_the_handshake() -> None:
    with world_is(spoken="plain") as env:
        with pytest.raises(ssl.SSLError, match=r"(?i)wrong.version.number|record.layer.failure"):
            get(env, REALM)
        assert over_plain_http(env) == (200, False)


def test_plain_http_to_the_https_port_is_told_so() -> None:
    with Sandbox(keys=KEYS) as env:
        assert over_plain_http(env) == (400, True)


def over_plain_http(env: Sandbox) -> tuple[int, bool]:
    """The status, and whether nginx's words for this case stand in the page."""
    with closing(http.client.HTTPConnection("127.0.0.1", env.port, timeout=5)) as connection:
        connection.request("GET", REALM)
        answer = connection.getresponse()
        return answer.status, b"The plain HTTP request was sent to HTTPS port" in answer.read()


def test_old_tls_is_refused_by_a_current_client() -> None:
    with world_is(spoken="old-tls") as env, pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        get(env, REALM)


def test_a_client_certificate_is_asked_for() -> None:
    with world_is(client_certificate=True) as env, pytest.raises(ssl.SSLError, match=r"(?i)certificate.required"):
        get(env, REALM)


def test_a_reset_comes_before_any_handshake() -> None:
    with world_is(spoken="reset") as env, pytest.raises(ConnectionResetError):
        get(env, REALM)


def test_a_silent_port_times_out_in_the_handshake() -> None:
    with (
        world_is(spoken="nothing") as env,
        closing(connect(env, timeout=0.2)) as connection,
        pytest.raises(TimeoutError),
    ):
        send(connection, "GET", REALM)


def test_a_refusing_port_refuses_and_a_full_queue_times_out() -> None:
    with Sandbox(keys=KEYS) as env:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", env.refusing_port), timeout=1)
        with pytest.raises(TimeoutError):
            socket.create_connection(("127.0.0.1", env.silent_port), timeout=0.2)


@pytest.mark.parametrize(("status", "words"), [(407, "407"), (403, "403")])
def test_a_proxy_refuses_the_tunnel(status: int, words: str) -> None:
    with Sandbox(replace(healthy(), proxy=Proxy(status)), keys=KEYS) as env, pytest.raises(OSError, match=words):
        through_proxy(env)


def test_a_proxy_tunnels_to_the_environment() -> None:
    with Sandbox(replace(healthy(), proxy=Proxy()), keys=KEYS) as env:
        assert through_proxy(env) == 200


def through_proxy(env: Sandbox) -> int:
    context = ssl.create_default_context(cafile=env.ca_bundle)
    port = int(env.proxy_url.rpartition(":")[2])
    with closing(http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=context)) as connection:
        connection.set_tunnel("localhost", env.port)
        return send(connection, "GET", REALM).status
