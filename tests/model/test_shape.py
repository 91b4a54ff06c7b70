"""What a value looks like is told without showing it, and a healthy value is never mistaken for a template's text."""

import base64
import json
import time
import unicodedata
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from doctor.model import characters
from doctor.model.facts.settings import Artefact, Encoding, OddKind, Shape, Where
from doctor.model.shape import Examined, examine, showable
from doctor.model.terms import SettingName

SECRET, CLIENT_ID, URL, REALM = SettingName.CLIENT_SECRET, SettingName.CLIENT_ID, SettingName.URL, SettingName.REALM
SCOPE, HEADER, TOKEN = SettingName.SCOPE, SettingName.AUTHORIZATION, SettingName.ACCESS_TOKEN
K = "gX7kP2mQ9vR4tY8wZ1aB3cD5eF6hJ0nL"
UUID = "8f14e45f-ceea-467f-a8d1-4f2c9f1b2a3c"
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
SECRETS = st.builds(
    lambda seed, length: "".join(Random(seed).choices(PRINTABLE, k=length)),
    st.integers(0, 2**64),
    st.integers(8, 256),
).filter(lambda secret: secret == secret.strip())
"""Drawn evenly: text as hypothesis makes it takes words from the source, a template's own among them."""


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def shape_of(name: SettingName, value: str) -> Shape:
    return examine(name, value).shape


PLACEHOLDERS = [
    (SECRET, "{your-client-secret}"),
    (SECRET, "<client-secret>"),
    (SECRET, "<paste your secret here>"),
    (SECRET, "[client secret]"),
    (SECRET, "YOUR_CLIENT_SECRET"),
    (SECRET, "your-client-secret"),
    (SECRET, "yourclientsecret"),
    (SECRET, "client_secret"),
    (SECRET, "changeme"),
    (SECRET, "CHANGE_ME"),
    (SECRET, "change-me-please"),
    (SECRET, "replace_me"),
    (SECRET, "replace-with-secret"),
    (SECRET, "insert-secret-here"),
    (SECRET, "secret-here"),
    (SECRET, "xxxx"),
    (SECRET, "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX"),
    (SECRET, "****"),
    (SECRET, "********************************"),
    (SECRET, "•••"),
    (SECRET, "●●●●●●"),
    (SECRET, "..."),
    (SECRET, "…"),
    (SECRET, "todo"),
    (SECRET, "TBD"),
    (SECRET, "***REDACTED***"),
    (CLIENT_ID, "<client-id>"),
    (CLIENT_ID, "{your-client-id}"),
    (CLIENT_ID, "client-id"),
    (REALM, "{realm}"),
    (REALM, "your-realm"),
    (URL, "{your-environment}"),
    (URL, "YOUR_ENVIRONMENT"),
    (HEADER, "<token>"),
]


@pytest.mark.parametrize(("name", "text"), PLACEHOLDERS)
@pytest.mark.parametrize("form", ["{}", " {}\n", '"{}"', "x_client_secret = {}".replace("x_", "")])
def test_the_templates_own_text_is_recognised_and_shown(name: SettingName, text: str, form: str) -> None:
    shape = shape_of(name, form.format(text))
    assert (shape.placeholder, shape.sendable, shape.corrections) == (text, False, ())


VARIABLES = [
    "$CLIENT_SECRET", "$X", "$client_secret", "${X}", "${client.secret}", "$${X}", "%CLIENT_SECRET%", "%X%",
    "{{ x }}", "{{secrets.client_secret}}", "${{ secrets.CLIENT_SECRET }}", "<no value>", "#{X}#", "#{clientSecret}",
    "@X@", "@@X@@", "__CLIENT_SECRET__", "<%= secret %>", "$env:CLIENT_SECRET", "$(ClientSecret)",
    "$[variables.secret]", "%{secret}", "%(secret)s", "!SECRET!", "op://vault/item/field",
    "process.env.CLIENT_SECRET", "null", "undefined", "[object Object]",
]  # fmt: skip


@pytest.mark.parametrize("text", VARIABLES)
@pytest.mark.parametrize("form", ["{}", "{}\n", "'{}'", "client_secret: {}"])
def test_a_reference_that_nothing_replaced_is_recognised(text: str, form: str) -> None:
    shape = shape_of(SECRET, form.replace("{}", text))
    assert shape.variable is not None
    assert (shape.sendable, shape.placeholder, shape.corrections) == (False, None, ())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"${{SECRET:-{K}}}", "${SECRET:-…}"),
        (f"${{SECRET:{K}}}", "${SECRET:…}"),
        (f"$(echo {K})", "$(echo …)"),
        (f"`printf {K}`", "`printf …`"),
        ("$(ClientSecret)", "$(ClientSecret)"),
        (f'{{{{ "{K}" | b64enc }}}}', "{{ … }}"),
        ("$CLIENT_SECRET", "$CLIENT_SECRET"),
    ],
)
def test_what_a_reference_carries_beside_its_name_is_not_shown(text: str, shown: str) -> None:
    assert shape_of(SECRET, text).variable == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://{your-environment}.ataccama.one", "{your-environment}"),
        ("https://%7Byour-environment%7D.ataccama.one", "{your-environment}"),
        ("https://<env>.ataccama.one/", "<env>"),
        ("your-environment.ataccama.one", "your-environment"),
        ("https://YOUR_ENV.ataccama.one/auth", "YOUR_ENV"),
        ("https://xxx.ataccama.one", "xxx"),
        ("https://acme.ataccama.one/auth/realms/{realm}/protocol/openid-connect/token", "{realm}"),
        ("https://$ENV.ataccama.one", "$ENV"),
        ("https://${ATACCAMA_ENV}.ataccama.one", "${ATACCAMA_ENV}"),
        ("https://%ENV%.ataccama.one", "%ENV%"),
        ("https://acme.ataccama.one/app?filter={status}", None),
        ("https://acme.ataccama.one/a%20b%20c", None),
        ("https://acme.ataccama.one/#/{id}", None),
        ("https://[::1]:8443", None),
        ("https://xxx.example.com", None),
    ],
)
def test_template_text_inside_a_url_is_found_before_its_query(text: str, found: str | None) -> None:
    shape = shape_of(URL, text)
    assert (shape.placeholder or shape.variable) == found


HEALTHY = [
    K, UUID, "$ecret$12345678", "$Abc123xyz", "a{b}c%D%9", "xxxx-real-value", "P@ss%20word", "%abc%def%ghi%", "{{a",
    "{aB3$x9}", "<k9#mQ2>", "hunter2", "secret", "password", "correct horse battery staple", "***abc***", "*a*b*c*d",
    "xxx1xxx", "...a...", "#{", "@home@work@", "!important!thing!", "__init__secret_9f", "todo-list-9", "changeme1",
    "$1$abc$def", "%41%42", "0000000000", "ab&cd=ef+gh", "a=b", "secret;", "trailing,", "ends==", "[a1]b2[c3]",
    "(abc)(def)", "naïve-Straße", "пароль", "null1", "`tick",
]  # fmt: skip


@pytest.mark.parametrize("secret", HEALTHY)
def test_an_unusual_but_possible_secret_stays_sendable(secret: str) -> None:
    assert shape_of(SECRET, secret).sendable


@pytest.mark.parametrize("name", ["acme", "your", "realm", "tenant", "demo", "среда", "acmé", "my realm", "x", "none"])
def test_a_plain_realm_has_nothing_odd_about_it_but_what_stands_there(name: str) -> None:
    shape = shape_of(REALM, name)
    assert shape.sendable
    assert [odd.kind for odd in shape.odd] == ([OddKind.WHITESPACE] if " " in name else [])


@pytest.mark.parametrize("value", ["", " ", "\r\n", "\ufeff", '""', "''", "client_secret=", '"client_secret": "",'])
def test_a_value_with_nothing_in_it_is_empty(value: str) -> None:
    shape = shape_of(SECRET, value)
    assert (shape.empty, shape.sendable, shape.corrections) == (True, False, ())


ODD = [
    (f"{K}\n", OddKind.WHITESPACE, 0x0A, Where.END, "edge-whitespace", K),
    (f"{K}\r\n", OddKind.WHITESPACE, 0x0D, Where.END, "edge-whitespace", K),
    (f" {K}", OddKind.WHITESPACE, 0x20, Where.START, "edge-whitespace", K),
    (f"{K}\u00a0", OddKind.WHITESPACE, 0xA0, Where.END, "edge-whitespace", K),
    (f"\u3000{K}", OddKind.WHITESPACE, 0x3000, Where.START, "edge-whitespace", K),
    (f"\ufeff{K}", OddKind.INVISIBLE, 0xFEFF, Where.START, "invisible-character", K),
    (f"{K}\u200b", OddKind.INVISIBLE, 0x200B, Where.END, "invisible-character", K),
    (f"{K[:9]}\u00ad{K[9:]}", OddKind.INVISIBLE, 0xAD, Where.INSIDE, "invisible-character", K),
    (f"{K[:9]}\x00{K[9:]}", OddKind.INVISIBLE, 0, Where.INSIDE, "invisible-character", K),
    (f"{K[:9]}\u202e{K[9:]}", OddKind.INVISIBLE, 0x202E, Where.INSIDE, "invisible-character", K),
    (f"{K}\udca0", OddKind.INVISIBLE, 0xDCA0, Where.END, "invisible-character", K),
    ("ab\u2013cd-ef", OddKind.LOOKALIKE, 0x2013, Where.INSIDE, "lookalike-character", "ab-cd-ef"),
    ("\u0430bcdef", OddKind.LOOKALIKE, 0x430, Where.START, "lookalike-character", "abcdef"),
    ("abcde\uff21", OddKind.LOOKALIKE, 0xFF21, Where.END, "lookalike-character", "abcdeA"),
    ("it\u2019s-a-secret", OddKind.LOOKALIKE, 0x2019, Where.INSIDE, "lookalike-character", "it's-a-secret"),
]


@pytest.mark.parametrize(("value", "kind", "code_point", "where", "cause", "cleaned"), ODD)
def test_an_odd_character_is_named_by_code_point_and_place(
    value: str, kind: OddKind, code_point: int, where: Where, cause: str, cleaned: str
) -> None:
    examined = examine(SECRET, value)
    assert (kind, code_point, where) in [(odd.kind, odd.code_point, odd.where) for odd in examined.shape.odd]
    assert examined.shape.corrections[0].causes == (cause,)
    assert examined.variants["cleaned"] == cleaned


def test_layers_are_listed_from_the_outside_in() -> None:
    examined = examine(SECRET, f'\ufeff export CLIENT_SECRET="{K}\u200b";\r\n')
    assert examined.variants["cleaned"] == K
    causes = ("edge-whitespace", "invisible-character", "label-pasted", "quotes-kept")
    assert examined.shape.corrections[0].causes == causes
    assert (examined.shape.label, examined.shape.quotes) == ("export CLIENT_SECRET=", "double quotes")
    assert examined.shape.trailing_punctuation == ";"


def test_white_space_inside_is_suspected_apart_from_what_surrounds_the_value() -> None:
    examined = examine(SECRET, f"{K[:9]}\n{K[9:]}\n")
    assert examined.variants == {"cleaned": f"{K[:9]}\n{K[9:]}", "first-line": K[:9], "joined": K}
    assert examined.shape.corrections[2].causes == ("edge-whitespace", "inner-whitespace")


@pytest.mark.parametrize("text", [f"{K}\nanother line\n", f"# of the demo client\n\n{K}\n", f"{K}\r\nnote\r\n"])
def test_the_first_line_of_several_is_suspected_alone(text: str) -> None:
    examined = examine(SECRET, text)
    assert examined.variants["first-line"] == K
    assert [c.causes for c in examined.shape.corrections if c.variant == "first-line"] == [("inner-whitespace",)]


def test_a_scope_may_hold_spaces() -> None:
    assert shape_of(SCOPE, "openid profile") == Shape()


LABELS = [
    "client_secret={}", "client_secret: {}", "Client ID: {}", "Client Secret: {}", "Client secret\t{}",
    "Client Secret\n{}", "clientSecret = {}", "export CLIENT_SECRET={}", "export X={}", "set X={}",
    "$env:ATACCAMA_CLIENT_SECRET = {}", "ENV X={}", "setx X {}", "--client-secret {}", "--client-secret={}",
    "-d client_secret={}", '-d "client_secret={}"', "secret => {}", "--data-urlencode 'client_secret={}' \\",
    "&client_secret={}", "client_secret={}&grant_type=client_credentials", '"client_secret": "{}"',
    '"client_secret": "{}",', "- client_secret: {}", "client.secret={}", "ATACCAMA_CLIENT_SECRET={}",
    "MDM_API_SECRET={}", "<client_secret>{}</client_secret>", "client_secret = {};", "'client_secret': '{}',",
    "Secret：{}", "client secret - {}", "* Client secret: {}", "spring.security.oauth2.client.secret: {}",
]  # fmt: skip


@pytest.mark.parametrize("form", LABELS)
def test_a_label_that_came_along_is_taken_off(form: str) -> None:
    examined = examine(SECRET, form.format(K))
    assert examined.variants["cleaned"] == K
    assert "label-pasted" in examined.shape.corrections[0].causes
    assert examined.shape.label


@pytest.mark.parametrize(
    "secret", ["a:b", "foo=bar", "id5=abc", "Hello: world9", "ABC_DEF=1234567", "https://x", "a - b"]
)
def test_a_name_that_no_setting_has_is_no_label(secret: str) -> None:
    assert shape_of(SECRET, secret).label is None


QUOTES = [
    ('"{}"', "double quotes"), ("'{}'", "single quotes"), ("`{}`", "backticks"), ("“{}”", "typographic quotes"),
    ("„{}“", "typographic quotes"), ("‘{}’", "typographic quotes"), ("«{}»", "typographic quotes"),
    ('\\"{}\\"', "escaped double quotes"), ("<{}>", "angle brackets"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "kind"), QUOTES)
def test_quotes_round_a_value_are_taken_off(form: str, kind: str) -> None:
    examined = examine(SECRET, form.format(K))
    assert (examined.shape.quotes, examined.variants["cleaned"]) == (kind, K)
    assert examined.shape.corrections[0].causes == ("quotes-kept",)


ENCODED = [
    (SECRET, b64(K), Encoding.BASE64, K),
    (SECRET, b64(K + "\n"), Encoding.BASE64, K),
    (SECRET, b64(K).rstrip("="), Encoding.BASE64, K),
    (SECRET, b64(f"my-app:{K}"), Encoding.BASE64_PAIR, K),
    (SECRET, b64(UUID) + "\n", Encoding.BASE64, UUID),
    (SECRET, "P%40ss%2Bword", Encoding.PERCENT, "P@ss+word"),
    (SECRET, "a&amp;b&lt;cdef", Encoding.HTML, "a&b<cdef"),
    (SECRET, "a&#38;bcdef", Encoding.HTML, "a&bcdef"),
    (SECRET, "a\\u0026b\\/c", Encoding.JSON, "a&b/c"),
    (SECRET, f"{K}\\n", Encoding.JSON, K),
    (CLIENT_ID, b64("reporting-job"), Encoding.BASE64, "reporting-job"),
    (REALM, "my%20realm", Encoding.PERCENT, "my realm"),
    (URL, "https%3A%2F%2Facme.ataccama.one", Encoding.PERCENT, "https://acme.ataccama.one"),
]


@pytest.mark.parametrize(("name", "value", "encoding", "plain"), ENCODED)
def test_an_encoded_value_is_offered_as_it_was_before(
    name: SettingName, value: str, encoding: Encoding, plain: str
) -> None:
    examined = examine(name, value)
    assert (examined.shape.encoding, examined.variants["decoded"]) == (encoding, plain)
    assert next(c for c in examined.shape.corrections if c.variant == "decoded").causes[-1] == "encoded-value"


def test_a_known_client_id_tells_a_pair_from_a_secret_with_a_colon() -> None:
    value = b64("some:thing-else")
    pair = examine(SECRET, value, others={CLIENT_ID: "some"})
    whole = examine(SECRET, value, others={CLIENT_ID: "another"})
    assert (pair.shape.encoding, pair.variants["decoded"]) == (Encoding.BASE64_PAIR, "thing-else")
    assert (whole.shape.encoding, whole.variants["decoded"]) == (Encoding.BASE64, "some:thing-else")


@pytest.mark.parametrize(
    "secret", [K, UUID, "100%", "50%ab%zz", "a&b;c", "back\\slash", "9f86d081884c7d659a2feaa0c55ad015"]
)
def test_what_only_resembles_an_encoding_is_left_alone(secret: str) -> None:
    assert shape_of(SECRET, secret).encoding is None


ARTEFACTS = [
    (SECRET, "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", Artefact.JWT, None),
    (SECRET, f"Bearer {K}", Artefact.BEARER_HEADER, None),
    (SECRET, "Authorization: Bearer abc.def", Artefact.BEARER_HEADER, None),
    (SECRET, "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", Artefact.PEM, None),
    (SECRET, "https://acme.ataccama.one/", Artefact.URL, None),
    (SECRET, json.dumps({"client_id": "app", "client_secret": K}), Artefact.JSON, K),
    (SECRET, f"curl -X POST https://x/token -d client_secret={K} -d a=b", Artefact.COMMAND, K),
    (SECRET, "cat /run/secrets/client", Artefact.COMMAND, None),
    (CLIENT_ID, "somebody@example.com", Artefact.EMAIL, None),
    (CLIENT_ID, json.dumps({"client_id": "app", "client_secret": K}), Artefact.JSON, "app"),
    (CLIENT_ID, "https://acme.ataccama.one", Artefact.URL, None),
    (TOKEN, "Bearer eyJh.eyJz.c2ln", Artefact.BEARER_HEADER, "eyJh.eyJz.c2ln"),
    (TOKEN, '{"access_token": "eyJh.eyJz.c2ln", "expires_in": 300}', Artefact.JSON, "eyJh.eyJz.c2ln"),
    (TOKEN, "eyJh.eyJz.c2ln", None, None),
    (HEADER, "Bearer eyJh.eyJz.c2ln", None, None),
    (REALM, "https://acme.ataccama.one/auth/realms/acme", None, None),
    (SECRET, "P@ss.word", None, None),
]


@pytest.mark.parametrize(("name", "value", "artefact", "own"), ARTEFACTS)
def test_another_kind_of_thing_is_recognised_and_its_own_part_offered(
    name: SettingName, value: str, artefact: Artefact | None, own: str | None
) -> None:
    examined = examine(name, value)
    assert (examined.shape.artefact, examined.variants.get("extracted")) == (artefact, own)


@pytest.mark.parametrize(
    "value", [f"client_id=app\nclient_secret={K}\n", f"grant_type=client_credentials&client_id=a&client_secret={K}"]
)
def test_the_secret_is_found_among_several_fields(value: str) -> None:
    examined = examine(SECRET, value)
    assert examined.shape.corrections[0].variant == "extracted"
    assert examined.variants["extracted"] == K


@pytest.mark.parametrize(
    ("name", "value", "secret_like", "identifier_like"),
    [
        (SECRET, K, True, False),
        (CLIENT_ID, K, True, False),
        (SECRET, UUID, True, False),
        (CLIENT_ID, UUID, False, True),
        (SECRET, "my-reporting-app", False, True),
        (CLIENT_ID, "my-reporting-app", False, True),
        (CLIENT_ID, "ataccama-doctor-production-2024", False, True),
        (CLIENT_ID, "MyReportingApplication", False, True),
        (SECRET, "9f86d081884c7d659a2feaa0c55ad015", True, False),
        (SECRET, "short", False, True),
        (SECRET, "a1B2c3", False, False),
        (REALM, K, False, False),
    ],
)
def test_names_and_generated_secrets_are_told_apart(
    name: SettingName, value: str, secret_like: bool, identifier_like: bool
) -> None:
    shape = shape_of(name, value)
    assert (shape.secret_like, shape.identifier_like) == (secret_like, identifier_like)


@pytest.mark.parametrize(
    ("secret", "needed"), [("a+b", True), ("a%b", True), ("a&b", True), ("a=b", True), ("ä", True), (K, False)]
)
def test_a_secret_that_curl_would_change_says_so(secret: str, needed: bool) -> None:
    assert shape_of(SECRET, secret).needs_encoding is needed


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        (CLIENT_ID, "my-app\n", "my-app"),
        (URL, "https://acme.ataccama.one ", "https://acme.ataccama.one"),
        (SECRET, f"{K}\n", None),
        (CLIENT_ID, f"{K}\n", None),
        (URL, "https://u:p@acme.ataccama.one ", None),
        (CLIENT_ID, "app\nclient_secret=abc\n", None),
        (CLIENT_ID, "Bearer abc.def ", None),
        (SettingName.PROXY, "u:p@proxy:3128 ", None),
    ],
)
def test_a_correction_shows_only_what_cannot_hold_a_secret(name: SettingName, value: str, shown: str | None) -> None:
    assert shape_of(name, value).corrections[0].shown == shown
    assert showable(name, value.strip()) is (shown is not None)


def test_plain_text_variants_stay_out_of_the_representation() -> None:
    assert K not in repr(examine(SECRET, f'"{K}"\n'))


def test_invisible_and_white_characters_are_those_of_the_unicode_data() -> None:
    for char in map(chr, range(0x110000)):
        white, category = characters.is_white(char), unicodedata.category(char)
        if category in {"Cc", "Cf", "Cs"}:
            assert characters.trimmed(char) == "", f"U+{ord(char):04X}"
        elif category in {"Zs", "Zl", "Zp"}:
            assert white, f"U+{ord(char):04X}"
        elif characters.invisible_in(char):
            assert category in {"Mn", "Lo", "Cn"}, f"U+{ord(char):04X}"


@given(SECRETS)
@bounds(max_examples=400, deadline=None)
def test_a_random_secret_is_sendable(secret: str) -> None:
    assert shape_of(SECRET, secret).sendable
    assert shape_of(SECRET, secret).empty is False


FORMS = [
    "{}\n", "{}\r\n", " {}", "\ufeff{}", "{}\u200b", '"{}"', "'{}'", "“{}”", '"{}"\n', '"{}",', "client_secret={}",
    "client_secret: {}", "Client secret: {}", "export CLIENT_SECRET={}", 'export CLIENT_SECRET="{}"',
    '"client_secret": "{}",', "-d client_secret={}", "client_secret={}\n", "client_secret='{}';\n",
]  # fmt: skip


@given(SECRETS, st.sampled_from(FORMS))
@bounds(max_examples=500, deadline=None)
def test_what_came_along_with_a_random_secret_comes_off_again(secret: str, form: str) -> None:
    examined = examine(SECRET, form.replace("{}", secret))
    assume(examined.shape.sendable)
    assert secret in examined.variants.values()


@given(SECRETS, st.sampled_from(["{}", *FORMS, "Bearer {}", "curl -d client_secret={}"]))
@bounds(max_examples=400, deadline=None)
def test_no_part_of_a_random_secret_stands_in_its_shape(secret: str, form: str) -> None:
    examined = examine(SECRET, form.replace("{}", secret))
    shown = repr(examined)
    pieces = {secret[i : i + 6] for i in range(len(secret) - 5)}
    assert not [piece for piece in pieces if piece.strip() and piece in shown]


@given(
    st.sampled_from(SettingName),
    st.text() | st.text(st.sampled_from("\"'`{}<>$%&=:;, \n\u200b\ufeff\\-daZ9é\u0430•*\udcff")),
)
@bounds(max_examples=500, deadline=None)
def test_every_correction_has_a_cause_and_a_different_value(name: SettingName, value: str) -> None:
    examined = examine(name, value)
    assert {c.variant for c in examined.shape.corrections} == set(examined.variants)
    assert all(c.causes for c in examined.shape.corrections)
    assert all(text and text != value for text in examined.variants.values())
    assert not (examined.shape.corrections and not examined.shape.sendable)


@given(SECRETS)
@bounds(max_examples=100, deadline=None)
def test_every_encoded_form_of_a_secret_is_undone(secret: str) -> None:
    for encoded in (b64(secret), quote(secret, safe="")):
        examined = examine(SECRET, encoded, others={CLIENT_ID: "app"})
        assert secret in {encoded, *examined.variants.values()}


def fastest(name: SettingName, value: str) -> tuple[float, Examined]:
    def once() -> float:
        started = time.thread_time()
        examine(name, value)
        return time.thread_time() - started

    return min(once() for _ in range(3)), examine(name, value)


LONG = [
    "a", " ", "\n", "\u200b", '"', "'", "{", "}", "<", "$", "${", "%", "%41", "&", "&amp;", "\\u0041", "[", "{[", "=",
    ";", "-", "é", "\u0430", "\uff21", "“", "client_secret=", "id ", "a ", " a", "\u200ba", "eyJ.", "QUJD", "x-",
    "Client ", "@", "\\", "-----BEGIN ", "\U0001d400",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_a_value_of_100_kilobytes_is_examined_at_once(piece: str) -> None:
    for name in (SECRET, URL, HEADER):
        elapsed, examined = fastest(name, (piece * 100_000)[:100_000])
        assert elapsed < 0.05, f"{name}: {elapsed:.3f} s"
        assert len(repr(examined.shape)) < 12_000


def test_random_text_of_100_kilobytes_is_examined_at_once() -> None:
    random = Random(5)
    value = "".join(
        chr(random.choice((random.randrange(32, 127), random.randrange(0xA0, 0x3000)))) for _ in range(100_000)
    )
    elapsed, examined = fastest(SECRET, value)
    assert elapsed < 0.05, f"{elapsed:.3f} s"
    assert examined.shape.sendable
