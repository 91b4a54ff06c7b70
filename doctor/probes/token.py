"""The token request with every value as given, and how it stands after all that was asked about it."""

from doctor.model.facts.missing import Missing, Why
from doctor.model.facts.network import TokenLine, TransportFailure
from doctor.model.facts.realm import Clearance, Realm
from doctor.model.facts.reply import Reply
from doctor.model.facts.settings import SettingsSeen, Target
from doctor.model.facts.token import Attempt, AuthMethod, FirstAttempt, Grant, Said, TokenResponse, TokenSuccess, Trials
from doctor.model.probe import probe
from doctor.model.request import Basic, Http, Request
from doctor.model.secret import SecretRef
from doctor.model.signature import Deferred
from doctor.model.terms import Endpoint, SettingName
from doctor.probes.reading import read
from doctor.probes.token_answers import method_wanted, token_response, what_it_says

CLIENT_ID, CLIENT_SECRET = SettingName.CLIENT_ID.value, SettingName.CLIENT_SECRET.value
SCOPE = SettingName.SCOPE.value


@probe(question="whether the client gets a token, with every value as given")
def first_attempt(
    http: Http,
    target: Target,
    settings: SettingsSeen,
    line: TokenLine,
    clearance: Clearance,
    realm: Deferred[Realm],
) -> FirstAttempt | Missing:
    unusable = _unusable(settings)
    if unusable:
        return unusable
    endpoint, name = target.token_endpoint, target.realm
    if not clearance.before_realm:
        answered = realm.get()
        if isinstance(answered, Missing):
            return answered
        endpoint, name = answered.token_endpoint, answered.name
    attempt, response = request_token(http, endpoint, name, settings, purpose="request a token, every value as given")
    return FirstAttempt(attempt, response)


@probe(question="how the token request stands in the end")
def grant(first: FirstAttempt, trials: Trials | None) -> Grant:
    attempts = (first.attempt, *(trials.attempts if trials else ()))
    final = max(attempts, key=_how_far)
    response = first.response if final is first.attempt else next((r for a, r in _answers(trials) if a is final), None)
    return Grant(first.attempt, attempts, final, response, trials.not_asked if trials else ())


@probe(question="what the token response says")
def token_success(grant: Grant) -> TokenSuccess | Missing:
    reply, said = grant.final.result, grant.final.said
    if not isinstance(reply, Reply) or not reply.ok:
        return Missing("there is no token response")
    if said is Said.ELSEWHERE or reply.obstacle is not None:
        return Missing("something in front of the token endpoint answered")
    return TokenSuccess(reply, said, grant.response)


def request_token(
    http: Http,
    endpoint: str,
    realm: str,
    settings: SettingsSeen,
    *,
    purpose: str,
    client_id: SecretRef = SecretRef(CLIENT_ID),
    client_secret: SecretRef | None = SecretRef(CLIENT_SECRET),
    method: AuthMethod = AuthMethod.POST,
    scope: SecretRef | None = SecretRef(SCOPE),
) -> tuple[Attempt, TokenResponse | None]:
    """One client credentials request (RFC 6749 section 4.4.2) and what its answer says."""
    form: dict[str, str | SecretRef] = {"grant_type": "client_credentials"}
    scope = scope if has_scope(settings) else None
    if scope is not None:
        form["scope"] = scope
    authorization = None
    if method is AuthMethod.BASIC and client_secret is not None:
        authorization = Basic(client_id, client_secret)
    else:
        form["client_id"] = client_id
        if client_secret is not None:
            form["client_secret"] = client_secret
    answer = http.ask(Request(purpose, Endpoint.TOKEN, "POST", endpoint, form=form, authorization=authorization))
    result = read(answer)
    response = (
        token_response(answer.document) if not isinstance(answer, TransportFailure) and answer.status < 300 else None
    )
    attempt = Attempt(
        result,
        what_it_says(result, response),
        realm,
        client_id=client_id.variant,
        client_secret=client_secret.variant if client_secret else None,
        method=method if client_secret else AuthMethod.NONE,
        scope=scope.variant if scope else None,
        method_wanted=None if isinstance(result, TransportFailure) else method_wanted(result),
    )
    return attempt, response


def has_scope(settings: SettingsSeen) -> bool:
    """True when there is a scope that can be sent; a template's own text cannot."""
    given = settings.get(SettingName.SCOPE)
    return given is not None and given.shape.sendable


def _unusable(settings: SettingsSeen) -> Missing | None:
    for name in (SettingName.CLIENT_ID, SettingName.CLIENT_SECRET):
        given = settings.get(name)
        if given is None:
            return Missing(f"no {name.words} was given", Why.NOT_NEEDED)
        if not given.shape.sendable:
            return Missing(f"the {name.words} given is no value that could be sent")
    return None


def _how_far(attempt: Attempt) -> int:
    return list(Said).index(attempt.said)


def _answers(trials: Trials | None) -> tuple[tuple[Attempt, TokenResponse | None], ...]:
    return tuple(zip(trials.attempts, trials.responses, strict=True)) if trials else ()
