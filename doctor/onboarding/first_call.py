"""The first API call in curl, Python and JavaScript: filled in except for the secret, and right about the token."""

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from doctor.model.frozen import dataclass

_CALLS = Path(__file__).parent / "calls"
_VARIABLE = "ATACCAMA_CLIENT_SECRET"
_CA_VARIABLES = ("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


class Language(StrEnum):
    CURL = "curl"
    PYTHON = "python"
    JAVASCRIPT = "javascript"


@dataclass(frozen=True, slots=True)
class FirstCall:
    """What the call is made of."""

    token_url: str
    client_id: str
    api_url: str
    """Everything of the address in front of the path."""
    path: str
    scope: str | None = None
    ca_bundle: str | None = None


def written(call: FirstCall, language: Language) -> str:
    """The program, as it can be saved and run."""
    quoted, scope = _WAYS[language]
    text = (_CALLS / f"{language}.txt").read_text(encoding="utf-8")
    values = {"TOKEN_URL": call.token_url, "CLIENT_ID": call.client_id, "API_URL": call.api_url, "PATH": call.path}
    for name, value in values.items():
        text = text.replace(f"@{name}@", quoted(value))
    return text.replace("@SCOPE@", scope.format(quoted(call.scope)) if call.scope else "")


def preparations(call: FirstCall, secret_command: str) -> Iterator[str]:
    """The lines for a shell that each of the programs needs before it."""
    yield f'export {_VARIABLE}="$({secret_command})"'
    if call.ca_bundle:
        bundle = shlex.quote(call.ca_bundle)
        yield " ".join(("export", *(f"{name}={bundle}" for name in _CA_VARIABLES)))


_WAYS: Mapping[Language, tuple[Callable[[str], str], str]] = {
    Language.CURL: (shlex.quote, "--data-urlencode scope={} "),
    Language.PYTHON: (json.dumps, ', "scope": {}'),
    Language.JAVASCRIPT: (json.dumps, ", scope: {}"),
}
"""How a language writes a text, and a scope behind the other parameters."""
