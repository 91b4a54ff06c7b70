"""How the port speaks TLS: one server context per environment."""

import ssl
import warnings
from pathlib import Path

from doctor.sandbox import pki
from doctor.sandbox.world import Tls


def server_context(tls: Tls, authority: pki.Authority, directory: Path) -> ssl.SSLContext:
    """A context with the certificate and the protocol versions that are declared."""
    files = pki.identity(tls, authority, directory)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.chain, files.key)
    if tls.client_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=authority.pem.decode())
    if tls.newest == "1.2":
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    if tls.needs_name:
        context.sni_callback = _only_for_localhost
    if tls.spoken == "old-tls":
        _only_tls_1_1(context)
    return context


def _only_for_localhost(_: ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> int | None:
    return None if name == "localhost" else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


def _only_tls_1_1(context: ssl.SSLContext) -> None:
    with warnings.catch_warnings():
        # The deprecation of old versions is the point here.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1_1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
