"""Pairs in which one of the faults lies on the way, in the token or at the API."""

import socket

from doctor.sandbox.message import Answer, Framing, Hang, html_answer, redirect
from doctor.sandbox.server import Sandbox
from doctor.sandbox.world import Minting, Rule
from tests.worlds.access_token import OTHER_KID, OTHER_REALM, issued, minted
from tests.worlds.api import OTHER_ISSUER, header
from tests.worlds.edges import WELL_KNOWN
from tests.worlds.network import API_APART, BLOCKS, GATEWAYS, LIMITS, SIGN_INS, api_tls, at, clocks, everywhere
from tests.worlds.world import Case, api, client, combined, edge, rules

DAY = 86_400
WRONG = {"client_secret": "q8RkZt0mYw2LsB5cN7xVfJ3hD1gP6aUe"}
CATALOG = html_answer(200, "<!doctype html><title>ONE</title><div id=root></div>")


def refusing_api(env: Sandbox) -> str:
    return f"https://localhost:{env.refusing_port}/api"


CERTIFICATES = (
    Case("the API's certificate has expired, and this machine's clock is two hours behind",
         combined(api_tls(kind="expired"), clocks(7200)), API_APART, cause="certificate-expired", endpoint="api",
         confidence="certain", also=("clock-wrong",), fact="issue 3, point 2"),
    Case("the API's certificate has expired by this machine's clock, which is ten days ahead",
         combined(api_tls(kind="expired"), clocks(-10 * DAY)), API_APART, cause="clock-wrong",
         also=("certificate-dates-or-clock",), fact="issue 3, point 2"),
    Case("the API's certificate has expired and is another host's",
         api_tls(kind="expired", hosts=("other.example",)), API_APART, cause="certificate-expired", endpoint="api",
         also=("certificate-wrong-host",)),
    Case("the API's certificate is unknown and another host's",
         api_tls(kind="untrusted", hosts=("other.example",)), API_APART, cause="certificate-wrong-host", endpoint="api",
         also=("certificate-untrusted",)),
    Case("the API's certificate is another host's, and the secret is wrong", api_tls(kind="wrong-host"),
         {**API_APART, **WRONG}, cause="certificate-wrong-host", endpoint="api", also=("client-secret-mismatch",)),
    Case("the certificate is out of date, and the clock unknown, and the realm misspelt",
         lambda world: world.with_tls(kind="expired"), {"realm": "demmo"}, cause="certificate-dates-or-clock",
         confidence="likely"),
)  # fmt: skip

HINDRANCES = (
    Case("a line feed ends the secret, and each connection dies after one answer", edge(framing=Framing(serves=1)),
         {"client_secret": lambda env: f"{env.client_secret}\n"}, cause="edge-whitespace", setting="client_secret",
         confidence="certain"),
    Case("the secret is wrong, and the API's name does not exist", settings={**WRONG,
         "api_url": "https://api.gone.example/api"}, names={"api.gone.example": socket.EAI_NONAME},
         cause="client-secret-mismatch", setting="client_secret", also=("host-not-found",)),
    Case("the secret is wrong, and the API's port refuses", settings={**WRONG, "api_url": refusing_api},
         cause="client-secret-mismatch", also=("connection-refused",)),
    Case("the secret is wrong, and the API limits", at("api", LIMITS["seconds"]), WRONG,
         cause="client-secret-mismatch", also=("rate-limited",)),
    Case("the realm is in the wrong case, and the API is silent", at("api", Hang()), {"realm": "Demo"}, timeout=0.7,
         cause="realm-case-differs", also=("response-timed-out",)),
    Case("the grant is off, and a wall stands before the API", combined(client(service_account=False),
         at("api", BLOCKS["Azure's block"])), cause="service-account-off", also=("edge-blocks",)),
    Case("the secret is wrong, and a sign-in stands before the API", at("api", SIGN_INS["a sign-in page"]), WRONG,
         cause="login-page-in-front", endpoint="api", also=("client-secret-mismatch",)),
    Case("the secret is wrong, and discovery is down", rules(Rule(GATEWAYS["nginx 502"], WELL_KNOWN)), WRONG,
         cause="client-secret-mismatch", also=("gateway-error",)),
    Case("discovery is behind a wall, and the web application answers for the API", combined(api(html=True),
         rules(Rule(BLOCKS["Azure's block"], WELL_KNOWN))), cause="api-answers-html", endpoint="api",
         also=("edge-blocks",), fact="contract.md 3, rule 1"),
    Case("discovery is down, and the API redirects elsewhere", rules(Rule(GATEWAYS["nginx 502"], WELL_KNOWN),
         Rule(redirect("https://api.invalid/"), "/api")), cause="api-redirects", also=("gateway-error",)),
    Case("discovery is limited, and the API answers a bare 403", rules(Rule(LIMITS["seconds"], WELL_KNOWN),
         Rule(Answer(403), "/api", authorized=True)), cause="api-forbidden", confidence="likely",
         also=("rate-limited",)),
    Case("discovery is behind a wall, and the API refuses for a reason of its own", rules(
         Rule(BLOCKS["Azure's block"], WELL_KNOWN), Rule(Answer(412), "/api", authorized=True)),
         cause="api-request-refused", also=("edge-blocks",)),
    Case("the token endpoint is behind a wall, and the API is down", combined(at("token", BLOCKS["Azure's block"]),
         at("api", GATEWAYS["nginx 503"])), cause="edge-blocks", endpoint="token", also=("gateway-error",)),
    Case("the token endpoint is down, and no path of the API is there", combined(at("token", GATEWAYS["nginx 502"]),
         api(paths=())), {"access_token": lambda env: env.mint()}, cause="api-not-found", also=("gateway-error",)),
    Case("everything is down, and the realm misspelt", everywhere(GATEWAYS["an empty 503"]), {"realm": "demmo"},
         cause="gateway-error", endpoint="realm"),
    Case("the clocks differ, and the secret is wrong", api(clock_offset=900, own_date=True), WRONG,
         cause="server-clocks-differ", also=("client-secret-mismatch",)),
    Case("this machine's clock is wrong, and so is the secret", clocks(7200), WRONG, cause="clock-wrong",
         also=("client-secret-mismatch",), fact="contract.md 3, rule 1: stage"),
)  # fmt: skip

TOKENS = (
    Case("the token is of an unknown key, and the API wants an audience", combined(issued(kid=OTHER_KID),
         api(audience="one-api")), cause="token-key-unknown"),
    Case("the token given is expired, and the API trusts another issuer", api(trusted_issuer=OTHER_ISSUER),
         {"access_token": minted(iat=lambda now: now - 3900, exp=lambda now: now - 3600)},
         cause="token-expired", setting="access_token", also=("api-issuer-not-trusted",)),
    Case("the token given is another realm's, and the header is bare", settings={"authorization": header("{t}"),
         "access_token": minted(Minting(kid=OTHER_KID), **OTHER_REALM)}, cause="token-issuer-differs",
         setting="access_token", also=("bearer-prefix-missing",)),
    Case("the header is doubled, and the API trusts another issuer", api(trusted_issuer=OTHER_ISSUER),
         {"authorization": header("Bearer Bearer {t}")}, cause="bearer-prefix-doubled", setting="authorization",
         also=("api-issuer-not-trusted",)),
    Case("the header is doubled and alone, and the API trusts another issuer", api(trusted_issuer=OTHER_ISSUER),
         {"authorization": header("Bearer Bearer {t}"), "client_secret": None}, cause="bearer-prefix-doubled",
         setting="authorization", also=("api-issuer-not-trusted",)),
    Case("the header is doubled, and the API refuses tokens without a word", api(trusted_issuer=OTHER_ISSUER,
         tells_why=False), {"authorization": header("Bearer Bearer {t}")}, cause="bearer-prefix-doubled",
         also=("api-token-refused",)),
    Case("the header is quoted, and the client may do nothing", client(permitted=False),
         {"authorization": header('Bearer "{t}"')}, cause="bearer-token-quoted", also=("permission-missing",)),
    Case("the token given is cut, and the API redirects", rules(Rule(redirect("https://api.invalid/"), "/api")),
         {"access_token": lambda env: env.mint()[:150]}, cause="token-malformed", setting="access_token",
         also=("api-redirects",)),
    Case("the token is another client's, and the API answers pages", api(html=True),
         {"access_token": minted(azp="other-client", client_id="other-client")}, cause="token-client-differs",
         setting="access_token", also=("api-answers-html",)),
    Case("the token lives ten seconds, and the API trusts another issuer", combined(client(lifespan=10),
         api(trusted_issuer=OTHER_ISSUER)), cause="api-issuer-not-trusted", also=("token-lifetime-short",)),
    Case("the token is over-privileged, and the path is wrong", client(client_roles={
         "realm-management": ("realm-admin",)}), cause="api-not-found", get=("/api/nope",),
         also=("token-over-privileged",)),
    Case("the API is open, and the secret is wrong", api(protected=False), WRONG, cause="client-secret-mismatch",
         also=("api-not-protected",)),
    Case("the API is open, and the header is bare", api(protected=False), {"authorization": header("{t}")},
         cause="bearer-prefix-missing", also=("api-not-protected",)),
    Case("reference data is forbidden, and the catalog wants another audience", rules(Rule(Answer(403),
         "/api/reference-data", authorized=True), Rule(Answer(401, (("WWW-Authenticate",
         'Bearer error="invalid_token", error_description="The aud claim is not valid"'),)), "/api/catalog",
         authorized=True)), cause="api-forbidden", confidence="likely"),
)  # fmt: skip

PAIRS = (*CERTIFICATES, *HINDRANCES, *TOKENS)
