"""The realm is missing, closed, or known under another address."""

from doctor.api import Cause, Stage, Worst

__all__ = [
    "AUTH_PATH_DIFFERS",
    "HTTPS_NOT_FORWARDED",
    "ISSUER_DIFFERS",
    "NOT_KEYCLOAK",
    "REALM_CASE_DIFFERS",
    "REALM_DISABLED",
    "REALM_NOT_FOUND",
]

REALM_NOT_FOUND = Cause(
    id="realm-not-found",
    stage=Stage.REALM,
    worst=Worst.FAIL,
    title="The realm does not exist on this server",
    fix="Set the realm to the Tenant name as stated in the Cloud Portal for this environment.",
    reference="Ataccama ONE REST API, API Authentication (Token request)",
    meaning=(
        "Keycloak runs at this address and knows no realm of this name. The client ID and the client secret have not "
        "been judged at all."
    ),
    detection=(
        'Keycloak answered 404 with "Realm does not exist" at the '
        "realm's own page, which needs no credentials. Lower and upper case spellings were tried; a page in HTML or "
        "another text in the 404 points at the path or the host instead."
    ),
    steps=(
        "Compare the realm with the Tenant name as stated in the Cloud Portal, letter by letter.",
        (
            "Check that URL and realm belong to the same environment; each environment has a realm of its own, and it "
            "is not the environment's label."
        ),
        (
            "On a self-managed installation, try ataccamaone, and ask the administrator whether the realm was split by "
            "product."
        ),
    ),
    origin=(
        "The environment's label was used as the realm, the name was mistyped, or it was carried over from another "
        "environment."
    ),
    prevention="Store URL, realm, client ID and secret of one environment together, and change them together.",
)

REALM_CASE_DIFFERS = Cause(
    id="realm-case-differs",
    stage=Stage.REALM,
    worst=Worst.FAIL,
    title="The realm exists in another spelling of upper and lower case",
    fix="Write the realm exactly as the server spells it; the finding shows the spelling.",
    reference="RFC 3986, section 6.2.2.1; Ataccama ONE REST API, API Authentication (Token request)",
    meaning=(
        "Realm names are compared letter for letter on most databases, so Acme and acme are two realms. The realm is "
        "there, and only its spelling in the settings is off."
    ),
    detection=(
        'The given spelling was answered with "Realm does not exist" and another spelling of the same letters with the '
        "realm's page. The name in that page is the true one."
    ),
    steps=(
        "Copy the spelling from the finding into the setting.",
        "Change it in every token URL that is built from it as well.",
        (
            "If a program lower-cases the realm on its own, switch that off, since the issuer in the tokens carries "
            "the true spelling."
        ),
    ),
    origin=(
        "The product's prose writes the name with a capital, as in Ataccamaone, while the realm is spelled "
        "ataccamaone; or a template upper-cased a variable."
    ),
    prevention="Treat the realm as an identifier and copy it; never derive it from a display name.",
)

REALM_DISABLED = Cause(
    id="realm-disabled",
    stage=Stage.REALM,
    worst=Worst.FAIL,
    title="The realm is switched off",
    fix="Ask the administrator of the environment's identity provider to enable the realm.",
    reference="Keycloak Server Administration Guide, Configuring realms",
    meaning=(
        "The realm exists and issues no tokens to anybody while it is disabled. Nothing about the client or its secret "
        "needs to be changed."
    ),
    detection=(
        'The token endpoint answered 403 access_denied with "Realm not enabled", while the '
        "realm's page and discovery document still answer. No other cause produces this text."
    ),
    steps=(
        (
            "Ask the administrator whether the realm was disabled on purpose, for maintenance or when the environment "
            "was retired."
        ),
        "On Ataccama Cloud, take the question to Ataccama support together with this report.",
        (
            "Check that the Tenant name as stated in the Cloud Portal is still the one in use; a replaced environment "
            "may have a new realm."
        ),
    ),
    origin="The realm was disabled during a migration, a security incident or the decommissioning of the environment.",
    prevention=(
        "Announce maintenance of the identity provider to the owners of programs, not only to people who log in."
    ),
)

AUTH_PATH_DIFFERS = Cause(
    id="auth-path-differs",
    stage=Stage.REALM,
    worst=Worst.FAIL,
    title="Keycloak is there, but with a different /auth prefix in its path",
    fix="Use the token URL that the finding shows; it differs in the /auth part of the path.",
    reference=(
        "Keycloak Upgrading Guide, Migrating to 17.0.0 (default context path); Ataccama ONE REST API, API "
        "Authentication (Token endpoint URL)"
    ),
    meaning=(
        "The identity provider serves its realms under /realms where /auth/realms was asked, or the reverse. The realm "
        "and the credentials are untouched by this."
    ),
    detection=(
        "The realm's page was asked under both paths; the given one answered 404 and the other one with Keycloak's own "
        "document. On a wrong host neither of them does."
    ),
    steps=(
        "Take the token endpoint from the finding, which comes from the server's discovery document.",
        "On Ataccama Cloud keep /auth; every documented address has it.",
        "On a self-managed Keycloak, ask the administrator whether http-relative-path was changed.",
    ),
    origin=(
        "Keycloak 17 and later serve without /auth unless told otherwise, so an upgrade, or an example for another "
        "version, changes the path."
    ),
    prevention="Take the token endpoint from the discovery document instead of assembling it from parts.",
)

NOT_KEYCLOAK = Cause(
    id="not-keycloak",
    stage=Stage.REALM,
    worst=Worst.FAIL,
    title="Something answers at this address, and it is not an identity provider",
    fix="Check the host in the URL against the Domain as stated in the Cloud Portal.",
    reference="OpenID Connect Discovery 1.0, section 4; RFC 8414, section 3",
    meaning=(
        "A web server answered the questions for the realm, its discovery document and the token endpoint, but none of "
        "the answers is Keycloak's. Outside the vendor's own domain no secret is sent to such a host."
    ),
    detection=(
        "None of the answers has Keycloak's JSON or its error texts, with and without /auth in the path. A recognised "
        "block page, sign-in page or gateway error is reported as that instead, and a realm that is merely unknown is "
        "answered by Keycloak itself."
    ),
    steps=(
        "Open the host in a browser and see which product appears.",
        "Compare the host with the Domain as stated in the Cloud Portal.",
        (
            "On a self-managed installation, ask the administrator for Keycloak's host; it may differ from the web "
            "application's."
        ),
        (
            "If Keycloak has a host of its own, give its token URL as the token URL, and keep the API's host as the "
            "API URL."
        ),
    ),
    origin=(
        "The Cloud Portal's own address, a company site or the web application's host was taken for the environment, "
        "or Keycloak lives on another host."
    ),
    prevention=(
        "Keep the address of the identity provider beside the address of the product in the installation's "
        "documentation."
    ),
)

ISSUER_DIFFERS = Cause(
    id="issuer-differs",
    stage=Stage.REALM,
    worst=Worst.WARN,
    title="The realm calls itself by another address than the one in use",
    fix=(
        "Ask the administrator which of the two addresses is meant, and use it throughout; the finding shows the part "
        "that differs."
    ),
    reference="OpenID Connect Discovery 1.0, section 4.3; RFC 8414, section 3.3",
    meaning=(
        "The issuer in the discovery document differs from the address used in scheme, host, port or path. Tokens "
        "carry that issuer, and an API that was told the other address refuses them."
    ),
    detection=(
        "The issuer is compared with the address character by character, as the standard demands, and the differing "
        "part is named. It is a warning on its own; when the API accepts the token, the difference does no harm."
    ),
    steps=(
        "Read which part differs: scheme, host, port or path.",
        "For a different public host, use that host in the settings.",
        (
            "For http, an internal host name or a port such as 8080, ask the administrator to check the forwarded "
            "headers and the hostname setting of Keycloak."
        ),
        "Make sure that the API is configured with the issuer exactly as the realm writes it.",
    ),
    origin=(
        "A second name leads to the same Keycloak, or its proxy does not pass on X-Forwarded-Proto and "
        "X-Forwarded-Host."
    ),
    prevention="Fix Keycloak's hostname setting to one public URL, so that the issuer does not depend on the way in.",
)

HTTPS_NOT_FORWARDED = Cause(
    id="https-not-forwarded",
    stage=Stage.REALM,
    worst=Worst.FAIL,
    title="The platform's proxy hides from Keycloak that HTTPS was used",
    fix=(
        "Ask the administrator of the installation to let the proxy send X-Forwarded-Proto and to let Keycloak honour "
        "it (proxy-headers)."
    ),
    reference="Keycloak documentation, Configuring a reverse proxy; RFC 7239, section 5.4",
    meaning=(
        "The request came over HTTPS, and Keycloak refused it because its own proxy told it plain HTTP. Nothing that "
        "the user of the API can set will change this."
    ),
    detection=(
        'The answer was 403 with "HTTPS required" although the URL used and the connection made were HTTPS. Over '
        "http:// the same text would be right, and the URL would be at fault."
    ),
    steps=(
        "Send the administrator this report; the exchange shows the HTTPS request and the refusal.",
        "In the proxy, set X-Forwarded-Proto to https, and X-Forwarded-Host and X-Forwarded-Port to the public values.",
        "In Keycloak, set proxy-headers to the kind of headers that the proxy sends.",
        "On Ataccama Cloud, report it to Ataccama support.",
    ),
    origin=(
        "A load balancer or ingress was put in front or replaced, and its forwarding headers were not configured or "
        "not trusted."
    ),
    prevention=(
        "Let the installation's monitoring fetch the discovery document through the public address and compare its "
        "issuer."
    ),
)
