"""A throw-away certification authority and server certificates (P-256, for speed)."""

import datetime as dt
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from doctor.sandbox.world import Tls, TlsKind

_DAY = dt.timedelta(days=1)
_VALIDITY = {
    "expired": (-30 * _DAY, 29 * _DAY),
    # So long ago that no clock of a machine that can run this can disagree and be right.
    "long-expired": (dt.datetime(2020, 1, 1, tzinfo=dt.UTC) - dt.datetime.now(dt.UTC), 90 * _DAY),
    "not-yet-valid": (2 * _DAY, 8 * _DAY),
}
"""Start from now, and duration."""
_ISSUER_URL = x509.AuthorityInformationAccess([
    x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.example/issuer.cer")
    )
])  # fmt: skip


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
    issuer = _issuer(tls.kind, ca, key)
    hosts = ("other.example",) if tls.kind == "wrong-host" else tls.hosts
    starts, lasts = _VALIDITY.get(tls.kind, (-_DAY, 8 * _DAY))
    name = hosts[0] if hosts else "localhost"
    leaf = _certificate(name, key, issuer, starts=starts, lasts=lasts, hosts=hosts, issuer_url=tls.issuer_url)
    return [leaf, issuer.certificate] if tls.kind in ("root-sent", "intermediate-sent") else [leaf]


def _issuer(kind: TlsKind, ca: Authority, key: ec.EllipticCurvePrivateKey) -> Authority:
    match kind:
        case "chain-incomplete" | "intermediate-sent":
            return Authority.new("Ataccama doctor sandbox intermediate", ca)
        case "self-signed":
            return Authority(key, _certificate("localhost", key, None, lasts=_DAY))
        case "untrusted" | "root-sent":
            return Authority.new("Somebody else's CA")
        case _:
            return ca


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: Authority | None,
    *,
    starts: dt.timedelta = -_DAY,
    lasts: dt.timedelta,
    hosts: tuple[str, ...] = (),
    authority: bool = False,
    issuer_url: bool = False,
) -> x509.Certificate:
    start = dt.datetime.now(dt.UTC) + starts
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer.key if issuer else key
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
    builder = builder.issuer_name(issuer.certificate.subject if issuer else subject)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + lasts)
    for extension, critical in _extensions(key, signer, hosts, authority):
        builder = builder.add_extension(extension, critical)
    if issuer_url:
        builder = builder.add_extension(_ISSUER_URL, critical=False)
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
