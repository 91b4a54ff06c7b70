"""A throw-away certification authority and server certificates (P-256, for speed)."""

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from doctor.sandbox.world import Tls

_DAY = dt.timedelta(days=1)
_VALIDITY = {
    "expired": (-30 * _DAY, 29 * _DAY),
    # So long ago that no clock of a machine that can run this can disagree and be right.
    "long-expired": (dt.datetime(2020, 1, 1, tzinfo=dt.UTC) - dt.datetime.now(dt.UTC), 90 * _DAY),
    "not-yet-valid": (2 * _DAY, 8 * _DAY),
}
"""Start from now, and duration."""


@dataclass(frozen=True)
class Authority:
    """A certification authority."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls, name: str, issuer: "Authority | None" = None) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(name, key, issuer, lasts=30 * _DAY, authority=True)
        return cls(key, certificate)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@dataclass(frozen=True)
class Identity:
    """A server's certificate chain and key, as files."""

    chain: Path
    key: Path


def identity(tls: Tls, authority: Authority, directory: Path) -> Identity:
    """The server certificate that this deviation calls for, written into ``directory``."""
    key = ec.generate_private_key(ec.SECP256R1())
    chain = _chain(tls, authority, key)
    paths = Identity(directory / "server.pem", directory / "server.key")
    paths.chain.write_bytes(b"".join(c.public_bytes(serialization.Encoding.PEM) for c in chain))
    _write_private(paths.key, _pem(key))
    return paths


def _chain(tls: Tls, ca: Authority, key: ec.EllipticCurvePrivateKey) -> list[x509.Certificate]:
    match tls.kind:
        case "valid":
            return [_server(key, ca, tls.hosts)]
        case "wrong-host":
            return [_server(key, ca, ("other.example",))]
        case "self-signed" | "untrusted" | "chain-incomplete":
            return [_server(key, _other_issuer(tls.kind, ca, key), tls.hosts)]
        case "expired" | "long-expired" | "not-yet-valid":
            starts, lasts = _VALIDITY[tls.kind]
            return [_server(key, ca, tls.hosts, starts=starts, lasts=lasts)]


def _other_issuer(kind: str, ca: Authority, key: ec.EllipticCurvePrivateKey) -> Authority:
    match kind:
        case "chain-incomplete":
            return Authority.new("Ataccama doctor sandbox intermediate", ca)
        case "self-signed":
            return Authority(key, _certificate("localhost", key, None, lasts=_DAY))
        case _:
            return Authority.new("Somebody else's CA")


def _server(
    key: ec.EllipticCurvePrivateKey,
    issuer: Authority,
    hosts: tuple[str, ...],
    starts: dt.timedelta = -_DAY,
    lasts: dt.timedelta = 8 * _DAY,
) -> x509.Certificate:
    return _certificate(hosts[0], key, issuer, starts=starts, lasts=lasts, hosts=hosts)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: Authority | None,
    *,
    starts: dt.timedelta = -_DAY,
    lasts: dt.timedelta,
    hosts: tuple[str, ...] = (),
    authority: bool = False,
) -> x509.Certificate:
    start = dt.datetime.now(dt.UTC) + starts
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer.key if issuer else key
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
    builder = builder.issuer_name(issuer.certificate.subject if issuer else subject)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + lasts)
    for extension, critical in _extensions(key, signer, hosts, authority):
        builder = builder.add_extension(extension, critical)
    return builder.sign(signer, hashes.SHA256())


def _extensions(
    key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey, hosts: tuple[str, ...], authority: bool
) -> list[tuple[x509.ExtensionType, bool]]:
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=authority, path_length=None), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False),
        (_key_usage(authority), True),
    ]
    if hosts:
        extensions.append((x509.SubjectAlternativeName([_general_name(host) for host in hosts]), False))
        extensions.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False))
    return extensions


def _key_usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_private(path: Path, data: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(data)
