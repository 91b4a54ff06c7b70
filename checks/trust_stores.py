"""Where the trust stores of a machine disagree over a certificate: who connects, who does not, and what mends it."""

from collections.abc import Iterable, Sequence

from doctor.api import Certificate, StoreVerdict

_SHIPPED = "certifi"
_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Those that requests reads."""
_REQUESTS = "Python programs with requests"
_OPENSSL = "programs with OpenSSL's own settings (Python's urllib, curl)"
_READERS: dict[str, tuple[str, ...]] = {
    "REQUESTS_CA_BUNDLE": (_REQUESTS,),
    "CURL_CA_BUNDLE": ("curl", _REQUESTS),
    "SSL_CERT_FILE": (_OPENSSL,),
    "SSL_CERT_DIR": (_OPENSSL,),
    StoreVerdict.SYSTEM: ("browsers and other programs with the operating system's store",),
    _SHIPPED: (_REQUESTS,),
}
"""Who reads which store, in the order in which each looks for one."""
_GIVEN = ("what is given the same bundle",)


def disagreement(certificate: Certificate, trusting: Sequence[StoreVerdict]) -> str:
    """Which stores trust it and which do not, and what that means for the programs of this machine."""
    refusing = [verdict.source for verdict in certificate.stores if not verdict.trusts]
    others = f", and neither {_do(len(refusing))} {_listed(map(_named, refusing))}" if refusing else ""
    trusted = _listed(_named(v.source) for v in trusting)
    return (
        f"{in_use(certificate)} does not trust it{others}; {trusted} {_do(len(trusting))}. "
        f"So {_who_connects(certificate)}."
    )


def _who_connects(certificate: Certificate) -> str:
    """For each kind of program, the first store that it reads decides."""
    connects = dict.fromkeys(_READERS.get(certificate.judged_by, _GIVEN), False)
    for verdict in certificate.stores:
        for program in _READERS.get(verdict.source, _GIVEN):
            connects.setdefault(program, verdict.trusts)
    able = [program for program, trusts in connects.items() if trusts]
    unable = _listed(program for program, trusts in connects.items() if not trusts)
    return f"{_listed(able)} will connect, and {unable} will not" if able else f"{unable} will not connect"


def one_store(used: str, trusting: Sequence[StoreVerdict]) -> str:
    """The one setting that mends it, for all programs that read the same where there is such a setting."""
    shipped = next((v for v in trusting if v.source == _SHIPPED), None)
    if shipped is not None and used != _SHIPPED:
        return f"Take {used} away: the list that requests ships trusts this certificate."
    path = next((v.path for v in trusting if v.path), None)
    if path is None:
        return "Export the root from the operating system's store as PEM, and name that file in REQUESTS_CA_BUNDLE."
    if used in (_SHIPPED, *_VARIABLES):
        return f"Set REQUESTS_CA_BUNDLE to {path}, for this and every other program with requests."
    return f"Give {path} as the CA bundle, in place of what {used} gives."


def _named(source: str) -> str:
    if source == StoreVerdict.SYSTEM:
        return "the operating system's store"
    return "the list that requests ships" if source == _SHIPPED else f"the bundle in {source}"


def _do(number: int) -> str:
    return "does" if number == 1 else "do"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def in_use(certificate: Certificate) -> str:
    """The store that refused it, at the start of a sentence."""
    return (
        f"The trust store in use (from {certificate.judged_by})" if certificate.judged_by else "The trust store in use"
    )
