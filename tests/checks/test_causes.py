"""The words: each row of the catalogue has its cause, and each cause says what a person needs, in plain text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

import pytest

from checks import causes
from checks.causes import CATALOGUE, STAGES
from doctor.api import Cause, Endpoint, SettingName, Stage, Worst

ROWS = {
    Stage.SETTINGS: """
        value-empty F, placeholder-left F, variable-not-expanded F, edge-whitespace F, inner-whitespace F,
        invisible-character F, lookalike-character F, quotes-kept F, label-pasted F, encoded-value F, swapped-values F,
        wrong-artefact F, url-malformed F, url-not-https F, url-extra-parts W, url-doubled-suffix F,
        url-not-an-environment F, realm-not-a-name F, setting-shadowed F, loaders-differ F,
        secret-needs-encoding N, api-host-differs N, secret-exposed W""",
    Stage.NETWORK: """
        host-not-found I, name-resolution-unavailable I, connection-refused I, connection-timed-out I,
        connection-reset I, network-unreachable I, proxy-unreachable I, proxy-authentication-required I,
        proxy-refused I, certificate-expired F, certificate-not-yet-valid F, certificate-wrong-host F,
        certificate-untrusted F, certificate-chain-incomplete F, certificate-dates-or-clock F,
        certificate-trusted-elsewhere F, tls-not-spoken F, tls-version-refused F, client-certificate-required F,
        response-timed-out I, response-malformed I, response-too-large I, curl-differs N, clock-wrong F,
        server-clocks-differ F,
        environment-not-there F, rate-limited I, gateway-error I, server-error I, edge-blocks I,
        login-page-in-front F""",
    Stage.REALM: """
        realm-not-found F, realm-case-differs F, realm-disabled F, auth-path-differs F, not-keycloak F,
        issuer-differs W, https-not-forwarded F""",
    Stage.TOKEN: """
        client-not-found F, client-disabled F, client-not-usable F, client-secret-mismatch F, credentials-rejected F,
        client-public F, client-bearer-only F, client-not-oidc F, service-account-off F,
        service-account-user-disabled F, signed-jwt-required F, client-auth-method-differs F, scope-refused F,
        proof-of-possession-required F, request-body-lost F, token-request-refused F, grant-unsupported F,
        token-url-wrong F, token-url-redirects F, token-response-not-json F, token-response-incomplete F,
        token-type-not-bearer F""",
    Stage.ACCESS_TOKEN: """
        token-not-jwt F, token-malformed F, token-encrypted F, token-algorithm-unsafe F, token-key-unknown F,
        token-signature-invalid F, token-expired F, token-not-yet-valid F, token-issuer-differs F,
        token-client-differs F, token-wrong-kind F, token-sender-constrained F, token-lifetime-differs W,
        token-lifetime-short W, token-lacks-claims W, token-over-privileged W, token-too-large W, renewal-failed F""",
    Stage.API: """
        bearer-prefix-missing F, bearer-prefix-doubled F, bearer-scheme-differs F, bearer-whitespace F,
        bearer-token-quoted F, authorization-header-lost F, api-token-refused F, api-issuer-not-trusted F,
        api-audience-missing F, api-key-unknown F, api-says-expired F, permission-missing F, api-forbidden F,
        api-request-refused F, product-without-rest-api F, api-not-found F, api-path-lacks-prefix F, api-redirects F,
        api-answers-html F, api-response-unexpected W, api-not-protected W, api-header-too-large F,
        api-cannot-check-tokens F, api-signature-unchecked F, api-accepts-expired F""",
}
"""The catalogue as it was agreed: ids in order, each with the worst that it can be."""

LETTERS = {"F": Worst.FAIL, "W": Worst.WARN, "I": Worst.INCONCLUSIVE, "N": Worst.NOTE}

JOINT = {
    "certificate-dates-or-clock": {"certificate-expired", "certificate-not-yet-valid", "clock-wrong"},
    "environment-not-there": {"url-not-an-environment", "gateway-error"},
    "client-not-usable": {"client-not-found", "client-disabled", "signed-jwt-required"},
    "credentials-rejected": {"client-not-found", "client-secret-mismatch", "client-disabled"},
    "api-token-refused": {"api-issuer-not-trusted", "api-audience-missing", "api-key-unknown", "permission-missing"},
    "api-forbidden": {"permission-missing", "edge-blocks", "authorization-header-lost"},
}

ABOUT_A_SETTING = {
    *("value-empty", "placeholder-left", "variable-not-expanded", "edge-whitespace", "inner-whitespace"),
    *("invisible-character", "lookalike-character", "quotes-kept", "label-pasted", "encoded-value", "wrong-artefact"),
    *("setting-shadowed", "loaders-differ"),
}
ABOUT_AN_ENDPOINT = {
    *("host-not-found", "connection-refused", "connection-timed-out", "connection-reset", "network-unreachable"),
    *("proxy-refused", "response-timed-out", "response-malformed", "response-too-large", "rate-limited"),
    *("gateway-error", "server-error", "edge-blocks", "login-page-in-front"),
}

SHOWN_PATH = "Cloud Portal > your environment > Settings tab > API Clients"
"""The only way through the portal that the vendor's page shows; ``Create API Client`` may follow."""
SHOWN_PLACES = {"Settings tab", "Credentials tab"}
A_PLACE = r"(?:[A-Z]\w+ )*[A-Z]\w+ (?:tab|section|menu|button|dialog|screen)\b"
A_HAND_AT_WORK = r"(?i)(?<!double )\bclick|\bpress\b|\bdrop-?down|\btoggle"
REDIRECTION = '"$VALUE" > file'
"""A shell's sign, and no step through a portal."""

OPTIONS = {"--access-token-file", "--ca-bundle", "--deep", "--get", "--no-browser-endpoint", "--timeout"}
OPTIONS_OF_OTHERS = {"--cached", "--data-urlencode", "--env-file"}
"""Of git, curl and docker run."""

MARKUP = r"[`\t\n*!]|\]\(|</|&\w+;|<(?!client-id>|access_token>|token>|no value>|,? and >)"
CITED = r"RFC \d+|Ataccama ONE|Keycloak|OpenID Connect|Unicode|POSIX|Requests documentation"
LOOKED_UP = (
    r"\b(look|read|copy|reveal|show|view)( up)? the (client )?secret( up)?( again)? "
    r"(in|from|on|under) the (cloud )?portal"
    r"|\blook (it|the (client )?secret) up|\bregenerate"
)
LIKE_AN_ID = (
    r"(?<![\w-])(?:api|bearer|certificate|client|connection|proxy|realm|response|token|url)-[a-z-]+[a-z](?![\w-])"
)
NO_IDS = {
    "bearer-only",
    "certificate-bound",
    "client-id",
    "proxy-headers",
    "proxy-host",
    "realm-management",
    "realm-wide",
}
"""Words of the trade that begin like an id."""


def prose(cause: Cause) -> tuple[str, ...]:
    return (cause.meaning, cause.detection, *cause.steps, cause.origin, cause.prevention)


def texts(cause: Cause) -> tuple[str, ...]:
    return (cause.title, cause.fix, cause.reference, *prose(cause))


def explanation(cause: Cause) -> list[str]:
    return [s for text in (cause.meaning, cause.detection, cause.origin, cause.prevention) for s in sentences(text)]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.])\s+(?=[A-Z])", text)


def filled(cause: Cause) -> Iterator[str]:
    for setting in (None, *SettingName):
        for endpoint in (None, *Endpoint):
            yield cause.found(observed="o", expected="e", setting=setting, endpoint=endpoint).title


def breaking(rule: Callable[[Cause], object]) -> list[str]:
    """Ids of the causes for which the rule does not hold."""
    return [cause.id for cause in CATALOGUE.values() if not rule(cause)]


def repeated(told: Iterable[str]) -> list[str]:
    return [text for text, count in Counter(told).items() if count > 1]


def test_the_catalogue_is_complete_and_in_order() -> None:
    agreed = [
        (name, stage, LETTERS[letter])
        for stage, rows in ROWS.items()
        for name, letter in (row.split() for row in rows.split(","))
    ]

    assert [(cause.id, cause.stage, cause.worst) for cause in CATALOGUE.values()] == agreed


def test_each_cause_is_filed_under_its_own_id() -> None:
    assert list(CATALOGUE) == [cause.id for cause in CATALOGUE.values()]


def test_a_cause_is_a_constant_named_after_its_id() -> None:
    assert breaking(lambda cause: getattr(causes, cause.id.upper().replace("-", "_"), None) is cause) == []


@pytest.mark.parametrize("file", STAGES, ids=lambda file: file.__name__)
def test_a_stage_file_exports_exactly_its_causes(file: ModuleType) -> None:
    assert set(file.__all__) == {name for name, value in vars(file).items() if isinstance(value, Cause)}


def test_no_field_is_empty_or_padded() -> None:
    assert breaking(lambda cause: all(text and text.strip() == text for text in texts(cause))) == []


def test_every_cause_has_at_least_three_steps() -> None:
    assert breaking(lambda cause: len(cause.steps) >= 3) == []


def test_a_title_is_one_sentence_without_a_full_stop() -> None:
    one_sentence = re.compile(r"[A-Z]([^.?!]|[.](?=\w))*[^.?!:;,\s]")

    assert breaking(lambda cause: one_sentence.fullmatch(cause.title)) == []


def test_a_title_has_at_most_80_characters_whatever_fills_its_gaps() -> None:
    assert breaking(lambda cause: max(map(len, filled(cause))) <= 80) == []


def test_a_fix_is_one_sentence_of_at_most_200_characters() -> None:
    assert breaking(lambda cause: len(cause.fix) <= 200) == []
    assert breaking(lambda cause: re.fullmatch(r"[A-Z].*[.]", cause.fix) and len(sentences(cause.fix)) == 1) == []


def test_prose_is_made_of_whole_sentences() -> None:
    assert breaking(lambda cause: all(text.endswith(".") and "  " not in text for text in prose(cause))) == []


def test_a_meaning_has_one_to_three_sentences() -> None:
    assert breaking(lambda cause: 1 <= len(sentences(cause.meaning)) <= 3) == []


def test_a_reference_cites_a_standard_or_a_manual() -> None:
    assert breaking(lambda cause: re.search(CITED, cause.reference) and not cause.reference.endswith(".")) == []


def test_no_two_causes_share_a_title_a_fix_or_a_sentence_of_explanation() -> None:
    assert repeated(cause.title for cause in CATALOGUE.values()) == []
    assert repeated(cause.fix for cause in CATALOGUE.values()) == []
    assert repeated(sentence for cause in CATALOGUE.values() for sentence in explanation(cause)) == []


def test_joint_causes_join_what_the_catalogue_says() -> None:
    assert {cause.id: set(cause.joint) for cause in CATALOGUE.values() if cause.joint} == JOINT


def test_a_joint_cause_joins_other_causes_of_the_catalogue_once_each() -> None:
    assert breaking(lambda cause: set(cause.joint) <= CATALOGUE.keys() - {cause.id}) == []
    assert breaking(lambda cause: not repeated(cause.joint)) == []


def test_every_id_that_the_words_mention_exists() -> None:
    mentioned = {word for cause in CATALOGUE.values() for word in re.findall(LIKE_AN_ID, " ".join(texts(cause)))}

    assert mentioned - CATALOGUE.keys() <= NO_IDS


def test_the_setting_is_named_in_rows_about_any_setting_and_nowhere_else() -> None:
    assert {cause.id for cause in CATALOGUE.values() if "{setting}" in cause.title} == ABOUT_A_SETTING
    assert {cause.id for cause in CATALOGUE.values() if "{setting}" in cause.fix} <= ABOUT_A_SETTING


def test_the_endpoint_is_named_in_rows_that_happen_everywhere_and_nowhere_else() -> None:
    assert {cause.id for cause in CATALOGUE.values() if "{endpoint}" in cause.title} == ABOUT_AN_ENDPOINT
    assert {cause.id for cause in CATALOGUE.values() if "{endpoint}" in cause.fix} <= ABOUT_AN_ENDPOINT


def test_only_title_and_fix_have_gaps_and_no_others_than_these_two() -> None:
    gap = re.compile(r"\{setting\}|\{endpoint\}")

    assert breaking(lambda cause: not re.search(r"[{}]", gap.sub("", cause.title + cause.fix))) == []
    assert breaking(lambda cause: not gap.search(" ".join((cause.reference, *prose(cause))))) == []


def test_the_words_are_plain_text_on_one_line() -> None:
    assert breaking(lambda cause: not any(re.search(MARKUP, text) for text in texts(cause))) == []


def test_the_only_way_through_the_portal_is_the_one_that_its_documentation_shows() -> None:
    def walked(cause: Cause) -> str:
        return " ".join(texts(cause)).replace(f"{SHOWN_PATH} > Create API Client", "").replace(SHOWN_PATH, "")

    assert breaking(lambda cause: " > " not in walked(cause).replace(REDIRECTION, "")) == []


def test_only_places_that_the_documentation_shows_are_named() -> None:
    named = {place for cause in CATALOGUE.values() for place in re.findall(A_PLACE, " ".join(texts(cause)))}

    assert named <= SHOWN_PLACES
    assert breaking(lambda cause: not re.search(A_HAND_AT_WORK, " ".join(texts(cause)))) == []


def test_only_options_that_exist_are_recommended() -> None:
    named = {option for cause in CATALOGUE.values() for option in re.findall(r"--[a-z-]+", " ".join(texts(cause)))}

    assert named <= OPTIONS | OPTIONS_OF_OTHERS


def test_nobody_is_sent_to_look_a_secret_up_again() -> None:
    assert breaking(lambda cause: not re.search(LOOKED_UP, " ".join(texts(cause)), re.IGNORECASE)) == []


def test_a_wrong_secret_ends_in_a_new_api_client() -> None:
    for cause in (causes.CLIENT_SECRET_MISMATCH, causes.CREDENTIALS_REJECTED):
        assert "new API client" in cause.fix, cause.id
        assert "new API client" in " ".join(cause.steps), cause.id


def test_what_can_pass_while_an_environment_starts_is_names_connections_5xx_429_and_starting_pages() -> None:
    assert {cause.id for cause in CATALOGUE.values() if cause.heals} == {
        *("host-not-found", "name-resolution-unavailable", "connection-refused", "connection-timed-out"),
        *("connection-reset", "network-unreachable", "proxy-unreachable", "response-timed-out", "rate-limited"),
        *("gateway-error", "server-error", "environment-not-there", "api-cannot-check-tokens"),
    }
