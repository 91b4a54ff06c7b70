"""The 200 of the token endpoint (RFC 6749 section 5.1): unusable, or unusual and fine."""

import gzip
import json
from typing import Any

from doctor.sandbox.message import Answer, html_answer, json_answer
from doctor.sandbox.world import TokenAnswer
from tests.worlds.world import Case, client, token_answer

_JSON = (("Content-Type", "application/json"),)
_FACT = "RFC 6749 section 5.1; ataccama.md S24 to S31"


def _not_json(what: str, answer: Answer) -> Case:
    return Case(
        f"the token endpoint answers 200 with {what}",
        token_answer(answer),
        cause="token-response-not-json",
        endpoint="token",
        confidence="certain",
        fact=_FACT,
    )


def _members(**members: Any) -> Any:
    return client(token_answer=TokenAnswer(members))


def _incomplete(what: str, **members: Any) -> Case:
    return Case(
        f"{what} in the token response",
        _members(**members),
        cause="token-response-incomplete",
        endpoint="token",
        confidence="certain",
        fact=_FACT,
    )


def _remark(what: str, cause: str, **members: Any) -> Case:
    """It works at the API all the same."""
    return Case(f"{what} in the token response", _members(**members), also=(cause,), resembles=cause, fact=_FACT)


FAULTS = (
    _not_json("a page", html_answer(200, "<html><title>Ataccama ONE</title></html>")),
    _not_json("nothing", Answer(200, _JSON)),
    _not_json("a JSON array", json_answer(200, [{"access_token": "x"}])),
    _not_json("a JSON string", json_answer(200, "eyJhbGciOi")),
    _not_json("null", json_answer(200, None)),
    _not_json("a number", json_answer(200, 42)),
    _not_json("JSON that is cut off", Answer(200, _JSON, b'{"access_token":"eyJ')),
    _not_json(
        "a form",
        Answer(200, (("Content-Type", "application/x-www-form-urlencoded"),), b"access_token=x&token_type=bearer"),
    ),
    _not_json("XML", Answer(200, (("Content-Type", "application/xml"),), b"<token>x</token>")),
    _not_json("single quotes for double ones", Answer(200, _JSON, b"{'access_token': 'x'}")),
    Case("the token endpoint answers 204", token_answer(Answer(204)), cause="token-response-not-json", fact=_FACT),
    Case(
        "the token endpoint answers 200 with an error",
        token_answer(json_answer(200, {"error": "invalid_client"})),
        cause="token-response-incomplete",
        fact=_FACT,
    ),
    _incomplete("no access_token", access_token=None),
    _incomplete("an empty access_token", access_token=""),
    _incomplete("a blank access_token", access_token="  "),
    _incomplete("a number as access_token", access_token=12345),
    _incomplete("an object as access_token", access_token={"value": "x"}),
    _incomplete("only an ID token", access_token=None, id_token="x"),
    _incomplete("the token under another name", access_token=None, accessToken="x"),
)


def _odd_form(what: str, *, encoding: str = "utf-8", prefix: bytes = b"", headers: tuple[tuple[str, str], ...] = _JSON,
              packed: bool = False) -> Case:  # fmt: skip
    """The right members in another form on the wire."""

    def wrapped(body: bytes) -> Answer:
        whole = prefix + json.dumps(json.loads(body), indent=1).encode(encoding)
        return Answer(200, headers, gzip.compress(whole) if packed else whole)

    return Case(
        f"the token response comes {what}",
        client(token_answer=TokenAnswer(reframed=wrapped)),
        resembles="token-response-not-json",
        fact=_FACT,
    )


HEALTHY = (
    _remark("no expires_in", "token-response-incomplete", expires_in=None),
    _remark("expires_in of zero", "token-response-incomplete", expires_in=0),
    _remark("a negative expires_in", "token-response-incomplete", expires_in=-1),
    _remark("expires_in as words", "token-response-incomplete", expires_in="soon"),
    _remark("expires_in as a list", "token-response-incomplete", expires_in=[300]),
    _remark("expires_in as true", "token-response-incomplete", expires_in=True),
    _remark("token_type mac", "token-type-not-bearer", token_type="mac"),
    _remark("token_type DPoP", "token-type-not-bearer", token_type="DPoP"),
    _remark("token_type N_A", "token-type-not-bearer", token_type="N_A"),
    *(
        Case(f"token_type is {kind!r}", _members(token_type=kind), resembles="token-type-not-bearer", fact=_FACT)
        for kind in ("bearer", "BEARER", "Bearer")
    ),
    Case(
        "expires_in is a string",
        _members(expires_in="300"),
        resembles="token-response-incomplete",
        fact="ataccama.md S28",
    ),
    Case(
        "expires_in is a decimal fraction",
        _members(expires_in=300.0),
        resembles="token-response-incomplete",
        fact=_FACT,
    ),
    Case(
        "an unknown member stands in the token response",
        _members(surprise={"deep": [1, 2]}),
        resembles="token-response-incomplete",
        fact="ataccama.md S30",
    ),
    Case(
        "a refresh token comes along",
        _members(refresh_token="x.y.z", refresh_expires_in=1800, session_state="s"),
        resembles="token-response-incomplete",
        fact="keycloak.md 4a",
    ),
    Case(
        "the scope of the response is another",
        _members(scope="email profile"),
        resembles="scope-refused",
        fact="keycloak.md 4a",
    ),
    _odd_form("with a byte order mark", prefix=b"\xef\xbb\xbf"),
    _odd_form("gzipped", headers=(*_JSON, ("Content-Encoding", "gzip")), packed=True),
    _odd_form("as text/plain", headers=(("Content-Type", "text/plain"),)),
    _odd_form("without Content-Type", headers=()),
    _odd_form("as text/html by mistake", headers=(("Content-Type", "text/html"),)),
    _odd_form(
        "in latin-1, and says so",
        encoding="latin-1",
        headers=(("Content-Type", "application/json;charset=ISO-8859-1"),),
    ),
    _odd_form("in UTF-16", encoding="utf-16"),
    _odd_form("with blank lines before it", prefix=b"\r\n\r\n"),
    _odd_form("as application/vnd.acme+json", headers=(("Content-Type", "application/vnd.acme+json"),)),
)
