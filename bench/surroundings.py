"""What both sides of a comparison are given: the settings, the CA bundle, and nothing from the caller's own."""

import os
from dataclasses import dataclass
from pathlib import Path

from bench.timing import Command


@dataclass(frozen=True, slots=True)
class FarEnd:
    """The environment that is asked."""

    vendor: str = "bench.ataccama.one"
    custom: str = "dq.bench.example"
    """Off the vendor's domain the token request has to wait until the realm answered."""
    port: int = 443
    realm: str = "bench"
    client_id: str = "bench-client"
    client_secret: str = "bench-secret-0123456789abcdef"


FAR_END = FarEnd()
_SYSTEM_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class Trust:
    """The CA bundle in use, and the same without the far end's authority."""

    bundle: Path
    strangers: Path
    count: int

    @classmethod
    def in_folder(cls, folder: Path) -> "Trust":
        strangers = _SYSTEM_BUNDLE if _SYSTEM_BUNDLE.is_file() else _certifi()
        known = strangers.read_text(encoding="utf-8")
        bundle = folder / "bundle.pem"
        bundle.write_text(known + (folder / "ca.pem").read_text(encoding="ascii"), encoding="utf-8")
        return cls(bundle, strangers, known.count("BEGIN CERTIFICATE") + 1)

    @property
    def words(self) -> str:
        return f"CA bundle of {self.count} certificates, the same for both"


def _certifi() -> Path:
    import certifi

    return Path(certifi.where())


def with_unknown_client(env: dict[str, str]) -> dict[str, str]:
    """The same with a client ID that the realm does not know: what takes the most questions to tell."""
    return env | {"ATACCAMA_CLIENT_ID": "nobody-knows-me"}


def environment(host: str, bundle: Path) -> dict[str, str]:
    """The variables of both sides; the caller's proxies, profiles and settings stay out."""
    foreign = ("ATACCAMA", "PYTHON", "REQUESTS_", "CURL_", "SSL_")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(foreign) and not n.lower().endswith("_proxy")}
    return kept | {
        "ATACCAMA_URL": f"https://{host}",
        "ATACCAMA_REALM": FAR_END.realm,
        "ATACCAMA_CLIENT_ID": FAR_END.client_id,
        "ATACCAMA_CLIENT_SECRET": FAR_END.client_secret,
        "REQUESTS_CA_BUNDLE": str(bundle),
        "CURL_CA_BUNDLE": str(bundle),
        "SSL_CERT_FILE": str(bundle),
        "XDG_CONFIG_HOME": str(bundle.parent / "config"),
    }


def check_command(tool: str, folder: Path, env: dict[str, str], ends_with: int = 0) -> Command:
    """The main job with both reports that people keep, run from a folder that holds no profile."""
    reports = ("--report", f"json={folder / 'report.json'}", "--report", f"html={folder / 'report.html'}")
    return Command("ataccama-doctor check", (tool, "check", "--no-input", *reports), env, ends_with)


def two_curls(env: dict[str, str]) -> Command:
    """The vendor page's commands."""
    return Command("two curl commands", ("/bin/sh", str(Path(__file__).with_name("two_curls.sh"))), env)
