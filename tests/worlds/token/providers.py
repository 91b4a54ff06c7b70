"""Token endpoints of other makers: other words for RFC 6749 section 5.2."""

from doctor.sandbox.edge import nginx_page
from doctor.sandbox.message import json_answer
from doctor.sandbox.world import Rule
from tests.worlds.edges import AUTHORIZATION, TOKEN
from tests.worlds.token.clients import UNKNOWN, WRONG
from tests.worlds.world import Case, Change, Typed, rules


def _answers(status: int, error: str | None, description: str | None = None, **more: object) -> Change:
    """The token endpoint refuses so, and there is no login page."""
    document = {"error": error, "error_description": description, **more}
    answer = json_answer(status, {name: value for name, value in document.items() if value is not None})
    return rules(Rule(answer, TOKEN), Rule(nginx_page(404, "Not Found"), AUTHORIZATION))


def _refused(name: str, change: Change, cause: str, settings: dict[str, Typed], confidence: str | None = None) -> Case:
    return Case(name, change, settings, cause=cause, confidence=confidence, fact="RFC 6749 section 5.2")


_ENTRA_SECRET = (
    "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
    "value, not the client secret ID, for a secret added to app '0b7e1c52'."
)
_ENTRA_UNKNOWN = "AADSTS700016: Application with identifier 'demo' was not found in the directory 'Contoso'."
_OKTA = "Client authentication failed. Either the client or the client credentials are invalid."

FAULTS = (
    _refused("invalid_client alone", _answers(401, "invalid_client"), "credentials-rejected", WRONG, "likely"),
    _refused(
        "invalid_client alone, with 400", _answers(400, "invalid_client"), "credentials-rejected", WRONG, "likely"
    ),
    _refused(
        "invalid_client, authentication failed",
        _answers(401, "invalid_client", "Client authentication failed"),
        "credentials-rejected",
        WRONG,
        "likely",
    ),
    _refused(
        "invalid_client, either may be invalid",
        _answers(401, "invalid_client", _OKTA),
        "credentials-rejected",
        WRONG,
        "likely",
    ),
    _refused(
        "invalid_client, bad credentials",
        _answers(401, "invalid_client", "Bad client credentials"),
        "credentials-rejected",
        UNKNOWN,
        "likely",
    ),
    _refused(
        "access_denied, unauthorized",
        _answers(401, "access_denied", "Unauthorized"),
        "credentials-rejected",
        WRONG,
        "likely",
    ),
    _refused(
        "the server says that the secret is wrong",
        _answers(401, "invalid_client", _ENTRA_SECRET, error_codes=[7000215]),
        "client-secret-mismatch",
        WRONG,
    ),
    _refused(
        "the server says that the application was not found",
        _answers(400, "unauthorized_client", _ENTRA_UNKNOWN),
        "client-not-found",
        UNKNOWN,
    ),
    _refused(
        "the server says that the client ID is unknown",
        _answers(401, "invalid_client", "Unknown client_id: demo"),
        "client-not-found",
        UNKNOWN,
    ),
    _refused("invalid_grant", _answers(400, "invalid_grant", "The grant is invalid"), "token-request-refused", {}),
    _refused("a code that no standard has", _answers(400, "E_POLICY_7", "Not today"), "token-request-refused", {}),
    _refused("409 with a code", _answers(409, "conflict", "Not today"), "token-request-refused", {}),
    _refused("400 without a code", _answers(400, None, None, message="Bad Request"), "token-request-refused", {}),
    _refused("402 with a message", _answers(402, None, None, message="Plan exhausted"), "token-request-refused", {}),
    _refused(
        "unauthorized_client alone", _answers(401, "unauthorized_client"), "credentials-rejected", WRONG, "likely"
    ),
    _refused("unsupported_grant_type alone", _answers(400, "unsupported_grant_type"), "grant-unsupported", {}),
    _refused(
        "unauthorized_client for this grant type",
        _answers(400, "unauthorized_client", "The client is not authorized to use the grant type client_credentials"),
        "service-account-off",
        {},
    ),
    _refused("invalid_scope alone, whatever is sent", _answers(400, "invalid_scope"), "token-request-refused", {}),
    _refused(
        "invalid_dpop_proof",
        _answers(400, "invalid_dpop_proof", "DPoP proof is missing"),
        "proof-of-possession-required",
        {},
    ),
    _refused(
        "use_dpop_nonce",
        _answers(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof"),
        "proof-of-possession-required",
        {},
    ),
    _refused(
        "temporarily_unavailable with 503", _answers(503, "temporarily_unavailable", "Try later"), "gateway-error", {}
    ),
    _refused(
        "server_error with 500",
        _answers(500, "server_error", "For more on this error consult the server log."),
        "server-error",
        {},
    ),
    _refused("unknown_error with 500", _answers(500, "unknown_error"), "server-error", {}),
    _refused("slow_down with 429", _answers(429, "slow_down", "Too many requests"), "rate-limited", {}),
)
HEALTHY: tuple[Case, ...] = ()
