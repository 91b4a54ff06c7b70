"""After ``clean()`` no form of a known secret is left, ordinary text is untouched, and nothing is written on a leak.

The oracle does not know the redactor's forms: it decodes what is left with the standard library and looks for the
value there. The mark is no leak, even of a secret that is spelled like a part of it.
"""

import ast
import base64
import codecs
import html
import json
import random
import re
import string
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from doctor.model.errors import LeakPrevented
from doctor.model.report import Redaction
from doctor.model.secret import Secret, SecretRef
from doctor.redaction import WITHHELD, Redactor, final_scan, own_words, scan_output, scan_report

SECRET = "qN7+vT2/xK9%w&Z~"
MARK = "[client secret removed]"
GONE = "\u2588"
ASCII = string.ascii_letters + string.digits + string.punctuation + " "
PRINTABLE = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")
SECRETS = st.text(st.sampled_from(ASCII), min_size=8, max_size=40) | st.text(PRINTABLE, min_size=8, max_size=40)


def everything(value: str, encode: Callable[[str], str]) -> str:
    return "".join(map(encode, value))


def utf16_units(value: str) -> str:
    data = value.encode("utf-16-be")
    return "".join(f"\\u{data[i]:02x}{data[i + 1]:02x}" for i in range(0, len(data), 2))


Pair = tuple[Callable[[str], str], Callable[[str], str]]
FORMS: dict[str, Pair] = {
    "raw": (str, str),
    "quote": (lambda s: quote(s, safe=""), unquote),
    "quote_plus": (quote_plus, unquote_plus),
    "quote, lower case": (lambda s: re.sub("%..", lambda m: m[0].lower(), quote(s, safe="")), unquote),
    "every byte percent-encoded": (lambda s: "".join(f"%{b:02X}" for b in s.encode()), unquote),
    "percent-encoded twice": (lambda s: quote(quote(s, safe=""), safe=""), lambda t: unquote(unquote(t))),
    "JSON": (lambda s: json.dumps(s)[1:-1], lambda t: str(json.loads(f'"{t}"'))),
    "JSON, not ASCII only": (lambda s: json.dumps(s, ensure_ascii=False)[1:-1], lambda t: str(json.loads(f'"{t}"'))),
    "JSON, slashes escaped": (lambda s: json.dumps(s)[1:-1].replace("/", "\\/"), lambda t: str(json.loads(f'"{t}"'))),
    "JSON, everything escaped": (utf16_units, lambda t: str(json.loads(f'"{t}"'))),
    "JSON in JSON": (lambda s: json.dumps(json.dumps(s))[3:-3], lambda t: str(json.loads(json.loads(f'"\\"{t}\\""')))),
    "percent in JSON": (lambda s: json.dumps(quote(s))[1:-1], lambda t: unquote(str(json.loads(f'"{t}"')))),
    "HTML": (html.escape, html.unescape),
    "HTML, decimal": (lambda s: everything(s, lambda c: f"&#{ord(c)};"), html.unescape),
    "HTML, hex": (lambda s: everything(s, lambda c: f"&#x{ord(c):X};"), html.unescape),
    "XML attribute": (lambda s: quoteattr(s)[1:-1], html.unescape),
    "JSON in HTML": (lambda s: html.escape(json.dumps(s)[1:-1]), lambda t: str(json.loads(f'"{html.unescape(t)}"'))),
    "repr": (lambda s: repr("'\"" + s)[4:-1], lambda t: str(ast.literal_eval(f"'{t}'"))),
    "ascii": (lambda s: ascii("'\"" + s)[4:-1], lambda t: str(ast.literal_eval(f"'{t}'"))),
    "unicode_escape": (
        lambda s: codecs.encode(s, "unicode_escape").decode(),
        lambda t: codecs.decode(t.encode(), "unicode_escape"),
    ),
}


def squash(text: str) -> str:
    return "".join(text.split()).casefold()


def stands_in(secret: str, text: str) -> bool:
    return squash(secret) in squash(text)


def base64_reveals(text: str, values: list[bytes]) -> bool:
    runs = re.findall(r"[A-Za-z0-9+/]+", "".join(text.split()).replace("-", "+").replace("_", "/"))
    for run in runs:
        for offset in range(4):
            part = run[offset:]
            data = base64.b64decode(part[: len(part) // 4 * 4] + (part[len(part) // 4 * 4 :] + "AAAA")[:4])
            if any(value in data for value in values):
                return True
    return False


def long_enough(secret: str) -> bool:
    return len("".join(secret.split())) >= 8


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(secret=SECRETS)
def test_no_escaped_form_survives(form: str, secret: str) -> None:
    assume(long_enough(secret))
    encode, decode = FORMS[form]
    cleaned = Redactor([Secret(secret)]).clean(f"before {encode(secret)} after").replace(MARK, GONE)
    assert not stands_in(secret, cleaned)
    assert not stands_in(secret, decode(cleaned))
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")


@pytest.mark.parametrize("form", ["raw", "quote", "JSON", "HTML, decimal", "every byte percent-encoded"])
@settings(max_examples=40, deadline=None)
@given(secret=SECRETS, data=st.data())
def test_no_form_survives_being_split_over_lines(form: str, secret: str, data: st.DataObject) -> None:
    assume(long_enough(secret) and "[" not in secret)
    whole = FORMS[form][0](secret)
    if form == "raw":
        width = data.draw(st.integers(1, len(whole)))
        gap = data.draw(st.sampled_from(["\n", "\r\n", "\n    ", " ", "\t"]))
        whole = gap.join(whole[i : i + width] for i in range(0, len(whole), width))
    else:
        whole = "\n".join(FORMS[form][0](c) for c in secret)
    cleaned = Redactor([Secret(secret)]).clean(f"<{whole}>")
    assert MARK in cleaned
    assert not stands_in(secret, FORMS[form][1](cleaned.replace(MARK, GONE).replace("\n", "")))


@settings(max_examples=300, deadline=None)
@given(
    secret=SECRETS,
    before=st.binary(max_size=7),
    after=st.binary(max_size=4),
    urlsafe=st.booleans(),
    padded=st.booleans(),
    width=st.sampled_from([0, 1, 4, 19, 76]),
    carry=st.sampled_from(["value", "quote", "quote_plus"]),
)
def test_no_base64_survives_at_any_alignment(
    secret: str, before: bytes, after: bytes, urlsafe: bool, padded: bool, width: int, carry: str
) -> None:
    assume(long_enough(secret))
    inner = {"value": secret, "quote": quote(secret, safe=""), "quote_plus": quote_plus(secret)}[carry].encode()
    encode = base64.urlsafe_b64encode if urlsafe else base64.b64encode
    text = encode(before + inner + after).decode()
    text = text if padded else text.rstrip("=")
    text = "\n".join(text[i : i + width] for i in range(0, len(text), width)) if width else text
    assert base64_reveals(text, [inner]), "the oracle sees what is there"
    cleaned = Redactor([Secret(secret)]).clean(text)
    assert MARK in cleaned
    assert not base64_reveals(cleaned.replace(MARK, GONE), [inner])


@settings(max_examples=100, deadline=None)
@given(secret=SECRETS, separator=st.sampled_from(["", ":", " ", ", ", "-", "\n"]), upper=st.booleans())
def test_no_hex_survives(secret: str, separator: str, upper: bool) -> None:
    assume(long_enough(secret))
    digits = [f"{byte:02x}" for byte in secret.encode()]
    text = separator.join(map(str.upper, digits) if upper else digits)
    cleaned = Redactor([Secret(secret)]).clean(f"<{text}>")
    assert cleaned == f"<{MARK}>"


@settings(max_examples=150, deadline=None)
@given(secret=SECRETS, pieces=st.lists(st.text(st.sampled_from(ASCII + "\n"), max_size=30), max_size=5))
def test_cleaning_twice_is_cleaning_once_and_leaves_nothing_to_find(secret: str, pieces: list[str]) -> None:
    assume(long_enough(secret))
    redactor = Redactor([Secret(secret)])
    once = redactor.clean(secret.join(pieces))
    assert redactor.clean(once) == once
    assert redactor.scan(once) is None


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_text_without_a_secret_is_untouched(text: str) -> None:
    assume(not re.search(r"://|eyJ|secret|password|token|assertion|authorization|cookie", text, re.IGNORECASE))
    redactor = Redactor([Secret(SECRET), Secret("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl", "access token")])
    assert redactor.clean(text) == text
    assert redactor.tally() == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}',
        '{"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}',
        "Missing form parameter: client_secret",
        "https://acme.ataccama.one/auth/realms/acme/protocol/openid-connect/token?scope=a%20b",
        'WWW-Authenticate: Bearer realm="acme", error="invalid_token", error_description="expired"',
        'curl -H "Authorization: Bearer $(ataccama-doctor token)"',
        "The client secret ends with a line feed (U+000A).",
        "grant_type=client_credentials&client_id=my-client",
        '{"password": null, "access_token": 5}',
    ],
)
def test_what_a_reader_needs_stays(text: str) -> None:
    assert Redactor([Secret(SECRET)]).clean(text) == text


def test_the_scheme_and_the_clients_own_part_of_basic_credentials_are_told_apart() -> None:
    pair = base64.b64encode(f"my-client:{SECRET}".encode()).decode()
    redactor = Redactor([Secret(SECRET)])
    assert redactor.clean(f"x {pair}") == f"x bXktY2xpZW50O{MARK}"
    redactor.learn(Secret(pair, "Basic credentials"))
    assert redactor.clean(f"x {pair}") == "x [Basic credentials removed]"


def test_latin_1_and_bytes_of_another_reading_are_found_too() -> None:
    secret = "pässwörtlich-geheim"
    redactor = Redactor([Secret(secret)])
    latin = secret.encode("latin-1")
    for text in (
        "".join(f"%{byte:02x}" for byte in latin),
        base64.b64encode(b"id:" + latin).decode()[4:],
        secret.encode().decode("latin-1"),
        repr(secret.encode())[2:-1],
        secret.upper(),
        str(list(secret.encode()))[1:-1],
    ):
        assert redactor.clean(text) == MARK


def test_the_same_text_gives_the_same_bytes_whatever_the_order_of_learning() -> None:
    secrets = [Secret("alpha-beta-gamma"), Secret("beta-gamma-delta", "cookie"), Secret("alpha-beta", "access token")]
    results = set()
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        redactor = Redactor(secrets[i] for i in order)
        results.add((redactor.clean("x alpha-beta-gamma-delta y alpha-beta"), redactor.tally()))
    assert len(results) == 1


def test_an_escaped_secret_is_found_although_another_one_dissolves_when_escapes_are_undone() -> None:
    redactor = Redactor([Secret("41Abcdefgh")])
    assert redactor.clean("\\u0041Abcdefgh, \\u0034\\u0031Abcdefgh") == f"\\u00{MARK}, {MARK}"


def test_a_mark_is_never_taken_for_a_secret() -> None:
    for secret in ("client secret removed", "removed]", "secretremoved", "[client secret removed]"):
        redactor = Redactor([Secret(secret), Secret(SECRET)])
        assert redactor.clean(f"a {SECRET} b") == f"a {MARK} b"
        assert redactor.scan(f"a {MARK} b") is None


def test_the_tally_names_what_was_removed_in_which_form() -> None:
    redactor = Redactor([Secret(SECRET)])
    redactor.clean(f"{SECRET} and {quote(SECRET, safe='')} and {SECRET}")
    assert redactor.tally() == (
        Redaction("client secret", "percent-encoded", 1),
        Redaction("client secret", "raw", 2),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("client_secret=abc&x=1", f"client_secret={MARK}&x=1"),
        ('{"access_token": "a\\"b", "n": 1}', '{"access_token": "[access token removed]", "n": 1}'),
        ('"{\\"password\\":\\"abc\\"}"', '"{\\"password\\":\\"[password removed]\\"}"'),
        ('{"refresh_token":"cut off', '{"refresh_token":"[refresh token removed]'),
        ("u?q=client_assertion%3Dabc%26z=1", "u?q=client_assertion%3D[client assertion removed]%26z=1"),
        ("https://user:pa@acme.example/x", "https://[credentials removed]@acme.example/x"),
        ("see eyJh.eyJi.c2ln- end", "see eyJh.eyJi.[JWT signature removed] end"),
        ("authorization: Token abc def", "authorization: Token [Authorization header removed]"),
        ("authorization: abc def", "authorization: [Authorization header removed]"),
        ('{"Cookie":"a=b; c=d"}', '{"Cookie":"a=[cookie removed]; c=[cookie removed]"}'),
        ("Set-Cookie: A=b; Path=/, C=d", "Set-Cookie: A=[cookie removed]; Path=[cookie removed]"),
    ],
)
def test_the_second_net_catches_by_name_and_look(text: str, expected: str) -> None:
    redactor = Redactor()
    assert redactor.clean(text) == expected
    assert redactor.clean(expected) == expected


def test_headers_keep_scheme_cookie_names_and_attributes() -> None:
    redactor = Redactor([Secret(SECRET)])
    assert redactor.clean_headers(
        [
            ("Authorization", "Bearer abc"),
            ("Proxy-Authorization", "abc"),
            ("Set-Cookie", "AUTH=x|y; Version=1; Path=/a; Secure; HttpOnly"),
            ("X-Echo", SECRET),
            ("Date", "Wed, 21 Oct 2026 07:28:00 GMT"),
        ]
    ) == (
        ("Authorization", "Bearer [Authorization header removed]"),
        ("Proxy-Authorization", "[Authorization header removed]"),
        ("Set-Cookie", "AUTH=[cookie removed]; Version=[cookie removed]; Path=/a; Secure; HttpOnly"),
        ("X-Echo", MARK),
        ("Date", "Wed, 21 Oct 2026 07:28:00 GMT"),
    )


class Colour(StrEnum):
    ODD = "invalid-colour"


@dataclass(frozen=True, slots=True)
class Leaf:
    text: str
    headers: tuple[tuple[str, str], ...] = ()
    colour: Colour = Colour.ODD
    number: int = 7


@dataclass(frozen=True, slots=True)
class Tree:
    leaves: tuple[Leaf, ...]
    data: dict[str, Any]
    ref: SecretRef = SecretRef("client_secret")


def test_data_is_cleaned_leaf_by_leaf_and_keeps_its_shape() -> None:
    tree = Tree(
        (Leaf(f"a {SECRET}", headers=(("Cookie", "a=b"),)), Leaf("plain")),
        {SECRET: [SECRET, True, 1.5, None, {"access_token": "zzz"}], "kept": Secret("other")},
    )
    assert Redactor([Secret(SECRET)]).clean_value(tree) == Tree(
        (Leaf(f"a {MARK}", headers=(("Cookie", "a=[cookie removed]"),)), Leaf("plain")),
        {SECRET: [MARK, True, 1.5, None, {"access_token": "[access token removed]"}], "kept": MARK},
    )


def test_enums_and_untouched_objects_stay_the_same() -> None:
    leaf = Leaf("plain")
    assert Redactor([Secret("invalid-colour")]).clean_value(leaf) is leaf


def test_data_without_a_bottom_ends_in_a_mark() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert "removed]" in str(Redactor().clean_value(deep))


@pytest.mark.parametrize("word", ["invalid_client", "client_credentials", "application/json", "Authorization", "POST"])
def test_a_secret_spelled_like_a_protocol_word_spares_exact_leaves(word: str) -> None:
    redactor = Redactor([Secret(word)])
    assert redactor.clean_value({"error": word}) == {"error": word}
    scan_report({"error": word}, redactor)
    assert redactor.clean_value({"error": f"a {word} b"}) == {"error": f"a {MARK} b"}


def test_a_short_secret_is_removed_as_a_whole_token_and_server_text_is_withheld() -> None:
    redactor = Redactor([Secret("abc1")])
    assert redactor.withhold
    assert redactor.server_text("the server said abc1") == WITHHELD
    assert redactor.clean("ABC1, xabc1 and abc1x; 'abc1'") == f"{MARK}, xabc1 and abc1x; '{MARK}'"
    assert redactor.clean(f"k={base64.b64encode(b'abc1').decode()}") == f"k={MARK}"
    assert redactor.clean(redactor.server_text("x")) == WITHHELD


def test_nothing_is_withheld_for_a_short_cookie_or_a_long_secret() -> None:
    redactor = Redactor([Secret("en", "cookie"), Secret(SECRET), Secret("   \n")])
    assert not redactor.withhold
    assert redactor.server_text("en  route") == "en  route"


def test_the_final_scan_finds_a_secret_in_settings_facts_and_exchanges() -> None:
    redactor = Redactor([Secret(SECRET)])
    for part in ("settings", "facts", "exchanges"):
        target = {"settings": [], "facts": [], "exchanges": [], part: [{"value": quote(SECRET)}]}
        with pytest.raises(LeakPrevented, match=f"client secret .* in the {part}") as caught:
            scan_report({"targets": [target]}, redactor)
        assert caught.value.exit_code == 4
        assert SECRET not in str(caught.value)


def test_the_final_scan_passes_what_was_cleaned() -> None:
    redactor = Redactor([Secret(SECRET)])
    target = {"settings": [], "facts": [redactor.clean_value({"x": SECRET})], "exchanges": []}
    scan_report({"targets": [target]}, redactor)
    scan_output(json.dumps(target), redactor, lambda: pytest.fail("no hit, so nobody asks for the words"))


def test_a_leak_in_rendered_output_stops_it() -> None:
    with pytest.raises(LeakPrevented, match="nothing was written"):
        scan_output(html.escape(f"<p>{SECRET}"), Redactor([Secret(SECRET)]), lambda: "other words")


def test_a_secret_that_is_one_of_the_products_words_stops_no_report() -> None:
    redactor = Redactor([Secret("credentials")])
    scan_output("the credentials were taken", redactor, lambda: "Our words: credentials.")
    encoded = base64.b64encode(b"credentials").decode()
    with pytest.raises(LeakPrevented):
        scan_output(f"the {encoded}", redactor, lambda: "Our words: credentials.")


def test_own_words_hold_the_product_and_not_the_sandbox() -> None:
    words = own_words()
    assert str(final_scan.__doc__) in words
    package = Path(final_scan.__file__).parents[1]
    sandbox = [path.read_text(encoding="utf-8") for path in package.glob("sandbox/*.py")]
    assert not [text for text in sandbox if text.strip() and text in words]


def test_a_short_number_stops_no_output() -> None:
    scan_output("status 401", Redactor([Secret("401")]), lambda: "")


def test_a_text_that_held_no_secret_is_looked_at_again_once_one_was_learned() -> None:
    redactor, text = Redactor([Secret("another-secret-9x8y")]), f"the server said {SECRET}"
    assert redactor.clean(text) == text
    assert redactor.scan(text) is None
    redactor.learn(Secret(SECRET))
    assert redactor.scan(text) is not None
    assert redactor.clean(text) == f"the server said {MARK}"


def test_secrets_can_be_learned_while_others_clean() -> None:
    redactor, texts = Redactor(), [f"{n:04d}-secret-value" for n in range(40)]

    def work(part: list[str]) -> None:
        for text in part:
            redactor.learn(Secret(text, "cookie"))
            assert redactor.clean(text) == "[cookie removed]"

    threads = [threading.Thread(target=work, args=(texts[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert redactor.tally() == (Redaction("cookie", "raw", 40),)


def seconds(work: Callable[[], object], times: int) -> float:
    best = 1e9
    for _ in range(times):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


ENDLESS = [
    "eyJ",
    "eyJa.",
    "Authorization: Bearer abcdefgh\n",
    "authorization ",
    "Cookie: a=b; ",
    '"password":"',
    "\\",
    "://",
]


@pytest.mark.parametrize("again", ENDLESS)
def test_a_text_twice_as_long_takes_about_twice_as_long(again: str) -> None:
    redactor = Redactor([Secret(SECRET)])
    half, whole = again * (200_000 // len(again)), again * (400_000 // len(again))
    taken = {len(text): seconds(lambda text=text: redactor.clean(text), 3) for text in (half, whole)}  # type: ignore[misc]
    assert taken[len(whole)] < 3.5 * taken[len(half)] + 0.02, taken


def test_a_secret_that_is_an_ordinary_word_delays_no_report() -> None:
    own_words()
    # Ten times what was measured.
    assert seconds(lambda: scan_output("it is healthy", Redactor([Secret("healthy")])), 3) < 0.1


def test_large_texts_and_large_secrets_stay_cheap() -> None:
    letters = random.Random(2)
    redactor = Redactor(Secret("".join(letters.choices(string.ascii_letters, k=32))) for _ in range(3))
    line = json.dumps({"error": "invalid_client", "error_description": 'Invalid "client"', "at": "a%20b"}) + "\n"
    # Ten times what was measured, so that a busy machine does not fail and a change of order does.
    assert seconds(lambda: redactor.clean(line * 40), 5) < 0.01
    assert seconds(lambda: redactor.clean(line * 10_000), 2) < 1.5
    big = "".join(letters.choices(string.printable, k=100_000))
    assert seconds(lambda: Redactor([Secret(big)]).clean(f"x {quote(big)} y"), 1) < 5


def test_with_a_short_secret_words_around_it_are_withheld_and_a_url_keeps_the_rest() -> None:
    redactor = Redactor([Secret("token")])
    fact = {"words": "no token here", "url": "https://h/realms/x/token", "other": "plain words", "password": "p w"}
    assert redactor.clean_fact(fact) == {
        "words": WITHHELD,
        "url": "https://h/realms/x/[client secret removed]",
        "other": "plain words",
        "password": "[password removed]",
    }
