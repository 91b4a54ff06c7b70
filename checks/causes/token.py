"""The client credentials grant is refused, or answered with something that is no token."""

from doctor.api import Cause, Stage, Worst

__all__ = [
    "CLIENT_AUTH_METHOD_DIFFERS",
    "CLIENT_BEARER_ONLY",
    "CLIENT_DISABLED",
    "CLIENT_NOT_FOUND",
    "CLIENT_NOT_OIDC",
    "CLIENT_NOT_USABLE",
    "CLIENT_PUBLIC",
    "CLIENT_SECRET_MISMATCH",
    "CREDENTIALS_REJECTED",
    "GRANT_UNSUPPORTED",
    "PROOF_OF_POSSESSION_REQUIRED",
    "REQUEST_BODY_LOST",
    "SCOPE_REFUSED",
    "SERVICE_ACCOUNT_OFF",
    "SERVICE_ACCOUNT_USER_DISABLED",
    "SIGNED_JWT_REQUIRED",
    "TOKEN_REQUEST_REFUSED",
    "TOKEN_RESPONSE_INCOMPLETE",
    "TOKEN_RESPONSE_NOT_JSON",
    "TOKEN_TYPE_NOT_BEARER",
    "TOKEN_URL_REDIRECTS",
    "TOKEN_URL_WRONG",
]

CLIENT_NOT_FOUND = Cause(
    id="client-not-found",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The realm knows no client with this client ID",
    fix=(
        "Compare the client ID with the one stored when the API client was created, and check that it was created in "
        "this environment."
    ),
    reference=(
        "RFC 6749, section 5.2 (invalid_client); Ataccama ONE REST API, API Authentication (Invalid client credentials)"
    ),
    meaning=(
        "The realm exists and has no client of this name. The secret was not compared with anything, so nothing is "
        "known about it."
    ),
    detection=(
        "The token endpoint answered invalid_client, which a wrong secret does not cause, and the realm's "
        'authorization endpoint said "Client not found". Without that second answer the joint cause client-not-usable '
        "is named, since a disabled client looks the same."
    ),
    steps=(
        "Compare the client ID letter by letter, including upper and lower case; Keycloak trims nothing.",
        (
            "Look in the Cloud Portal under the API Clients of exactly this environment; a client of the test "
            "environment is unknown in production."
        ),
        (
            "If the API client was removed, create a new one: Cloud Portal > your environment > Settings tab > API "
            "Clients > Create API Client."
        ),
        "Replace client ID and client secret together in every program that used the old pair.",
    ),
    origin=(
        "The credentials belong to another environment, the API client was deleted when a new one was made, or its "
        "display name was given in place of the ID."
    ),
    prevention="Keep URL, realm, client ID and client secret of one environment as one set.",
)

CLIENT_DISABLED = Cause(
    id="client-disabled",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client exists and is disabled",
    fix="Ask an administrator of the environment to enable this API client, or create a new one for this program.",
    reference=(
        "RFC 6749, section 5.2 (invalid_client); Ataccama ONE REST API, API Authentication (Invalid client credentials)"
    ),
    meaning=(
        "The realm knows the client and refuses it because it is switched off. Its secret may still be right; it was "
        "not compared."
    ),
    detection=(
        "On Keycloak 20 and later the token endpoint answers as for an unknown client, and the authorization endpoint "
        'says "Client disabled". Keycloak 15 to 19 tell it at the token endpoint by unauthorized_client with "Invalid '
        'client credentials".'
    ),
    steps=(
        "Ask the administrator why the client was disabled before anybody enables it; it may have been on purpose.",
        (
            "On Ataccama Cloud, where the public documentation shows no way to enable a client, take the client ID to "
            "Ataccama support."
        ),
        (
            "If it is to stay disabled, create a new API client: Cloud Portal > your environment > Settings tab > API "
            "Clients > Create API Client."
        ),
    ),
    origin="Somebody switched the client off after an incident or as unused, or an automatic clean-up did.",
    prevention=(
        "Name API clients after the program and team that use them, so that nobody takes one in use for a forgotten "
        "one."
    ),
)

CLIENT_NOT_USABLE = Cause(
    id="client-not-usable",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The realm cannot use this client: unknown, disabled, or made for another login",
    fix="Check first that an API client with this client ID exists in this environment, then that it is enabled.",
    reference="RFC 6749, section 5.2 (invalid_client)",
    meaning=(
        "The token endpoint answered in the words that it has for an unknown client, a disabled one, and one that "
        "authenticates by certificate or by an outside assertion. Which of them applies could not be found out for "
        "certain; the secret was not the reason."
    ),
    detection=(
        "The answer was invalid_client; a wrong secret gives unauthorized_client. The realm's authorization endpoint, "
        "which tells an unknown and a disabled client, was not asked, was blocked, or answered in words that are not "
        "Keycloak's own; or it knows the client and finds it enabled, which leaves a login by other means."
    ),
    steps=(
        (
            "Look for the client ID under the API Clients of this environment in the Cloud Portal; if it is missing, "
            "it is unknown or belongs elsewhere."
        ),
        "If it is there, ask an administrator of the environment whether it is enabled.",
        (
            "In a self-managed realm, have the administrator look at the client's Credentials tab for an authenticator "
            "other than Client ID and Secret."
        ),
        (
            "If --no-browser-endpoint was given, run once without it to get a definite answer; this leaves one "
            "login-error event in the realm."
        ),
    ),
    origin="Mostly the client ID is mistyped or from another environment; less often the client was disabled.",
    prevention="Let checks ask the authorization endpoint, and keep it reachable for programs.",
    joint=("client-not-found", "client-disabled", "signed-jwt-required"),
)

CLIENT_SECRET_MISMATCH = Cause(
    id="client-secret-mismatch",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client secret is not this client's",
    fix="Give the secret that was stored when this API client was created; if it is lost, create a new API client.",
    reference="RFC 6749, section 5.2; Ataccama ONE REST API, API Authentication (Invalid client credentials)",
    meaning=(
        "The client exists, is enabled and authenticates by secret, and the secret sent is not the one it has. "
        "Mistyped, replaced or of another environment look the same from outside."
    ),
    detection=(
        "The token endpoint answered unauthorized_client with its text about credentials, which Keycloak gives only "
        "after it has found the client. Repairable faults, such as whitespace, quotes or an encoding, were tried first "
        "where the value suggested one."
    ),
    steps=(
        (
            "Find the stored copy of the secret and see whether client ID, client secret and environment were stored "
            "together."
        ),
        (
            "Compare the fingerprint in this report with that of a program that still works; equal fingerprints under "
            "the same key are equal secrets."
        ),
        (
            "The Cloud Portal displays a secret only once. If there is no stored copy, create a new API client: Cloud "
            "Portal > your environment > Settings tab > API Clients > Create API Client."
        ),
        (
            "In a self-managed realm, ask the administrator for a new secret on the client's Credentials tab, and "
            "change every program that uses the client."
        ),
    ),
    origin=(
        "The API client was replaced and only some programs were told, the secret of another environment was taken, or "
        "it was copied with its mask or without its last character."
    ),
    prevention=(
        "Let every program read the pair from one place in a secret store, so that a replacement reaches all of them."
    ),
)

CREDENTIALS_REJECTED = Cause(
    id="credentials-rejected",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client ID or the client secret is wrong",
    fix=(
        "Check that the client ID is listed under API Clients of this environment; if it is and was not disabled, "
        "create a new API client."
    ),
    reference="RFC 6749, section 5.2; Ataccama ONE REST API, API Authentication (Invalid client credentials)",
    meaning=(
        "The token endpoint refused the pair without telling which half it refused. The client may be unknown, "
        "disabled, or have another secret."
    ),
    detection=(
        "The words and codes of this server do not separate the three, and asking with the client ID alone and at the "
        "authorization endpoint gave no decision either. Standard Keycloak does separate them, so something in front "
        "may rewrite its answers."
    ),
    steps=(
        "Look in the Cloud Portal under API Clients of this environment whether the client ID is listed.",
        "If it is not, take the pair of a client that is, or create a new one with Create API Client.",
        "If it is, ask an administrator of the environment whether the client is enabled.",
        "If it is enabled, the secret remains: use the copy stored at creation, or create a new API client.",
    ),
    origin="One half of the pair was replaced and the other kept, or both come from another environment.",
    prevention="Replace client ID and client secret always as a pair.",
    joint=("client-not-found", "client-secret-mismatch", "client-disabled"),
)

CLIENT_PUBLIC = Cause(
    id="client-public",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client is public and cannot use the client credentials grant",
    fix=(
        "Use an API client created in the Cloud Portal; in a self-managed realm, have Client authentication switched "
        "on for this client."
    ),
    reference="RFC 6749, sections 2.1 and 4.4",
    meaning=(
        "A public client has no secret, so Keycloak ignores whatever is sent as one. The grant is reserved for "
        "confidential clients."
    ),
    detection=(
        'The token endpoint answered "Public client not allowed to retrieve service account", with and without a '
        "secret. A confidential client whose grant is off is service-account-off."
    ),
    steps=(
        (
            "Check whether this is the client ID of a browser application or of the MDM MCP server; those are public "
            "by design and should stay so."
        ),
        (
            "On Ataccama Cloud, create a client for this program: Cloud Portal > your environment > Settings tab > API "
            "Clients > Create API Client."
        ),
        (
            "In a self-managed realm, ask the administrator for a new client with Client authentication and Service "
            "accounts roles switched on."
        ),
    ),
    origin=(
        "The client ID was found in the address of a login page, or a client was made for single sign-on and reused "
        "for a program."
    ),
    prevention="Give each program a client of its own, and never the one that people log in with.",
)

CLIENT_BEARER_ONLY = Cause(
    id="client-bearer-only",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client is bearer-only and cannot obtain tokens",
    fix=(
        "Use the client ID of an API client made for your program; a bearer-only client stands for a service and "
        "requests nothing."
    ),
    reference="Keycloak Server Administration Guide, Managing OpenID Connect clients; RFC 6749, section 4.4",
    meaning=(
        "The client represents an API that checks the tokens of others. Keycloak lets it authenticate and then refuses "
        "to issue a token to it."
    ),
    detection=(
        'The token endpoint answered "Bearer-only not allowed", or the authorization endpoint refused the client with '
        "403 as bearer-only. Both texts belong to this kind of client alone."
    ),
    steps=(
        "Ask the realm's administrator for the client that is meant for programs calling the API.",
        (
            "On Ataccama Cloud, create one: Cloud Portal > your environment > Settings tab > API Clients > Create API "
            "Client."
        ),
        "Leave the bearer-only client as it is, because a service depends on it.",
    ),
    origin=(
        "The client ID was read from the audience of a token or from the configuration of the API instead of its "
        "caller."
    ),
    prevention="Note for each client of a self-managed realm whether it calls an API or is one.",
)

CLIENT_NOT_OIDC = Cause(
    id="client-not-oidc",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client belongs to another protocol than OpenID Connect",
    fix="Use the client ID of an OpenID Connect client that was made for your program.",
    reference="OpenID Connect Core 1.0, section 9; RFC 6749, section 2",
    meaning=(
        "The realm has a client of this name for another protocol, usually SAML. Such a client takes part in browser "
        "sign-in and cannot obtain OAuth tokens."
    ),
    detection=(
        'Keycloak answered "Wrong client protocol", at the token endpoint or at the authorization endpoint. An unknown '
        "client gets another text at the latter."
    ),
    steps=(
        "Check whether the client ID is a URL, which SAML entity IDs usually are.",
        (
            "On Ataccama Cloud, create an API client: Cloud Portal > your environment > Settings tab > API Clients > "
            "Create API Client."
        ),
        (
            "In a self-managed realm, ask the administrator for a client with Client authentication and Service "
            "accounts roles switched on."
        ),
    ),
    origin="The entity ID from the set-up of single sign-on was taken for a client ID.",
    prevention="Keep the configuration of single sign-on apart from that of API access.",
)

SERVICE_ACCOUNT_OFF = Cause(
    id="service-account-off",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client credentials grant is not switched on for this client",
    fix="Ask the realm's administrator to switch on Service accounts roles for this client.",
    reference="RFC 6749, section 4.4; Keycloak Server Administration Guide, Using a service account",
    meaning=(
        "Client ID and client secret are right; Keycloak checks them before it comes to this. The client may simply "
        "not obtain a token in its own name."
    ),
    detection=(
        'The token endpoint answered "Client not enabled to retrieve service account". A wrong secret would have been '
        "refused before that point."
    ),
    steps=(
        "Leave the secret alone; it was accepted.",
        (
            "In the Keycloak console, the client needs Client authentication on and Service accounts roles on; older "
            "consoles call this Access Type confidential and Service Accounts."
        ),
        (
            "After the change, have the roles assigned that the API requires, since a new service account starts with "
            "default ones only."
        ),
        "If this happens with a client made in the Cloud Portal, report it to Ataccama support.",
    ),
    origin="The client was created by hand for browser login, or was imported without the switch.",
    prevention="Create clients for programs from a template that has the switch on and Standard flow off.",
)

SERVICE_ACCOUNT_USER_DISABLED = Cause(
    id="service-account-user-disabled",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client's service account user is disabled or missing",
    fix="Ask the realm's administrator to enable or restore the service account user of this client.",
    reference="Keycloak Server Administration Guide, Using a service account",
    meaning=(
        "Client ID and client secret are right and the grant is on. The hidden user in whose name the token would be "
        "issued is disabled or was deleted."
    ),
    detection=(
        "The token endpoint answered invalid_request and named the user, service-account- with the client ID in lower "
        "case, as disabled, or said that the associated service account does not exist. The client itself is accepted."
    ),
    steps=(
        "Tell the administrator the user's name from the server's words in the evidence.",
        "Ask whether the user was disabled together with the accounts of people; it must not be treated as one.",
        (
            "After a restored user, have the roles of the service account checked, since a new one has the default "
            "roles only."
        ),
    ),
    origin=(
        "A clean-up of inactive users, or a synchronisation with a directory, took the service account for a person."
    ),
    prevention="Exempt user names that begin with service-account- from automatic clean-ups.",
)

SIGNED_JWT_REQUIRED = Cause(
    id="signed-jwt-required",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client authenticates by signed JWT, and a secret was sent",
    fix=(
        "Use an API client with a secret, or set this client to Client ID and Secret on its Credentials tab if its "
        "owner agrees."
    ),
    reference="RFC 7523, section 2.2; OpenID Connect Core 1.0, section 9 (private_key_jwt)",
    meaning=(
        "The client was set up to prove itself with a signed assertion, one of the two ways that self-managed Ataccama "
        "ONE documents. A secret, right or wrong, is of no use to it, and whether it is enabled is decided only "
        "afterwards."
    ),
    detection=(
        'The token endpoint answered "Parameter client_assertion_type is missing", a text that only this kind of '
        "client produces. A client that trusts an outside issuer's assertions can be answered as if it were unknown."
    ),
    steps=(
        "Ask the owner of the client which program holds its private key; that program must go on working.",
        (
            "For a program with a secret, have a second client made in the self-managed realm, with Client ID and "
            "Secret on its Credentials tab."
        ),
        (
            "If the signed JWT is to stay, obtain a token with your own program and have it examined here with "
            "--access-token-file."
        ),
    ),
    origin=(
        "The client was created by another team that follows a stricter rule, or its authenticator was changed after "
        "the secret had been handed out."
    ),
    prevention="Write the way of authenticating beside the client ID wherever it is documented.",
)

CLIENT_AUTH_METHOD_DIFFERS = Cause(
    id="client-auth-method-differs",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client does not allow the way in which its secret was sent",
    fix="Send client ID and client secret the way the finding names: in the form body, or in an HTTP Basic header.",
    reference="RFC 6749, section 2.3.1; OpenID Connect Core 1.0, section 9",
    meaning=(
        "A secret can travel in the form (client_secret_post) or in an HTTP Basic header (client_secret_basic), and "
        "here only one of them is taken. The vendor's page uses the form."
    ),
    detection=(
        "The server named the method it wants, or one way was refused and the other accepted with the same values. "
        "Keycloak checks the method before the secret, so its words alone do not prove the secret right."
    ),
    steps=(
        (
            "In your program, choose the method that was accepted here; libraries call it client authentication or "
            "token endpoint auth method."
        ),
        (
            "For Basic with Keycloak 20 and later, percent-encode client ID and secret before they are joined with a "
            "colon."
        ),
        (
            "If only Basic is taken on Ataccama Cloud, report it to Ataccama support, because the vendor's page "
            "documents the form."
        ),
    ),
    origin=(
        "The client's allowed method was pinned, a proxy removes the Authorization header or the form, or special "
        "characters are encoded for one way and not for the other."
    ),
    prevention="Use the form, as on the vendor's page, and let the HTTP library encode it.",
)

SCOPE_REFUSED = Cause(
    id="scope-refused",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The client may not request this scope",
    fix="Leave the scope out of the request; the documented token request has none.",
    reference="RFC 6749, sections 3.3 and 5.2 (invalid_scope)",
    meaning=(
        "The scope in the request is unknown, or is not assigned to this client. The client and its secret are in "
        "order."
    ),
    detection=(
        "The token endpoint answered invalid_scope with the words sent, and the same request without scope was "
        "accepted. That a scope stands in the discovery document does not mean that this client may have it."
    ),
    steps=(
        "Remove the scope setting, or the parameter in your program.",
        (
            "If a scope is really needed, ask the realm's administrator to assign it to this client as default or "
            "optional."
        ),
        "Check the separator: scopes are separated by single spaces, not by commas.",
    ),
    origin=(
        "A scope was copied from an example for another identity provider, such as a .default or api:// one, or from "
        "the MDM MCP server's instructions."
    ),
    prevention="Begin without scope and add one only when the API names it as missing.",
)

PROOF_OF_POSSESSION_REQUIRED = Cause(
    id="proof-of-possession-required",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The realm issues this client only tokens that are bound to a key",
    fix="Ask the realm's administrator for a client whose tokens are plain bearer tokens, as the REST API documents.",
    reference="RFC 9449, section 5; RFC 8705, section 3; RFC 6750, section 1",
    meaning=(
        "The client is set to DPoP or to certificate-bound tokens, so each request must prove possession of a key. The "
        "documented token request has no such proof."
    ),
    detection=(
        "The token endpoint said that the DPoP proof is missing or invalid, or that a client certificate is missing "
        "for token binding. For certificate binding the secret had been accepted by then."
    ),
    steps=(
        "Ask whether the binding was switched on for this client on purpose.",
        (
            "If it was not, have it switched off; on Ataccama Cloud ask Ataccama support, because the portal's "
            "documentation shows no such option."
        ),
        "If it was, your program needs a library for DPoP or mutual TLS, and the API must accept such tokens.",
    ),
    origin="A realm-wide client policy demands bound tokens of every client, or a hardened client was copied.",
    prevention="Exempt clients for the REST API from such policies until the API documents bound tokens.",
)

REQUEST_BODY_LOST = Cause(
    id="request-body-lost",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The form of the token request was lost on its way to Keycloak",
    fix="Ask whoever runs the proxy or gateway in front of Keycloak to pass POST bodies on unchanged.",
    reference="RFC 6749, section 4.4.2; RFC 9110, section 9.3.3",
    meaning=(
        "Keycloak says that a parameter is missing which was sent. Something between here and there dropped or changed "
        "the form, so the credentials were never read."
    ),
    detection=(
        'This run sent grant_type in a form body, and the answer was "Missing form parameter: grant_type". With a '
        "program of your own, the same text also comes from parameters in the query string or from an empty body."
    ),
    steps=(
        "Run the check from a network without the proxy; when it works there, the proxy is the one.",
        "Name the exchange to its administrator: POST, application/x-www-form-urlencoded, with a Content-Length.",
        (
            "If your own program gets this text and this run does not, send its parameters in the body, and replace a "
            "secret that travelled in a query string, since URLs are logged."
        ),
    ),
    origin="A redirect turned the POST into a GET or dropped its body, or a filter that inspects forms swallowed it.",
    prevention="Use the final https address of the token endpoint, so that no redirect is needed.",
)

TOKEN_REQUEST_REFUSED = Cause(
    id="token-request-refused",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The token endpoint refuses the request for a reason of its own",
    fix="Read the server's words in the evidence and take them, with the time, to the realm's administrator.",
    reference="RFC 6749, section 5.2",
    meaning=(
        "The refusal is none of the known ones: a client policy, a custom rule, or a status that the standard does not "
        "list here. Its own words are the best description there is."
    ),
    detection=(
        "Status, error and error_description fit no other cause of the token stage. The realm answered before, so "
        "host, path and realm are right."
    ),
    steps=(
        "Read error and error_description in the evidence; a policy usually names its rule.",
        "Ask the realm's administrator for the login event at that time; it often holds a longer reason.",
        (
            'If the text is "Unexpected error when authenticating client", look for a raw percent sign in a Basic '
            "header of your own program."
        ),
    ),
    origin=(
        "A client policy, an extension or a gateway adds demands to the token endpoint that the documentation does not "
        "mention."
    ),
    prevention="Have new policies tried with one API client before they apply to the realm.",
)

GRANT_UNSUPPORTED = Cause(
    id="grant-unsupported",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The server does not offer the client credentials grant",
    fix=(
        "Check that the token URL belongs to Keycloak; if it does, ask its administrator to allow the grant "
        "client_credentials."
    ),
    reference="RFC 6749, sections 4.4 and 5.2 (unsupported_grant_type)",
    meaning=(
        "The identity provider does not issue tokens for a client's own credentials at all. No client in this realm "
        "could get one this way."
    ),
    detection=(
        "The answer was unsupported_grant_type to grant_type=client_credentials, or the discovery document lists its "
        "grants without it. A client that merely may not use the grant is service-account-off."
    ),
    steps=(
        (
            "Compare the issuer in the discovery document with the environment's realm; another identity provider may "
            "stand in its place."
        ),
        "Ask the administrator whether the grant was removed by a setting of the server.",
        "In a program of your own, check the spelling: client_credentials, plural, with an underscore.",
    ),
    origin=(
        "The token URL of the company's own identity provider was used, or the server was hardened beyond what the API "
        "needs."
    ),
    prevention="Take the token endpoint from the environment's own discovery document.",
)

TOKEN_URL_WRONG = Cause(
    id="token-url-wrong",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The token URL is not the realm's token endpoint",
    fix="Use the token endpoint that the finding shows, or leave the token URL out so that it is derived.",
    reference="Ataccama ONE REST API, API Authentication (Token endpoint URL); RFC 8414, section 2 (token_endpoint)",
    meaning=(
        "The token URL that was given differs from the one the realm names. It has a typing error, belongs to another "
        "realm, or is another endpoint, such as the one for authorization."
    ),
    detection=(
        "The given URL is compared part by part with token_endpoint in the realm's discovery document, and each "
        "differing part is listed. A 404 or 405 in Keycloak's own JSON there confirms it."
    ),
    steps=(
        "Remove the token URL from the settings; URL and realm are enough.",
        "If it must stay, copy the one from the finding.",
        "Compare the realm in it with the realm setting; they must be the same.",
    ),
    origin=(
        "The pattern was filled by hand and lost a part, such as protocol or openid-connect, or an address of another "
        "environment was kept."
    ),
    prevention="Override the token URL only where Keycloak has another host or path than the environment.",
)

TOKEN_URL_REDIRECTS = Cause(
    id="token-url-redirects",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The token URL answers with a redirect",
    fix="Use the address the redirect leads to, if its host is your environment's; the finding shows it.",
    reference="RFC 9110, section 15.4; RFC 9700, section 4.12",
    meaning=(
        "The token endpoint itself does not redirect, so something in front of it sends the request elsewhere. It is "
        "not followed, because a redirected POST loses its form or carries the secret to another place."
    ),
    detection=(
        "The status is 301, 302, 303, 307 or 308, and the target is shown. A target that is a sign-in page is "
        "login-page-in-front."
    ),
    steps=(
        "Look at the target: the same host with https, with another host name, or with a slash more or less.",
        "If it is your environment's, put its scheme and host into the URL setting.",
        "If it is not, ask whoever runs the host why requests are sent there.",
    ),
    origin="The URL was given with http, with or without www, or with a former domain of the environment.",
    prevention="Give the final address, and test it with a client that does not follow redirects.",
)

TOKEN_RESPONSE_NOT_JSON = Cause(
    id="token-response-not-json",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The token endpoint answered 200 without a JSON object",
    fix="Check the token URL and what answers there; the evidence shows the kind of content and its beginning.",
    reference="RFC 6749, section 5.1",
    meaning=(
        "The status says success, and the body is no JSON object, so there is no token in it. A page of another "
        "program, a portal or a rewriting proxy is the usual author."
    ),
    detection=(
        "The body could not be read as a JSON object, whatever its content type says. Recognised sign-in and block "
        "pages have causes of their own."
    ),
    steps=(
        "Read the content type and the first characters in the evidence.",
        "If it is the web application's page, correct the path of the token URL.",
        "If it is unknown, run the check from another network to see whether a proxy here made it.",
    ),
    origin="The web application answers every unknown path with its start page, or a proxy replaced the answer.",
    prevention="Let programs check that the answer is JSON with an access_token before they report success.",
)

TOKEN_RESPONSE_INCOMPLETE = Cause(
    id="token-response-incomplete",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The token response lacks a usable access_token or expires_in",
    fix=(
        "Send the names of the fields received to the realm's administrator; a token response needs access_token and "
        "expires_in."
    ),
    reference="RFC 6749, section 5.1; Ataccama ONE REST API, API Authentication (Token response)",
    meaning=(
        "The endpoint answered with JSON, and the token is missing or empty, or there is no usable lifetime. A program "
        "cannot tell when to renew such a token, or has none."
    ),
    detection=(
        "The fields are examined one by one: access_token must be a string with content, expires_in a positive number "
        "of seconds. Further fields are ignored, because the response may hold more."
    ),
    steps=(
        "Read in the finding which field is missing or unusable; the values are not shown.",
        "If access_token stands inside another object, a gateway wraps the answer; use Keycloak's own token URL.",
        "If only expires_in is missing, ask for it, and until then take the lifetime from the exp claim.",
    ),
    origin="A gateway or a home-made token service answers in place of Keycloak, or a script changes the response.",
    prevention="Request tokens from Keycloak's own endpoint, without a service in between.",
)

TOKEN_TYPE_NOT_BEARER = Cause(
    id="token-type-not-bearer",
    stage=Stage.TOKEN,
    worst=Worst.FAIL,
    title="The token is of another type than Bearer",
    fix="Ask the realm's administrator for a client whose token_type is Bearer.",
    reference="RFC 6749, section 7.1; Ataccama ONE REST API, API Authentication (Token response)",
    meaning=(
        "The response says that its token is to be used in another way, for example with DPoP proofs. Sent as a Bearer "
        "token it would be refused."
    ),
    detection=(
        "token_type is compared without regard to upper and lower case, so bearer counts as Bearer. Any other word "
        "leads here."
    ),
    steps=(
        "Read the type in the finding.",
        "For DPoP, ask whether bound tokens were switched on for this client on purpose.",
        "For an unknown word, check that the token URL is Keycloak's own endpoint.",
    ),
    origin="The client was set to bound tokens, or another token service answers at this URL.",
    prevention=(
        "Check token_type in programs, so that such a change is noticed at the token request and not at the API."
    ),
)
