"""A realm's signing key: its id, its signatures and its entry in the JWK set (RFC 7517, RFC 7518)."""

import base64
import datetime as dt
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
_SHA256 = hashes.SHA256()
_HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
_ECDSA = ec.ECDSA(_SHA256)
_TEN_YEARS = dt.timedelta(days=3650)


@dataclass(frozen=True)
class RealmKey:
    """One key pair for one algorithm, as Keycloak keeps them."""

    algorithm: str
    """``RS256`` to ``RS512``, ``PS256`` to ``PS512``, ``ES256`` or ``EdDSA`` (RFC 7518 section 3.1, RFC 8037)."""
    private: PrivateKey

    @classmethod
    def new(cls, algorithm: str) -> "RealmKey":
        match algorithm:
            case "ES256":
                return cls(algorithm, ec.generate_private_key(ec.SECP256R1()))
            case "EdDSA":
                return cls(algorithm, ed25519.Ed25519PrivateKey.generate())
            case _:
                return cls(algorithm, rsa.generate_private_key(65537, 2048))

    @cached_property
    def kid(self) -> str:
        """Shaped like Keycloak's: 43 characters of Base64url."""
        return _kid(self.private.public_key())

    @cached_property
    def public_key(self) -> str:
        """As in the realm's own page: Base64 of the SubjectPublicKeyInfo."""
        return base64.b64encode(_der(self.private.public_key())).decode()

    def sign(self, data: bytes) -> bytes:
        """The signature as RFC 7518 section 3 and RFC 8037 want it."""
        match self.private:
            case rsa.RSAPrivateKey() as key:
                return key.sign(data, self._padding, self._hash)
            case ec.EllipticCurvePrivateKey() as key:
                r, s = decode_dss_signature(key.sign(data, _ECDSA))
                return r.to_bytes(32, "big") + s.to_bytes(32, "big")
            case key:
                return key.sign(data)

    def verify(self, signature: bytes, data: bytes) -> None:
        """Returns when the signature is this key's; raises ``InvalidSignature`` otherwise."""
        match self.private.public_key():
            case rsa.RSAPublicKey() as key:
                key.verify(signature, data, self._padding, self._hash)
            case ec.EllipticCurvePublicKey() as key:
                r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
                key.verify(encode_dss_signature(r, s), data, _ECDSA)
            case key:
                key.verify(signature, data)

    @property
    def _hash(self) -> hashes.HashAlgorithm:
        return _HASHES[self.algorithm[-3:]]

    @property
    def _padding(self) -> padding.AsymmetricPadding:
        if self.algorithm.startswith("PS"):
            return padding.PSS(padding.MGF1(self._hash), self._hash.digest_size)
        return padding.PKCS1v15()

    @cached_property
    def jwk(self) -> dict[str, Any]:
        """The public key, for ``use`` ``sig``."""
        return _jwk(self.private.public_key(), "sig", self.algorithm, self.private)


def encryption_jwk(signer: RealmKey) -> dict[str, Any]:
    """The RSA-OAEP key that every Keycloak realm lists beside its signing keys."""
    # Nobody encrypts here: a modulus without known factors is as good as a key pair, and costs no time.
    modulus = secrets.randbits(2048) | 1 << 2047 | 1
    return _jwk(rsa.RSAPublicNumbers(65537, modulus).public_key(), "enc", "RSA-OAEP", signer.private)


def b64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _jwk(public: PublicKey, use: str, algorithm: str, signer: PrivateKey) -> dict[str, Any]:
    common = {"kid": _kid(public), "kty": "RSA", "alg": algorithm, "use": use}
    match public:
        case rsa.RSAPublicKey():
            numbers = public.public_numbers()
            own = {"n": b64url(_integer(numbers.n)), "e": b64url(_integer(numbers.e))}
            return {**common, **_certificate_members(public, signer), **own}
        case ec.EllipticCurvePublicKey():
            point = public.public_numbers()
            own = {"x": b64url(_integer(point.x, 32)), "y": b64url(_integer(point.y, 32))}
            return {**common, "kty": "EC", "crv": "P-256", **own}
        case _:
            return {**common, "kty": "OKP", "crv": "Ed25519", "x": b64url(public.public_bytes_raw())}


def _certificate_members(public: rsa.RSAPublicKey, signer: PrivateKey) -> dict[str, Any]:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "demo")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, public, x509.random_serial_number(), now, now + _TEN_YEARS)
    certificate = builder.sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else _SHA256)
    return {
        "x5c": [base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()],
        # The member is defined with SHA-1 (RFC 7517 section 4.8).
        "x5t": b64url(certificate.fingerprint(hashes.SHA1())),  # noqa: S303
        "x5t#S256": b64url(certificate.fingerprint(_SHA256)),
    }


def _kid(public: PublicKey) -> str:
    digest = hashes.Hash(_SHA256)
    digest.update(_der(public))
    return b64url(digest.finalize())


def _der(public: PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _integer(number: int, length: int = 0) -> bytes:
    return number.to_bytes(max(length, (number.bit_length() + 7) // 8), "big")
