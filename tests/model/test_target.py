"""Whatever is given for an environment ends in one address, or in the sentence that says why not."""

import time

import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from doctor.model.facts.settings import Target, UrlProblemKind
from doctor.model.target import Unusable, point_at
from doctor.model.terms import SettingName

URL, REALM, TOKEN_URL, API_URL = SettingName.URL, SettingName.REALM, SettingName.TOKEN_URL, SettingName.API_URL
ACME = "https://acme.ataccama.one"
TOKEN_PATH = "/protocol/openid-connect/token"

CLEAN = [
    ("acme", ACME),
    ("ACME", ACME),
    ("acme-dev", "https://acme-dev.ataccama.one"),
    ("acme.ataccama.one", ACME),
    ("Acme.Ataccama.One", ACME),
    ("acme.ataccama.one.", ACME),
    ("acme.ataccama.one/", ACME),
    ("acme.ataccama.one:443", ACME),
    ("//acme.ataccama.one", ACME),
    ("https://acme.ataccama.one", ACME),
    ("HTTPS://ACME.ATACCAMA.ONE/", ACME),
    ("https://acme.ataccama.one:443/", ACME),
    ("https://acme.ataccama.one:8443", f"{ACME}:8443"),
    ("https://acme.ataccama.one:", ACME),
    ("https://acme.ataccama.one/auth", ACME),
    ("https://acme.ataccama.one/auth/", ACME),
    (" https://acme.ataccama.one\n", ACME),
    ("https://eu.acme.ataccama.one", "https://eu.acme.ataccama.one"),
    ("acme.example.com", "https://acme.example.com"),
    ("https://ataccama.example.com", "https://ataccama.example.com"),
    ("https://data.acme.one", "https://data.acme.one"),
    ("https://my-ataccama.one", "https://my-ataccama.one"),
    ("https://keycloak", "https://keycloak"),
    ("keycloak:8443", "https://keycloak:8443"),
    ("my_host.example.com", "https://my_host.example.com"),
    ("localhost", "https://localhost"),
    ("localhost:8443", "https://localhost:8443"),
    ("http://localhost:8080", "http://localhost:8080"),
    ("http://localhost:80", "http://localhost"),
    ("http://kc.localhost:8080/auth/", "http://kc.localhost:8080"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("http://127.8.9.10", "http://127.8.9.10"),
    ("http://[::1]:8080", "http://[::1]:8080"),
    ("127.0.0.1:8443", "https://127.0.0.1:8443"),
    ("10.0.0.5", "https://10.0.0.5"),
    ("::1", "https://[::1]"),
    ("[2001:DB8::0:1]:8443", "https://[2001:db8::1]:8443"),
    ("https://bücher.example", "https://xn--bcher-kva.example"),
    ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
]

REPAIRED = [
    ("http://acme.ataccama.one", UrlProblemKind.NOT_HTTPS, ACME),
    ("http://acme.ataccama.one:80", UrlProblemKind.NOT_HTTPS, ACME),
    ("http://acme.ataccama.one:443", UrlProblemKind.NOT_HTTPS, ACME),
    ("http://10.0.0.5:8080", UrlProblemKind.NOT_HTTPS, "https://10.0.0.5:8080"),
    ("http://localhost.example.com", UrlProblemKind.NOT_HTTPS, "https://localhost.example.com"),
    ("http://128.0.0.1", UrlProblemKind.NOT_HTTPS, "https://128.0.0.1"),
    ("https://acme.ataccama.one/catalog/items?x=1", UrlProblemKind.EXTRA_PARTS, ACME),
    ("acme.ataccama.one/catalog", UrlProblemKind.EXTRA_PARTS, ACME),
    ("acme/catalog", UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://acme.ataccama.one/#/home", UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://acme.ataccama.one?tab=1", UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://acme.ataccama.one/auth/realms/acme" + TOKEN_PATH, UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://acme.ataccama.one/auth/admin/acme/console/#/", UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://acme.ataccama.one/api/catalog/v1/terms", UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://me:pass-word@acme.ataccama.one", UrlProblemKind.EXTRA_PARTS, ACME),
    ("https://acme.ataccama.one.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("acme.ataccama.one.ataccama.one.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("https://https://acme.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("https://http://acme.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("https:https://acme.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("https://https//acme.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("https://acme.ataccama.onehttps://acme.ataccama.one", UrlProblemKind.DOUBLED_SUFFIX, ACME),
    ("https//acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https:/acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https:///acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https:acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https:\\\\acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("htps://acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("ttps://acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("ftp://acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("://acme.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https://acme .ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https://acme\x00.ataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https://acme.\nataccama.one", UrlProblemKind.MALFORMED, ACME),
    ("https://acme.ataccama.one:99999", UrlProblemKind.MALFORMED, ACME),
    ("https://acme.ataccama.one:0", UrlProblemKind.MALFORMED, ACME),
    ("https://acme.ataccama.one:port", UrlProblemKind.MALFORMED, ACME),
    ("https://acme.ataccama.on", UrlProblemKind.NOT_AN_ENVIRONMENT, ACME),
    ("acme.atacama.one", UrlProblemKind.NOT_AN_ENVIRONMENT, ACME),
    ("acme.attacama.one", UrlProblemKind.NOT_AN_ENVIRONMENT, ACME),
    ("acme.ataccma.one", UrlProblemKind.NOT_AN_ENVIRONMENT, ACME),
    ("acme.ataccama.oen", UrlProblemKind.NOT_AN_ENVIRONMENT, ACME),
    ("acme.ataccama", UrlProblemKind.NOT_AN_ENVIRONMENT, ACME),
]

HOPELESS = [
    ("https://docs.ataccama.one", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("support.ataccama.one", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("community.ataccama.one", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("www.ataccama.one", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("https://ataccama.one/", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("https://ataccama.com", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("https://docs.ataccama.com/one/latest/", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("https://acme.ataccama.com", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("atacama.one", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("docs.atacama.one", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("docs", UrlProblemKind.NOT_AN_ENVIRONMENT),
    ("", UrlProblemKind.MALFORMED),
    ("https://", UrlProblemKind.MALFORMED),
    ("https:///", UrlProblemKind.MALFORMED),
    ("https://:8443", UrlProblemKind.MALFORMED),
    ("my environment", UrlProblemKind.MALFORMED),
    ("somebody@example.com", UrlProblemKind.MALFORMED),
    ("acme..ataccama.one", UrlProblemKind.MALFORMED),
    ("acme_$1.example.com", UrlProblemKind.MALFORMED),
    ("-acme.example.com", UrlProblemKind.MALFORMED),
    ("999.1.1.1", UrlProblemKind.MALFORMED),
    ("https://[::1", UrlProblemKind.MALFORMED),
    ("https://[zz::1]", UrlProblemKind.MALFORMED),
    ("https://[fe80::1%25eth0]", UrlProblemKind.MALFORMED),
    ("https://acme.example.com:70000", UrlProblemKind.MALFORMED),
    ("https://@", UrlProblemKind.MALFORMED),
    ("a" * 64, UrlProblemKind.MALFORMED),
    ("a." * 130 + "example", UrlProblemKind.MALFORMED),
    ("https://acme.ataccama.one/" + "a" * 9000, UrlProblemKind.MALFORMED),
]


def pointed(**given: str) -> Target:
    target = point_at({SettingName(name): value for name, value in {"realm": "acme", **given}.items()})
    assert isinstance(target, Target), target
    return target


@pytest.mark.parametrize(("url", "origin"), CLEAN)
def test_a_sound_address_is_read_without_a_problem(url: str, origin: str) -> None:
    target = pointed(url=url)
    assert (target.origin, target.problems) == (origin, ())
    assert target.token_endpoint == f"{origin}/auth/realms/acme{TOKEN_PATH}"
    assert target.api_base == origin


@pytest.mark.parametrize(("url", "kind", "origin"), REPAIRED)
def test_a_damaged_address_is_used_as_it_was_meant_and_says_so(url: str, kind: UrlProblemKind, origin: str) -> None:
    target = pointed(url=url)
    assert target.origin == origin
    assert [(p.kind, p.setting, p.used) for p in target.problems] == [(kind, URL, origin)]


@pytest.mark.parametrize(("url", "kind"), HOPELESS)
def test_what_is_no_environment_is_not_guessed_at(url: str, kind: UrlProblemKind) -> None:
    found = point_at({URL: url, REALM: "acme"})
    assert isinstance(found, Unusable)
    assert found.problems[-1].kind is kind
    assert found.problems[-1].used is None


def test_several_faults_of_one_url_are_all_named() -> None:
    kinds = [p.kind for p in pointed(url="http://u:p@acme.atacama.one/app").problems]
    assert kinds == [
        UrlProblemKind.EXTRA_PARTS,
        UrlProblemKind.NOT_AN_ENVIRONMENT,
        UrlProblemKind.NOT_HTTPS,
        UrlProblemKind.EXTRA_PARTS,
    ]


def test_credentials_and_query_of_a_url_are_shown_nowhere() -> None:
    target = pointed(url="https://bob:hunter2@acme.ataccama.one/app?client_secret=s3cr3t#t0ken")
    assert not {"bob", "hunter2", "s3cr3t", "t0ken"} & set(repr(target).replace("'", " ").replace("/", " ").split())
    assert all(text not in repr(target) for text in ("bob", "hunter2", "s3cr3t", "t0ken"))


@pytest.mark.parametrize(
    ("url", "base", "realm"),
    [
        (f"{ACME}/auth/realms/tenant{TOKEN_PATH}", "/auth", "tenant"),
        (f"{ACME}/auth/realms/tenant", "/auth", "tenant"),
        (f"{ACME}/realms/tenant{TOKEN_PATH}", "", "tenant"),
        (f"{ACME}/iam/auth/realms/ten%20ant/.well-known/openid-configuration", "/iam/auth", "ten ant"),
        (f"{ACME}//auth//realms/tenant", "/auth", "tenant"),
        (f"{ACME}/auth/admin/tenant/console/#/clients", "/auth", "tenant"),
    ],
)
def test_a_realm_url_given_as_the_environment_tells_base_path_and_realm(url: str, base: str, realm: str) -> None:
    target = pointed(url=url)
    assert (target.origin, target.base_path, target.realms_named) == (ACME, base, ((URL, realm),))
    assert (target.realm, target.issuer) == ("acme", f"{ACME}{base}/realms/acme")


def test_the_realm_that_a_url_names_is_used_when_no_realm_is_given() -> None:
    target = point_at({TOKEN_URL: f"{ACME}/auth/realms/tenant{TOKEN_PATH}"})
    assert isinstance(target, Target)
    assert (target.realm, target.origin, target.api_base) == ("tenant", ACME, ACME)


@pytest.mark.parametrize(
    ("token_url", "origin", "base", "endpoint"),
    [
        ("https://kc.example.com/auth/realms/r" + TOKEN_PATH, "https://kc.example.com", "/auth", None),
        ("https://kc.example.com/realms/r" + TOKEN_PATH, "https://kc.example.com", "", None),
        ("https://kc.example.com:8443/iam/realms/r" + TOKEN_PATH, "https://kc.example.com:8443", "/iam", None),
        ("https://kc.example.com/auth/realms/r/protocol/openid-connect/auth", ACME, "/auth", None),
        ("https://kc.example.com/auth/realms/r" + TOKEN_PATH + "/", ACME, "/auth", None),
        ("https://kc.example.com/oauth2/token?tenant=1", ACME, "/auth", None),
        (
            "http://kc.example.com/realms/r" + TOKEN_PATH,
            "https://kc.example.com",
            "",
            "https://kc.example.com/realms/r" + TOKEN_PATH,
        ),
    ],
)
def test_a_token_url_is_kept_and_moves_the_realm_only_when_it_is_one_of_a_realm(
    token_url: str, origin: str, base: str, endpoint: str | None
) -> None:
    target = pointed(url="acme", token_url=token_url)
    assert (target.token_endpoint, target.token_url_given) == (endpoint or token_url, True)
    assert (target.origin, target.base_path, target.api_base) == (origin, base, ACME)
    assert not target.vendor_domain


@pytest.mark.parametrize(
    ("api_url", "base", "extra"),
    [
        ("https://api.example.com", "https://api.example.com", False),
        ("https://api.example.com/", "https://api.example.com", False),
        ("https://api.example.com/api", "https://api.example.com", False),
        ("https://api.example.com/api/", "https://api.example.com", False),
        ("https://api.example.com/one/", "https://api.example.com/one", False),
        ("https://api.example.com/one/api", "https://api.example.com/one", False),
        ("https://api.example.com/api/catalog/v1/terms", "https://api.example.com", True),
        ("https://api.example.com/one/api/catalog?size=1", "https://api.example.com/one", True),
    ],
)
def test_an_api_url_ends_before_its_api_path(api_url: str, base: str, extra: bool) -> None:
    target = pointed(url="acme", api_url=api_url)
    assert target.api_base == base
    assert [(p.kind, p.setting, p.used) for p in target.problems] == (
        [(UrlProblemKind.EXTRA_PARTS, API_URL, base)] if extra else []
    )


@pytest.mark.parametrize(
    ("api_url", "prefix"),
    [(f"{ACME}/api", True), (f"{ACME}/one/api/", True), (ACME, False), (f"{ACME}/api/catalog/v1", False)],
)
def test_an_api_url_that_ends_with_api_is_known(api_url: str, prefix: bool) -> None:
    assert pointed(url="acme", api_url=api_url).api_url_prefix is prefix


@pytest.mark.parametrize(
    ("realm", "inside"),
    [
        ("acme", None),
        ("acme.ataccama.one", None),
        ("my realm", None),
        ("acme/", "acme"),
        ("/acme", "acme"),
        ("/realms/acme", "acme"),
        ("auth/realms/acme", "acme"),
        (f"{ACME}/auth/realms/acme", "acme"),
        (f"{ACME}/auth/realms/ac%20me{TOKEN_PATH}", "ac me"),
        (f"{ACME}/auth/admin/acme/console/", "acme"),
        (f"{ACME}/auth/realms/acme?x=1", "acme"),
        (f"{ACME}/app", None),
        ("a/b", None),
        ("///", None),
    ],
)
def test_the_realm_inside_a_path_or_url_is_offered(realm: str, inside: str | None) -> None:
    target = pointed(url="acme", realm=realm)
    assert (target.realm, target.realm_in_value) == (realm, inside or None)


@pytest.mark.parametrize(
    ("realm", "encoded"),
    [("my realm", "my%20realm"), ("a/b", "a%2Fb"), ("ü", "%C3%BC"), ("\udcff", "%ED%B3%BF"), ("a?b#c", "a%3Fb%23c")],
)
def test_the_realm_is_percent_encoded_in_every_url(realm: str, encoded: str) -> None:
    target = pointed(url="acme", realm=realm)
    assert target.issuer == f"{ACME}/auth/realms/{encoded}"
    assert target.token_endpoint == f"{target.issuer}{TOKEN_PATH}"


@pytest.mark.parametrize(
    ("url", "vendor"),
    [("acme", True), ("acme.example.com", False), ("https://acme.ataccama.one:8443", False), ("localhost", False)],
)
def test_only_the_vendors_own_domain_on_the_default_port_is_trusted_beforehand(url: str, vendor: bool) -> None:
    assert pointed(url=url).vendor_domain is vendor


def test_one_unreadable_url_makes_the_whole_unusable_and_every_problem_is_named() -> None:
    found = point_at({URL: "https://", TOKEN_URL: "http://acme.ataccama.one", REALM: "acme"})
    assert isinstance(found, Unusable)
    assert [(p.setting, p.kind) for p in found.problems] == [
        (URL, UrlProblemKind.MALFORMED),
        (TOKEN_URL, UrlProblemKind.NOT_HTTPS),
    ]


def test_settings_without_any_url_point_nowhere() -> None:
    found = point_at({REALM: "acme"})
    assert isinstance(found, Unusable)
    assert found.problems[0].setting is URL


NASTY = st.text(st.sampled_from("aA.:/\\@#?[]%-_ 1\n\x00ß漢。\udcff")) | st.text()


@given(NASTY, NASTY, NASTY, NASTY)
@bounds(max_examples=300, deadline=None)
def test_any_text_ends_in_an_ascii_address_or_a_sentence(url: str, realm: str, token_url: str, api_url: str) -> None:
    found = point_at({URL: url, REALM: realm, TOKEN_URL: token_url, API_URL: api_url})
    if isinstance(found, Unusable):
        assert all(problem.observed.isprintable() for problem in found.problems)
        assert found.problems
    else:
        addresses = (found.origin, found.issuer, found.token_endpoint, found.api_base)
        assert all(address.isascii() and address.isprintable() and " " not in address for address in addresses)
        assert all(address.startswith(("https://", "http://")) for address in addresses)


@pytest.mark.parametrize(
    "piece", ["a", "/", "a.", ":", "@", "https://", "%", "[", "/realms/", "ß", "\x00", " ", "\\", "/api", "?"]
)
def test_text_of_100_kilobytes_is_answered_at_once(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.thread_time()
    found = [point_at({URL: front + text, REALM: text, TOKEN_URL: text}) for front in ("", "https://acme/")]
    found += [point_at({URL: f"https://acme/{text[:8000]}", REALM: text})]
    elapsed = time.thread_time() - started
    assert isinstance(found[0], Unusable)
    assert elapsed < 0.5, f"{elapsed:.3f} s"
