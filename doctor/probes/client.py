"""What can be learned of the client without its secret."""

from urllib.parse import urlencode

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.realm import Realm
from doctor.model.facts.reply import Reply
from doctor.model.facts.settings import RunOptions, SettingsSeen
from doctor.model.facts.token import ClientKind, ClientSeen, FirstAttempt, Presence, Said
from doctor.model.probe import probe
from doctor.model.request import Http, Request, Response
from doctor.model.secret import AS_GIVEN, SecretRef
from doctor.model.signature import Deferred
from doctor.model.terms import Endpoint, SettingName
from doctor.probes.markup import element_text, page_words
from doctor.probes.reading import read
from doctor.probes.token import request_token

_PAGES = (
    (Presence.UNKNOWN, "client not found"),
    (Presence.DISABLED, "client disabled"),
    (Presence.BEARER_ONLY, "bearer-only"),
    (Presence.NOT_OIDC, "wrong client protocol"),
    (Presence.ENABLED, "redirect_uri"),
)
_HIDDEN_BY_TOKEN_ENDPOINT = (Presence.DISABLED, Presence.BEARER_ONLY, Presence.NOT_OIDC)
"""What the token endpoint calls by the same words as a client that it does not know."""
_LOGIN_FORM = "/login-actions/authenticate"
"""Where Keycloak's own login page sends its form: it is shown for a client that is there and enabled."""


@probe(question="what kind of client this is, asked without its secret")
def client_kind(
    http: Http, settings: SettingsSeen, realm: Deferred[Realm], first: FirstAttempt
) -> ClientKind | Missing:
    if not (first.attempt.said.refused or first.attempt.said is Said.REALM_UNKNOWN):
        return Missing("the first answer left no doubt about the client", Why.NOT_NEEDED)
    in_force = realm.get()
    if isinstance(in_force, Missing):
        return in_force

    def ask(variant: str) -> ClientKind:
        attempt, _ = request_token(
            http,
            in_force.token_endpoint,
            in_force.name,
            settings,
            purpose=f"see what kind of client this is, without its secret (client ID {variant})",
            client_id=SecretRef(SettingName.CLIENT_ID.value, variant),
            client_secret=None,
            scope=None,
        )
        return ClientKind(attempt)

    given = settings.get(SettingName.CLIENT_ID)
    as_given = ask(AS_GIVEN).as_given
    if given is None or not given.shape.corrections or as_given.said not in (Said.CLIENT_UNUSABLE, Said.CLIENT_UNKNOWN):
        return ClientKind(as_given)
    return ClientKind(as_given, cleaned=ask(given.shape.corrections[0].variant).as_given)


@probe(question="whether the realm knows the client, asked at its authorization endpoint")
def client_seen(
    http: Http, options: RunOptions, settings: SettingsSeen, realm: Deferred[Realm], first: FirstAttempt
) -> ClientSeen | Missing:
    if first.attempt.said not in (Said.CLIENT_UNUSABLE, Said.UNCLEAR_REFUSAL, Said.REALM_UNKNOWN):
        return Missing("the token endpoint's answer tells enough of the client", Why.NOT_NEEDED)
    if not options.browser_endpoint:
        return Missing("--no-browser-endpoint was given", Why.NOT_NEEDED)
    in_force, given = realm.get(), settings.get(SettingName.CLIENT_ID)
    if isinstance(in_force, Missing):
        return in_force
    if given is None or given.value is None:
        return Missing("the client ID looks like a secret, which is not put into a URL")
    seen = _look(http, in_force, given.value, AS_GIVEN)
    corrected = next((c for c in given.shape.corrections if c.shown), None)
    if seen.presence is not Presence.UNKNOWN or corrected is None or corrected.shown is None:
        return seen
    other = _look(http, in_force, corrected.shown, corrected.variant)
    return other if other.presence in _HIDDEN_BY_TOKEN_ENDPOINT else seen


def _look(http: Http, realm: Realm, client_id: str, variant: str) -> ClientSeen:
    query = urlencode({"client_id": client_id, "response_type": "code", "scope": "openid"}, errors="surrogatepass")
    about = "" if variant == AS_GIVEN else f" (client ID {variant})"
    response = http.ask(
        Request(
            f"see whether the realm knows the client{about} (no redirect URI, so nobody is logged in)",
            Endpoint.REALM,
            "GET",
            f"{realm.authorization_endpoint}?{query}",
            headers={"Accept": "application/json, text/html;q=0.9"},
        )
    )
    result = read(response)
    if not isinstance(response, Response) or not isinstance(result, Reply):
        return ClientSeen(result, Presence.UNCLEAR, client_id=variant)
    said = result.error or element_text(response.text, "kc-error-message")
    return ClientSeen(result, _presence(response, said), said, variant)


def _presence(response: Response, said: str | None) -> Presence:
    if response.status == 200 and _LOGIN_FORM in response.text:
        return Presence.ENABLED
    if response.status not in (400, 403, 404, 401):
        return Presence.UNCLEAR
    words = (said or page_words(response.text)).lower()
    return next((presence for presence, mark in _PAGES if mark in words), Presence.UNCLEAR)
