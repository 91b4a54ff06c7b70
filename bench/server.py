"""The environment at the far end: the sandbox's own words under the two names of a bench, kept ready.

Signing a token and writing JSON anew for each request would be this machine's work, not the line's.
"""

import datetime
import socket
import ssl
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.surroundings import FAR_END
from doctor.sandbox.edge import respond
from doctor.sandbox.key_ring import KeyRing
from doctor.sandbox.message import Answer, Request
from doctor.sandbox.pki import Authority
from doctor.sandbox.scene import Scene
from doctor.sandbox.wire import read_request, rendered
from doctor.sandbox.world import Client, Realm, World

_HOSTS = (FAR_END.vendor, FAR_END.custom)
_KEPT = 20.0
"""Seconds for which an answer is given again."""


@dataclass
class Answers:
    """What each request is answered with, worked out once in a while."""

    scenes: dict[str, Scene]
    kept: dict[tuple[object, ...], tuple[float, bytes]] = field(default_factory=dict)

    def to(self, request: Request) -> bytes:
        host = (request.header("Host") or "").partition(":")[0]
        key = (host, request.method, request.path, request.query, request.header("Authorization"), request.body)
        now = time.time()
        made, answer = self.kept.get(key, (0.0, b""))
        if now - made > _KEPT:
            answer = b"".join(rendered(self._new(host, request, now), now))
            self.kept[key] = now, answer
        return answer

    def _new(self, host: str, request: Request, now: float) -> Answer:
        scene = self.scenes.get(host)
        reply = respond(scene, request, now) if scene else Answer(421)
        return reply if isinstance(reply, Answer) else Answer(500)


def _serve(connection: socket.socket, tls: ssl.SSLContext, answers: Answers) -> None:
    # The client may go away or refuse the certificate: both are its affair.
    with suppress(OSError), connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with tls.wrap_socket(connection, server_side=True) as secured, secured.makefile("rb") as stream:
            while (request := read_request(stream)) is not None:
                secured.sendall(answers.to(request))


def _scenes() -> dict[str, Scene]:
    client = Client(FAR_END.client_id, FAR_END.client_secret)
    world, keys = World(realms=(Realm(FAR_END.realm, clients=(client,)),)), KeyRing()
    return {host: Scene(world, keys, f"https://{host}") for host in _HOSTS}


def _context(directory: Path) -> ssl.SSLContext:
    """TLS with a certificate of an own authority, whose certificate is left in ``ca.pem``."""
    authority = Authority.new("Ataccama doctor bench")
    key = ec.generate_private_key(ec.SECP256R1())
    pem = _leaf(authority, key).public_bytes(serialization.Encoding.PEM)
    pem += key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (directory / "server.pem").write_bytes(pem)
    (directory / "ca.pem").write_bytes(authority.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "server.pem")
    return context


def _leaf(authority: Authority, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    builder = x509.CertificateBuilder(
        authority.certificate.subject,
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, FAR_END.vendor)]),
        key.public_key(),
        x509.random_serial_number(),
        now - day,
        now + day,
    )
    alternative = x509.SubjectAlternativeName([x509.DNSName(name) for name in _HOSTS])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    return builder.add_extension(alternative, False).add_extension(issuer, False).sign(authority.key, hashes.SHA256())


def main(address: str, folder: str) -> None:
    """Serve until killed; ``ready`` appears in the folder when connections are taken."""
    directory = Path(folder)
    context, answers = _context(directory), Answers(_scenes())
    with socket.create_server((address, FAR_END.port), backlog=64) as listener:
        (directory / "ready").touch()
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_serve, args=(connection, context, answers), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
