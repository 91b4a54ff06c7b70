"""An HTTP answer read as what it is: who speaks, what kind of body, which words."""

import pytest

from doctor.api import BodyKind, Challenge, FailureKind, Obstacle, PageKind, Phase, Speaker, TransportFailure
from doctor.probes.markup import element_text, page_words
from doctor.probes.reading import challenges, read, reply_of
from tests.checks.facts import cases
from tests.probes.answers import KEYCLOAK, response

MALFORMED = (
    'Bearer error="invalid_token", error_description="Bearer token is malformed", '
    'error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"'
)


@pytest.mark.parametrize(
    ("status", "body", "headers", "speaker"),
    cases(
        {
            "Keycloak by its headers": (200, {}, KEYCLOAK, Speaker.KEYCLOAK),
            "Keycloak by its words, outside a realm (keycloak.md 2)": (
                404,
                {"error": "Unable to find matching target resource method"},
                {},
                Speaker.KEYCLOAK,
            ),
            "an older Keycloak by its words": (404, {"error": "RESTEASY003210: Could not find"}, {}, Speaker.KEYCLOAK),
            "Spring by its challenge (keycloak.md 5a)": (401, "", {"WWW-Authenticate": MALFORMED}, Speaker.SPRING),
            "Envoy by its name (keycloak.md 5b)": (401, "Jwt is missing", {"Server": "istio-envoy"}, Speaker.ENVOY),
            "Kong by its name (keycloak.md 5d)": (401, {"message": "x"}, {"Via": "1.1 kong/3.4"}, Speaker.KONG),
            "Cloudflare (keycloak.md 5e)": (403, "<html>x", {"Server": "cloudflare"}, Speaker.CLOUDFLARE),
            "Azure Front Door (keycloak.md 5e)": (403, "<html>x", {"X-Azure-Ref": "1"}, Speaker.AZURE),
            "AWS (keycloak.md 5e)": (503, "<html>x", {"Server": "awselb/2.0"}, Speaker.AWS),
            "a TLS inspector (keycloak.md 5e)": (403, "<html>x", {"Server": "Zscaler/6.2"}, Speaker.INSPECTION),
            "nginx by its page": (502, "<html><center><h1>502</h1></center>", {"Server": "nginx"}, Speaker.NGINX),
            "nobody in particular": (404, {"error": "x"}, {"Server": "nginx"}, Speaker.UNKNOWN),
        }
    ),
)
def test_it_knows_who_speaks(status: int, body: object, headers: dict[str, str], speaker: Speaker) -> None:
    assert reply_of(response(status, body, headers)).speaker is speaker


@pytest.mark.parametrize(
    ("body", "page"),
    cases(
        {
            "a sign-in form": ('<html><form><input name="p" type="password">', PageKind.SIGN_IN),
            "a page called Log in": ("<html><title>Log in to Acme</title>", PageKind.SIGN_IN),
            "a bot challenge": ("<html><title>Just a moment...</title>", PageKind.CHALLENGE),
            "a block page": ("<html><h1>The request is blocked.</h1>", PageKind.BLOCK),
            "an edge's default page": ("default backend - 404", PageKind.DEFAULT),
            "a port that wants TLS": (
                "<html><h1>400 The plain HTTP request was sent to HTTPS port</h1>",
                PageKind.TLS_EXPECTED,
            ),
            "a client certificate wanted": (
                "<html><h1>400 No required SSL certificate was sent</h1>",
                PageKind.CLIENT_CERTIFICATE,
            ),
            "a header too large": ("<html><h1>400 Request Header Or Cookie Too Large</h1>", PageKind.HEADER_TOO_LARGE),
            "a form that posts SAML": ('<html><form><input type="hidden" name="SAMLRequest">', PageKind.SIGN_IN),
            "a domain for sale": ("<html>This domain is for sale.", PageKind.DEFAULT),
            "a wall that names the incident": ("<html>Access Denied. Reference #18.2", PageKind.BLOCK),
            "a refusal that could be the service's own": ("<html><h1>Access Denied</h1>", PageKind.PLAIN),
            "any other page": ("<html><title>Acme Portal</title>", PageKind.PLAIN),
            "plain text": ("Jwt is missing", None),
            "JSON that speaks of a blocked request": ({"message": "the request is blocked"}, None),
            "a script that mentions a captcha": ("<html><script>captcha()</script><title>Acme</title>", PageKind.PLAIN),
        }
    ),
)
def test_it_knows_what_a_page_wants(body: object, page: PageKind | None) -> None:
    headers = {} if not isinstance(body, str) or body.startswith("<") else {"Content-Type": "text/plain"}

    assert reply_of(response(403, body, headers)).page is page


NGINX_404 = "<html><center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.27</center></html>"


@pytest.mark.parametrize(
    ("status", "body", "headers", "page"),
    cases(
        {
            "nginx's own 404 (keycloak.md 5c)": (404, NGINX_404, {}, PageKind.DEFAULT),
            "nginx's own 403": (403, NGINX_404.replace("404 Not Found", "403 Forbidden"), {}, PageKind.PLAIN),
            "Envoy's 404, without a body": (404, "", {"Server": "envoy"}, PageKind.DEFAULT),
            "Kong's 404 (keycloak.md 5d)": (
                404,
                {"message": "no Route matched with those values"},
                {},
                PageKind.DEFAULT,
            ),
            "Keycloak's 404": (404, {"error": "Realm does not exist"}, {}, None),
            "a redirect to a sign-in": (
                302,
                "",
                {"Location": "https://sso.example/oauth2/authorize?x=1"},
                PageKind.SIGN_IN,
            ),
            "a redirect to the same path elsewhere": (
                301,
                "",
                {"Location": "https://one.example/auth/realms/acme"},
                None,
            ),
            "a redirect to a host called login": (308, "", {"Location": "https://login.example/auth/token"}, None),
            "a challenge by its header (keycloak.md 5e)": (403, {}, {"cf-mitigated": "challenge"}, PageKind.CHALLENGE),
        }
    ),
)
def test_it_knows_a_page_by_its_structure(
    status: int, body: object, headers: dict[str, str], page: PageKind | None
) -> None:
    assert reply_of(response(status, body, headers)).page is page


@pytest.mark.parametrize(
    ("status", "body", "headers", "obstacle"),
    cases(
        {
            "429": (429, "", {}, Obstacle.LIMIT),
            "a challenge with 429": (429, "", {"cf-mitigated": "challenge"}, Obstacle.BLOCK),
            "CloudFront's 502 says that it could not be satisfied": (
                502,
                "<html>The request could not be satisfied.",
                {},
                Obstacle.GATEWAY,
            ),
            "Cloudflare's 522": (522, "", {}, Obstacle.GATEWAY),
            "a captive portal (RFC 6585 section 6)": (511, "<html>", {}, Obstacle.SIGN_IN),
            "a proxy on the way": (407, "", {}, Obstacle.PROXY_LOGIN),
            "Basic wanted": (401, "", {"WWW-Authenticate": 'Basic realm="x"'}, Obstacle.SIGN_IN),
            "Basic or Bearer wanted": (401, "", {"WWW-Authenticate": 'Basic realm="x", Bearer'}, None),
            "an inspection gateway's refusal": (403, "<html>no", {"Server": "Zscaler/6.2"}, Obstacle.BLOCK),
            "an inspection gateway that lets through": (200, {}, {"Server": "Zscaler/6.2"}, None),
            "an error of the service itself": (500, "", {}, None),
            "a bare 403": (403, "", {}, None),
        }
    ),
)
def test_it_knows_what_answers_in_the_services_place(
    status: int, body: object, headers: dict[str, str], obstacle: Obstacle | None
) -> None:
    assert reply_of(response(status, body, headers)).obstacle is obstacle


@pytest.mark.parametrize(
    ("body", "kind"),
    cases(
        {
            "an object": ({"a": 1}, BodyKind.OBJECT),
            "a list": ([1], BodyKind.JSON),
            "white space": (" \r\n", BodyKind.EMPTY),
            "nothing": ("", BodyKind.EMPTY),
            "a page behind a byte order mark": ("\ufeff<!DOCTYPE html><p>x", BodyKind.HTML),
        }
    ),
)
def test_it_knows_the_kind_of_body(body: object, kind: BodyKind) -> None:
    assert reply_of(response(200, body)).body is kind


@pytest.mark.parametrize(
    ("header", "expected"),
    cases(
        {
            "a bare scheme": ("Bearer", (Challenge("Bearer"),)),
            "Spring's refusal": (MALFORMED, (Challenge("Bearer", None, "invalid_token", "Bearer token is malformed"),)),
            "a realm": ('Basic realm="intranet"', (Challenge("Basic", "intranet"),)),
            "two schemes in one header": (
                'Negotiate, Basic realm="x"',
                (Challenge("Negotiate"), Challenge("Basic", "x")),
            ),
            "an escaped quote": (r'Bearer realm="a \"b\""', (Challenge("Bearer", 'a "b"'),)),
            "a value without quotes": ("Bearer error=invalid_token", (Challenge("Bearer", None, "invalid_token"),)),
            "nothing": ("", ()),
        }
    ),
)
def test_it_reads_challenges(header: str, expected: tuple[Challenge, ...]) -> None:
    assert challenges(header) == expected


def test_error_and_description_come_from_the_object() -> None:
    seen = reply_of(response(401, {"error": "invalid_client", "error_description": "Invalid client credentials"}))

    assert (seen.error, seen.error_description) == ("invalid_client", "Invalid client credentials")
    assert seen.words == "401 invalid_client: Invalid client credentials"


@pytest.mark.parametrize("odd", [None, 7, ["x"], {"a": 1}])
def test_an_error_that_is_no_string_is_none(odd: object) -> None:
    assert reply_of(response(400, {"error": odd})).error is None


def test_every_string_is_cut() -> None:
    assert len(reply_of(response(400, {"error": "x" * 10_000})).error or "") == 500


def test_a_relative_location_is_made_absolute() -> None:
    assert reply_of(response(302, "", {"Location": "/login"})).location == "https://acme.ataccama.one/login"


@pytest.mark.parametrize(
    ("headers", "date"),
    cases(
        {
            "a date": ({"Date": "Thu, 01 Jan 1970 00:01:00 GMT"}, 60.0),
            "a cached answer, whose date is old": ({"Date": "Thu, 01 Jan 1970 00:01:00 GMT", "Age": "30"}, None),
            "no date": ({}, None),
            "what is no date": ({"Date": "yesterday"}, None),
        }
    ),
)
def test_the_date_is_read_where_it_is_one(headers: dict[str, str], date: float | None) -> None:
    assert reply_of(response(200, {}, headers)).date == date


def test_the_request_id_keeps_its_headers_name() -> None:
    assert reply_of(response(500, "", {"X-Request-ID": "7f2c"})).request_id == "x-request-id: 7f2c"


@pytest.mark.parametrize(("value", "seconds"), [("30", 30.0), ("-5", 0.0), ("soon", None)])
def test_retry_after_is_a_number_of_seconds_or_unknown(value: str, seconds: float | None) -> None:
    assert reply_of(response(429, "", {"Retry-After": value})).retry_after == seconds


def test_the_words_of_an_element_are_found_by_its_id() -> None:
    """keycloak.md 3c: the message sits in kc-error-message."""
    html = '<div id="kc-error-message"><p class="instruction">Client not found.</p></div>'

    assert element_text(html, "kc-error-message") == "Client not found."
    assert element_text(html, "other") is None


def test_scripts_and_markup_are_no_words() -> None:
    assert page_words("<script>x</script><p>a&amp;b</p>\n\n<b>c</b>") == "a&b c"


def test_a_failure_stays_a_failure() -> None:
    lost = TransportFailure(FailureKind.RESET, Phase.WAIT, "reset", 1)

    assert read(lost) is lost


def test_a_location_that_is_no_url_stays_as_it_was_sent() -> None:
    assert reply_of(response(302, "", {"Location": "http://["})).location == "http://["
