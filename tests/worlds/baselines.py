"""What a person has without this program: the vendor page's two curl commands, and an OAuth client library.

Both get the settings as typed, and tell what they tell: a status, the server's words, or an exception's.
"""

import json
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from tests.worlds.running import standing
from tests.worlds.table import WORLDS
from tests.worlds.world import Case

SECONDS = "4"
"""For each request."""
_MOST_SECONDS = 9.0
"""For both."""
_FIRST_CALL = "/api/reference-data/v1/tables"
_NEEDED = {"url", "realm", "client_id", "client_secret", "ca_bundle"}
"""Without these, neither can be asked."""


class _NoEnd(BaseException):
    """No library takes this for a fault that it knows."""


@dataclass(frozen=True)
class Told:
    """What one of them said of one world."""

    success: bool
    """The GET was answered with a success."""
    words: str
    """Without what differs from run to run."""


def curls(name: str) -> Told | None:
    """The two commands of the page; None for a world that they cannot be pointed at."""
    return _on(WORLDS[name], _two_curls)


def library(name: str) -> Told | None:
    """requests-oauthlib: fetch a token, then GET."""
    return _on(WORLDS[name], _client_library)


def _on(case: Case, ask: Callable[[Mapping[str, str]], tuple[bool, str]]) -> Told | None:
    with standing(case) as env:
        typed = env.settings
        if case.deep or case.names or case.environ or not typed.keys() >= _NEEDED:
            return None
        success, words = _within(lambda: ask(typed))
        return Told(success, _steady(words, typed, env.client_secret))


def _within(ask: Callable[[], tuple[bool, str]]) -> tuple[bool, str]:
    """The answer, or that there was none: a library reads a body that does not end until memory does."""

    def give_up(*_: object) -> None:
        raise _NoEnd

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, _MOST_SECONDS)
    try:
        return ask()
    except _NoEnd:
        return False, "it does not end"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _places(typed: Mapping[str, str]) -> tuple[str, str]:
    """Token URL and first call, the typed values put where the page has its braces."""
    base = typed["url"].removesuffix("/")
    base = base if "://" in base else f"https://{base}"
    token = typed.get("token_url") or f"{base}/auth/realms/{typed['realm']}/protocol/openid-connect/token"
    api = typed.get("api_url", f"{base}/api").removesuffix("/").removesuffix("/api")
    return token, api + typed.get("get", _FIRST_CALL)


def _two_curls(typed: Mapping[str, str]) -> tuple[bool, str]:
    token_url, get = _places(typed)
    form = ("grant_type=client_credentials", f"client_id={typed['client_id']}")
    fields = [option for field in (*form, f"client_secret={typed['client_secret']}") for option in ("-d", field)]
    status, words = _curl(typed, "-X", "POST", token_url, *fields)
    try:
        token = json.loads(words)["access_token"]
    except (ValueError, KeyError, TypeError):
        return False, f"{status} {words}"
    status, words = _curl(typed, get, "-H", f"Authorization: Bearer {token}")
    return status.startswith("2"), f"{status} {words}"


def _curl(typed: Mapping[str, str], *arguments: str) -> tuple[str, str]:
    """Status (000 without an answer), and what stands on the screen."""
    if any("\0" in argument for argument in arguments):
        return "000", "a command line cannot hold NUL"
    proxy = ("--proxy", typed["proxy"]) if "proxy" in typed else ()
    with tempfile.TemporaryDirectory() as folder:
        body = Path(folder) / "body"
        command = ["curl", "-sS", "--globoff", "--max-time", SECONDS, "--max-filesize", "1000000", *proxy]
        command += ["--cacert", typed["ca_bundle"], "-o", str(body), "-w", "%{http_code}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=30)
        text = _beginning(body) if body.exists() else ""
    return done.stdout, f"{text} {done.stderr}"


def _beginning(body: Path) -> str:
    with body.open("rb") as file:
        return file.read(5000).decode("utf-8", "replace")


def _client_library(typed: Mapping[str, str]) -> tuple[bool, str]:
    token_url, get = _places(typed)
    session = OAuth2Session(client=BackendApplicationClient(typed["client_id"]))
    session.verify, session.trust_env = typed["ca_bundle"], False
    session.proxies = {"https": typed["proxy"]} if "proxy" in typed else {}
    secret, seconds = typed["client_secret"], float(SECONDS)
    try:
        session.fetch_token(token_url, client_secret=secret, include_client_id=True, timeout=seconds)
        with session.get(get, timeout=seconds, stream=True) as answer:
            return answer.ok, f"{answer.status_code} {next(answer.iter_content(5000), b'').decode('utf-8', 'replace')}"
    except Exception as problem:  # noqa: BLE001 - whatever it raises is what it tells
        return False, f"{type(problem).__name__}: {problem}"


def _steady(words: str, typed: Mapping[str, str], secret: str) -> str:
    """The words without ports, times, ids and what was typed: what is left is what is told."""
    for value in sorted({*typed.values(), secret}, key=len, reverse=True):
        words = words.replace(value, "…") if value.strip() else words
    words = re.sub(r"0x[0-9a-f]+|eyJ[\w.-]+|[0-9a-f]{8}-[0-9a-f-]{27}|\b(?!\d{3}\b)\d+\b", "…", words)
    return " ".join(words.split())
