"""A token came, and it is not one that the API can take."""

from doctor.api import Cause, Stage, Worst

__all__ = [
    "RENEWAL_FAILED",
    "TOKEN_ALGORITHM_UNSAFE",
    "TOKEN_CLIENT_DIFFERS",
    "TOKEN_ENCRYPTED",
    "TOKEN_EXPIRED",
    "TOKEN_ISSUER_DIFFERS",
    "TOKEN_KEY_UNKNOWN",
    "TOKEN_LACKS_CLAIMS",
    "TOKEN_LIFETIME_DIFFERS",
    "TOKEN_LIFETIME_SHORT",
    "TOKEN_MALFORMED",
    "TOKEN_NOT_JWT",
    "TOKEN_NOT_YET_VALID",
    "TOKEN_OVER_PRIVILEGED",
    "TOKEN_SENDER_CONSTRAINED",
    "TOKEN_SIGNATURE_INVALID",
    "TOKEN_TOO_LARGE",
    "TOKEN_WRONG_KIND",
]

TOKEN_NOT_JWT = Cause(
    id="token-not-jwt",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is not a JWT",
    fix="Give the value of the access_token field itself; a token of this environment is a JWT and begins with eyJ.",
    reference="RFC 7519, section 3; Ataccama ONE REST API, API Authentication (Token response)",
    meaning=(
        "The value is opaque: it does not have the parts of a JWT at all. Keycloak has no opaque access tokens, so "
        "this comes from somewhere else or is another field."
    ),
    detection=(
        "The value does not consist of Base64url parts joined by dots. Three parts that cannot be decoded are "
        "token-malformed, and five are token-encrypted."
    ),
    steps=(
        "If the token was given in a file, check that the file holds the value of access_token and nothing else.",
        "If it came from the token request of this run, see in the evidence which server answered.",
        "Check that it is not an API key of an orchestrator connection or a session cookie.",
    ),
    origin="The wrong field of a response was saved, or the token comes from another product's identity provider.",
    prevention="Extract the field with a JSON tool, such as jq -r .access_token.",
)

TOKEN_MALFORMED = Cause(
    id="token-malformed",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is cut off or damaged",
    fix="Take the token again from the response, whole and unchanged, without line breaks or padding.",
    reference="RFC 7515, sections 3.1 and 7.1; RFC 7519, section 7.2",
    meaning=(
        "The value has the outline of a JWT and cannot be read as one: a part is missing, cut, padded with equals "
        "signs, or altered. No API will accept it."
    ),
    detection=(
        "The parts are counted and decoded one by one, and the finding names the first that fails. A token that "
        "decodes and has a wrong signature is token-signature-invalid."
    ),
    steps=(
        "Read in the finding whether header, payload or signature is damaged.",
        "If the token was copied from a terminal or log, take it from the response instead; logs cut long lines.",
        "If it passes through a database column or a variable with a limited length, see whether its end is missing.",
    ),
    origin=(
        "A log, column or form field cut the value, a line was wrapped, or a tool turned Base64url into plain Base64 "
        "with padding."
    ),
    prevention="Pass tokens between programs through files or pipes, and reserve room for several thousand characters.",
)

TOKEN_ENCRYPTED = Cause(
    id="token-encrypted",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is encrypted",
    fix="Ask the realm's administrator to issue signed access tokens to this client instead of encrypted ones.",
    reference="RFC 7516, section 3.1",
    meaning=(
        "The token has the five parts of an encrypted JWT, so only the holder of the private key can read it. Neither "
        "this run nor an API without that key can check it."
    ),
    detection=(
        "The value has five parts, and its header names a content encryption algorithm. A signed token has three parts."
    ),
    steps=(
        "Check that the value is an access token; an encrypted ID token has the same outline.",
        "Ask the administrator which encryption is set for this client and why.",
        "On Ataccama Cloud, report it to Ataccama support, because the documented sample is a signed token.",
    ),
    origin="Encryption was configured for the client, or a token made for another recipient was taken.",
    prevention="Leave the token format of API clients at the realm's default.",
)

TOKEN_ALGORITHM_UNSAFE = Cause(
    id="token-algorithm-unsafe",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is signed with an unsafe algorithm",
    fix=(
        "Ask the realm's administrator to sign access tokens with RS256, the algorithm that the documented sample "
        "shows."
    ),
    reference="RFC 8725, sections 3.1 and 3.2; RFC 7518, section 3.6",
    meaning=(
        "The header says none, so there is no signature, or names an algorithm with a shared secret, which every API "
        "that checks it could also use to forge tokens. A sound API refuses both."
    ),
    detection=(
        "The alg in the token's header is none or begins with HS. Other signature algorithms with public keys, such as "
        "ES256 or PS256, are not reported here."
    ),
    steps=(
        "Check where the token comes from; a Keycloak realm signs access tokens with a private key by default.",
        "If it comes from this realm, ask which signature algorithm is set for the client or the realm.",
        "Treat a token with none as forged until its origin is known.",
    ),
    origin="The token was made by a test tool, or the algorithm was changed for an old program.",
    prevention="Let the API accept a fixed list of algorithms with public keys.",
)

TOKEN_KEY_UNKNOWN = Cause(
    id="token-key-unknown",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is signed with a key that the realm does not publish",
    fix=(
        "Request a new token from this realm; if a fresh one has the same fault, ask the realm's administrator about "
        "its keys."
    ),
    reference="RFC 7515, section 4.1.4; RFC 7517, section 4.5",
    meaning=(
        "The kid in the token's header is not among the realm's current keys. The API cannot check the signature, so "
        "it refuses the token."
    ),
    detection=(
        "The realm's keys were fetched in this run and compared by kid and by use. When the key is there and the "
        "signature does not fit, the cause is token-signature-invalid."
    ),
    steps=(
        "For a token that was given, compare its iss with this realm; another realm has other keys.",
        "For an old token, obtain a new one, since the key may have been disabled in the meantime.",
        (
            "For a token of this run, repeat the check; if it stays, the nodes of the identity provider may disagree "
            "about their keys."
        ),
    ),
    origin=(
        "The token belongs to another realm or environment, or the realm's keys were rotated and the old one was "
        "disabled."
    ),
    prevention="Keep a replaced key passive until the last token that it signed has expired.",
)

TOKEN_SIGNATURE_INVALID = Cause(
    id="token-signature-invalid",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token's signature does not match its content",
    fix="Take the token again, unchanged, from the token response; do not edit any part of it.",
    reference="RFC 7515, section 5.2",
    meaning=(
        "The realm publishes the key that the token names, and with it the signature does not fit. The token was "
        "altered or damaged after signing, or signed by somebody else with the same key name."
    ),
    detection=(
        "The signature was computed over header and payload with the realm's own key. A token whose key is unknown "
        "cannot be judged this way and is token-key-unknown."
    ),
    steps=(
        "Compare the token with the one in the response; one changed character is enough.",
        "If claims were edited for a test, obtain a real token for that test instead.",
        "If it is unchanged, ask the administrator whether two realms or nodes use one kid for different keys.",
    ),
    origin=(
        "The end of the token was lost or changed in copying, its payload was edited in a web tool, or a test "
        "environment was cloned with its key names."
    ),
    prevention="Handle tokens as opaque values, and read claims only from a copy.",
)

TOKEN_EXPIRED = Cause(
    id="token-expired",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token has expired",
    fix="Obtain a new token by repeating the token request; an expired one cannot be extended.",
    reference="RFC 7519, section 4.1.4; Ataccama ONE REST API, API Authentication (Token expiration and renewal)",
    meaning=(
        "The time in the token's exp claim is past, by a clock that was found to be right. The API answers 401 to it "
        "from then on."
    ),
    detection=(
        "exp is compared with a time that was checked against the server's clock. If the token is fresh and only this "
        "machine's clock says that it is over, the cause is clock-wrong."
    ),
    steps=(
        "Repeat the token request and use the new token.",
        "In your program, request a new token shortly before expires_in has passed, for example 30 seconds before.",
        "There is no refresh token in this flow; the client credentials are all that is needed.",
    ),
    origin=(
        "The token was saved in a file or variable and used again later, or a long job keeps the token it began with."
    ),
    prevention="Renew by the clock, and once more when a 401 arrives, but never in a loop.",
)

TOKEN_NOT_YET_VALID = Cause(
    id="token-not-yet-valid",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is not valid yet",
    fix=(
        "Ask the realm's administrator to correct the clock of the identity provider or the not-before time in the "
        "token."
    ),
    reference="RFC 7519, section 4.1.5",
    meaning=(
        "The token's nbf or iat claim lies in the future, by a clock that was found to be right. An API that checks "
        "this refuses the token until then."
    ),
    detection=(
        "The claim is compared with a time that another source than this machine confirms, less the usual leeway. When "
        "this machine is behind, clock-wrong is named, and when API and realm differ, server-clocks-differ."
    ),
    steps=(
        "Read in the finding how far in the future the time lies.",
        "If it is seconds, wait and repeat the call.",
        "If it is more, send the measured times to the realm's administrator.",
    ),
    origin="The identity provider's clock runs ahead, or a custom mapper sets nbf.",
    prevention="Synchronise the clocks of all nodes of the identity provider.",
)

TOKEN_ISSUER_DIFFERS = Cause(
    id="token-issuer-differs",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token was issued by another realm or address",
    fix=(
        "Obtain the token from the realm that the API trusts; the finding shows the issuer in the token and the "
        "expected one."
    ),
    reference="RFC 7519, section 4.1.1; RFC 9068, section 4",
    meaning=(
        "The iss claim is not the issuer that the configured realm states for itself. An API compares both character "
        "by character and refuses the token."
    ),
    detection=(
        "iss is compared with the issuer in the realm's discovery document, not with the URL as typed. Whether realm, "
        "host, scheme or path differs is told; a realm that names itself oddly is issuer-differs."
    ),
    steps=(
        (
            "If the realm differs, the token belongs to another environment: use that environment's own credentials "
            "and URL."
        ),
        "If only the host or scheme differs, request the token through the public address of the environment.",
        "If token and discovery document come from one server and disagree, send both to its administrator.",
    ),
    origin=(
        "A token of the test environment was used for production, or the token was fetched through an internal address."
    ),
    prevention="Take the token and call the API with addresses from one set of settings.",
)

TOKEN_CLIENT_DIFFERS = Cause(
    id="token-client-differs",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token belongs to another client",
    fix="Use a token that was obtained with this client ID, or correct the client ID in the settings.",
    reference="RFC 9068, section 2.2; OpenID Connect Core 1.0, section 2 (azp)",
    meaning=(
        "The azp or client_id claim names a client other than the configured one. The token may work, but with the "
        "other client's permissions."
    ),
    detection=(
        "The claims azp, client_id and clientId are read and compared with the client ID in the settings. A token "
        "without any of them is not judged here."
    ),
    steps=(
        "Read both names in the finding and decide which one is meant.",
        "If the token was given in a file, replace it with one of this client.",
        (
            "If the token came from the request of this run, look for a cache or gateway that hands out somebody "
            "else's token."
        ),
    ),
    origin=(
        "A saved token of a colleague or of a browser session was used, or a shared cache keeps tokens without regard "
        "to the client."
    ),
    prevention="Let token caches use issuer and client ID together as their key.",
)

TOKEN_WRONG_KIND = Cause(
    id="token-wrong-kind",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The token is not an access token",
    fix="Use the value of the access_token field, not the ID token, refresh token or logout token.",
    reference="RFC 9068, section 2.1; RFC 8725, section 3.11; OpenID Connect Core 1.0, section 2",
    meaning=(
        "The token was made for another purpose: to tell an application who logged in, to obtain further tokens, or to "
        "announce a logout. An API must not accept it."
    ),
    detection=(
        "The typ claim says ID, Refresh, Offline or Logout, or the header names such a type. An access token of "
        "Keycloak says Bearer there."
    ),
    steps=(
        "In the token response, take access_token.",
        "If a library offers several tokens, choose the one it calls the access token.",
        "If the value came from a browser session, use the client credentials grant of your own API client instead.",
    ),
    origin="A response held several tokens and the wrong one was saved, because they look alike.",
    prevention="Store tokens under the names they have in the response.",
)

TOKEN_SENDER_CONSTRAINED = Cause(
    id="token-sender-constrained",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The access token is bound to a key and cannot be used as a plain Bearer token",
    fix="Ask the realm's administrator for a client without certificate-bound or DPoP-bound tokens.",
    reference="RFC 7800, section 3; RFC 8705, section 3.1; RFC 9449, section 6",
    meaning=(
        "The cnf claim ties the token to a certificate or key. Whoever presents it must prove possession of that key "
        "with each request, which a plain Bearer header does not."
    ),
    detection=(
        "The token has a cnf claim with x5t#S256 or jkt, which tells certificate and DPoP apart. A realm that refuses "
        "to issue the token at all is proof-of-possession-required."
    ),
    steps=(
        "Read in the finding which kind of binding it is.",
        "Ask whether it was set for this client on purpose, and whether the API supports it.",
        "If not, have it switched off and obtain a new token; the old one stays bound.",
    ),
    origin=(
        "A security profile was applied to the realm or the client, or the client was copied from one for mutual TLS."
    ),
    prevention="Check new client policies against the API's documentation, which knows plain Bearer tokens.",
)

TOKEN_LIFETIME_DIFFERS = Cause(
    id="token-lifetime-differs",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.WARN,
    title="The token's expires_in and its own dates disagree",
    fix="Renew by the earlier of the two times, and ask the realm's administrator why they differ.",
    reference="RFC 6749, section 5.1 (expires_in); RFC 7519, section 4.1.4",
    meaning=(
        "The response promises one lifetime and the claims exp and iat in the token another. A program that trusts the "
        "longer one meets a 401 in the time between."
    ),
    detection=(
        "expires_in is compared with exp less iat, both from the same response, so no clock takes part. A difference "
        "of a second or two is rounding and is not reported."
    ),
    steps=(
        "Read both figures in the finding.",
        "In your program, renew before the shorter one has passed.",
        (
            "If a gateway answers in place of Keycloak, see whether it hands out cached tokens with the original "
            "expires_in."
        ),
    ),
    origin="A cache or gateway returns a token that is some time old, or a mapper changes exp.",
    prevention="Cache a token together with the time it was issued, not with its lifetime alone.",
)

TOKEN_LIFETIME_SHORT = Cause(
    id="token-lifetime-short",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.WARN,
    title="The access token lives less than 30 seconds",
    fix="Ask the realm's administrator for a longer access token lifespan; the vendor's sample shows 300 seconds.",
    reference="Ataccama ONE REST API, API Authentication (Token expiration and renewal); RFC 6749, section 5.1",
    meaning=(
        "There is hardly time to use and renew the token. A slow line, a waiting queue or a small clock difference "
        "makes calls fail at random with 401."
    ),
    detection=(
        "The remaining life is taken from the fresh response of this run, so that age plays no part. A token that was "
        "given and is near its end is not counted."
    ),
    steps=(
        "Give the administrator the lifetime from the finding, and ask whether the client or the realm sets it.",
        "Ask for several minutes; 300 seconds is usual.",
        "Until then, request a token directly before each call and send one call at a time.",
    ),
    origin="The lifespan was shortened for a test or a security review and never set back.",
    prevention="Agree on the lifespan with the owners of programs before it is changed.",
)

TOKEN_LACKS_CLAIMS = Cause(
    id="token-lacks-claims",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.WARN,
    title="The access token carries no roles for the API to read",
    fix=(
        "Ask the realm's administrator to switch off lightweight access tokens for this client, or to add the roles to "
        "its tokens."
    ),
    reference="Keycloak Server Administration Guide, Using lightweight access token; RFC 9068, section 2.2.3",
    meaning=(
        "The token is sound but lightweight: roles, audience and user name are missing. An API that reads permissions "
        "from the token finds none and refuses with 401 or 403."
    ),
    detection=(
        "realm_access, resource_access and preferred_username are all absent, which an ordinary token of a service "
        "account does not do. It is a warning, since an API may ask the realm instead."
    ),
    steps=(
        "If the API accepts the token, nothing needs to be done.",
        "If it answers 401 or 403, name the missing claims to the realm's administrator.",
        "After a change, obtain a new token; the old one keeps its claims.",
    ),
    origin="The client was set to lightweight tokens to keep headers small, or its role scopes were removed.",
    prevention="Test such a change with one call to the API before it is applied to all clients.",
)

TOKEN_OVER_PRIVILEGED = Cause(
    id="token-over-privileged",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.WARN,
    title="The access token carries administration roles that an API client does not need",
    fix="Ask the administrator of the environment to remove the roles named in the finding from this client.",
    reference="Ataccama ONE REST API, API Authentication (Best practices, Least privilege); RFC 9700, section 2.3",
    meaning="The token could administer the realm or the product. If the client secret leaks, so does that power.",
    detection=(
        "The roles in realm_access and resource_access are compared with the known administration roles, such as those "
        "of realm-management or MMM_admin. Roles under other names are not judged."
    ),
    steps=(
        "Read the roles in the finding and ask which of them the program uses.",
        "In a self-managed realm, have the default roles of the service account replaced by one narrow role.",
        "On Ataccama Cloud, ask Ataccama support, because the portal's documentation shows no choice of roles.",
        "Obtain a new token afterwards, since roles stand in the token.",
    ),
    origin="The client was given broad roles to make a first test succeed, or a new client kept the defaults.",
    prevention="Give each API client a role of its own with the permissions of its task.",
)

TOKEN_TOO_LARGE = Cause(
    id="token-too-large",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.WARN,
    title="The access token is larger than common header limits",
    fix=(
        "Ask the administrator of the environment to reduce the roles and claims in this client's tokens to what the "
        "API needs."
    ),
    reference="RFC 6585, section 5; RFC 9110, section 5.4",
    meaning=(
        "The token with its header exceeds 8 KB, at which many servers and proxies begin to refuse requests. It may "
        "work today and fail behind the next proxy."
    ),
    detection=(
        "The size of the token in this run is measured. A refusal for size that has already happened is "
        "api-header-too-large."
    ),
    steps=(
        "Look at the decoded claims in the report; mostly resource_access takes the most room.",
        "Have roles removed that this client does not use, or the mappers of unused claims.",
        "Raise header limits only where every hop on the way can be changed.",
    ),
    origin="The service account has roles on every client of the realm, or a mapper adds long lists of groups.",
    prevention="Assign roles singly, and measure the token when roles are added.",
)

RENEWAL_FAILED = Cause(
    id="renewal-failed",
    stage=Stage.ACCESS_TOKEN,
    worst=Worst.FAIL,
    title="The first token was issued, the next one is refused",
    fix="Send both answers in the evidence, with their times, to the realm's administrator.",
    reference="Ataccama ONE REST API, API Authentication (Token expiration and renewal); RFC 6749, section 4.4",
    meaning=(
        "The same request was accepted and then refused within one run. A program would work for the length of one "
        "token and then stop."
    ),
    detection=(
        "Under --deep the token request is made a second time, equal in all parts, so the settings cannot explain the "
        "difference. A 429 or a gateway error for the second one is named as that."
    ),
    steps=(
        "Compare status and text of the two answers.",
        "Ask whether a limit on sessions or requests, or a change of the client, fell between them.",
        "Run the check again; if every second request fails, two nodes of the identity provider disagree.",
    ),
    origin=(
        "One node behind the load balancer has an old state, a gateway counts token requests, or the client was "
        "changed during the run."
    ),
    prevention="Monitor token requests over a longer time than the life of one token.",
)
