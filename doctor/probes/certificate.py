"""Reads a certificate that was refused, in a handshake that sends no application byte (RFC 5280)."""

import ipaddress
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from doctor import __released__
from doctor.model.facts.failure import FailureKind
from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import (
    ApiLine,
    Certificate,
    Line,
    RealmLine,
    RefusedCertificates,
    TokenLine,
)
from doctor.model.probe import probe
from doctor.model.request import Handshake, Http

if TYPE_CHECKING:
    from cryptography import x509


@probe(question="what is wrong with the certificate that was refused")
def refused_certificates(http: Http, realm: RealmLine, token: TokenLine, api: ApiLine) -> RefusedCertificates | Missing:
    refused: dict[str, Line] = {}
    for line in (realm, token, api):
        if line.failure is not None and line.failure.kind is FailureKind.CERTIFICATE:
            refused.setdefault(line.origin, line)
    if not refused:
        return Missing("no certificate was refused", Why.NOT_NEEDED)
    seen = [_certificate(line, http.handshake(line.origin)) for line in refused.values()]
    read = tuple(c for c in seen if c is not None)
    return RefusedCertificates(read) if read else Missing("the certificate could not be read in a second handshake")


def _certificate(line: Line, handshake: Handshake | None) -> Certificate | None:
    if handshake is None:
        return None
    from cryptography import x509

    try:
        leaf = x509.load_der_x509_certificate(handshake.leaf)
    except ValueError:
        return None
    names = _names(leaf)
    host = urlsplit(line.origin).hostname or ""
    return Certificate(
        endpoint=line.endpoint,
        origin=line.origin,
        subject=leaf.subject.rfc4514_string()[:300],
        issuer=leaf.issuer.rfc4514_string()[:300],
        names=names[:50],
        not_before=leaf.not_valid_before_utc.timestamp(),
        not_after=leaf.not_valid_after_utc.timestamp(),
        self_signed=leaf.subject == leaf.issuer,
        chain_length=handshake.chain_length,
        verify_code=line.failure.verify_code if line.failure else None,
        now=time.time(),
        covers_host=any(_covers(name, host) for name in names),
        issuer_url=_issuer_url(leaf),
        not_before_now=__released__,
        judged_by=handshake.judged_by,
        stores=handshake.stores,
    )


def _names(leaf: "x509.Certificate") -> tuple[str, ...]:
    from cryptography import x509

    try:
        alternative = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    dns = alternative.get_values_for_type(x509.DNSName)
    return (*dns, *(str(address) for address in alternative.get_values_for_type(x509.IPAddress)))


def _issuer_url(leaf: "x509.Certificate") -> bool:
    from cryptography import x509
    from cryptography.x509.oid import AuthorityInformationAccessOID

    try:
        access = leaf.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return any(a.access_method == AuthorityInformationAccessOID.CA_ISSUERS for a in access)


def _covers(name: str, host: str) -> bool:
    """RFC 9525 section 6.3: equal, or a wildcard for the whole left-most label."""
    try:
        return ipaddress.ip_address(host) == ipaddress.ip_address(name)
    except ValueError:
        pass
    name, host = name.lower().rstrip("."), host.lower().rstrip(".")
    return name == host or (name.startswith("*.") and name[2:] == host.partition(".")[2])
