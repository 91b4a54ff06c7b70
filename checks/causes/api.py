"""The Authorization header and the protected GET."""

from doctor.api import Cause, Stage, Worst

__all__ = [
    "API_ACCEPTS_EXPIRED",
    "API_ANSWERS_HTML",
    "API_AUDIENCE_MISSING",
    "API_CANNOT_CHECK_TOKENS",
    "API_FORBIDDEN",
    "API_HEADER_TOO_LARGE",
    "API_ISSUER_NOT_TRUSTED",
    "API_KEY_UNKNOWN",
    "API_NOT_FOUND",
    "API_NOT_PROTECTED",
    "API_PATH_LACKS_PREFIX",
    "API_REDIRECTS",
    "API_REQUEST_REFUSED",
    "API_RESPONSE_UNEXPECTED",
    "API_SAYS_EXPIRED",
    "API_SIGNATURE_UNCHECKED",
    "API_TOKEN_REFUSED",
    "AUTHORIZATION_HEADER_LOST",
    "BEARER_PREFIX_DOUBLED",
    "BEARER_PREFIX_MISSING",
    "BEARER_SCHEME_DIFFERS",
    "BEARER_TOKEN_QUOTED",
    "BEARER_WHITESPACE",
    "PERMISSION_MISSING",
    "PRODUCT_WITHOUT_REST_API",
]

BEARER_PREFIX_MISSING = Cause(
    id="bearer-prefix-missing",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The Authorization header has no Bearer prefix",
    fix="Put the word Bearer and one space before the token, as in Authorization: Bearer <access_token>.",
    reference="RFC 6750, section 2.1; Ataccama ONE REST API, API Authentication (401 Unauthorized error)",
    meaning=(
        "The header holds the bare token. The API looks for a scheme first, finds none that it knows, and treats the "
        "request as one without a token."
    ),
    detection=(
        "The header that was given begins with the token itself, eyJ and so on. The API would answer as to a request "
        "without a header, so its answer could not tell this from authorization-header-lost."
    ),
    steps=(
        "Find the line in your application that sets the header.",
        "Let it join the word Bearer, one space, and the token.",
        "In a tool with a field for the token alone, choose the type Bearer Token, so that it adds the word.",
    ),
    origin="The token was put into the header as it came, because a former API wanted it so.",
    prevention="Let the HTTP library's own support for bearer tokens build the header.",
)

BEARER_PREFIX_DOUBLED = Cause(
    id="bearer-prefix-doubled",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The Authorization header says Bearer twice",
    fix="Remove one of the two words Bearer; the header needs it once.",
    reference="RFC 6750, section 2.1",
    meaning=(
        "The program adds the word Bearer to a value that has it already. The API takes the second word for the "
        "beginning of the token."
    ),
    detection=(
        'After the scheme the header that was given continues with Bearer and another token. Spring answers "Bearer '
        'token is malformed" to this and to several other faults, so the header itself has to be read.'
    ),
    steps=(
        "Decide which part of your application adds the word.",
        "Store the bare token in the variable, and let the program add Bearer.",
        "In a tool with a field of the type Bearer Token, enter the token alone.",
    ),
    origin="A saved value such as Bearer eyJ... was given to a field or function that adds the prefix itself.",
    prevention="Name variables for what they hold: access_token for the token, authorization for the whole header.",
)

BEARER_SCHEME_DIFFERS = Cause(
    id="bearer-scheme-differs",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The scheme of the Authorization header is not written Bearer",
    fix="Write Bearer, with a capital B and without a colon, as the scheme of the header.",
    reference="RFC 6750, section 2.1; RFC 9110, section 11.1",
    meaning=(
        "The word before the token is Token, JWT, Basic, Bearer with a colon, or another. The API accepts Bearer only; "
        "lower-case bearer is correct by the standard, and some gateways refuse it nevertheless."
    ),
    detection=(
        "The first word of the given header is compared with Bearer, with and without regard to case. A header that "
        "begins with the token has no scheme at all and is bearer-prefix-missing."
    ),
    steps=(
        "Replace the word in the place where your application builds the header.",
        "For Basic, exchange the client ID and client secret for a token first; they belong to the token endpoint.",
        "For a colon after Bearer, remove it: the only colon stands after Authorization.",
    ),
    origin="The scheme of another product's API was kept, or client credentials were sent to the API directly.",
    prevention="Copy the header's form from the vendor's page and change nothing but the token.",
)

BEARER_WHITESPACE = Cause(
    id="bearer-whitespace",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The Authorization header has missing, extra or wrong whitespace",
    fix="Leave exactly one space between Bearer and the token, and no whitespace anywhere else in the value.",
    reference="RFC 6750, section 2.1; RFC 9110, section 5.5",
    meaning=(
        "There is no space or more than one after Bearer, a tab, a line break, or whitespace at an end. Some programs "
        "refuse to send such a header, and some servers refuse to read it."
    ),
    detection=(
        "The header was examined exactly as given; the finding names the code point and whether it stands after the "
        "scheme, inside the token or at the end. An intact header with a damaged token is token-malformed."
    ),
    steps=(
        (
            "Remove a line break at the end of the token; in a shell, $(...) does so and reading a file in a program "
            "does not."
        ),
        "Join a token that was wrapped over several lines.",
        "Replace a tab or several spaces after Bearer with one space.",
    ),
    origin="The token was read from a file with its last line break, or a mail or terminal wrapped it.",
    prevention="Trim a token when it is read from a file, before the header is built.",
)

BEARER_TOKEN_QUOTED = Cause(
    id="bearer-token-quoted",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The token in the Authorization header is in quotes or angle brackets",
    fix="Remove the quotes or angle brackets round the token.",
    reference="RFC 6750, section 2.1 (b64token)",
    meaning=(
        "Characters that belong to JSON or to the documentation's notation were sent along with the token. They are no "
        "part of a token's alphabet, so the API calls it malformed."
    ),
    detection=(
        "The token in the given header begins and ends with a quote, or with < and >. Quotes round the whole header "
        "value are found in the same place and named as such."
    ),
    steps=(
        "With jq, use -r, so that the value is printed without its JSON quotes.",
        "In a template, remove the braces or angle brackets together with the placeholder.",
        "In code, use the parsed value of access_token instead of a slice of the response text.",
    ),
    origin=(
        "jq without -r printed the string with its quotes, or <token> in an example was replaced only between the "
        "brackets."
    ),
    prevention="Parse JSON with a JSON library, in scripts too.",
)

AUTHORIZATION_HEADER_LOST = Cause(
    id="authorization-header-lost",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API never receives the Authorization header",
    fix="Ask whoever runs the proxy or gateway in front of the API to pass the Authorization header on.",
    reference="RFC 6750, section 3; RFC 9110, section 11.6.2",
    meaning=(
        "The header was sent, and the API answers as if there were none. Something on the way removes it, or a "
        "redirect to another host made the program drop it."
    ),
    detection=(
        "The API gave the same answer without a header, with the token, and with a deliberately invalid one, where it "
        "would have complained about the last. A bare challenge without an error is the typical sign."
    ),
    steps=(
        "See in the exchanges whether a redirect lies between; if so, use its target as the API URL.",
        "Run the check once without the local proxy, to see on which side the header is lost.",
        "Send the administrator of the gateway the exchanges with and without the header; both have the same answer.",
    ),
    origin=(
        "A gateway uses the header for its own sign-in and strips it, a proxy allows listed headers only, or the "
        "application follows a redirect to another host."
    ),
    prevention="Call the final address, and test gateways with a request whose token is wrong on purpose.",
)

API_TOKEN_REFUSED = Cause(
    id="api-token-refused",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API refuses a token that is sound by every check made here",
    fix=(
        "Ask the administrator of the environment to check the API client's permissions and the issuer, audience and "
        "keys that the API accepts."
    ),
    reference="RFC 6750, section 3.1; Ataccama ONE REST API, API Authentication (401 Unauthorized error)",
    meaning=(
        "The token is fresh, signed by the realm and carries its issuer, and the API still answers 401 without a "
        "reason. What remains is on the API's side, or a missing permission, which the vendor's page lists under 401 "
        "too."
    ),
    detection=(
        "Signature, dates, issuer, client and header were verified in this run, and a wrong token got another answer "
        "or the same bare 401. If the API had named a reason, that reason would be the cause."
    ),
    steps=(
        "Begin with the permissions: ask the administrator of the environment what this API client may do.",
        "After any change of permissions obtain a new token, because the old one carries the old roles.",
        (
            "Then give the administrator iss, aud and kid from the report, to be compared with the configuration of "
            "the API."
        ),
        "If the realm's keys were changed lately, wait some minutes and try again; the API may hold the old ones.",
    ),
    origin=(
        "The API client was created without the permission it needs, or realm and API disagree after a move, a restore "
        "or a change of keys."
    ),
    prevention="Run a protected GET as the last step of setting up an API client, on the day it is created.",
    joint=("api-issuer-not-trusted", "api-audience-missing", "api-key-unknown", "permission-missing"),
)

API_ISSUER_NOT_TRUSTED = Cause(
    id="api-issuer-not-trusted",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API does not trust the issuer of the token",
    fix=(
        "Ask the administrator of the environment to set the API's issuer to the one in the finding, or use the realm "
        "that the API trusts."
    ),
    reference="RFC 7519, section 4.1.1; RFC 9068, section 4",
    meaning=(
        "The API accepted the form of the token and rejected its iss claim. It was told another issuer, or the token "
        "comes from another realm than its own."
    ),
    detection=(
        "The API's own words name the issuer, such as "
        '"The iss claim is not valid" or "Jwt issuer is not configured". The '
        "token's iss agrees with the realm in use; otherwise token-issuer-differs comes first."
    ),
    steps=(
        "Check that the URL and the realm belong to the same environment as the API.",
        (
            "Compare iss with the API's issuer setting character by character, including http or https, the port and "
            "the last slash."
        ),
        "If the realm's issuer shows an internal address, see issuer-differs and have that corrected first.",
    ),
    origin=(
        "Token and API belong to different environments, or the public address was changed and the API still expects "
        "the old one."
    ),
    prevention="Change the hostname of the identity provider and the issuer of all its APIs in one step.",
)

API_AUDIENCE_MISSING = Cause(
    id="api-audience-missing",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The token lacks the audience that the API demands",
    fix="Ask the realm's administrator to add the API's audience to this client's tokens with an audience mapper.",
    reference="RFC 7519, section 4.1.3; Keycloak Server Administration Guide, Audience support",
    meaning=(
        "The API takes only tokens that name it in their aud claim. Keycloak puts no API there by itself; somebody has "
        "to configure it."
    ),
    detection=(
        "The API's own words name the audience, such as "
        '"The aud claim is not valid", or '
        "Envoy's 403 "
        '"Audiences in Jwt are not allowed". The audiences in the token are shown beside them.'
    ),
    steps=(
        "Ask for the exact audience that this API expects; the MDM MCP server, for instance, has one of its own.",
        "Have a mapper of the kind Audience added to the client or to a scope of it.",
        "Obtain a new token and see whether aud holds the value.",
        "For a client made in the Cloud Portal, take the question to Ataccama support.",
    ),
    origin=(
        "The client was created by hand without the mapper that other clients have, or the API began to check the "
        "audience with an upgrade."
    ),
    prevention="Keep the mapper in a client scope that every API client receives by default.",
)

API_KEY_UNKNOWN = Cause(
    id="api-key-unknown",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API does not know the key that signed the token",
    fix=(
        "Wait some minutes and run the check again; if it stays, ask the administrator to let the API reload the "
        "realm's keys."
    ),
    reference="RFC 7515, section 4.1.4; RFC 7517, section 5",
    meaning=(
        "The token is signed with a key that the realm publishes now, and the API has an older set of keys or that of "
        "another realm. The token itself is in order."
    ),
    detection=(
        "The API's own words speak of a missing key, such as "
        '"no matching key(s) found" or "Jwks '
        "doesn't have key to match "
        'kid", while this run found the kid among the '
        "realm's keys. When the realm does not publish it either, token-key-unknown is the cause."
    ),
    steps=(
        "Compare the time of the first refusal with that of the last change of keys in the realm.",
        "Give the administrator kid and iss from the report.",
        "Have the API's key address compared with jwks_uri in the realm's discovery document.",
    ),
    origin=(
        "The realm's keys were rotated and the API keeps the old set in memory, or its key address points at another "
        "realm."
    ),
    prevention="Publish a new key some time before it is used for signing.",
)

API_SAYS_EXPIRED = Cause(
    id="api-says-expired",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API says that a fresh token has expired",
    fix="Ask the administrator of the environment to check the clock of the API against that of the identity provider.",
    reference="RFC 6750, section 3.1 (invalid_token); RFC 7519, section 4.1.4",
    meaning=(
        "The token was issued seconds ago and has time left by the realm's clock. The API says it has expired, so it "
        "counts time differently or judges another token."
    ),
    detection=(
        "The API's own words name the expiry, with a time in Spring's answer. When its Date differs from the realm's, "
        "server-clocks-differ is the cause, and an old token given by the user is token-expired."
    ),
    steps=(
        (
            "Compare the time of expiry in the API's words with exp in the report; if they differ, the API saw another "
            "token."
        ),
        "If they are the same, compare it with the Date of the API's answer.",
        "Send both to the administrator of the environment.",
    ),
    origin=(
        "A gateway swaps the token for a cached one, or one node behind the load balancer has a wrong clock and "
        "answers only at times."
    ),
    prevention="Synchronise every node, and let gateways keep tokens no longer than they live.",
)

PERMISSION_MISSING = Cause(
    id="permission-missing",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API client lacks the permission for this call",
    fix=(
        "Ask the administrator of the environment to give this API client the permission for the call, then obtain a "
        "new token."
    ),
    reference=(
        "RFC 6750, section 3.1 (insufficient_scope); Ataccama ONE REST API, API Authentication (401 Unauthorized error)"
    ),
    meaning=(
        "The API accepted the token and said that this call is not allowed with it. Credentials, realm and header are "
        "right."
    ),
    detection=(
        'The answer was 403 and named it itself, such as insufficient_scope, or "RBAC: access denied" where the '
        "request without a token was answered differently. A 403 without any reason is api-forbidden, because others "
        "may have said it."
    ),
    steps=(
        "Tell the administrator the client ID, the path of the call, and the roles in the token from the report.",
        (
            "The portal's documentation does not show where an API client gets its permissions; if the administrator "
            "does not know, ask Ataccama support."
        ),
        "On self-managed ONE, ask for a narrow role on the service account and its mapping to a ONE group.",
        "Obtain a new token after the change; the old one carries the old roles.",
    ),
    origin=(
        "The API client was created and nobody assigned anything to it, or it is used for a part of the API that it "
        "was not made for."
    ),
    prevention=(
        "Write down which paths a program calls when its API client is requested, and ask for just these permissions."
    ),
)

API_FORBIDDEN = Cause(
    id="api-forbidden",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API answers 403 without saying why",
    fix=(
        "Ask the administrator of the environment whether this API client may make the call, and whether a firewall or "
        "gateway answered in its place."
    ),
    reference="RFC 9110, section 15.5.4; RFC 6750, section 3",
    meaning=(
        "The call was refused by the API or by something in front of it. A missing permission, a firewall's rule, a "
        "handler of one's own or a mesh that saw no token can all look like this."
    ),
    detection=(
        "The 403 carries neither insufficient_scope nor a known product's mark. If the request without a token gets "
        "the very same 403, the token plays no part and a firewall or a lost header is likelier."
    ),
    steps=(
        "See in the report whether the call without a token was answered by 401 or by the same 403.",
        "With 401 there, ask about permissions first: the token makes a difference.",
        "With the same 403, ask the network's side first whether a rule blocks this path or your address.",
        "Give each of them the time and the request ID from the evidence.",
    ),
    origin=(
        "Mostly the API client has no permission for this path; after changes in the network it is more often the "
        "firewall."
    ),
    prevention="Let gateways and handlers state a reason in WWW-Authenticate or in the body.",
    joint=("permission-missing", "edge-blocks", "authorization-header-lost"),
)

API_REQUEST_REFUSED = Cause(
    id="api-request-refused",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API refuses the request for a reason of its own",
    fix="Read the API's words in the evidence and correct the path or its parameters accordingly.",
    reference="RFC 9110, section 15.5; Ataccama ONE REST API, API Authentication (Use the access token)",
    meaning=(
        "The answer is a 4xx that stands neither for authentication nor for a missing path. The token was probably "
        "accepted, and the request itself was not."
    ),
    detection=(
        "The status is none of 401, 403, 404 and 429, and no other cause claims it. The text of the answer is shown as "
        "the API wrote it."
    ),
    steps=(
        "Read the status and the text in the evidence.",
        (
            "For a path of your own given with --get, compare it and its parameters with the API's documentation; size "
            "is at most 100."
        ),
        "For 405, check that the path is one for GET.",
        "For the default path, report it to Ataccama support with the request ID.",
    ),
    origin="A path for POST was asked with GET, a parameter is out of range, or a gateway has a rule of its own.",
    prevention=(
        "Check with a plain collection such as /api/reference-data/v1/tables?size=1 before paths with parameters."
    ),
)

PRODUCT_WITHOUT_REST_API = Cause(
    id="product-without-rest-api",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="This self-managed ONE offers GraphQL and no REST API",
    fix=(
        "Use the GraphQL API of this host at /graphql, or ask your Ataccama contact which environment offers the REST "
        "API."
    ),
    reference="Ataccama ONE documentation, ONE API (GraphQL); Ataccama ONE REST API, API Authentication",
    meaning=(
        "Realm, client and token are right, and the product on this host is ONE 13 to 16, whose public API is GraphQL. "
        "The REST API belongs to Ataccama Cloud environments."
    ),
    detection=(
        "All REST paths answer 404, while the host has GraphQL or the signs of a self-managed installation. A cloud "
        "environment whose paths moved is api-not-found."
    ),
    steps=(
        "Ask the administrator for the version of the product.",
        "For GraphQL, send a POST with a JSON body to /graphql and the same Authorization header.",
        "In GraphQL look into errors in the body as well, because failures come with status 200.",
    ),
    origin=(
        "The instructions for Ataccama Cloud were followed on a self-managed installation, whose realm is often "
        "ataccamaone."
    ),
    prevention="Name the product and version beside the URL in the integration's documentation.",
)

API_NOT_FOUND = Cause(
    id="api-not-found",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API does not know any of the paths tried",
    fix="Compare the API URL and the path with the current REST API documentation for your environment.",
    reference="RFC 9110, section 15.5.5; Ataccama ONE REST API, API Authentication (Early Access note)",
    meaning=(
        "The paths tried were all answered with 404. They may have moved, since the REST API is an early access "
        "preview, the module may not be part of this environment, or the API URL has the wrong base."
    ),
    detection=(
        "Both documented first calls, for reference data tables and for catalog items, were answered with 404. If "
        "adding /api makes the call work, api-path-lacks-prefix is named, and GraphQL signs lead to "
        "product-without-rest-api."
    ),
    steps=(
        (
            "Check the API URL: it is the environment's address without anything after the host, unless your "
            "administrator says otherwise."
        ),
        "Look up the path in the documentation of the version that the environment runs.",
        "Ask whether the module that the path belongs to is part of this environment.",
        "Give a path that your program really uses with --get.",
    ),
    origin="The preview changed its paths with an upgrade, or an API URL with a path of its own doubled a part of it.",
    prevention="Run the check after each upgrade of the environment and before the programs are used again.",
)

API_PATH_LACKS_PREFIX = Cause(
    id="api-path-lacks-prefix",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The path to the API lacks the prefix /api",
    fix="Put /api before the path; the finding shows the URL that works.",
    reference=(
        "Ataccama ONE REST API, API Authentication (Use the access token); Ataccama ONE REST API, Reference Data API"
    ),
    meaning=(
        "The path begins with the name of the API where /api should stand first. With the prefix the same call "
        "succeeds with the same token."
    ),
    detection=(
        "The call was made once more with /api in front and was answered as documented. Nothing else in the request "
        "was changed."
    ),
    steps=(
        "Change the path in your program to the one in the finding.",
        "If all its paths lack the prefix, add /api to its base address once instead.",
        "Check that the prefix does not stand there twice afterwards.",
    ),
    origin=(
        "The reference pages print some request lines without the prefix, such as GET /reference-data/v1/tables, and "
        "state the base address elsewhere."
    ),
    prevention="Keep the base address with /api in one place and append the documented paths to it.",
)

API_REDIRECTS = Cause(
    id="api-redirects",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API answers with a redirect",
    fix=(
        "Use the address that the redirect leads to as the API URL, if its host is your environment's; the finding "
        "shows it."
    ),
    reference="RFC 9110, section 15.4",
    meaning=(
        "The address in use is not the final one. To another host a program drops the Authorization header, and the "
        "call then fails there for want of a token."
    ),
    detection=(
        "The status is a redirect and its target is shown. On the same origin it was followed once for a GET and is "
        "only a warning; to a sign-in page it is login-page-in-front."
    ),
    steps=(
        "Compare scheme, host, port and path of the target with the address in use.",
        "Put the target's origin into the API URL, or correct the path, for instance a slash at the end.",
        (
            "If the target is a host you do not know, ask the administrator of the environment before sending a token "
            "there."
        ),
    ),
    origin="The URL has http instead of https, a former domain, or a slash too many or too few.",
    prevention="Give programs the final address, and let them treat a redirect as a failure.",
)

API_ANSWERS_HTML = Cause(
    id="api-answers-html",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="A web page answered in place of the API",
    fix="Correct the API URL or the path, so that it begins with /api after the environment's host.",
    reference="RFC 9110, section 8.3; Ataccama ONE REST API, API Authentication (Use the access token)",
    meaning=(
        "The status is a success and the content is HTML: the web application or a sign-in answered. A program that "
        "looks at the status alone takes this for data."
    ),
    detection=(
        "The content type or the first characters show a page instead of JSON. Only a page that is recognised as "
        "neither a block nor a sign-in is put down to the path."
    ),
    steps=(
        "Look at the title of the page in the evidence to see who answered.",
        "Compare the path with the documented /api/reference-data/v1/tables.",
        "On a self-managed installation, ask which base address the API has there.",
    ),
    origin=(
        "The prefix /api is missing and the web application answers every unknown path with its start page, or the "
        "address of the user interface was given as API URL."
    ),
    prevention="Let programs send Accept: application/json and check the type of the answer.",
)

API_RESPONSE_UNEXPECTED = Cause(
    id="api-response-unexpected",
    stage=Stage.API,
    worst=Worst.WARN,
    title="The API answers with JSON of another shape than documented",
    fix=(
        "Compare the answer's fields in the evidence with the API's documentation for your version before relying on "
        "them."
    ),
    reference="Ataccama ONE REST API, Reference Data API and Catalog Items API (response examples)",
    meaning=(
        "The call succeeded and the body is JSON, but the object with data and meta is not there. Authentication "
        "works; a program that reads the data may not."
    ),
    detection=(
        "The check asks only for an object with a list named data and an object named meta, and takes an empty list as "
        "right. Additional fields and missing items are never reported."
    ),
    steps=(
        "Read the names of the top-level fields in the evidence.",
        (
            "If a path of your own was given with --get, its shape may simply be another one, and nothing needs to be "
            "done."
        ),
        "If it is the documented path, look for a change in the documentation of your version.",
    ),
    origin="The preview changed its envelope, a gateway wraps answers, or another service answers at this path.",
    prevention="Read only the fields that are needed, and ignore unknown ones.",
)

API_NOT_PROTECTED = Cause(
    id="api-not-protected",
    stage=Stage.API,
    worst=Worst.WARN,
    title="The path answers without a token too",
    fix=(
        "Choose a protected path with --get; if the documented one is open, report it to the administrator of the "
        "environment at once."
    ),
    reference="Ataccama ONE REST API, API Authentication (introduction); RFC 6750, section 3",
    meaning=(
        "The same GET succeeds without any token, so its success with one proves nothing about the token. By the "
        "documentation every endpoint needs a valid token."
    ),
    detection=(
        "The request was made first without an Authorization header and was answered as a success in the shape of the "
        "API. A web page in the answer is api-answers-html."
    ),
    steps=(
        "See in the two exchanges whether the answers are the same.",
        "If the path is meant to be public, such as a health check, give another one with --get.",
        "If it shows data, tell the administrator, and Ataccama support for a cloud environment.",
    ),
    origin="A public path was chosen for the check, or a gateway in front adds a token or a session of its own.",
    prevention="Keep a request without a token in the tests of every gateway rule.",
)

API_HEADER_TOO_LARGE = Cause(
    id="api-header-too-large",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The request is refused because its headers are too large",
    fix=(
        "Ask the administrator of the environment to reduce the roles and claims in this client's tokens; the finding "
        "shows the size."
    ),
    reference="RFC 6585, section 5 (431); RFC 9110, section 5.4",
    meaning=(
        "The token makes the header larger than the API or something in front of it accepts. It is never read, so it "
        "may be right in all other respects."
    ),
    detection=(
        "The answer was 431, or 400 or 413 with the words of a server for this, such as nginx's "
        '"Request Header Or Cookie Too Large", while the request without the token was not refused for its size. A '
        "large token that still passes is token-too-large."
    ),
    steps=(
        "Look in the decoded token for long lists, mostly in resource_access.",
        "Have roles and mappers that this client does not need removed, and obtain a new token.",
        "On a self-managed installation the limit can be raised instead, in the ingress and in the application alike.",
    ),
    origin="The service account collected roles of many clients, or a new proxy with a smaller limit was put in front.",
    prevention="Warn when a token passes 4 KB, which leaves room below the usual limits.",
)

API_CANNOT_CHECK_TOKENS = Cause(
    id="api-cannot-check-tokens",
    stage=Stage.API,
    worst=Worst.FAIL,
    heals=True,
    title="The API fails while checking tokens",
    fix=(
        "Ask the administrator of the environment to check whether the API can reach the realm's keys and discovery "
        "document."
    ),
    reference="RFC 9110, section 15.6.1; RFC 7517, section 5",
    meaning=(
        "With a token the API answers 500, without one 401. It breaks when it tries to verify the token, usually "
        "because it cannot reach the identity provider from where it runs."
    ),
    detection=(
        "The two answers differ only by the token, which excludes a general failure, server-error. That a deliberately "
        "invalid token also gives 500 strengthens it."
    ),
    steps=(
        "Give the administrator the time, the request ID and the issuer in the token.",
        "Have the issuer's discovery document and its jwks_uri fetched from the machine that the API runs on.",
        "If it resolves them to another address or distrusts the certificate there, that is to be corrected first.",
        "On Ataccama Cloud, report it to Ataccama support.",
    ),
    origin=(
        "The API's network cannot reach the public address of Keycloak, a private certificate is unknown to the API, "
        "or the identity provider was down when the API started."
    ),
    prevention="Monitor the access of the API to the realm's keys, not only the two services by themselves.",
)

API_SIGNATURE_UNCHECKED = Cause(
    id="api-signature-unchecked",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API accepts a token with an altered signature",
    fix=(
        "Report this to the administrator of the environment at once; anybody who knows the form of a token could make "
        "one."
    ),
    reference="RFC 7515, section 5.2; RFC 8725, section 3.1",
    meaning=(
        "A token whose signature had been changed was let in like the original. Whoever can reach the API can then "
        "claim to be any client."
    ),
    detection=(
        "Under --deep the same GET was repeated with the signature altered and succeeded, while it is refused without "
        "a token. A path that answers everybody is api-not-protected."
    ),
    steps=(
        (
            "Send the report to the administrator alone: while signatures go unchecked, even the claims of a token "
            "without its signature are of use to others."
        ),
        "Ask which hop was to check signatures, the gateway or the API, and whether it is configured to.",
        "Limit access to the API to known addresses until this is mended.",
        "On Ataccama Cloud, report it to Ataccama support as a security matter.",
    ),
    origin="The API relies on a gateway that was bypassed or replaced, or verification was switched off for a test.",
    prevention="Run --deep after each change of a gateway or of the API's security settings.",
)

API_ACCEPTS_EXPIRED = Cause(
    id="api-accepts-expired",
    stage=Stage.API,
    worst=Worst.FAIL,
    title="The API accepts a token after it has expired",
    fix="Report this to the administrator of the environment; the API or its gateway does not check the exp claim.",
    reference="RFC 7519, section 4.1.4; RFC 9068, section 4",
    meaning=(
        "A token past its expiry and the usual leeway was let in. A leaked token is then usable for longer than "
        "anybody expects."
    ),
    detection=(
        "Under --deep the run waited until exp and the leeway were past, by a checked clock, and the same GET still "
        "succeeded. A slow clock of the API is server-clocks-differ."
    ),
    steps=(
        "Read in the finding how long after its expiry the token was accepted.",
        "Ask for the leeway and for any cache of checked tokens in the API or the gateway; a minute is usual.",
        "Have the clock of the API compared as well.",
    ),
    origin="A gateway caches its decision for longer than the token lives, or only the signature is checked.",
    prevention="Limit such a cache to the remaining life of each token.",
)
